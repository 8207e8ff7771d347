package dev.thumbprint.firmware.machine;

import dev.thumbprint.firmware.engine.IoHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * The peripheral address range: the devices of a family, and the polling rule for everything else.
 */
final class Peripherals implements IoHandler {
  private record Placed(int base, int bytes, Device device) {}

  private static final int ALIAS = 0x3000;

  private final List<Placed> devices = new ArrayList<>();
  private final PollingRule rule = new PollingRule();
  private final IntSupplier place;

  /** Whether bits 12 and 13 of an address choose between writing, inverting, setting, clearing. */
  private final boolean atomicAliases;

  /**
   * Places the devices.
   *
   * @param place tells the address of the block that executes, for the report of the polling rule
   */
  Peripherals(MemoryMap map, Bus bus, Console console, IntSupplier place) {
    this.place = place;
    atomicAliases =
        map.family() == MemoryMap.Family.RP2040 || map.family() == MemoryMap.Family.RP2350;
    DeviceTable.place(
        map.family(),
        bus,
        console,
        (base, bytes, device) -> devices.add(new Placed(base, bytes, device)));
  }

  @Override
  public int read(int access, int size) {
    int address = atomicAliases ? access & ~ALIAS : access;
    for (Placed placed : devices) {
      if (Integer.compareUnsigned(address - placed.base, placed.bytes) < 0) {
        rule.interrupted();
        return placed.device.read(address - placed.base);
      }
    }
    int word = rule.read(address & ~3, place.getAsInt());
    return size == 4 ? word : word >>> (8 * (address & 3));
  }

  @Override
  public void write(int access, int size, int written) {
    int address = atomicAliases ? access & ~ALIAS : access;
    int value = atomicAliases ? atomic(access, size, written) : written;
    for (Placed placed : devices) {
      if (Integer.compareUnsigned(address - placed.base, placed.bytes) < 0) {
        rule.interrupted();
        placed.device.write(address - placed.base, value);
        return;
      }
    }
    rule.write(address & ~3, size == 4 ? value : value << (8 * (address & 3)));
  }

  /** RP2040 datasheet, section 2.1.2. */
  private int atomic(int access, int size, int value) {
    int alias = access & ALIAS;
    if (alias == 0) {
      return value;
    }
    int before = read(access & ~ALIAS, size);
    return switch (alias >> 12) {
      case 1 -> before ^ value;
      case 2 -> before | value;
      default -> before & ~value;
    };
  }

  long nextEvent() {
    long next = Long.MAX_VALUE;
    for (Placed placed : devices) {
      next = Math.min(next, placed.device.nextEvent());
    }
    return next;
  }

  void tick() {
    for (Placed placed : devices) {
      placed.device.tick();
    }
  }

  List<PollingRule.Helped> helped() {
    return rule.helped();
  }
}
