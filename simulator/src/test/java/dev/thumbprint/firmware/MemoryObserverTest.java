package dev.thumbprint.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.core.CorePipeline;
import dev.thumbprint.cost.memory.CliffDetector;
import dev.thumbprint.cost.memory.FlashAccelerators;
import dev.thumbprint.cost.memory.MemoryGeometry;
import dev.thumbprint.cost.memory.MemoryRange;
import dev.thumbprint.firmware.count.StallProbe;
import dev.thumbprint.firmware.engine.Cpu;
import dev.thumbprint.firmware.engine.UnicornEngine;
import dev.thumbprint.firmware.machine.Budget;
import dev.thumbprint.firmware.machine.Machine;
import dev.thumbprint.firmware.machine.MemoryMap;
import dev.thumbprint.firmware.time.MemoryObserver;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short cut for blocks that are executed again right away changes no result. */
class MemoryObserverTest {
  @ParameterizedTest
  @ValueSource(strings = {"integer", "conditions", "exceptions", "stacks", "floats"})
  void shouldStallAsMuchAsWithoutTheShortCut(String program) {
    MemoryMap map =
        new MemoryMap(
            "test",
            Cpu.CORTEX_M4,
            MemoryMap.Family.NONE,
            80_000_000,
            List.of(
                MemoryMap.Region.flash("flash", 0, 0x40000),
                MemoryMap.Region.ram("ram", 0x2000_0000, 0x20000)));
    MemoryGeometry geometry =
        FlashAccelerators.stm32L4(
            new MemoryRange("flash", 0, 0x40000),
            List.of(new MemoryRange("ram", 0x2000_0000, 0x20000)),
            4,
            true,
            false);
    CorePipeline pipeline = CorePipeline.of(Core.CORTEX_M4);
    var observer = new MemoryObserver(map, geometry, pipeline);
    var whole = new CliffDetector(geometry);
    StallProbe both =
        block -> {
          whole.fetch(block.address(), block.code().sizeBytes(), block.cycles());
          return observer.fetch(block);
        };
    try (Machine machine =
        new Machine(
            map,
            Programs.image(program + "-m4.elf"),
            new UnicornEngine(Cpu.CORTEX_M4),
            pipeline,
            new Machine.Setup(both, null, null))) {
      assertThat(machine.run(Budget.USUAL).fine()).isTrue();
      assertThat(observer.stalls().codeCycles()).isPositive();
      assertThat(observer.stalls().cliff()).isEqualTo(whole.interval());
    }
  }
}
