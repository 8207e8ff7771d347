package dev.thumbprint.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A real browser without a window, driven through its DevTools protocol. Needs Chromium on the
 * PATH: Debian's package {@code chromium}.
 */
public final class Browser implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final long WAIT_S = 60;
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome");

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> loaded = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private String session = "";
  private int calls;

  /**
   * Starts the browser.
   *
   * @param home an empty folder for its settings
   */
  public Browser(Path home) throws IOException {
    process =
        new ProcessBuilder(
                program(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
                "--user-data-dir=" + home)
            .redirectErrorStream(true)
            .start();
    BufferedReader output = process.inputReader();
    String address = "";
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      int at = line.indexOf("ws://");
      if (line.startsWith("DevTools listening") && at >= 0) {
        address = line.substring(at);
        break;
      }
    }
    if (address.isEmpty()) {
      throw new IOException("the browser did not start");
    }
    // What else it has to say must not fill the pipe.
    Thread.ofVirtual().start(() -> drain(output));
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Receiver())
            .join();
    String target =
        send("Target.createTarget", Map.of("url", "about:blank")).get("targetId").asString();
    session =
        send("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .get("sessionId")
            .asString();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      send(domain + ".enable", Map.of());
    }
  }

  private static void drain(BufferedReader output) {
    try {
      while (output.readLine() != null) {
        // Nobody asks for it.
      }
    } catch (IOException closed) {
      // The browser is gone.
    }
  }

  private static String program() {
    for (String folder : System.getenv("PATH").split(":")) {
      for (String name : NAMES) {
        Path file = Path.of(folder, name);
        if (Files.isExecutable(file)) {
          return file.toString();
        }
      }
    }
    throw new AssertionError(
        "no browser on the PATH: this test needs Chromium (Debian: apt-get install chromium)");
  }

  /** Opens a page and waits until it is loaded. */
  public void open(Path page) {
    open(page.toUri().toString());
  }

  /** Opens an address and waits until it is loaded. */
  public void open(String address) {
    send("Page.navigate", Map.of("url", address));
    loaded.orTimeout(WAIT_S, TimeUnit.SECONDS).join();
  }

  /** Makes the window as large as this. */
  public void resize(int width, int height) {
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** The value of a JavaScript expression in the page. */
  public JsonNode evaluate(String expression) {
    JsonNode result =
        send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + result.get("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  /** Errors and warnings of the page so far. */
  public List<String> errors() {
    return new ArrayList<>(errors);
  }

  /** What the page asked for so far. */
  public List<String> requests() {
    return new ArrayList<>(requests);
  }

  private JsonNode send(String method, Map<String, Object> parameters) {
    int id = ++calls;
    ObjectNode message = MAPPER.createObjectNode().put("id", id).put("method", method);
    message.set("params", MAPPER.valueToTree(parameters));
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    socket.sendText(message.toString(), true).join();
    return answer.orTimeout(WAIT_S, TimeUnit.SECONDS).join();
  }

  private void receive(JsonNode message) {
    if (message.has("id")) {
      JsonNode result = message.has("error") ? message : message.path("result");
      answers.remove(message.get("id").intValue()).complete(result);
      return;
    }
    switch (message.path("method").asString("")) {
      case "Page.loadEventFired" -> loaded.complete(null);
      case "Runtime.exceptionThrown", "Log.entryAdded" -> errors.add(message.toString());
      case "Runtime.consoleAPICalled" -> errors.add(message.toString());
      case "Network.requestWillBeSent" ->
          requests.add(message.at("/params/request/url").asString());
      default -> {}
    }
  }

  @Override
  public void close() {
    socket.abort();
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    // Until they are gone they write into their folder, which is about to be removed.
    all.forEach(handle -> handle.onExit().orTimeout(WAIT_S, TimeUnit.SECONDS).join());
  }

  /** Puts the pieces of a message together. */
  private final class Receiver implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        String whole = partial.toString();
        partial.setLength(0);
        receive(MAPPER.readTree(whole));
      }
      from.request(1);
      return null;
    }
  }
}
