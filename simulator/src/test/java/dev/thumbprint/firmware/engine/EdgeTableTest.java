package dev.thumbprint.firmware.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.core.CorePipeline;
import dev.thumbprint.firmware.Programs;
import dev.thumbprint.firmware.count.CallStack;
import dev.thumbprint.firmware.count.EdgeCount;
import dev.thumbprint.firmware.count.StallProbe;
import dev.thumbprint.firmware.image.Image;
import dev.thumbprint.firmware.machine.Budget;
import dev.thumbprint.firmware.machine.Machine;
import dev.thumbprint.firmware.machine.MemoryMap;
import dev.thumbprint.firmware.machine.Outcome;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is counted in machine code is what calls to Java count, in every program. */
@EnabledOnOs(
    value = OS.LINUX,
    architectures = "amd64",
    disabledReason = "the hook in machine code is for Linux on x86-64")
class EdgeTableTest {
  /** Odd, so that budgets end inside of loops. */
  private static final List<Budget> BUDGETS =
      List.of(
          new Budget(30_000_000, 1_000_000_000, Duration.ofSeconds(60)),
          new Budget(10_007, 1_000_000_000, Duration.ofSeconds(60)),
          new Budget(30_000_000, 1_003, Duration.ofSeconds(60)));

  private record Edge(int from, int to, int size, long count, int cycles) {}

  private record Run(
      Outcome outcome,
      long cycles,
      long instructions,
      long mispredictions,
      long exceptions,
      List<Edge> edges,
      List<String> calls) {}

  private record Call(String function, long cycles) {}

  static Stream<String> programs() throws IOException, URISyntaxException {
    Path folder = Path.of(Programs.class.getResource("programs/counts.csv").toURI()).getParent();
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(Path::getFileName)
          .map(Path::toString)
          .filter(n -> n.endsWith(".elf"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("programs")
  void shouldCountWhatCallsToJavaCount(String program) {
    assertThat(NativeBlockHook.function()).isPresent();
    for (Budget budget : BUDGETS) {
      Run calls = run(program, false, budget);
      Run counted = run(program, true, budget);
      assertThat(counted).isEqualTo(calls);
    }
  }

  private static Run run(String program, boolean nativeHooks, Budget budget) {
    List<String> calls = new ArrayList<>();
    Machine machine = machine(program, nativeHooks, listener(calls));
    try (machine) {
      Outcome outcome = machine.run(budget);
      return new Run(
          outcome,
          machine.meter().cycles(),
          machine.meter().instructions(),
          machine.recorder().mispredictions(),
          machine.exceptionEntries(),
          edges(machine),
          calls);
    }
  }

  private static CallStack.Listener listener(List<String> calls) {
    return new CallStack.Listener() {
      @Override
      public void begin(String function, long cycles) {
        calls.add(new Call(function, cycles).toString());
      }

      @Override
      public void end(long cycles) {
        calls.add(new Call("", cycles).toString());
      }
    };
  }

  private static List<Edge> edges(Machine machine) {
    return machine.recorder().edges().stream().map(EdgeTableTest::edge).toList();
  }

  private static Edge edge(EdgeCount edge) {
    int from = edge.from() == null ? -1 : edge.from().address();
    int size = edge.to().code().sizeBytes();
    return new Edge(from, edge.to().address(), size, edge.count(), edge.cycles());
  }

  private static Machine machine(String program, boolean nativeHooks, CallStack.Listener listener) {
    String core = program.contains("-m") ? program.split("[-.]", -1)[1] : "m4";
    Cpu cpu = Cpu.valueOf("CORTEX_" + core.toUpperCase(Locale.ROOT));
    Image image = Programs.image(program);
    int code = image.segments().getFirst().address() & 0xfff0_0000;
    MemoryMap map =
        new MemoryMap(
            program,
            cpu,
            program.contains("nrf") ? MemoryMap.Family.NRF : MemoryMap.Family.STM32F2_F4,
            80_000_000,
            List.of(
                MemoryMap.Region.flash("flash", code, 0x40000),
                MemoryMap.Region.ram("ram", 0x2000_0000, 0x20000),
                MemoryMap.Region.ram("secure", 0x3000_0000, 0x20000),
                MemoryMap.Region.ram("axi", 0x2400_0000, 0x10000)));
    return new Machine(
        map,
        image,
        new UnicornEngine(cpu, nativeHooks),
        CorePipeline.of(Core.ofLabel("cortex-" + core).orElseThrow()),
        new Machine.Setup(StallProbe.NONE, listener, null));
  }

  /** Blocks that were learned as successors before must still stop the run. */
  @Test
  void shouldStopAtAPlaceInALoopThatIsKnown() {
    List<List<Object>> runs = new ArrayList<>();
    for (boolean nativeHooks : new boolean[] {false, true}) {
      try (Machine machine = machine("long-m4.elf", nativeHooks, null)) {
        machine.run(new Budget(100_000, 1_000_000_000, Duration.ofSeconds(60)));
        Edge busiest =
            edges(machine).stream().max(Comparator.comparingLong(Edge::count)).orElseThrow();
        List<Object> seen = new ArrayList<>();
        machine.setUntil(busiest.to());
        for (int i = 0; i < 5; i++) {
          Outcome outcome = machine.resume(BUDGETS.getFirst());
          seen.add(outcome.pc());
          assertThat(outcome.pc()).isEqualTo(busiest.to());
          machine.setUntil(-1);
          machine.resume(
              new Budget(
                  machine.meter().instructions() + 50, 1_000_000_000, Duration.ofSeconds(60)));
          machine.setUntil(busiest.to());
        }
        seen.add(machine.meter().cycles());
        seen.add(edges(machine));
        runs.add(seen);
      }
    }
    assertThat(runs.get(1)).isEqualTo(runs.get(0));
  }

  @Test
  void shouldKeepCountsWhenTheMachineIsClosed() {
    Machine machine = machine("integer-m4.elf", true, null);
    assertThat(machine.engine().edgeTable()).isPresent();
    machine.run(BUDGETS.getFirst());
    List<Edge> before = edges(machine);
    long cycles = machine.meter().cycles();
    machine.close();

    assertThat(edges(machine)).isEqualTo(before);
    assertThat(machine.meter().cycles()).isEqualTo(cycles);
    assertThat(before.stream().mapToLong(Edge::count).sum()).isGreaterThan(100);
  }
}
