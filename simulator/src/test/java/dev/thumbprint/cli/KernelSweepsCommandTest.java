package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.counts.CountTable;
import dev.thumbprint.firmware.Programs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KernelSweepsCommandTest {
  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  static Stream<String> tables() {
    return CountTable.lines("sweeps/index.txt").stream();
  }

  @Test
  void shouldListEveryStoredTableWithItsBuild() {
    assertThat(run("kernels", "sweeps")).isEqualTo(ExitStatus.FINE);
    tables().forEach(table -> assertThat(out.toString()).contains(table.replace(".csv", " ")));
    assertThat(out.toString()).contains("-mcpu=cortex-m0plus", "arm-none-eabi-gcc 12.2.1");
  }

  @ParameterizedTest
  @MethodSource("tables")
  void shouldPrintEveryTableAsItIsStored(String table) {
    String name = table.replace(".csv", "");
    assertThat(run("kernels", "sweeps", name, "-f", "csv")).isEqualTo(ExitStatus.FINE);
    assertThat(out.toString().replace("\"", "").lines())
        .containsExactlyElementsOf(CountTable.lines("sweeps/" + table));
  }

  @Test
  void shouldNameItsTablesInWhatIsShownOfALibrary() {
    assertThat(run("kernels", "show", "cmsis-nn@2024")).isEqualTo(ExitStatus.FINE);
    assertThat(out.toString()).contains("kernels sweeps cmsis-nn-2024-m4-O3");
  }

  @Test
  void shouldRefuseATableThatIsNotThere() {
    assertThat(run("kernels", "sweeps", "nosuch")).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("nosuch", "kernels sweeps lists them");
  }

  @Test
  void shouldReadTheCountsOfARun() throws IOException {
    Path elf = directory.resolve("operators.elf");
    Files.write(elf, Programs.bytes("operators.elf"));
    String counts = directory.resolve("a.counts").toString();
    assertThat(run("emulate", elf.toString(), "-b", "nucleo-l4r5zi", "--counts", counts))
        .as(err.toString())
        .isEqualTo(ExitStatus.FINE);
    out.getBuffer().setLength(0);
    assertThat(run("kernels", "sweeps", counts, "-f", "csv")).isEqualTo(ExitStatus.FINE);
    List<String> lines = out.toString().lines().toList();
    List<String> header = List.of(lines.getFirst().split(",", -1));
    assertThat(header).contains("l4_code_miss", "l4_data_miss", "f4_code_miss");
    // Both inferences together: 13,242, as emulate --monitors operators says.
    String[] first = lines.get(1).split(",", -1);
    assertThat(first[header.indexOf("instructions")]).isEqualTo("6621");
    assertThat(first[header.indexOf("core")]).isEqualTo("cortex-m4");
  }
}
