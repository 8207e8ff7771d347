package dev.thumbprint.firmware.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.firmware.Programs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Instruction counts equal those of QEMU, which {@code src/firmware/count.sh} takes with a plugin.
 */
class InstructionCountTest {
  private static List<String> rows() {
    String table = new String(Programs.bytes("counts.csv"), StandardCharsets.US_ASCII);
    return table.lines().skip(1).toList();
  }

  static Stream<String> counts() {
    return rows().stream();
  }

  @ParameterizedTest
  @MethodSource("counts")
  void shouldCountWhatQemuCounts(String row) {
    String[] cells = row.split(",");
    try (Machine machine = TestMachines.program(cells[0], cells[1])) {
      Outcome outcome = machine.run(new Budget(100_000_000, 1_000_000_000, Duration.ofSeconds(20)));

      assertThat(outcome.ending()).as(outcome.toString()).isEqualTo(Outcome.Ending.EXIT);
      assertThat(outcome.status()).isEqualTo(Integer.parseInt(cells[3]));
      assertThat(machine.meter().instructions()).isEqualTo(Long.parseLong(cells[2]));
    }
  }

  @Test
  void shouldCoverExceptionsConditionsFloatsAndLongRuns() {
    assertThat(rows()).hasSizeGreaterThanOrEqualTo(10);
    assertThat(rows()).anyMatch(row -> row.startsWith("exceptions,"));
    assertThat(rows()).anyMatch(row -> row.startsWith("conditions,"));
    assertThat(rows()).anyMatch(row -> row.startsWith("floats,"));
    assertThat(rows())
        .filteredOn(row -> row.startsWith("long,"))
        .allMatch(row -> Long.parseLong(row.split(",")[2]) > 10_000_000);
  }
}
