package dev.thumbprint.firmware;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.core.CorePipeline;
import dev.thumbprint.cost.memory.FlashAccelerators;
import dev.thumbprint.cost.memory.MemoryRange;
import dev.thumbprint.firmware.engine.Cpu;
import dev.thumbprint.firmware.engine.Engine;
import dev.thumbprint.firmware.engine.Register;
import dev.thumbprint.firmware.engine.UnicornEngine;
import dev.thumbprint.firmware.image.Image;
import dev.thumbprint.firmware.machine.Budget;
import dev.thumbprint.firmware.machine.Machine;
import dev.thumbprint.firmware.machine.MemoryMap;
import dev.thumbprint.firmware.time.MemoryObserver;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Executed instructions per second: Unicorn alone, with blocks counted and priced, and with code
 * cache, data cache and every data access observed. The program is {@code long} (matrix products of
 * bytes) or {@code layers}.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 8, time = 2)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class EmulationBenchmark {
  private static final int RAM = 0x2000_0000;
  private static final int NOWHERE = 0xdead_0001;

  /** Counts what was executed, as a rate beside the score. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Executed {
    /** Instructions. */
    public long instructions;
  }

  private static MemoryMap map() {
    return new MemoryMap(
        "benchmark",
        Cpu.CORTEX_M4,
        MemoryMap.Family.NONE,
        80_000_000,
        List.of(
            MemoryMap.Region.flash("flash", 0, 0x40000),
            MemoryMap.Region.ram("ram", RAM, 0x20000)));
  }

  /** Unicorn without anything observed. */
  @State(Scope.Thread)
  public static class Plain {
    private Engine engine;
    private int main;
    private long instructions;

    /** Loads the program. */
    @Setup(Level.Trial)
    public void load() {
      Image image = Programs.image("long-m4.elf");
      try (Machine machine =
          new Machine(
              map(),
              image,
              new UnicornEngine(Cpu.CORTEX_M4),
              CorePipeline.of(Core.CORTEX_M4),
              Machine.Setup.PLAIN)) {
        main = image.symbols().find("main").orElseThrow().address();
        machine.call(main, new int[0], Budget.USUAL);
        instructions = machine.meter().instructions();
      }
      engine = new UnicornEngine(Cpu.CORTEX_M4);
      engine.mapMemory(0, 0x40000, Engine.Access.READ_EXECUTE);
      engine.mapMemory(RAM, 0x20000, Engine.Access.READ_WRITE_EXECUTE);
      image.segments().forEach(segment -> engine.write(segment.address(), segment.bytes()));
    }

    /** Frees the engine. */
    @TearDown(Level.Trial)
    public void close() {
      engine.close();
    }
  }

  /** A machine, with or without its memory simulated. */
  @State(Scope.Thread)
  public static class Observed {
    private Machine counting;
    private Machine timing;
    private int main;

    /** Loads the program twice. */
    @Setup(Level.Trial)
    public void load() {
      Image image = Programs.image("long-m4.elf");
      main = image.symbols().find("main").orElseThrow().address();
      CorePipeline pipeline = CorePipeline.of(Core.CORTEX_M4);
      counting =
          new Machine(
              map(), image, new UnicornEngine(Cpu.CORTEX_M4), pipeline, Machine.Setup.PLAIN);
      MemoryObserver memory =
          new MemoryObserver(
              map(),
              FlashAccelerators.stm32L4(
                  new MemoryRange("flash", 0, 0x40000),
                  List.of(new MemoryRange("ram", RAM, 0x20000)),
                  4,
                  true,
                  false),
              pipeline);
      timing =
          new Machine(
              map(),
              image,
              new UnicornEngine(Cpu.CORTEX_M4),
              pipeline,
              new Machine.Setup(memory, null, null));
      memory.setMeter(timing.meter());
      timing.observeAccesses(0, 0x3fff_ffff, memory);
    }

    /** Frees the engines. */
    @TearDown(Level.Trial)
    public void close() {
      counting.close();
      timing.close();
    }
  }

  private static void call(Machine machine, int main, Executed executed) {
    long before = machine.meter().instructions();
    machine.call(
        main, new int[0], new Budget(Long.MAX_VALUE, Long.MAX_VALUE, Budget.USUAL.wallTime()));
    executed.instructions += machine.meter().instructions() - before;
  }

  /** Unicorn alone. */
  @Benchmark
  public void plain(Plain plain, Executed executed) {
    plain.engine.set(Register.SP, RAM + 0x20000);
    plain.engine.set(Register.LR, NOWHERE);
    plain.engine.set(Register.PC, plain.main);
    plain.engine.run();
    executed.instructions += plain.instructions;
  }

  /** Blocks counted by edge and priced. */
  @Benchmark
  public void blocks(Observed observed, Executed executed) {
    call(observed.counting, observed.main, executed);
  }

  /** The same with flash accelerator and all data accesses. */
  @Benchmark
  public void memory(Observed observed, Executed executed) {
    call(observed.timing, observed.main, executed);
  }
}
