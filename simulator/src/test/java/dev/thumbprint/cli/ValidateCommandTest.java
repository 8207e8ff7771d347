package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code validate FILE.csv}: every row is counted, and a damaged one says what is wrong. */
final class ValidateCommandTest {
  private static final String HEADER =
      "id,board_id,clock_mhz,library,opt,type,op,input_shape,filter_shape,"
          + "output_shape,stride,padding,latency_ms\n";
  private static final String GOOD =
      ",nucleo-l496zg,80,cmsis-nn@2020-03,Ofast,int8,CONV_2D,1x16x16x16,16x3x3x16,"
          + "1x16x16x16,1x1,SAME,20\n";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("rows.csv"), text);
  }

  /** EdgeMark's timer runs around the copy of 784 inputs and 10 outputs as well. */
  @Test
  void whatASourceMeasuredBesideTheInferenceIsPredictedToo() throws IOException {
    String row =
        ",nucleo-l4r5zi,120,cmsis-nn@2024,O3,int8,edgemark/FC_9,edgemark-FC_9-q_full_int_only,\n";
    Path file =
        file(
            "id,source,board_id,clock_mhz,library,opt,type,network,model,latency_ms\n"
                + "theirs,Black3rror/Benchmarking(EdgeMark)@3e7237d"
                + row
                + "mine,mine"
                + row);
    assertThat(run("validate", file.toString(), "-f", "csv")).as(err::toString).isZero();
    String[] lines = out.toString().split("\n");
    double theirs = Double.parseDouble(lines[1].split(",")[1]);
    double mine = Double.parseDouble(lines[2].split(",")[1]);
    assertThat(theirs - mine).isCloseTo(476 + 784 * 68.9 + 10 * 70.7, within(2.0));
  }

  @Test
  void damagedRowsAreCountedWithTheirReason() throws IOException {
    Path file =
        file(
            HEADER
                + "a"
                + GOOD
                + "b"
                + GOOD.replace("Ofast", "O9")
                + "c,too,few\n"
                + "a"
                + GOOD
                + "d"
                + GOOD.replace(",20\n", ",twenty\n")
                + "e"
                + GOOD.replace("16x3x3x16", "16x3xQx16").replace("SAME", "MAYBE")
                + "f"
                + GOOD.replace(",80,", ",800000,"));
    assertThat(run("validate", file.toString(), "-f", "csv")).as(err::toString).isZero();
    String[] lines = out.toString().split("\n");
    assertThat(lines).hasSize(8);
    assertThat(lines[1]).startsWith("a,").endsWith(",");
    assertThat(lines[2]).startsWith("b,").contains("line 3, column opt: found 'O9'", "Ofast");
    assertThat(lines[3]).startsWith("line-4,").contains("found 3 cells, expected 13");
    assertThat(lines[4]).startsWith("line-5,").contains("an id that no earlier row has");
    assertThat(lines[5]).startsWith("d,").contains("column latency_ms: found 'twenty'");
    assertThat(lines[6]).startsWith("e,").contains("16x3xQx16");
    assertThat(lines[7]).startsWith("f,").contains("clock", "expected at least", "80 MHz");
    assertThat(run("validate", file.toString(), "--json")).isZero();
    JsonNode report = JsonMapper.shared().readTree(out.toString());
    int refused = 0;
    for (JsonNode count : report.get("refused")) {
      refused += count.asInt();
    }
    assertThat(refused).isEqualTo(6);
  }

  @Test
  void aFileThatIsNoTableIsRefused() throws IOException {
    for (String text : new String[] {"", "a;b;c\n1;2;3\n", "\u0000\u0001", "id,id\n1,2\n"}) {
      assertThat(run("validate", file(text).toString())).as(text).isEqualTo(ExitStatus.BAD_INPUT);
      assertThat(err.toString()).contains("rows.csv").doesNotContain("\tat ");
      assertThat(out.toString()).isEmpty();
    }
  }
}
