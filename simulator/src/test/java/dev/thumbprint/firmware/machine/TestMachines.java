package dev.thumbprint.firmware.machine;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.core.CorePipeline;
import dev.thumbprint.firmware.Programs;
import dev.thumbprint.firmware.engine.Cpu;
import dev.thumbprint.firmware.engine.Engine;
import dev.thumbprint.firmware.engine.UnicornEngine;
import dev.thumbprint.firmware.image.Image;
import java.util.List;
import java.util.Map;

/** Machines with the memory of QEMU's boards, as the test programs are linked for. */
public final class TestMachines {
  private static final Map<String, Cpu> CPUS =
      Map.of(
          "m0", Cpu.CORTEX_M0,
          "m3", Cpu.CORTEX_M3,
          "m4", Cpu.CORTEX_M4,
          "m7", Cpu.CORTEX_M7,
          "m33", Cpu.CORTEX_M33);

  private TestMachines() {}

  /** A machine for one of the cores m0, m3, m4, m7, m33. */
  public static Machine of(String core, Image image) {
    return of(core, image, MemoryMap.Family.NONE, Machine.Setup.PLAIN);
  }

  /** A machine with devices. */
  public static Machine of(String core, Image image, MemoryMap.Family family, Machine.Setup setup) {
    return of(core, image, new UnicornEngine(CPUS.get(core)), family, setup);
  }

  /** A machine with an engine of the test's own. */
  public static Machine of(
      String core, Image image, Engine engine, MemoryMap.Family family, Machine.Setup setup) {
    boolean secure = core.equals("m33");
    MemoryMap map =
        new MemoryMap(
            "test-" + core,
            CPUS.get(core),
            family,
            80_000_000,
            List.of(
                MemoryMap.Region.flash("flash", secure ? 0x1000_0000 : 0, 0x40000),
                MemoryMap.Region.ram("ram", secure ? 0x3000_0000 : 0x2000_0000, 0x20000)));
    return new Machine(map, image, engine, CorePipeline.of(pricedAs(core)), setup);
  }

  private static Core pricedAs(String core) {
    return Core.ofLabel("cortex-" + core).orElseThrow();
  }

  /** A machine with a program of {@code src/firmware}. */
  public static Machine program(String program, String core) {
    return of(core, Programs.image(program + "-" + core + ".elf"));
  }
}
