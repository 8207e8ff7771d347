package dev.thumbprint.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real headless Chromium, driven over its DevTools protocol: loads a page, clicks with the mouse,
 * looks. The package {@code chromium} of the distribution has to be installed; a test that needs it
 * fails where it is not.
 */
public final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final long PATIENCE_S = 60;

  private final Process process;
  private final Path profile;
  private final WebSocket socket;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> loaded = new CompletableFuture<>();

  private Chromium(Process process, Path profile, String address) {
    this.process = process;
    this.profile = profile;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Listener())
            .join();
  }

  /** Opens a file in a window of a size in pixels. */
  public static Chromium open(Path file, int width, int height) throws Exception {
    Path profile = Files.createTempDirectory("chromium");
    List<String> command = new ArrayList<>(List.of(binary()));
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--force-device-scale-factor=1",
            "--window-size=" + width + "," + height,
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "about:blank"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    int port = port(process);
    Chromium chromium = new Chromium(process, profile, pageAddress(port));
    chromium.call("Page.enable", Map.of());
    chromium.call("Runtime.enable", Map.of());
    chromium.call("Network.enable", Map.of());
    chromium.call("Page.navigate", Map.of("url", file.toUri().toString()));
    chromium.loaded.get(PATIENCE_S, TimeUnit.SECONDS);
    return chromium;
  }

  private static String binary() {
    for (String name : NAMES) {
      for (String folder : System.getenv("PATH").split(":")) {
        if (Files.isExecutable(Path.of(folder, name))) {
          return name;
        }
      }
    }
    throw new AssertionError(
        "no Chromium on the PATH: install the distribution's package, apt-get install chromium");
  }

  private static int port(Process process) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder log = new StringBuilder();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      log.append(line).append('\n');
      int at = line.indexOf("DevTools listening on ws://");
      if (at >= 0) {
        Thread.ofVirtual().start(() -> reader.lines().forEach(rest -> {}));
        return URI.create(line.substring(line.indexOf("ws://"))).getPort();
      }
    }
    throw new AssertionError("Chromium did not start:\n" + log);
  }

  private static String pageAddress(int port) throws Exception {
    HttpRequest list =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list")).build();
    for (int attempt = 0; attempt < 100; attempt++) {
      String body = HttpClient.newHttpClient().send(list, BodyHandlers.ofString()).body();
      for (JsonNode target : MAPPER.readTree(body)) {
        if (target.get("type").asString().equals("page")) {
          return target.get("webSocketDebuggerUrl").asString();
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError("Chromium shows no page");
  }

  private JsonNode call(String method, Map<String, ?> parameters) throws Exception {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    socket
        .sendText(
            MAPPER.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)),
            true)
        .join();
    JsonNode message = answer.get(PATIENCE_S, TimeUnit.SECONDS);
    assertThat(message.has("error")).as("%s: %s", method, message).isFalse();
    return message.get("result");
  }

  /** The value of a JavaScript expression, as JSON. */
  public JsonNode evaluate(String expression) throws Exception {
    JsonNode result =
        call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    assertThat(result.has("exceptionDetails")).as("%s: %s", expression, result).isFalse();
    JsonNode value = result.get("result").get("value");
    return value == null ? MAPPER.nullNode() : value;
  }

  /** Text of the first element that a CSS selector finds. */
  public String text(String selector) throws Exception {
    return evaluate("document.querySelector(" + quoted(selector) + ").textContent").asString();
  }

  /** Number of elements that a CSS selector finds. */
  public int count(String selector) throws Exception {
    return evaluate("document.querySelectorAll(" + quoted(selector) + ").length").asInt();
  }

  /** Clicks with the mouse in the middle of the first element that a CSS selector finds. */
  public void click(String selector) throws Exception {
    JsonNode at =
        evaluate(
            """
            (() => {
              const element = document.querySelector(%s);
              element.scrollIntoView({ block: 'center', inline: 'center' });
              const box = element.getBoundingClientRect();
              return [box.x + box.width / 2, box.y + box.height / 2];
            })()"""
                .formatted(quoted(selector)));
    for (String type : List.of("mousePressed", "mouseReleased")) {
      call(
          "Input.dispatchMouseEvent",
          Map.of(
              "type",
              type,
              "x",
              at.get(0).asDouble(),
              "y",
              at.get(1).asDouble(),
              "button",
              "left",
              "clickCount",
              1));
    }
  }

  /** Chooses an option of a select as a user does: the value changes, the page is told. */
  public void choose(String selector, String value) throws Exception {
    evaluate(
        "(() => { const s = document.querySelector(%s); s.value = %s; s.dispatchEvent(new Event('change')); return s.value; })()"
            .formatted(quoted(selector), quoted(value)));
  }

  /** What the page asked of the network or the disk, itself included. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** Uncaught errors of the page's scripts. */
  public List<String> errors() {
    return List.copyOf(errors);
  }

  /** A picture of the window as PNG. */
  public byte[] screenshot() throws Exception {
    JsonNode result =
        call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    return Base64.getDecoder().decode(result.get("data").asString());
  }

  private static String quoted(String text) {
    return MAPPER.writeValueAsString(text);
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    List<ProcessHandle> helpers = process.descendants().toList();
    process.destroy();
    // It and the processes it started write to its profile until they are gone.
    process
        .onExit()
        .orTimeout(10, TimeUnit.SECONDS)
        .exceptionally(late -> process.destroyForcibly())
        .join();
    process.onExit().join();
    for (ProcessHandle helper : helpers) {
      helper
          .onExit()
          .completeOnTimeout(helper, 10, TimeUnit.SECONDS)
          .thenAccept(ProcessHandle::destroyForcibly)
          .join();
    }
    try (var files = Files.walk(profile)) {
      files
          .sorted(java.util.Comparator.reverseOrder())
          .forEach(file -> assertThat(file.toFile().delete() || !Files.exists(file)).isTrue());
    }
  }

  /** Sorts what the browser says into answers and events. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        JsonNode message = MAPPER.readTree(text.toString());
        text.setLength(0);
        take(message);
      }
      from.request(1);
      return null;
    }

    private void take(JsonNode message) {
      if (message.has("id")) {
        waiting.remove(message.get("id").asInt()).complete(message);
        return;
      }
      JsonNode parameters = message.get("params");
      switch (message.get("method").asString()) {
        case "Page.loadEventFired" -> loaded.complete(null);
        case "Network.requestWillBeSent" ->
            requests.add(parameters.get("request").get("url").asString());
        case "Runtime.exceptionThrown" -> errors.add(parameters.toString());
        default -> {
          // other events are of no interest
        }
      }
    }
  }
}
