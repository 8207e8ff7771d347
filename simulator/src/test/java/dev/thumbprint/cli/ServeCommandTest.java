package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.thumbprint.serve.LineServer;
import dev.thumbprint.serve.ProfileService;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Requests as lines: the answers of {@code profile}, in order, whatever is asked. */
final class ServeCommandTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String LAYERS =
      "{\"name\":\"n\",\"layers\":[{\"op\":\"FULLY_CONNECTED\",\"input\":[1,64],"
          + "\"filter\":[10,64],\"output\":[1,10],\"type\":\"int8\"}]}";

  private static ProfileService service() {
    return new ProfileService(new RequestOptions(true), ServeCommand::fileButNotInput);
  }

  private static List<JsonNode> answers(InputStream in) throws IOException {
    StringWriter out = new StringWriter();
    new LineServer(service(), 3).serve(in, new PrintWriter(out));
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("..", "docs", "schema", "serve.schema.json")));
    List<JsonNode> answers = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      JsonNode answer = MAPPER.readTree(line);
      assertThat(schema.validate(answer)).as(line).isEmpty();
      answers.add(answer);
    }
    return answers;
  }

  private static List<JsonNode> answers(String... requests) throws IOException {
    String lines = String.join("\n", requests);
    return answers(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void anAnswerHoldsWhatProfilePrints() throws IOException {
    StringWriter out = new StringWriter();
    Main.run(
        new PrintWriter(out),
        new PrintWriter(new StringWriter()),
        "profile kws -b nucleo-l4r5zi --clock 80MHz --caches off --period 1s --json".split(" "));
    JsonNode answer =
        answers(
                "{\"id\":\"x\",\"model\":\"kws\",\"board\":\"nucleo-l4r5zi\",\"clock\":\"80MHz\","
                    + "\"caches\":false,\"period\":\"1s\"}")
            .getFirst();
    assertThat(answer.get("id").asString()).isEqualTo("x");
    assertThat(answer.get("profile")).isEqualTo(MAPPER.readTree(out.toString()));
  }

  @Test
  void lessDetailIsAPartOfTheWhole() throws IOException {
    String request = "{\"model\":\"lenet\",\"board\":\"nucleo-f446re\",\"detail\":\"%s\"}";
    List<JsonNode> answers =
        answers(request.formatted("full"), request.formatted("layers"), request.formatted("total"));
    ObjectNode full = (ObjectNode) answers.getFirst().get("profile");
    ObjectNode layers = (ObjectNode) answers.get(1).get("profile");
    assertThat(full.get("advice").size()).isPositive();
    assertThat(layers.get("advice").size()).isZero();
    assertThat(full.without("advice")).isEqualTo(layers.without("advice"));
    ObjectNode total = (ObjectNode) answers.get(2).get("profile");
    total.properties().forEach(e -> assertThat(full.get(e.getKey())).isEqualTo(e.getValue()));
    assertThat(total.has("layers")).isFalse();
  }

  @Test
  void answersKeepTheOrderOfTheRequests() throws IOException {
    String requests =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    "{\"id\":%d,\"model\":%s,\"board\":\"nucleo-l4r5zi\"}"
                        .formatted(i, i % 7 == 0 ? "\"kws\"" : LAYERS))
            .collect(Collectors.joining("\n\n"));
    List<JsonNode> answers = answers(requests);
    assertThat(answers.stream().map(a -> a.get("id").intValue()).toList())
        .isEqualTo(IntStream.range(0, 200).boxed().toList());
    assertThat(answers).allMatch(answer -> answer.get("status").intValue() == 0);
  }

  @Test
  void anAnswerComesWhileTheInputIsStillOpen() throws Exception {
    PipedOutputStream requests = new PipedOutputStream();
    PipedInputStream in = new PipedInputStream(requests);
    PipedOutputStream sink = new PipedOutputStream();
    PipedInputStream answers = new PipedInputStream(sink, 1 << 16);
    Thread server =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    new LineServer(service(), 1)
                        .serve(in, new PrintWriter(sink, false, StandardCharsets.UTF_8));
                  } catch (IOException failed) {
                    throw new AssertionError(failed);
                  }
                });
    for (int i = 0; i < 3; i++) {
      requests.write(
          "{\"model\":\"lenet\",\"board\":\"nucleo-f446re\",\"detail\":\"total\"}\n"
              .getBytes(StandardCharsets.UTF_8));
      requests.flush();
      StringBuilder line = new StringBuilder();
      for (int b = answers.read(); b != '\n'; b = answers.read()) {
        line.append((char) b);
      }
      assertThat(MAPPER.readTree(line.toString()).get("status").intValue()).isZero();
    }
    requests.close();
    server.join();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nonsense | 2 | which is no JSON
          [1] | 2 | no JSON object
          {"model":"kws"} | 2 | --board
          {"board":"nucleo-l4r5zi"} | 2 | model: expected
          {"model":"kws","board":"nucleo-l4r5zi","clok":1} | 2 | did you mean 'clock'
          {"model":"kws","board":"nucleo-l4r5zi","clock":"fast"} | 2 | clock
          {"model":"kws","board":"nucleo-l4r5zi","clock":[1]} | 2 | clock: expected text
          {"model":"kws","board":"nucleo-l4r5zi","detail":"most"} | 2 | full, layers, total
          {"model":"kws","board":"nucleo-l4r5zi","wait-states":1,"wait_states":2} | 2 | given twice
          {"model":"kws","model":"ic","board":"nucleo-l4r5zi"} | 2 | twice
          {"id":[1],"model":"kws","board":"nucleo-l4r5zi"} | 2 | id: found
          {"model":"kws","board":"nucleo-l4r5zj"} | 3 | did you mean
          {"model":"kws","board":"@/no/such"} | 3 | no such file
          {"model":"kvs","board":"nucleo-l4r5zi"} | 3 | did you mean 'kws'
          {"model":"-","board":"nucleo-l4r5zi"} | 2 | where the requests come from
          {"model":"/no/such.tflite","board":"nucleo-l4r5zi"} | 3 | no such file
          {"model":"kws","board":"no/such.yaml"} | 3 | no such file
          {"model":"kws","board":"nucleo-l4r5zi","clock":"3GHz"} | 3 | at most
          {"model":{"layers":[]},"board":"nucleo-l4r5zi"} | 3 | layers
          {"model":{"layers":[{"op":"CONV"}]},"board":"nucleo-l4r5zi"} | 3 | CONV
          {"model":"vww","board":"seeeduino-xiao"} | 3 | does not fit
          """)
  void aWrongRequestIsAnsweredAndTheNextOneToo(String request, int status, String part)
      throws IOException {
    JsonNode answer = MAPPER.readTree(service().answer(request));
    assertThat(answer.get("error").asString()).contains(part);
    assertThat(answer.get("status").intValue()).isEqualTo(status);
    assertThat(
            answers(request, "{\"model\":\"kws\",\"board\":\"nucleo-l4r5zi\"}")
                .getLast()
                .get("status")
                .intValue())
        .isZero();
  }

  @Test
  void aLineWithoutEndIsRefusedInBoundedMemory() throws IOException {
    InputStream endless =
        new InputStream() {
          private long left = 200L << 20;

          @Override
          public int read() {
            return left-- > 0 ? '[' : -1;
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            int count = 0;
            for (int b = 0; count < length && (b = read()) >= 0; count++) {
              bytes[offset + count] = (byte) b;
            }
            return count == 0 ? -1 : count;
          }
        };
    List<JsonNode> answers = answers(endless);
    assertThat(answers).hasSize(1);
    assertThat(answers.getFirst().get("error").asString()).contains("32 MiB");
  }

  @Test
  void damagedRequestsAreNeverABug() throws IOException {
    long seed = 20261125;
    Random random = new Random(seed);
    String request = "{\"id\":1,\"model\":" + LAYERS + ",\"board\":\"nucleo-l4r5zi\"}";
    String[] requests = new String[2_000];
    for (int i = 0; i < requests.length; i++) {
      StringBuilder damaged = new StringBuilder(request);
      for (int k = random.nextInt(3); k >= 0; k--) {
        int at = random.nextInt(damaged.length());
        switch (random.nextInt(3)) {
          case 0 -> damaged.deleteCharAt(at);
          case 1 -> damaged.insert(at, (char) (' ' + random.nextInt(95)));
          default -> damaged.setCharAt(at, "0123456789-\"{}[],:eE.".charAt(random.nextInt(21)));
        }
      }
      requests[i] = damaged.toString();
    }
    List<JsonNode> answers = answers(requests);
    assertThat(answers).as("seed %d", seed).hasSize(requests.length);
    for (int i = 0; i < requests.length; i++) {
      assertThat(answers.get(i).get("status").intValue())
          .as("seed %d: %s -> %s", seed, requests[i], answers.get(i))
          .isIn(0, 2, 3);
    }
  }
}
