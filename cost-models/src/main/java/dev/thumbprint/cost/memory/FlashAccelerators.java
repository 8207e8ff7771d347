package dev.thumbprint.cost.memory;

import dev.thumbprint.cost.memory.CacheGeometry.Replacement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The memory systems of common families with the geometry of their reference manuals. Each takes
 * the ranges of flash and of the memories that add no cycles.
 */
public final class FlashAccelerators {
  /** Bytes of a word of the flash of STM32L4, G4, G0. */
  private static final int L4_FLASH_BYTES = 8;

  private static final int L4_LINE_BYTES = 32;
  private static final int L4_CODE_LINES = 32;
  private static final int L4_DATA_LINES = 8;

  /** A missing unit of data costs one more cycle than the wait states (recorded, STM32L496). */
  private static final int DATA_EXTRA_CYCLES = 1;

  /**
   * Bus cycles of a line of 32 bytes behind AXI beyond the read of the flash itself: four transfers
   * of 64 bits, and the request and its answer. Recorded on STM32F767 at 7 wait states: a line of
   * weights takes 13 to 21 cycles in the dense layers of LeNet, 17 by least squares.
   */
  private static final int AXI_LINE_CYCLES = 9;

  private static final int F4_LINE_BYTES = 16;
  private static final int F4_CODE_LINES = 64;
  private static final int F4_DATA_LINES = 8;

  /*
   * Behind the accelerator of STM32F4 (ART) with its prefetch, by least squares over the layers of
   * LeNet on STM32F469 at 5 wait states against executed code (arXiv:2104.10645,
   * docs/how-a-cycle-is-counted.md): 2.4 cycles a missing line of code, 8.6 a missing line of data,
   * 0.80 a read of RAM. The cost model, stored counts and the emulator take them from here.
   */

  /** Share of the wait states that a missing line of code waits: about half are read ahead. */
  static final double ART_CODE_WAIT = 0.5;

  /** A missing line of data finds the flash busy reading ahead half of the time. */
  static final double ART_DATA_WAIT = 1.5;

  /** Cycles of a read of RAM on STM32F4 beyond those on STM32L4. */
  public static final double ART_RAM_CYCLES = 0.8;

  /**
   * Cycles of a read of RAM on STM32L5 beyond the two of the pipeline: one fitted number, least
   * squares over 150 convolutions of MicroNas on STM32L552 against executed code of CMSIS-NN of
   * 2022 (docs/sweeps.md). Taken for the other Cortex-M33 of the family too, unverified there.
   */
  public static final double ICACHE_RAM_CYCLES = 0.9;

  /**
   * Cycles of a line of 32 bytes from SRAM on STM32F767 at 216 MHz (recorded); other parts with a
   * Cortex-M7 are taken to be like it.
   */
  public static final int SRAM_LINE_CYCLES = 15;

  private static final String ICACHE_PARTS = "STM32(L5|U3|U5|H5).*";

  private static final int ICACHE_BYTES = 8 * 1024;
  private static final int ICACHE_WAYS = 2;
  private static final int ICACHE_LINE_BYTES = 16;

  private static final int L1_LINE_BYTES = 32;
  private static final int L1_CODE_WAYS = 2;
  private static final int L1_DATA_WAYS = 4;

  private static final int RP_XIP_BYTES = 16 * 1024;
  private static final int RP_XIP_WAYS = 2;
  private static final int RP_XIP_LINE_BYTES = 8;

  private static final int NRF52_CACHE_BYTES = 2 * 1024;
  private static final int NRF52_CACHE_WAYS = 2;
  private static final int NRF52_LINE_BYTES = 16;

  /**
   * STM32L4, L4+ and G4 (RM0351, RM0432, RM0440, chapter on embedded flash): 32 lines of 32 bytes
   * for code and 8 for data, fully associative, least recently used, valid by 64-bit units.
   */
  public static MemoryGeometry stm32L4(
      MemoryRange flash, List<MemoryRange> fast, int waitStates, boolean caches, boolean prefetch) {
    MemoryRegion region =
        flash(
            flash,
            L4_FLASH_BYTES,
            waitStates,
            caches ? dataReadCycles(waitStates, false) : waitStates,
            caches);
    return split(
        regions(region, fast),
        fully(L4_CODE_LINES, L4_LINE_BYTES, L4_FLASH_BYTES),
        fully(L4_DATA_LINES, L4_LINE_BYTES, L4_FLASH_BYTES),
        caches,
        prefetch,
        0);
  }

  /**
   * STM32F2 and F4, and STM32F7 through its ITCM bus (RM0033, RM0090, RM0385; "ART accelerator"):
   * 64 lines of 16 bytes for code and 8 for data. With prefetch a missing line of code waits for
   * half of its wait states, a line of data also for the read ahead that is under way, and every
   * read of RAM takes a little longer ({@link #ART_RAM_CYCLES}).
   *
   * @param lineCrossingCycles a further tax on every line of code that is entered; 0 fits STM32F469
   */
  public static MemoryGeometry stm32F4(
      MemoryRange flash,
      List<MemoryRange> fast,
      int waitStates,
      boolean caches,
      boolean prefetch,
      double lineCrossingCycles) {
    boolean ahead = caches && prefetch;
    MemoryRegion region =
        flash(
            flash,
            F4_LINE_BYTES,
            ahead ? codeReadCycles(waitStates, true) : waitStates,
            caches ? dataReadCycles(waitStates, prefetch) : waitStates,
            caches);
    return split(
        regions(region, fast, ahead ? ART_RAM_CYCLES : 0),
        fully(F4_CODE_LINES, F4_LINE_BYTES, F4_LINE_BYTES),
        fully(F4_DATA_LINES, F4_LINE_BYTES, F4_LINE_BYTES),
        caches,
        prefetch && !caches,
        caches ? lineCrossingCycles : 0);
  }

  /** Cycles that a missing line of code waits, with or without a read ahead on STM32F4. */
  public static double codeReadCycles(double waitStates, boolean ahead) {
    return ahead ? waitStates * ART_CODE_WAIT : waitStates;
  }

  /**
   * Cycles that a read of data waits when the accelerator misses: its own read, one cycle longer
   * than the wait states, and on STM32F4 behind the read ahead that is under way.
   */
  public static double dataReadCycles(double waitStates, boolean ahead) {
    double own = waitStates == 0 ? 0 : waitStates + DATA_EXTRA_CYCLES;
    return ahead ? ART_DATA_WAIT * own : own;
  }

  /**
   * Core cycles that a Cortex-M7 waits for a line of 32 bytes from flash behind AXI.
   *
   * @param waitStates of the flash, in cycles of its bus; 0 stands for memory that never waits, as
   *     executed code is counted
   * @param busDivider core cycles in one of the bus
   */
  public static double axiLineCycles(double waitStates, int busDivider) {
    return waitStates == 0 ? 0 : busDivider * (waitStates + 1 + AXI_LINE_CYCLES);
  }

  /**
   * STM32G0, F0, F3 and other parts with a prefetch buffer at most (RM0444, RM0360): every new
   * 64-bit unit waits.
   */
  public static MemoryGeometry plain(
      MemoryRange flash, List<MemoryRange> fast, int waitStates, boolean prefetch) {
    MemoryRegion region = flash(flash, L4_FLASH_BYTES, waitStates, waitStates, false);
    return new MemoryGeometry(
        regions(region, fast), Optional.empty(), Optional.empty(), false, false, prefetch, 0);
  }

  /** Whether a part has the ICACHE of {@link #stm32Icache}. */
  public static boolean hasIcache(String mcu) {
    return mcu.matches(ICACHE_PARTS);
  }

  /**
   * STM32L5, U5, H5 (RM0438, RM0456, RM0481; ICACHE): 8 KB, 2 ways, lines of 16 bytes, over code
   * and over data read from flash; the line is read in one flash access. Reads of RAM take a little
   * longer than the pipeline counts ({@link #ICACHE_RAM_CYCLES}).
   */
  public static MemoryGeometry stm32Icache(
      MemoryRange flash, List<MemoryRange> fast, int waitStates, boolean caches) {
    MemoryRegion region = flash(flash, ICACHE_LINE_BYTES, waitStates, waitStates, caches);
    CacheGeometry cache =
        CacheGeometry.ofSize(
            ICACHE_BYTES, ICACHE_WAYS, ICACHE_LINE_BYTES, Replacement.LEAST_RECENTLY_USED);
    return unified(regions(region, fast, ICACHE_RAM_CYCLES), cache, caches);
  }

  /**
   * Nordic nRF52832 and nRF52840 (NVMC, ICACHECNF): 2 KB in front of code; literals and weights are
   * read past it. Ways and line are not documented; 2 ways of 16 bytes are assumed, unverified.
   */
  public static MemoryGeometry nrf52(
      MemoryRange flash, List<MemoryRange> fast, int waitStates, boolean caches) {
    MemoryRegion region =
        new MemoryRegion(
            flash.name(),
            flash.startAddress(),
            flash.sizeBytes(),
            4,
            waitStates,
            waitStates,
            0,
            caches,
            false);
    Optional<CacheGeometry> cache =
        Optional.of(
            CacheGeometry.ofSize(
                NRF52_CACHE_BYTES,
                NRF52_CACHE_WAYS,
                NRF52_LINE_BYTES,
                Replacement.LEAST_RECENTLY_USED));
    return new MemoryGeometry(
        regions(region, fast),
        caches ? cache : Optional.empty(),
        Optional.empty(),
        false,
        false,
        false,
        0);
  }

  /**
   * RP2040 and RP2350 (datasheets, XIP cache): 16 KB, 2 ways, lines of 8 bytes, over code and data
   * in external flash.
   *
   * @param fillCycles core cycles to bring 8 bytes from the serial flash
   */
  public static MemoryGeometry rpXip(
      MemoryRange flash, List<MemoryRange> fast, int fillCycles, boolean caches) {
    MemoryRegion region = flash(flash, RP_XIP_LINE_BYTES, fillCycles, fillCycles, caches);
    CacheGeometry cache =
        CacheGeometry.ofSize(
            RP_XIP_BYTES, RP_XIP_WAYS, RP_XIP_LINE_BYTES, Replacement.LEAST_RECENTLY_USED);
    return unified(regions(region, fast), cache, caches);
  }

  /**
   * Level-1 caches of the Cortex-M7 (DDI 0489, chapter 5): 2 ways for code, 4 for data, lines of 32
   * bytes, pseudo-random replacement, writes allocate. Cycles of a line are a property of the
   * part's bus: about 17 from flash and 15 from SRAM on STM32F767 at 216 MHz.
   *
   * @param cached regions with the cycles of a line in fetchCycles and readCycles; their flags of
   *     being cached are set here
   * @param fast tightly coupled memories
   */
  public static MemoryGeometry cortexM7(
      List<MemoryRegion> cached,
      List<MemoryRange> fast,
      int codeCacheBytes,
      int dataCacheBytes,
      boolean caches) {
    List<MemoryRegion> regions = new ArrayList<>();
    for (MemoryRegion region : cached) {
      regions.add(
          new MemoryRegion(
              region.name(),
              region.startAddress(),
              region.sizeBytes(),
              L1_LINE_BYTES,
              region.fetchCycles(),
              region.readCycles(),
              region.writeCycles(),
              caches,
              caches));
    }
    fast.forEach(range -> regions.add(range.fast()));
    if (!caches) {
      return new MemoryGeometry(
          regions, Optional.empty(), Optional.empty(), false, false, false, 0);
    }
    return new MemoryGeometry(
        regions,
        Optional.of(
            CacheGeometry.ofSize(
                codeCacheBytes, L1_CODE_WAYS, L1_LINE_BYTES, Replacement.PSEUDO_RANDOM)),
        Optional.of(
            CacheGeometry.ofSize(
                dataCacheBytes, L1_DATA_WAYS, L1_LINE_BYTES, Replacement.PSEUDO_RANDOM)),
        false,
        true,
        false,
        0);
  }

  /** No wait states anywhere: the pipeline alone. */
  public static MemoryGeometry none(List<MemoryRange> fast) {
    return new MemoryGeometry(
        fast.stream().map(MemoryRange::fast).toList(),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        false,
        0);
  }

  private static MemoryRegion flash(
      MemoryRange range, int fetchBytes, double fetchCycles, double readCycles, boolean cached) {
    return new MemoryRegion(
        range.name(),
        range.startAddress(),
        range.sizeBytes(),
        fetchBytes,
        fetchCycles,
        readCycles,
        0,
        cached,
        cached);
  }

  private static List<MemoryRegion> regions(MemoryRegion flash, List<MemoryRange> fast) {
    return regions(flash, fast, 0);
  }

  private static List<MemoryRegion> regions(
      MemoryRegion flash, List<MemoryRange> ram, double ramReadCycles) {
    List<MemoryRegion> regions = new ArrayList<>();
    regions.add(flash);
    ram.forEach(range -> regions.add(range.reading(ramReadCycles)));
    return regions;
  }

  private static CacheGeometry fully(int lines, int lineBytes, int sectorBytes) {
    return new CacheGeometry(lines, lines, lineBytes, sectorBytes, Replacement.LEAST_RECENTLY_USED);
  }

  private static MemoryGeometry split(
      List<MemoryRegion> regions,
      CacheGeometry code,
      CacheGeometry data,
      boolean caches,
      boolean prefetch,
      double lineCrossingCycles) {
    return new MemoryGeometry(
        regions,
        caches ? Optional.of(code) : Optional.empty(),
        caches ? Optional.of(data) : Optional.empty(),
        false,
        false,
        prefetch,
        lineCrossingCycles);
  }

  private static MemoryGeometry unified(
      List<MemoryRegion> regions, CacheGeometry cache, boolean caches) {
    return new MemoryGeometry(
        regions,
        caches ? Optional.of(cache) : Optional.empty(),
        Optional.empty(),
        caches,
        false,
        false,
        0);
  }

  private FlashAccelerators() {}
}
