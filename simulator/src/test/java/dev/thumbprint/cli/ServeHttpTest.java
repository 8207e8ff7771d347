package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.report.Browser;
import dev.thumbprint.serve.LoopbackServer;
import dev.thumbprint.serve.ModelFiles;
import dev.thumbprint.serve.ProfileService;
import dev.thumbprint.serve.StartPage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests over HTTP: from programs, from the page, and from whom they should not come. */
final class ServeHttpTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String JSON = "application/json";
  private static final String BYTES = "application/octet-stream";
  private static final String KWS = "{\"id\":7,\"model\":\"kws\",\"board\":\"nucleo-l4r5zi\"}";

  @TempDir Path folder;
  private LoopbackServer server;

  @BeforeEach
  void start() throws IOException {
    ProfileService service = new ProfileService(new RequestOptions(false), ModelFiles.NONE);
    server = new LoopbackServer(service, 0, 2, StartPage.html(Version.describe()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> post(String path, String type, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String type, String body)
      throws IOException, InterruptedException {
    return post(path, type, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends exactly these bytes and reads the status line. */
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      try (InputStream in = socket.getInputStream()) {
        return new String(in.readNBytes(12), StandardCharsets.UTF_8);
      }
    }
  }

  @Test
  void aRequestAsJsonAndTheSameModelAsUpload() throws Exception {
    HttpResponse<String> asJson = post("/profile", JSON, KWS);
    assertThat(asJson.statusCode()).as(asJson.body()).isEqualTo(200);
    JsonNode first = MAPPER.readTree(asJson.body());
    assertThat(first.get("id").intValue()).isEqualTo(7);
    Path file = folder.resolve("kws.tflite");
    assertThat(Main.run("zoo", "write", "kws", "-o", file.toString())).isZero();
    HttpResponse<String> upload =
        post("/profile?board=nucleo-l4r5zi&model=kws", BYTES, Files.readAllBytes(file));
    assertThat(upload.statusCode()).as(upload.body()).isEqualTo(200);
    JsonNode second = MAPPER.readTree(upload.body());
    assertThat(second.at("/profile/total")).isEqualTo(first.at("/profile/total"));
    assertThat(second.at("/profile/model/sha256")).isEqualTo(first.at("/profile/model/sha256"));
    assertThat(post("/page", JSON, KWS).body()).startsWith("<!doctype html>").contains("kws");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /profile | application/json | {"model":"/etc/passwd","board":"nucleo-l4r5zi"} | 422 | upload
          /profile | application/json | {"model":"kws","board":"/etc/board.yaml"} | 400 | no files
          /profile | application/json | {"model":"kws","board":"nucleo-l4r5zi","kernels":"a.yaml"} | 400 | no files
          /profile | application/json | nonsense | 400 | no JSON
          /profile | text/plain | {"model":"kws","board":"nucleo-l4r5zi"} | 415 | content type
          /profile?board=nucleo-l4r5zi | application/octet-stream | damaged | 422 | upload
          /profile?board | application/octet-stream | damaged | 400 | key=value
          /page | application/json | {"model":"vww","board":"seeeduino-xiao","clock":"9GHz"} | 422 | clock
          /elsewhere | application/json | {} | 404 | /profile
          / | application/json | {} | 405 | GET
          """)
  void whatIsWrongIsSaid(String path, String type, String body, int status, String part)
      throws Exception {
    HttpResponse<String> reply = post(path, type, body);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
    assertThat(MAPPER.readTree(reply.body()).get("error").asString()).contains(part);
  }

  @Test
  void aPageOfAnotherSiteGetsNothing() throws Exception {
    String request = "GET / HTTP/1.1\r\nHost: %s\r\n\r\n";
    assertThat(raw(request.formatted("localhost:" + server.port()))).isEqualTo("HTTP/1.1 200");
    assertThat(raw(request.formatted("thumbprint.example:" + server.port())))
        .isEqualTo("HTTP/1.1 403");
    assertThat(raw(request.formatted("127.0.0.1.example"))).isEqualTo("HTTP/1.1 403");
    HttpResponse<String> sent = post("/profile", "application/x-www-form-urlencoded", KWS);
    assertThat(sent.statusCode()).isEqualTo(415);
    assertThat(sent.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  /** More connections than workers, each with half a request: others are answered all the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /profile HTTP/1.1\r\nHo",
        "POST /profile HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 99\r\n\r\n{",
        "POST /profile HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n5\r\n{",
        "POST /elsewhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n{",
      })
  void halfARequestHoldsUpNobodyElse(String half) throws Exception {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream().write(half.getBytes(StandardCharsets.UTF_8));
        open.add(socket);
      }
      Thread.sleep(200);
      HttpResponse<String> reply =
          assertTimeoutPreemptively(Duration.ofSeconds(20), () -> post("/profile", JSON, KWS));
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedUnread() throws Exception {
    String request =
        "POST /profile HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 99999999999\r\n\r\n{";
    assertThat(assertTimeoutPreemptively(Duration.ofSeconds(20), () -> raw(request)))
        .isEqualTo("HTTP/1.1 413");
  }

  @Test
  void thePageProfilesInABrowser() throws Exception {
    try (Browser browser = new Browser(folder.resolve("browser"))) {
      browser.resize(1200, 900);
      browser.open("http://127.0.0.1:" + server.port() + "/");
      assertThat(
              browser.evaluate("document.querySelector('[name=model]').options.length").intValue())
          .isEqualTo(Zoo.list().size());
      browser.evaluate("document.querySelector('[name=board]').value = 'nucleo-l4r5zi'");
      browser.evaluate("document.querySelector('[name=clock]').value = 'fast'");
      String press = "document.querySelector('button').click()";
      browser.evaluate(press);
      String error = "document.getElementById('error').textContent";
      until(browser, error + " !== ''");
      assertThat(browser.evaluate(error).asString()).contains("clock");
      browser.evaluate("document.querySelector('[name=clock]').value = '80 MHz'");
      browser.evaluate(press);
      until(browser, "document.getElementById('page').srcdoc.includes('</html>')");
      assertThat(browser.evaluate(error).asString()).isEmpty();
      assertThat(browser.evaluate("document.getElementById('page').srcdoc").asString())
          .contains("80 MHz", "Latency");
      assertThat(browser.requests())
          .allMatch(
              url ->
                  url.startsWith("http://127.0.0.1:")
                      || url.startsWith("about:")
                      || url.startsWith("data:"));
    }
  }

  /** Waits until an expression is true; the browser's own time limit ends a wait in vain. */
  private static void until(Browser browser, String condition) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      if (browser.evaluate(condition).booleanValue()) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("never true: " + condition);
  }
}
