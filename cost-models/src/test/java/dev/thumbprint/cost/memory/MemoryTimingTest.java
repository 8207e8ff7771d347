package dev.thumbprint.cost.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thumbprint.cost.memory.CacheGeometry.Replacement;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryTimingTest {
  private static final int FLASH = 0x0800_0000;
  private static final int SRAM = 0x2000_0000;
  private static final MemoryRange FLASH_RANGE = new MemoryRange("flash", FLASH, 1 << 20);
  private static final List<MemoryRange> FAST = List.of(new MemoryRange("sram", SRAM, 320 * 1024));

  @Test
  void shouldWaitForEveryMissingUnitOfTheL4AndKeepItAfterwards() {
    MemoryTiming l4 = l4(4, true, false);

    assertThat(l4.fetch(FLASH, 32, 16)).isEqualTo(4 * 4);
    assertThat(l4.fetch(FLASH, 32, 16)).isZero();
    assertThat(l4.fetch(FLASH + 36, 2, 1)).isEqualTo(4);
    assertThat(l4.fetch(FLASH + 32, 2, 1)).isZero();
    assertThat(l4.fetch(FLASH + 44, 8, 1)).isEqualTo(2 * 4);
    assertThat(l4.statistics().codeStallCycles()).isEqualTo(28);
    assertThat(l4.statistics().codeMisses()).isEqualTo(7);
  }

  @Test
  void shouldThrashWhenALoopIsOneLineLargerThanTheCache() {
    assertThat(loopStall(32 * 32)).isEqualTo(0);
    assertThat(loopStall(33 * 32)).isEqualTo(33 * 4 * 4);
  }

  private static long loopStall(int loopBytes) {
    MemoryTiming l4 = l4(4, true, false);
    l4.fetch(FLASH, loopBytes, loopBytes / 2);
    return l4.fetch(FLASH, loopBytes, loopBytes / 2);
  }

  @Test
  void shouldReportTheCliffAsAnInterval() {
    CliffDetector onTheCliff = cliff(32 * 32);
    CliffDetector farFromIt = cliff(20 * 32);

    assertThat(onTheCliff.interval().value()).isEqualTo(32 * 4 * 4);
    assertThat(onTheCliff.interval().high()).isEqualTo(100 * 32 * 4 * 4);
    assertThat(farFromIt.interval().high()).isEqualTo(farFromIt.interval().low());
  }

  private static CliffDetector cliff(int loopBytes) {
    CliffDetector detector =
        new CliffDetector(FlashAccelerators.stm32L4(FLASH_RANGE, FAST, 4, true, false));
    for (int i = 0; i < 100; i++) {
      detector.fetch(FLASH, loopBytes, loopBytes / 2);
    }
    return detector;
  }

  @Test
  void shouldReadWeightsOfTheL4ThroughItsEightDataLines() {
    MemoryTiming l4 = l4(4, true, false);

    assertThat(l4.read(FLASH + 0x1000, 4)).isEqualTo(5);
    assertThat(l4.read(FLASH + 0x1004, 4)).isZero();
    assertThat(l4.read(FLASH + 0x1006, 4)).isEqualTo(5);
    assertThat(l4.read(SRAM, 4)).isZero();
    assertThat(l4.write(SRAM, 4)).isZero();
    for (int line = 1; line <= 8; line++) {
      l4.read(FLASH + 0x1000 + 32 * line, 4);
    }
    assertThat(l4.read(FLASH + 0x1000, 4)).isEqualTo(5);
    assertThat(l4.statistics().dataMisses()).isEqualTo(2 + 8 + 1);
  }

  @Test
  void shouldHideSequentialReadsBehindAPrefetch() {
    MemoryTiming without = l4(4, true, false);
    MemoryTiming with = l4(4, true, true);

    assertThat(without.fetch(FLASH, 64, 64)).isEqualTo(8 * 4);
    assertThat(with.fetch(FLASH, 64, 64)).isEqualTo(4);
    assertThat(with.fetch(FLASH + 64, 64, 16)).isEqualTo(8 * 2);
  }

  @Test
  void shouldPayForEveryUnitWithoutACache() {
    MemoryTiming plain = new MemoryTiming(FlashAccelerators.plain(FLASH_RANGE, FAST, 2, false));

    assertThat(plain.fetch(FLASH, 16, 8)).isEqualTo(2 * 2);
    assertThat(plain.fetch(FLASH, 16, 8)).isEqualTo(2 * 2);
    assertThat(plain.fetch(FLASH + 8, 2, 1)).isZero();
    assertThat(plain.read(FLASH, 4)).isEqualTo(2);
    assertThat(plain.read(FLASH, 16)).isEqualTo(4 * 2);
  }

  @Test
  void shouldChargeTheCalibratedNumberPerLineCrossed() {
    MemoryTiming f4 =
        new MemoryTiming(FlashAccelerators.stm32F4(FLASH_RANGE, FAST, 5, true, true, 1.45));
    f4.fetch(FLASH, 160, 80);
    long before = f4.statistics().codeStallCycles();
    for (int i = 0; i < 100; i++) {
      f4.fetch(FLASH, 160, 80);
    }
    assertThat(f4.statistics().codeStallCycles() - before).isBetween(1449L, 1450L);
    assertThat(f4.statistics().codeLinesCrossed()).isEqualTo(1010);
  }

  @Test
  void shouldHoldUpDataBehindTheReadAheadOfTheF4() {
    MemoryTiming ahead =
        new MemoryTiming(FlashAccelerators.stm32F4(FLASH_RANGE, FAST, 5, true, true, 0));
    MemoryTiming alone =
        new MemoryTiming(FlashAccelerators.stm32F4(FLASH_RANGE, FAST, 5, true, false, 0));

    assertThat(ahead.read(FLASH, 4)).isEqualTo(9);
    assertThat(ahead.read(FLASH + 12, 4)).isZero();
    assertThat(alone.read(FLASH, 4)).isEqualTo(6);
    assertThat(ahead.fetch(FLASH + 256, 32, 20)).isEqualTo(5);
    assertThat(alone.fetch(FLASH + 256, 32, 20)).isEqualTo(2 * 5);
  }

  @Test
  void shouldAddUpFractionsOfACycleForReadsOfRam() {
    MemoryGeometry geometry = FlashAccelerators.stm32F4(FLASH_RANGE, FAST, 5, true, true, 0);
    MemoryTiming timing = new MemoryTiming(geometry);
    int address = (int) FAST.getFirst().startAddress();
    long cycles = 0;
    for (int i = 0; i < 10; i++) {
      cycles += timing.read(address, 4);
      cycles += timing.write(address, 4);
    }
    MemorySystem system = MemorySystem.of(geometry);

    assertThat(cycles).isEqualTo(8);
    assertThat(timing.statistics().dataStallCycles()).isEqualTo(8);
    assertThat(system.stalls(system.events(geometry, timing.events()), geometry).dataStallCycles())
        .isEqualTo(8);
  }

  @Test
  void shouldShareTheIcacheBetweenCodeAndWeights() {
    MemoryTiming u5 = new MemoryTiming(FlashAccelerators.stm32Icache(FLASH_RANGE, FAST, 4, true));

    assertThat(u5.fetch(FLASH, 16, 8)).isEqualTo(4);
    assertThat(u5.read(FLASH + 4, 4)).isZero();
    assertThat(u5.read(FLASH + 16, 4)).isEqualTo(4);
    u5.read(FLASH + 4096, 4);
    u5.read(FLASH + 8192, 4);
    assertThat(u5.fetch(FLASH, 16, 8)).isEqualTo(4);
  }

  @Test
  void shouldFillLinesOfTheM7ByRegion() {
    MemoryRegion flash = new MemoryRegion("flash", FLASH, 1 << 21, 32, 20, 20, 0, false, false);
    MemoryRegion sram1 =
        new MemoryRegion("sram1", 0x2002_0000, 368 * 1024, 32, 15, 15, 0, false, false);
    MemoryRange dtcm = new MemoryRange("dtcm", SRAM, 128 * 1024);
    MemoryTiming m7 =
        new MemoryTiming(
            FlashAccelerators.cortexM7(
                List.of(flash, sram1), List.of(dtcm), 16 * 1024, 16 * 1024, true));

    assertThat(m7.read(FLASH, 4)).isEqualTo(20);
    assertThat(m7.read(FLASH + 28, 4)).isZero();
    assertThat(m7.read(FLASH + 30, 4)).isEqualTo(20);
    assertThat(m7.read(0x2002_0000, 1)).isEqualTo(15);
    assertThat(m7.read(SRAM, 4)).isZero();
    assertThat(m7.write(0x2002_0040, 4)).isZero();
    assertThat(m7.read(0x2002_0044, 4)).isZero();
    assertThat(m7.fetch(FLASH, 64, 16)).isEqualTo(40);
  }

  @Test
  void shouldCountAccessesOutsideEveryRegion() {
    MemoryTiming l4 = l4(4, true, false);

    assertThat(l4.read(0x4000_0000, 4)).isZero();
    assertThat(l4.write(0xE000_E010, 4)).isZero();
    assertThat(l4.fetch(0x1000_0000, 4, 2)).isZero();
    assertThat(l4.statistics().unmappedAccesses()).isEqualTo(3);
  }

  @Test
  void shouldStartAnewAfterReset() {
    MemoryTiming l4 = l4(4, true, false);
    int first = l4.fetch(FLASH, 100, 50);
    l4.reset();

    assertThat(l4.fetch(FLASH, 100, 50)).isEqualTo(first);
    l4.reset();
    assertThat(l4.statistics()).isEqualTo(new MemoryStatistics(0, 0, 0, 0, 0, 0));
  }

  /** A cache never adds stalls beyond a miss for every unit, and a larger LRU cache never more. */
  @Test
  void shouldNeverStallMoreWithMoreLines() {
    long seed = 4;
    Random random = new Random(seed);
    MemoryGeometry geometry = FlashAccelerators.stm32L4(FLASH_RANGE, FAST, 3, true, false);
    MemoryTiming small = new MemoryTiming(geometry);
    MemoryTiming large = new MemoryTiming(geometry.withCodeLinesAdded(8));
    int address = FLASH;
    for (int i = 0; i < 20_000; i++) {
      address = random.nextInt(5) == 0 ? FLASH + 2 * random.nextInt(1500) : address + 12;
      int size = 2 + 2 * random.nextInt(20);
      small.fetch(address, size, size);
      large.fetch(address, size, size);
      assertThat(large.statistics().codeStallCycles())
          .as("seed %d step %d", seed, i)
          .isLessThanOrEqualTo(small.statistics().codeStallCycles());
    }
  }

  @Test
  void shouldRefuseGeometriesThatCannotBe() {
    assertThatThrownBy(() -> new CacheGeometry(32, 5, 32, 8, Replacement.LEAST_RECENTLY_USED))
        .hasMessageContaining("ways is 5");
    assertThatThrownBy(() -> new CacheGeometry(32, 32, 24, 8, Replacement.LEAST_RECENTLY_USED))
        .hasMessageContaining("lineBytes is 24");
    MemoryRegion one = MemoryRegion.fast("one", 0, 100);
    MemoryRegion two = MemoryRegion.fast("two", 50, 100);
    assertThatThrownBy(
            () ->
                new MemoryGeometry(
                    List.of(one, two), Optional.empty(), Optional.empty(), false, false, false, 0))
        .hasMessageContaining("one and two overlap");
    assertThatThrownBy(() -> MemoryRegion.fast("far", 0xFFFF_FFFFL, 2))
        .hasMessageContaining("address range");
  }

  private static MemoryTiming l4(int waitStates, boolean caches, boolean prefetch) {
    return new MemoryTiming(
        FlashAccelerators.stm32L4(FLASH_RANGE, FAST, waitStates, caches, prefetch));
  }
}
