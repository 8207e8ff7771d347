package dev.thumbprint.firmware.time;

import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Cache;
import dev.thumbprint.cost.board.Flash;
import dev.thumbprint.cost.board.Ram;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.memory.FlashAccelerators;
import dev.thumbprint.cost.memory.MemoryGeometry;
import dev.thumbprint.cost.memory.MemoryRange;
import dev.thumbprint.cost.memory.MemoryRegion;
import dev.thumbprint.firmware.engine.Cpu;
import dev.thumbprint.firmware.machine.MemoryMap;
import dev.thumbprint.firmware.machine.MemoryMap.Family;
import dev.thumbprint.firmware.machine.MemoryMap.Region;
import dev.thumbprint.model.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Puts the memories of a board at their addresses, and chooses how they are timed. Addresses are
 * those of the families' reference manuals.
 */
public final class Parts {
  private static final int STM32_FLASH = 0x0800_0000;
  private static final int SRAM = 0x2000_0000;
  private static final int PAGE = 4096;

  /**
   * Cycles of a line on STM32F767 at 216 MHz (measured); other parts with a Cortex-M7 are taken to
   * be like it.
   */
  private static final int M7_FLASH_LINE_CYCLES = 20;

  private static final int M7_SRAM_LINE_CYCLES = 15;

  private Parts() {}

  /** The processor that executes for a core. */
  public static Cpu cpu(Core core) {
    return switch (core) {
      case CORTEX_M0, CORTEX_M0PLUS -> Cpu.CORTEX_M0;
      case CORTEX_M3 -> Cpu.CORTEX_M3;
      case CORTEX_M4 -> Cpu.CORTEX_M4;
      case CORTEX_M7 -> Cpu.CORTEX_M7;
      case CORTEX_M33 -> Cpu.CORTEX_M33;
      case CORTEX_M23, CORTEX_M55, CORTEX_M85 ->
          throw InputException.of(
                  "",
                  "board",
                  "a " + core.label(),
                  "a core that the engine executes: cortex-m0, m0plus, m3, m4, m7 or m33")
              .withHint("profile predicts networks for this core without executing them");
    };
  }

  /** The memories of a target at their addresses. */
  public static MemoryMap map(Target target) {
    Board board = target.board();
    Cpu cpu = cpu(board.core());
    List<Region> regions = new ArrayList<>();
    Family family = family(board.mcu());
    long flashBytes = pages(board.flash().map(Flash::bytes).orElse(2L << 20));
    switch (family) {
      case NRF -> regions.add(Region.flash("flash", 0, flashBytes));
      case RP2040 -> regions.add(Region.flash("xip", 0x1000_0000, 16L << 20));
      default -> {
        Region flash = Region.flash("flash", STM32_FLASH, flashBytes);
        regions.add(flash);
        regions.add(Region.alias(flash, 0));
        if (board.core() == Core.CORTEX_M33) {
          regions.add(Region.alias(flash, 0x0c00_0000)); // secure
        }
      }
    }
    addRam(board, regions);
    return new MemoryMap(board.id(), cpu, family, target.clockHz(), regions);
  }

  private static void addRam(Board board, List<Region> regions) {
    String mcu = board.mcu();
    boolean h7 = mcu.startsWith("STM32H7");
    long next = SRAM;
    for (Ram ram : board.ram()) {
      String name = ram.name().toLowerCase(Locale.ROOT);
      long bytes = pages(ram.bytes());
      switch (ram.kind()) {
        case DTCM -> {
          regions.add(Region.ram(name, SRAM, bytes));
          next = Math.max(next, SRAM + bytes);
        }
        case ITCM -> {
          regions.removeIf(region -> region.address() == 0 && region.aliasOf().isPresent());
          regions.add(Region.ram(name, 0, bytes));
          if (mcu.startsWith("STM32F7")) {
            regions.add(Region.alias(regions.getFirst(), 0x0020_0000));
          }
        }
        case SRAM -> {
          boolean ccm = name.contains("ccm");
          boolean axi = h7 && (name.contains("axi") || name.equals("sram"));
          long address = ccm ? 0x1000_0000L : axi ? 0x2400_0000L : next;
          if (h7 && !axi) {
            address = 0x3000_0000L + (next - SRAM);
          }
          regions.add(Region.ram(name, (int) address, bytes));
          next = ccm || axi ? next : next + bytes;
        }
      }
    }
  }

  private static long pages(long bytes) {
    return (bytes + PAGE - 1) / PAGE * PAGE;
  }

  private static Family family(String mcu) {
    if (mcu.startsWith("nRF")) {
      return Family.NRF;
    }
    if (mcu.startsWith("RP2")) {
      return Family.RP2040;
    }
    if (mcu.matches("STM32(F1|F2|F4|L1).*")) {
      return Family.STM32_OLD_USART;
    }
    if (mcu.startsWith("STM32")) {
      return Family.STM32_NEW_USART;
    }
    throw InputException.of(
            "",
            "board",
            "the part " + mcu + ", whose addresses are not known",
            "an STM32, nRF52, nRF53 or RP2040 part")
        .withHint("choose a board with a similar core and memory; `boards list` shows them");
  }

  /** How the memories of a target are timed. */
  public static MemoryGeometry geometry(Target target, MemoryMap map) {
    Board board = target.board();
    Region flash = map.regions().getFirst();
    MemoryRange code = range(flash);
    List<MemoryRange> fast = new ArrayList<>();
    List<MemoryRegion> slow = new ArrayList<>();
    for (Region region : map.regions()) {
      if (region.writable()) {
        fast.add(range(region));
      }
    }
    int waitStates = target.waitStates().orElse(0);
    String mcu = board.mcu();
    boolean caches = target.caches();
    boolean prefetch = target.prefetch();
    if (board.core() == Core.CORTEX_M7) {
      return cortexM7(board, map, flash, slow, caches);
    }
    if (mcu.matches("STM32(F2|F4).*")) {
      return FlashAccelerators.stm32F4(code, fast, waitStates, caches, prefetch, 0);
    }
    if (mcu.matches("STM32(L4|G4).*")) {
      return FlashAccelerators.stm32L4(code, fast, waitStates, caches, prefetch);
    }
    if (mcu.matches("STM32(L5|U3|U5|H5).*")) {
      return FlashAccelerators.stm32Icache(code, fast, waitStates, caches);
    }
    if (mcu.startsWith("nRF")) {
      return FlashAccelerators.nrf52(code, fast, waitStates, caches);
    }
    if (mcu.startsWith("RP2")) {
      return FlashAccelerators.rpXip(code, fast, waitStates, caches);
    }
    return FlashAccelerators.plain(code, fast, waitStates, prefetch);
  }

  private static MemoryGeometry cortexM7(
      Board board, MemoryMap map, Region flash, List<MemoryRegion> cached, boolean caches) {
    List<MemoryRange> tcm = new ArrayList<>();
    for (Region region : map.regions()) {
      boolean tightly = board.region(region.name()).map(Ram::tightlyCoupled).orElse(false);
      if (tightly) {
        tcm.add(range(region));
      } else if (region.aliasOf().isEmpty()) {
        int cycles = region.equals(flash) ? M7_FLASH_LINE_CYCLES : M7_SRAM_LINE_CYCLES;
        MemoryRange range = range(region);
        cached.add(
            new MemoryRegion(
                range.name(),
                range.startAddress(),
                range.sizeBytes(),
                32,
                cycles,
                cycles,
                cycles,
                false,
                false));
      }
    }
    return FlashAccelerators.cortexM7(
        cached,
        tcm,
        (int) cacheBytes(board, Cache.Holds.INSTRUCTIONS),
        (int) cacheBytes(board, Cache.Holds.DATA),
        caches);
  }

  private static long cacheBytes(Board board, Cache.Holds holds) {
    return board.caches().stream()
        .filter(cache -> cache.place() == Cache.Place.CORE && cache.holds() == holds)
        .mapToLong(Cache::bytes)
        .findFirst()
        .orElse(16 * 1024);
  }

  private static MemoryRange range(Region region) {
    return new MemoryRange(region.name(), Integer.toUnsignedLong(region.address()), region.bytes());
  }
}
