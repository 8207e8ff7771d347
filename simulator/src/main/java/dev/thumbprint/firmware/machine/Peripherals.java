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

  private final List<Placed> devices = new ArrayList<>();
  private final PollingRule rule = new PollingRule();
  private final IntSupplier place;

  /**
   * Places the devices.
   *
   * @param place tells the address of the block that executes, for the report of the polling rule
   */
  Peripherals(MemoryMap map, Bus bus, Console console, IntSupplier place) {
    this.place = place;
    Families.place(
        map.family(),
        bus,
        console,
        (base, bytes, device) -> devices.add(new Placed(base, bytes, device)));
  }

  @Override
  public int read(int address, int size) {
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
  public void write(int address, int size, int value) {
    for (Placed placed : devices) {
      if (Integer.compareUnsigned(address - placed.base, placed.bytes) < 0) {
        rule.interrupted();
        placed.device.write(address - placed.base, value);
        return;
      }
    }
    rule.write(address & ~3, size == 4 ? value : value << (8 * (address & 3)));
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
