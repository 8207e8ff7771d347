package dev.thumbprint.firmware.machine;

import dev.thumbprint.firmware.count.Meter;

/**
 * A free-running counter of modelled time; what differs between makes is where it is read and how
 * fast it counts.
 */
abstract class Timer implements Device {
  private static final long HZ_MICROSECONDS = 1_000_000;

  final int[] registers = new int[0x600 / 4];
  final Bus bus;

  Timer(Bus bus) {
    this.bus = bus;
  }

  /** Ticks of a clock since the start. */
  final long ticks(double hz) {
    Meter meter = bus.meter();
    return (long) (meter.cycles() * (hz / bus.clockHz()));
  }

  @Override
  public int read(int offset) {
    return offset >= 0 && offset < 0x600 ? registers[offset >> 2] : 0;
  }

  @Override
  public void write(int offset, int value) {
    if (offset >= 0 && offset < 0x600) {
      registers[offset >> 2] = value;
    }
  }

  /**
   * STM32 TIM2 to TIM7: CR1, SR, EGR, CNT, PSC, ARR. The counter clock is taken to be the
   * processor's (RM0090, section 18); the update flag is set when the counter has passed the reload
   * value.
   */
  static final class Stm32 extends Timer {
    private static final int CONTROL = 0;
    private static final int INTERRUPTS = 0xc;
    private static final int STATUS = 0x10;
    private static final int EVENT = 0x14;
    private static final int COUNT = 0x24;
    private static final int PRESCALER = 0x28;
    private static final int RELOAD = 0x2c;

    private final int interrupt;
    private long origin;
    private long frozen;
    private long wraps;

    Stm32(Bus bus, int interrupt, boolean wide) {
      super(bus);
      this.interrupt = interrupt;
      registers[RELOAD >> 2] = wide ? -1 : 0xffff;
    }

    private boolean running() {
      return (registers[CONTROL] & 1) != 0;
    }

    private long elapsed() {
      long step = (registers[PRESCALER >> 2] & 0xffffL) + 1;
      return running() ? (bus.meter().cycles() - origin) / step : frozen;
    }

    private long period() {
      return Integer.toUnsignedLong(registers[RELOAD >> 2]) + 1;
    }

    @Override
    public int read(int offset) {
      tick();
      return offset == COUNT ? (int) (elapsed() % period()) : super.read(offset);
    }

    @Override
    public void write(int offset, int value) {
      long before = elapsed();
      switch (offset) {
        case STATUS -> registers[STATUS >> 2] &= value;
        case EVENT -> set(0);
        case COUNT -> set(Integer.toUnsignedLong(value));
        default -> {
          super.write(offset, value);
          set(before);
        }
      }
    }

    private void set(long count) {
      frozen = count;
      origin = bus.meter().cycles() - count * ((registers[PRESCALER >> 2] & 0xffffL) + 1);
      wraps = count / period();
    }

    @Override
    public long nextEvent() {
      if (!running() || (registers[INTERRUPTS >> 2] & 1) == 0) {
        return Long.MAX_VALUE;
      }
      long step = (registers[PRESCALER >> 2] & 0xffffL) + 1;
      return origin + (wraps + 1) * period() * step;
    }

    @Override
    public void tick() {
      long now = elapsed() / period();
      if (now > wraps) {
        wraps = now;
        registers[STATUS >> 2] |= 1;
        if ((registers[INTERRUPTS >> 2] & 1) != 0) {
          bus.interrupt(interrupt);
        }
      }
    }
  }

  /** Nordic TIMER: 16 MHz divided by a power of two; captured into CC (nRF52840 PS, TIMER). */
  static final class Nrf extends Timer {
    private static final double CLOCK_HZ = 16e6;
    private static final int CAPTURE_FIRST = 0x040;
    private static final int CLEAR = 0x00c;
    private static final int PRESCALER = 0x510;
    private static final int COMPARE_FIRST = 0x540;

    private long origin;

    Nrf(Bus bus) {
      super(bus);
      registers[PRESCALER >> 2] = 4;
    }

    private long now() {
      return ticks(CLOCK_HZ / (1 << (registers[PRESCALER >> 2] & 15)));
    }

    @Override
    public void write(int offset, int value) {
      super.write(offset, value);
      if (offset >= CAPTURE_FIRST && offset < CAPTURE_FIRST + 24) {
        registers[(COMPARE_FIRST + offset - CAPTURE_FIRST) >> 2] = (int) (now() - origin);
      } else if (offset == CLEAR || offset == PRESCALER) {
        origin = now();
      }
    }
  }

  /** RP2040 TIMER: 64 bits of microseconds (RP2040 datasheet, section 4.6). */
  static final class Rp2040 extends Timer {
    private static final int HIGH = 0x08;
    private static final int LOW = 0x0c;
    private static final int RAW_HIGH = 0x24;
    private static final int RAW_LOW = 0x28;

    private int latchedHigh;

    Rp2040(Bus bus) {
      super(bus);
    }

    @Override
    public int read(int offset) {
      long now = ticks(HZ_MICROSECONDS);
      return switch (offset) {
        case LOW -> {
          latchedHigh = (int) (now >>> 32);
          yield (int) now;
        }
        case HIGH -> latchedHigh;
        case RAW_HIGH -> (int) (now >>> 32);
        case RAW_LOW -> (int) now;
        default -> super.read(offset);
      };
    }
  }

  /** CMSDK APB timer: counts down from RELOAD (DDI 0479, section 4.1). */
  static final class Cmsdk extends Timer {
    private static final int CONTROL = 0;
    private static final int VALUE = 4;
    private static final int RELOAD = 8;

    private long origin;

    Cmsdk(Bus bus) {
      super(bus);
    }

    @Override
    public int read(int offset) {
      if (offset != VALUE || (registers[CONTROL] & 1) == 0) {
        return super.read(offset);
      }
      long period = Integer.toUnsignedLong(registers[RELOAD >> 2]) + 1;
      long start = Integer.toUnsignedLong(registers[VALUE >> 2]);
      long passed = bus.meter().cycles() - origin;
      return (int) (passed <= start ? start - passed : period - 1 - (passed - start - 1) % period);
    }

    @Override
    public void write(int offset, int value) {
      super.write(offset, value);
      if (offset == VALUE || offset == CONTROL) {
        origin = bus.meter().cycles();
      }
    }
  }
}
