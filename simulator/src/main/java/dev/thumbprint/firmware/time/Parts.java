package dev.thumbprint.firmware.time;

import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Cache;
import dev.thumbprint.cost.board.ExternalFlash;
import dev.thumbprint.cost.board.Flash;
import dev.thumbprint.cost.board.Ram;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.memory.FlashAccelerators;
import dev.thumbprint.cost.memory.MemoryGeometry;
import dev.thumbprint.cost.memory.MemoryRange;
import dev.thumbprint.cost.memory.MemoryRegion;
import dev.thumbprint.cost.memory.SerialFlash;
import dev.thumbprint.firmware.engine.Cpu;
import dev.thumbprint.firmware.machine.MemoryMap;
import dev.thumbprint.firmware.machine.MemoryMap.Family;
import dev.thumbprint.firmware.machine.MemoryMap.Region;
import dev.thumbprint.firmware.time.PartMemories.Row;
import dev.thumbprint.model.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Puts the memories of a board at their addresses, and chooses how they are timed. */
public final class Parts {
  private static final long SRAM = 0x2000_0000L;
  private static final long SRAM_END = 0x2400_0000L;
  private static final int PAGE = 4096;

  /** Line of the cache of RP2040 and RP2350. */
  private static final int XIP_LINE_BYTES = 8;

  private static final Map<String, Family> FAMILIES =
      Map.ofEntries(
          Map.entry("STM32F2", Family.STM32F2_F4),
          Map.entry("STM32F4", Family.STM32F2_F4),
          Map.entry("STM32F7", Family.STM32F7),
          Map.entry("STM32H7", Family.STM32H7),
          Map.entry("STM32L4", Family.STM32L4),
          Map.entry("STM32G0", Family.STM32G0),
          Map.entry("STM32L5", Family.STM32L5),
          Map.entry("STM32U5", Family.STM32U5),
          Map.entry("nRF52", Family.NRF),
          Map.entry("nRF5340", Family.NRF53),
          Map.entry("RP2040", Family.RP2040),
          Map.entry("RP2350", Family.RP2350));

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

  /**
   * The memories of a target at their addresses.
   *
   * @throws InputException if they are not known, or the engine does not execute its core
   */
  public static MemoryMap map(Target target) {
    Board board = target.board();
    Cpu cpu = cpu(board.core());
    Family family = family(board.mcu());
    List<Region> regions = new ArrayList<>();
    add(code(board), codeBytes(board), false, regions);
    long behind = SRAM;
    for (Ram ram : board.ram()) {
      Optional<Row> row = PartMemories.find(board.mcu(), ram.name());
      int address = row.map(Row::address).orElse((int) behind);
      long bytes = pages(ram.bytes());
      Row placed =
          row.orElse(new Row(board.mcu(), ram.name(), address, List.of(), "behind the others"));
      add(placed, bytes, true, regions);
      if (Integer.toUnsignedLong(address) >= SRAM && Integer.toUnsignedLong(address) < SRAM_END) {
        behind = Math.max(behind, Integer.toUnsignedLong(address) + bytes);
      }
    }
    return new MemoryMap(board.id(), cpu, family, target.clockHz(), regions);
  }

  private static Row code(Board board) {
    String memory = board.flash().isPresent() ? PartMemories.FLASH : PartMemories.EXTERNAL_FLASH;
    return PartMemories.find(board.mcu(), memory).orElseThrow(() -> unknown(board.mcu()));
  }

  private static long codeBytes(Board board) {
    return pages(
        board
            .flash()
            .map(Flash::bytes)
            .orElseGet(() -> board.externalFlash().map(ExternalFlash::bytes).orElse(2L << 20)));
  }

  private static void add(Row row, long bytes, boolean writable, List<Region> regions) {
    String name = row.memory().toLowerCase(Locale.ROOT);
    Region region =
        writable
            ? Region.ram(name, row.address(), bytes)
            : Region.flash(name, row.address(), bytes);
    regions.add(region);
    row.aliases().forEach(alias -> regions.add(Region.alias(region, alias)));
  }

  private static long pages(long bytes) {
    return (bytes + PAGE - 1) / PAGE * PAGE;
  }

  private static Family family(String mcu) {
    for (Map.Entry<String, Family> entry : FAMILIES.entrySet()) {
      if (mcu.startsWith(entry.getKey())) {
        return entry.getValue();
      }
    }
    if (mcu.startsWith("STM32")) {
      return mcu.matches("STM32(F1|L1).*") ? Family.STM32_OLD_USART : Family.STM32_NEW_USART;
    }
    throw unknown(mcu);
  }

  private static InputException unknown(String mcu) {
    return InputException.of(
            "",
            "board",
            "the part " + mcu + ", whose addresses are not known",
            "an STM32F2, F4, F7, H7, L4, L5, G0 or U5, an nRF52 or nRF5340, an RP2040 or RP2350")
        .withHint("choose a board with a similar core and memory; `boards list` shows them");
  }

  /** How the memories of a target are timed. */
  public static MemoryGeometry geometry(Target target, MemoryMap map) {
    MemoryGeometry geometry = withoutAliases(target, map);
    if (target.board().core() == Core.CORTEX_M7) {
      return geometry; // the flash of F7 is reached there over another bus, without the caches
    }
    List<MemoryRegion> regions = new ArrayList<>(geometry.regions());
    MemoryRegion code = geometry.regions().getFirst();
    for (Region region : map.regions()) {
      if (!region.writable() && region.aliasOf().isPresent()) {
        regions.add(code.at(region.name(), Integer.toUnsignedLong(region.address())));
      }
    }
    return geometry.withRegions(regions);
  }

  private static MemoryGeometry withoutAliases(Target target, MemoryMap map) {
    Board board = target.board();
    Region flash = map.regions().getFirst();
    MemoryRange code = range(flash);
    int waitStates = target.waitStates().orElse(0);
    List<MemoryRange> fast = new ArrayList<>();
    List<MemoryRegion> slow = new ArrayList<>();
    for (Region region : map.regions()) {
      if (region.writable()) {
        fast.add(range(region));
      }
    }
    String mcu = board.mcu();
    boolean caches = target.caches();
    boolean prefetch = target.prefetch();
    if (board.core() == Core.CORTEX_M7) {
      return cortexM7(target, map, flash, slow, waitStates);
    }
    if (mcu.matches("STM32(F2|F4).*")) {
      return FlashAccelerators.stm32F4(code, fast, waitStates, caches, prefetch, 0);
    }
    if (mcu.matches("STM32(L4|G4).*")) {
      return FlashAccelerators.stm32L4(code, fast, waitStates, caches, prefetch);
    }
    if (FlashAccelerators.hasIcache(mcu)) {
      return FlashAccelerators.stm32Icache(code, fast, waitStates, caches);
    }
    if (mcu.startsWith("nRF")) {
      return FlashAccelerators.nrf52(code, fast, waitStates, caches);
    }
    if (mcu.startsWith("RP2")) {
      return FlashAccelerators.rpXip(code, fast, xipLineCycles(target), caches);
    }
    return FlashAccelerators.plain(code, fast, waitStates, prefetch);
  }

  /** Core cycles to bring a line of the cache from serial flash. */
  private static int xipLineCycles(Target target) {
    return (int) Math.round(SerialFlash.cycles(target, XIP_LINE_BYTES));
  }

  private static MemoryGeometry cortexM7(
      Target target, MemoryMap map, Region flash, List<MemoryRegion> cached, int waitStates) {
    Board board = target.board();
    double flashCycles = FlashAccelerators.axiLineCycles(waitStates, board.clock().busDivider());
    List<MemoryRange> tcm = new ArrayList<>();
    for (Region region : map.regions()) {
      boolean tightly = board.region(region.name()).map(Ram::tightlyCoupled).orElse(false);
      if (tightly) {
        tcm.add(range(region));
      } else if (region.aliasOf().isEmpty()) {
        double cycles = region.equals(flash) ? flashCycles : FlashAccelerators.SRAM_LINE_CYCLES;
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
        target.caches());
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
