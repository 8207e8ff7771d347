package dev.thumbprint.firmware.machine;

/**
 * The 24-bit system timer, counting modelled cycles down.
 *
 * @see <a href="https://developer.arm.com/documentation/ddi0403/">Armv7-M ARM, B3.3</a>
 */
final class SysTick implements Device {
  private static final int ENABLE = 1;
  private static final int INTERRUPT = 2;
  private static final int COUNTED = 1 << 16;
  private static final int MASK = 0xff_ffff;

  private final Bus bus;
  private final Exceptions exceptions;
  private int control;
  private int reload;
  private boolean counted;

  /** While running, the cycle at which the counter next reaches zero; while stopped, unused. */
  private long zeroAt;

  private int frozen;

  SysTick(Bus bus, Exceptions exceptions) {
    this.bus = bus;
    this.exceptions = exceptions;
  }

  private boolean running() {
    return (control & ENABLE) != 0 && reload != 0;
  }

  @Override
  public int read(int offset) {
    tick();
    return switch (offset) {
      case 0 -> {
        int value = control | (counted ? COUNTED : 0);
        counted = false;
        yield value;
      }
      case 4 -> reload;
      case 8 -> current();
      // No reference clock, and 10 ms by the processor clock.
      case 12 -> (1 << 31) | ((int) (bus.clockHz() / 100 - 1) & MASK);
      default -> 0;
    };
  }

  private int current() {
    return running() ? (int) Math.min(reload, zeroAt - bus.meter().cycles()) & MASK : frozen;
  }

  @Override
  public void write(int offset, int value) {
    tick();
    switch (offset) {
      case 0 -> {
        int before = current();
        boolean was = running();
        control = value & 7;
        if (!was && running()) {
          zeroAt = bus.meter().cycles() + (before == 0 ? reload + 1L : before);
        } else if (was && !running()) {
          frozen = before;
        }
      }
      case 4 -> {
        reload = value & MASK;
        if (running() && zeroAt < bus.meter().cycles()) {
          zeroAt = bus.meter().cycles() + reload;
        }
      }
      case 8 -> {
        frozen = 0;
        counted = false;
        zeroAt = bus.meter().cycles() + reload + 1;
      }
      default -> {}
    }
  }

  @Override
  public long nextEvent() {
    return running() && (control & INTERRUPT) != 0 ? zeroAt : Long.MAX_VALUE;
  }

  @Override
  public void tick() {
    long now = bus.meter().cycles();
    if (running() && now >= zeroAt) {
      counted = true;
      long period = reload + 1L;
      zeroAt += ((now - zeroAt) / period + 1) * period;
      if ((control & INTERRUPT) != 0) {
        exceptions.setPending(Exceptions.SYSTEM_TICK, true);
      }
    }
  }
}
