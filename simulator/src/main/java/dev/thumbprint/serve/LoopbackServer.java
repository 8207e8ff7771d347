package dev.thumbprint.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.TfliteReader;
import dev.thumbprint.profile.Subject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * HTTP for this machine alone: a page at {@code /}, {@code POST /profile} for a request as JSON or
 * for the bytes of a .tflite with the options in the query, {@code POST /page} for the same as a
 * page. It reads no files, and answers no page of another site: only requests that name the
 * loopback as their host, and whose body is declared as JSON or bytes, are taken.
 */
public final class LoopbackServer implements AutoCloseable {
  private static final int BODY_BYTES_MAX = 32 << 20;
  private static final int QUERY_MAX = 4_096;
  private static final int OK = 200;
  private static final int WRONG = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int WRONG_METHOD = 405;
  private static final int TOO_LARGE = 413;
  private static final int WRONG_TYPE = 415;
  private static final int BAD_CONTENT = 422;
  private static final int BUG = 500;
  private static final String JSON = "application/json";
  private static final String BYTES = "application/octet-stream";
  private static final String HTML = "text/html; charset=utf-8";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  static {
    // Seconds that a request may take to arrive, and an answer to be taken; a connection that
    // dawdles is closed.
    setIfOpen("sun.net.httpserver.maxReqTime", "60");
    setIfOpen("sun.net.httpserver.maxRspTime", "60");
    setIfOpen("jdk.httpserver.maxConnections", "512");
  }

  private static void setIfOpen(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private final ProfileService service;
  private final String page;
  private final ExecutorService connections;

  /** Whoever has one of these computes; to wait for a request takes none. */
  private final Semaphore workers;

  private final HttpServer server;

  /**
   * Starts to answer.
   *
   * @param port a port, or 0 for a free one
   * @param page the page at {@code /}
   * @throws IOException if the port is taken
   */
  public LoopbackServer(ProfileService service, int port, int threads, String page)
      throws IOException {
    this.service = service;
    this.page = page;
    this.workers = new Semaphore(threads);
    // One for each connection, so that one that sends half a request holds up nobody else.
    this.connections = Executors.newVirtualThreadPerTaskExecutor();
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(connections);
    server.createContext("/", this::handle);
    server.start();
  }

  /** The port that is listened to. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    connections.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply;
      try {
        reply = reply(exchange);
      } catch (IOException | RuntimeException failure) {
        reply = json(service.failed(null, failure));
      }
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", reply.type());
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      exchange.sendResponseHeaders(reply.status(), body.length);
      exchange.getResponseBody().write(body);
      // To close waits for the rest of the request; who sent too much is told before.
      exchange.getResponseBody().flush();
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    if (!isLoopback(exchange.getRequestHeaders().getFirst("Host"))) {
      return error(FORBIDDEN, "host: expected localhost or 127.0.0.1");
    }
    boolean get = exchange.getRequestMethod().equals("GET");
    return switch (exchange.getRequestURI().getPath()) {
      case "/" -> get ? new Reply(OK, HTML, page) : error(WRONG_METHOD, "expected GET");
      case "/profile", "/page" ->
          exchange.getRequestMethod().equals("POST")
              ? posted(exchange)
              : error(WRONG_METHOD, "expected POST");
      default -> error(NOT_FOUND, "expected /, /profile or /page");
    };
  }

  private Reply posted(HttpExchange exchange) throws IOException {
    String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
    String kind = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!kind.equals(JSON) && !kind.equals(BYTES)) {
      return error(WRONG_TYPE, "content type: expected " + JSON + " or " + BYTES);
    }
    if (declaredBytes(exchange) > BODY_BYTES_MAX) {
      return tooLarge(exchange);
    }
    byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
    if (body.length > BODY_BYTES_MAX) {
      return tooLarge(exchange);
    }
    workers.acquireUninterruptibly();
    try {
      return answered(exchange, kind, body);
    } finally {
      workers.release();
    }
  }

  /** Bytes of the body by its header, 0 where that does not say. */
  private static long declaredBytes(HttpExchange exchange) {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
  }

  private static Reply tooLarge(HttpExchange exchange) {
    exchange.getResponseHeaders().set("Connection", "close");
    return error(TOO_LARGE, "found more than 32 MiB, expected at most 32 MiB");
  }

  private Reply answered(HttpExchange exchange, String kind, byte[] body) throws IOException {
    boolean wantsPage = exchange.getRequestURI().getPath().equals("/page");
    Request request;
    Subject subject;
    if (kind.equals(JSON)) {
      request = service.request(new String(body, StandardCharsets.UTF_8));
      subject = service.subject(request);
    } else {
      request = service.request(query(exchange.getRequestURI().getRawQuery()));
      subject = Models.of(TfliteReader.read(ByteBuffer.wrap(body), request.model(), "upload"));
    }
    return wantsPage
        ? new Reply(OK, HTML, service.page(request, subject))
        : json(service.answer(request, subject));
  }

  /** The options of a query as the text of a request. */
  private static String query(String raw) {
    if (raw != null && raw.length() > QUERY_MAX) {
      throw new Refusal("query: found more than %d characters".formatted(QUERY_MAX));
    }
    Map<String, String> keys = new TreeMap<>(Map.of("model", "upload"));
    for (String part : raw == null ? new String[0] : raw.split("&")) {
      int equals = part.indexOf('=');
      if (equals < 1) {
        throw new Refusal("query: expected key=value");
      }
      keys.put(decoded(part.substring(0, equals)), decoded(part.substring(equals + 1)));
    }
    return MAPPER.writeValueAsString(keys);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw InputException.of("query", "", "a broken % sequence", "").causedBy(malformed);
    }
  }

  /** A page of another site that made its name point here still sends its own name. */
  private static boolean isLoopback(String host) {
    if (host == null) {
      return false;
    }
    String name = host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.equals("127.0.0.1") || name.equals("[::1]");
  }

  private static Reply json(ObjectNode answer) {
    int status =
        switch (answer.path("status").intValue()) {
          case 0 -> OK;
          case 2 -> WRONG;
          case 3 -> BAD_CONTENT;
          default -> BUG;
        };
    return new Reply(status, JSON, MAPPER.writeValueAsString((JsonNode) answer));
  }

  private static Reply error(int status, String message) {
    ObjectNode answer = MAPPER.createObjectNode();
    answer.putNull("id").put("status", 2).put("error", message);
    return new Reply(status, JSON, MAPPER.writeValueAsString((JsonNode) answer));
  }

  /** What is sent back. */
  private record Reply(int status, String type, String body) {}
}
