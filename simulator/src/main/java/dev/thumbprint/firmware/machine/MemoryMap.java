package dev.thumbprint.firmware.machine;

import dev.thumbprint.firmware.engine.Cpu;
import java.util.List;
import java.util.Optional;

/**
 * What a microcontroller has at which address.
 *
 * @param name of the part or board
 * @param cpu its processor
 * @param family whose devices it has
 * @param clockHz of the processor
 * @param regions memories, without overlap
 */
public record MemoryMap(String name, Cpu cpu, Family family, long clockHz, List<Region> regions) {

  /** Checks the values. */
  public MemoryMap {
    regions = List.copyOf(regions);
    if (clockHz <= 0) {
      throw new IllegalArgumentException("a clock of " + clockHz + " Hz");
    }
  }

  /** Families of microcontrollers by the devices they share. */
  public enum Family {
    /** STM32F2 and F4. */
    STM32F2_F4,
    /** STM32F7. */
    STM32F7,
    /** STM32H7. */
    STM32H7,
    /** STM32L4 and L4+. */
    STM32L4,
    /** STM32G0. */
    STM32G0,
    /** STM32L5. */
    STM32L5,
    /** STM32U5. */
    STM32U5,
    /** Another STM32 with the older USART (SR and DR): F1, L1. */
    STM32_OLD_USART,
    /** Another STM32 with the newer USART (ISR and TDR): F0, F3, G4, H5, L0, U3. */
    STM32_NEW_USART,
    /** Nordic nRF52. */
    NRF,
    /** Nordic nRF5340, its application core. */
    NRF53,
    /** Raspberry Pi RP2040. */
    RP2040,
    /** Raspberry Pi RP2350, its Arm cores. */
    RP2350,
    /** Arm's own boards: CMSDK UART and timers. */
    CMSDK,
    /** Nothing but the processor's own registers. */
    NONE
  }

  /**
   * A memory.
   *
   * @param name in reports
   * @param address first address, a multiple of 4096
   * @param bytes size, a multiple of 4096
   * @param writable whether stores are allowed
   * @param aliasOf address at which the same memory also appears
   */
  public record Region(
      String name, int address, long bytes, boolean writable, Optional<Integer> aliasOf) {

    /** Flash, or another memory that is not written by stores. */
    public static Region flash(String name, int address, long bytes) {
      return new Region(name, address, bytes, false, Optional.empty());
    }

    /** RAM. */
    public static Region ram(String name, int address, long bytes) {
      return new Region(name, address, bytes, true, Optional.empty());
    }

    /** The memory of another region under a second address. */
    public static Region alias(Region original, int address) {
      return new Region(
          original.name + " alias",
          address,
          original.bytes,
          original.writable,
          Optional.of(original.address));
    }

    /** Whether an address lies inside. */
    public boolean contains(int at) {
      return Integer.compareUnsigned(at - address, (int) bytes) < 0;
    }
  }

  /** The region that holds an address. */
  public Optional<Region> regionAt(int address) {
    return regions.stream().filter(region -> region.contains(address)).findFirst();
  }

  /** Where hardware finds the vector table after reset: at address 0, or where flash is. */
  public int vectorTable() {
    return regions.stream()
        .filter(region -> !region.writable())
        .findFirst()
        .map(Region::address)
        .orElse(0);
  }
}
