package dev.thumbprint.firmware.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thumbprint.firmware.Programs;
import dev.thumbprint.firmware.machine.Budget;
import dev.thumbprint.firmware.machine.Machine;
import dev.thumbprint.firmware.machine.MemoryMap;
import dev.thumbprint.firmware.machine.Outcome;
import dev.thumbprint.firmware.machine.TestMachines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accesses that were written down are those that calls to Java tell, at the same time. */
@EnabledOnOs(
    value = OS.LINUX,
    architectures = "amd64",
    disabledReason = "the hook in machine code is for Linux on x86-64")
class AccessLogTest {
  private static final int SEEN_MAX = 200_000;

  private record Access(int address, int size, boolean write, long cycles) {}

  private record Run(List<Access> accesses, Outcome outcome, long cycles) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "integer-m0.elf",
        "conditions-m3.elf",
        "integer-m4.elf",
        "floats-m7.elf",
        "stacks-m33.elf",
        "floats-m4.elf",
        "exceptions-m4.elf",
        "exceptions-m33.elf",
        "faults.elf",
      })
  void shouldTellTheSameAccessesAtTheSameTime(String program) {
    assertThat(NativeAccessHook.function()).isPresent();
    Run calls = run(program, false);
    Run log = run(program, true);
    assertThat(calls.accesses).hasSizeGreaterThan(5);
    assertThat(log).isEqualTo(calls);
  }

  private static Run run(String program, boolean logging) {
    String core = program.contains("-") ? program.split("[-.]", -1)[1] : "m4";
    List<Access> seen = new ArrayList<>();
    UnicornEngine engine = new UnicornEngine(cpu(core), logging);
    try (Machine machine =
        TestMachines.of(
            core, Programs.image(program), engine, MemoryMap.Family.NONE, Machine.Setup.PLAIN)) {
      AccessProbe probe =
          (address, size, write) -> {
            if (seen.size() < SEEN_MAX) {
              seen.add(new Access(address, size, write, machine.meter().cycles()));
            }
            // As a memory that is slow: time passes at the access.
            machine.meter().advance(address & 1);
          };
      machine.observeAccesses(0, 0x1fff_ffff, probe);
      machine.observeAccesses(0x2000_0000, 0x3fff_ffff, probe);
      Outcome outcome = machine.run(Budget.USUAL);
      return new Run(seen, outcome, machine.meter().cycles());
    }
  }

  private static Cpu cpu(String core) {
    return Cpu.valueOf("CORTEX_" + core.toUpperCase(Locale.ROOT));
  }

  @Test
  void shouldBringExceptionsOfProbesOut() {
    try (Machine machine = TestMachines.of("m4", Programs.image("integer-m4.elf"))) {
      machine.observeAccesses(
          0x2000_0000,
          0x3fff_ffff,
          (address, size, write) -> {
            throw new IllegalArgumentException("from the probe");
          });
      assertThatThrownBy(() -> machine.run(Budget.USUAL)).hasMessage("from the probe");
    }
  }
}
