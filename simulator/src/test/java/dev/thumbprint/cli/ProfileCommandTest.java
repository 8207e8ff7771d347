package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code profile}: the forms of its report, and what bad input gets. */
final class ProfileCommandTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kws", "ad", "lenet"})
  void jsonFollowsItsSchema(String model) throws IOException {
    assertThat(run("profile", model, "-b", "nucleo-l4r5zi", "--json")).as(err::toString).isZero();
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("..", "docs", "schema", "profile.schema.json")));
    assertThat(schema.validate(MAPPER.readTree(out.toString()))).isEmpty();
  }

  @Test
  void theTotalIsTheSumOfItsLayersAndSharesAreParts() {
    assertThat(run("profile", "kws", "-b", "nucleo-l4r5zi", "--json")).isZero();
    JsonNode report = MAPPER.readTree(out.toString());
    double layers = 0;
    double shares = 0;
    for (JsonNode layer : report.get("layers")) {
      layers += layer.get("cycles").get("value").asDouble();
      shares += layer.get("share").asDouble();
    }
    double total = report.get("total").get("cycles").get("value").asDouble();
    assertThat(layers).isCloseTo(total, org.assertj.core.data.Percentage.withPercentage(0.01));
    assertThat(shares).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-3));
  }

  @Test
  void csvIsTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    String plain = csv();
    try {
      for (Locale locale :
          List.of(Locale.GERMANY, Locale.forLanguageTag("ar-EG"), Locale.of("tr"))) {
        Locale.setDefault(locale);
        assertThat(csv()).isEqualTo(plain);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  private String csv() {
    out.getBuffer().setLength(0);
    assertThat(run("profile", "kws", "-b", "nucleo-l4r5zi", "-f", "csv")).isZero();
    return out.toString();
  }

  @Test
  void unknownBoardNamesTheNearest() {
    assertThat(run("profile", "kws", "-b", "nucleo-l4r5z")).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("nucleo-l4r5zi").doesNotContain("\tat ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void unknownModelNamesTheNearest() {
    assertThat(run("profile", "kwz", "-b", "nucleo-l4r5zi")).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("kwz", "kws");
  }

  @Test
  void clockAboveTheMaximumIsRefused() {
    assertThat(run("profile", "kws", "-b", "nucleo-l4r5zi", "--clock", "1GHz"))
        .isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("120");
  }

  @Test
  void nonsenseOptionIsWrongUsage() {
    assertThat(run("profile", "kws", "-b", "nucleo-l4r5zi", "--clock", "fast"))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("80 MHz");
  }

  @Test
  void fileAppearsWholeOrNotAtAll(@TempDir Path folder) throws IOException {
    Path report = folder.resolve("report.json");
    assertThat(run("profile", "kws", "-b", "nucleo-l4r5zi", "--json", "-o", report.toString()))
        .isZero();
    assertThat(out.toString()).isEmpty();
    assertThat(MAPPER.readTree(report.toFile()).get("layers").size()).isEqualTo(13);
    String missing = folder.resolve("none").resolve("report.json").toString();
    assertThat(run("profile", "kws", "-b", "nucleo-l4r5zi", "--json", "-o", missing))
        .isEqualTo(ExitStatus.BAD_INPUT);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(report);
    }
  }

  @Test
  void emptyModelFileIsRefused(@TempDir Path folder) throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.tflite"));
    assertThat(run("profile", empty.toString(), "-b", "nucleo-l4r5zi"))
        .isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("empty.tflite").doesNotContain("\tat ");
  }

  @Test
  void networkThatDoesNotFitIsReportedAndRefused() {
    assertThat(run("profile", "resnet20-float", "-b", "nucleo-f446re", "--ignore-unknown"))
        .isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("does not fit", "flash", "hint:");
    assertThat(out.toString()).contains("DOES NOT FIT");
  }

  @Test
  void operatorThatCannotBePricedRefusesTheTotal(@TempDir Path folder) throws IOException {
    Path list = folder.resolve("list.json");
    Files.writeString(
        list,
        "{\"name\":\"x\",\"layers\":[{\"op\":\"CONV_3D\",\"input\":[1,8,8,4],\"output\":[1,8,8,4]}]}");
    assertThat(run("profile", list.toString(), "-b", "nucleo-f446re"))
        .isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("CONV_3D", "--ignore-unknown");
  }

  @Test
  void settingsOnAndOffMoveTheTarget() {
    assertThat(
            run(
                "profile",
                "kws",
                "-b",
                "nucleo-l4r5zi",
                "--caches",
                "off",
                "--asserts",
                "on",
                "--fpu",
                "off",
                "--json"))
        .as(err::toString)
        .isZero();
    JsonNode target = MAPPER.readTree(out.toString()).get("target");
    assertThat(target.get("caches").asBoolean()).isFalse();
    assertThat(target.get("asserts").asBoolean()).isTrue();
    assertThat(target.get("fpu").asBoolean()).isFalse();
  }

  @Test
  void modelAndLayerListAreReadFromStandardInput() {
    java.io.InputStream before = System.in;
    try {
      System.setIn(
          new java.io.ByteArrayInputStream(
              dev.thumbprint.model.TfliteWriter.bytes(dev.thumbprint.model.zoo.Zoo.graph("ad"))));
      assertThat(run("profile", "-", "-b", "nucleo-l4r5zi")).as(err::toString).isZero();
      String list =
          "\n {\"name\":\"x\",\"layers\":[{\"op\":\"SOFTMAX\",\"input\":[1,8],\"output\":[1,8]}]}";
      System.setIn(
          new java.io.ByteArrayInputStream(list.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      assertThat(run("profile", "-", "-b", "nucleo-l4r5zi")).as(err::toString).isZero();
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void outputThroughALinkWritesTheFileBehindIt(@TempDir Path folder) throws IOException {
    Path real = Files.writeString(folder.resolve("real"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    assertThat(run("profile", "ad", "-b", "nucleo-l4r5zi", "-o", link.toString())).isZero();
    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(real)).contains("cycles");
    assertThat(run("profile", "ad", "-b", "nucleo-l4r5zi", "-o", folder.toString()))
        .isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("a directory");
  }

  @Test
  void clockOfOneHertzIsRefused() {
    assertThat(run("profile", "ad", "-b", "nucleo-l4r5zi", "--clock", "1Hz"))
        .isEqualTo(ExitStatus.BAD_INPUT);
  }
}
