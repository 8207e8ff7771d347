package dev.thumbprint.firmware.machine;

import dev.thumbprint.firmware.count.Meter;

/** Everything around the processor that does something by itself as time passes. */
final class TimedDevices {
  private final SysTick sysTick;
  private final Peripherals peripherals;
  private final Console console;
  private final Meter meter;
  private long sleptCycles;

  TimedDevices(SysTick sysTick, Peripherals peripherals, Console console, Meter meter) {
    this.sysTick = sysTick;
    this.peripherals = peripherals;
    this.console = console;
    this.meter = meter;
  }

  /** Lets devices do what is due. */
  void tick() {
    sysTick.tick();
    peripherals.tick();
    console.tick(meter.cycles());
  }

  /** The cycle at which the next of them has something to do. */
  long nextEvent() {
    return Math.min(Math.min(sysTick.nextEvent(), peripherals.nextEvent()), console.nextEvent());
  }

  /** Skips time to the next event; false if there is none. */
  boolean sleep() {
    long next = nextEvent();
    if (next == Long.MAX_VALUE) {
      return false;
    }
    long slept = Math.max(0, next - meter.cycles());
    sleptCycles += slept;
    meter.advance(slept);
    return true;
  }

  long sleptCycles() {
    return sleptCycles;
  }
}
