package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code explore}: reports, limits, and what happens when things go wrong. */
final class ExploreCommandTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String SMALL =
      """
      version: 1
      network: [kws, ad]
      board: [nucleo-l4r5zi, nucleo-f746zg]
      clock: [max, 80 MHz]
      """;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  private String space(String yaml) throws IOException {
    return Files.writeString(folder.resolve("space.yaml"), yaml).toString();
  }

  @Test
  void markdownHasTablesAndLists() throws IOException {
    String yaml = SMALL + "constraints: [latency <= 1 s]\n";
    assertThat(run("explore", space(yaml), "-f", "md")).as(err::toString).isZero();
    assertThat(out.toString())
        .contains("\n\n- latency <= 1 s: removes ", "\n\n| point | network |", "| --: | --- |")
        .contains("\n```\n./thumbprint profile ")
        .doesNotContain("\n  ");
  }

  @Test
  void pageIsAFormOfTheReport() throws IOException {
    Path page = folder.resolve("page.html");
    String file = space(SMALL);
    assertThat(run("explore", file, "-f", "html", "--html", page.toString())).isZero();
    assertThat(out.toString()).startsWith("<!DOCTYPE html>").isEqualTo(Files.readString(page));
  }

  @Test
  void jsonFollowsItsSchema() throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("..", "docs", "schema", "explore.schema.json")));
    String prices = "board,price,currency\nnucleo-l4r5zi,20,EUR\nnucleo-f746zg,25,EUR\n";
    Path priced = Files.writeString(folder.resolve("prices.csv"), prices);
    String full =
        SMALL
            + """
            title: everything
            period: 10 s
            battery: { charge: 220 mAh, voltage: 3 V }
            constraints: [latency <= 1 s, price <= 30 EUR]
            objectives: [latency, maximise life, price]
            """;
    assertThat(run("explore", space(full), "--json", "--prices", priced.toString()))
        .as(err::toString)
        .isZero();
    JsonNode report = MAPPER.readTree(out.toString());
    assertThat(schema.validate(report)).isEmpty();
    assertThat(report.get("counts").get("designs").asLong()).isEqualTo(8);
    assertThat(report.get("front")).isNotEmpty();
    assertThat(run("explore", space(full), "--json", "--prices", priced.toString(), "-j", "1"))
        .isZero();
    assertThat(MAPPER.readTree(out.toString())).isEqualTo(report);
    assertThat(run("explore", space(SMALL), "--dry-run", "3", "--json")).isZero();
    assertThat(MAPPER.readTree(out.toString()).get("points")).hasSize(3);
  }

  @Test
  void paperFrontIsThatOfThePaper() throws IOException {
    for (String network : List.of("lenet", "resnet20")) {
      String yaml =
          """
          version: 1
          network: %s
          board: [nucleo-l496zg, disco-f469ni, nucleo-f767zi]
          kernels: [cmsis-nn@2020-03, tflm-reference@2020]
          opt: Ofast
          """
              .formatted(network);
      assertThat(run("explore", space(yaml), "--json")).as(err::toString).isZero();
      List<String> front = new ArrayList<>();
      for (JsonNode member : MAPPER.readTree(out.toString()).get("front")) {
        front.add(member.get("board").asString() + " " + member.get("kernels").asString());
      }
      assertThat(front)
          .as(network)
          .containsExactlyInAnyOrder(
              "nucleo-f767zi cmsis-nn@2020-03", "nucleo-l496zg cmsis-nn@2020-03");
    }
  }

  /** The command that the report names has to give the design's own figures. */
  @Test
  void reproducingCommandReproduces() throws IOException {
    String yaml =
        """
        version: 1
        network: { family: ds-cnn, filters: [40, 64], depth: [2, 4] }
        board: [nucleo-l4r5zi, nucleo-f746zg]
        clock: 80 MHz
        opt: Os
        """;
    String file = space(yaml);
    assertThat(run("explore", file, "--json")).isZero();
    JsonNode first = MAPPER.readTree(out.toString()).get("front").get(0);
    String command = first.get("command").asString();
    String[] halves = command.split(" \\| ");
    assertThat(run(words(halves[0]))).as(err::toString).isZero();
    String layers = out.toString();
    java.io.InputStream before = System.in;
    try {
      System.setIn(new java.io.ByteArrayInputStream(layers.getBytes(StandardCharsets.UTF_8)));
      List<String> profile = new ArrayList<>(List.of(words(halves[1])));
      profile.add("--json");
      assertThat(run(profile.toArray(String[]::new))).as(err::toString).isZero();
    } finally {
      System.setIn(before);
    }
    JsonNode total = MAPPER.readTree(out.toString()).get("total");
    same(total.get("cycles"), first.get("cycles"));
    same(total.get("inference_time"), first.get("latency_ms"));
    same(total.get("energy"), first.get("energy_uj"));
    same(total.get("ram"), first.get("ram_bytes"));
    same(total.get("flash"), first.get("flash_bytes"));
  }

  private static void same(JsonNode profiled, JsonNode explored) {
    assertThat(explored.get("value").asDouble())
        .isCloseTo(
            profiled.get("value").asDouble(),
            org.assertj.core.data.Percentage.withPercentage(0.0001));
  }

  private static String[] words(String command) {
    String[] words = command.split(" ");
    assertThat(words[0]).isEqualTo("./thumbprint");
    return java.util.Arrays.copyOfRange(words, 1, words.length);
  }

  @Test
  void emptyResultSaysWhichLimitRemovedHowMany() throws IOException {
    String yaml = SMALL + "constraints: [latency <= 9 ms, latency >= 100 ms, ram <= 900 KiB]\n";
    assertThat(run("explore", space(yaml))).isEqualTo(ExitStatus.LIMIT_FAILED);
    assertThat(out.toString())
        .contains("No design is left", "latency <= 9 ms: removes", "latency >= 100 ms: removes")
        .contains("'latency <= 9 ms' and 'latency >= 100 ms' exclude each other");
    assertThat(run("explore", space(yaml), "--json")).isEqualTo(ExitStatus.LIMIT_FAILED);
    JsonNode report = MAPPER.readTree(out.toString());
    assertThat(report.get("front")).isEmpty();
    // No design is on both sides: each is removed by one of the two at least.
    long removed = 0;
    for (JsonNode limit : report.get("limits")) {
      removed +=
          limit.get("limit").asString().startsWith("latency") ? limit.get("removed").asLong() : 0;
    }
    assertThat(removed).isGreaterThanOrEqualTo(8);
    String priced = SMALL + "constraints: [price <= 9 EUR]\n";
    assertThat(run("explore", space(priced))).isEqualTo(ExitStatus.LIMIT_FAILED);
    assertThat(out.toString()).contains("of 8 it is not known", "--prices");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          explore none.yaml                                             | 3 | no such file
          explore                                                       | 3 | no network
          explore kwz --sweep board=nucleo-l4r5zi                       | 3 | did you mean 'kws'
          explore kws --sweep board=nucleo-l4r5z                        | 3 | did you mean 'nucleo-l4r5zi'
          explore kws --sweep board                                     | 2 | NAME=V1,V2
          explore kws --sweep board=nucleo-l4r5zi --budget few          | 2 | few
          explore kws --sweep board=nucleo-l4r5zi --resume              | 2 | --points
          explore kws --sweep board=nucleo-l4r5zi --sampler genetic     | 3 | nsga2
          explore kws --sweep board=nucleo-l4r5zi --points /none/x.csv  | 3 | no folder
          explore kws --sweep board=nucleo-l4r5zi --html /              | 3 | a directory
          explore kws --sweep board=nucleo-l4r5zi -j 0                  | 2 | 1 to
          explore kws --sweep board=nucleo-l4r5zi -o /none/report       | 3 | no folder
          explore kws --sweep board=nucleo-l4r5zi --dry-run -f html     | 2 | knows table, json
          explore kws --sweep board=nucleo-l4r5zi --network-of 7        | 3 | 0 to 0
          explore kws --sweep board=nucleo-l4r5zi --prices none.csv     | 3 | none.csv
          """)
  void nonsenseIsToldWithItsStatus(String command, int status, String message) {
    assertThat(run(command.split(" "))).as(err::toString).isEqualTo(status);
    assertThat(err.toString()).contains(message).doesNotContain("\tat ", "Exception");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void impossibleSettingsAreCountedWithTheirReason() throws IOException {
    String yaml = SMALL.replace("80 MHz", "200 MHz");
    assertThat(run("explore", space(yaml), "--json")).as(err::toString).isZero();
    JsonNode report = MAPPER.readTree(out.toString());
    assertThat(report.get("counts").get("impossible").asLong()).isEqualTo(2);
    assertThat(report.get("reasons").propertyNames().iterator().next()).contains("120 MHz");
  }

  @Test
  void fullDeviceIsTold() throws IOException {
    assertThat(run("explore", space(SMALL), "--points", "/dev/full"))
        .isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("/dev/full").contains("No space left");
    assertThat(out.toString()).isEmpty();
  }

  /** Large enough to be killed in the middle: 60,000 designs. */
  private static final String LARGE =
      """
      version: 1
      network:
        family: ds-cnn
        filters: { from: 8, to: 127 }
        depth: { from: 1, to: 10 }
        frames: [25, 33, 41, 49, 57]
      board: nucleo-l4r5zi
      clock: { from: 30 MHz, to: 120 MHz, step: 10 MHz }
      """;

  @Test
  void killedRunIsTakenUpAndNothingIsLostOrRepeated() throws Exception {
    String file = space(LARGE);
    Path points = folder.resolve("points.csv");
    Path draft = folder.resolve("points.csv.part");
    Process killed = start("", "explore", file, "--points", points.toString(), "-j", "1");
    long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!(Files.exists(draft) && Files.size(draft) > 1 << 20)) {
      assertThat(killed.isAlive()).as("ended before it could be killed").isTrue();
      assertThat(System.nanoTime()).isLessThan(patience);
      Thread.sleep(5);
    }
    killed.destroyForcibly().waitFor();
    assertThat(points).doesNotExist();
    assertThat(run("explore", file, "--points", points.toString(), "--resume", "--json"))
        .as(err::toString)
        .isZero();
    String resumed = out.toString();
    Path whole = folder.resolve("whole.csv");
    assertThat(run("explore", file, "--points", whole.toString(), "--json")).isZero();
    assertThat(Files.mismatch(points, whole)).isEqualTo(-1);
    assertThat(MAPPER.readTree(resumed)).isEqualTo(MAPPER.readTree(out.toString()));
    assertThat(draft).doesNotExist();
  }

  /** A limit on the size of files stops a run as a full disk does. */
  @Test
  void fullDiskKeepsTheRowsForLater() throws Exception {
    String file = space(LARGE);
    Path points = folder.resolve("points.csv");
    Process limited = start("ulimit -f 2000; ", "explore", file, "--points", points.toString());
    String said = output(limited);
    assertThat(limited.waitFor()).as(said).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(said).contains("points.csv", "--resume").doesNotContain("\tat ");
    assertThat(points).doesNotExist();
    assertThat(run("explore", file, "--points", points.toString(), "--resume")).isZero();
    assertThat(Files.readAllLines(points)).hasSize(60_001);
  }

  private static Process start(String before, String... args) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String command =
        "%sexec '%s' -Xmx1g --enable-native-access=ALL-UNNAMED -cp '%s' dev.thumbprint.cli.Main %s"
            .formatted(before, java, System.getProperty("java.class.path"), String.join(" ", args));
    return new ProcessBuilder("bash", "-c", command).redirectErrorStream(true).start();
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
