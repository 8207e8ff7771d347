package dev.thumbprint.firmware.machine;

import dev.thumbprint.firmware.count.Meter;

/**
 * A serial port that is always ready to send, and receives a byte at a time at the speed of the
 * line. One class for all makes: what differs is where the registers are.
 */
final class Uart implements Device {
  /** Ten bit times at 115,200 baud, in seconds: how often a byte can arrive. */
  private static final double BYTE_SECONDS = 10 / 115_200.0;

  /**
   * Where a make has its registers.
   *
   * @param status offset of the status register
   * @param idle its value when there is nothing to receive and everything is sent
   * @param received bits that are set when a byte waits
   * @param cleared bits that are cleared when a byte waits (FIFO-empty flags)
   * @param transmit offset of the register to write a byte to
   * @param receive offset of the register to read a byte from
   * @param enable offset of the register with the interrupt enable
   * @param enableBits its bits that ask for an interrupt when a byte waits
   */
  record Layout(
      int status,
      int idle,
      int received,
      int cleared,
      int transmit,
      int receive,
      int enable,
      int enableBits) {

    /** STM32F1, F2, F4, L1: SR, DR and CR1 (RM0090, section 30). */
    static final Layout STM32_OLD = new Layout(0, 0xc0, 0x20, 0, 4, 4, 0xc, 0x20);

    /** Other STM32: ISR, TDR, RDR and CR1 (RM0351, section 40); TEACK and REACK are set. */
    static final Layout STM32_NEW = new Layout(0x1c, 0x6000c0, 0x20, 0, 0x28, 0x24, 0, 0x20);

    /** Arm PL011 as on RP2040: FR, DR and IMSC (DDI 0183); the flags tell of empty FIFOs. */
    static final Layout PL011 = new Layout(0x18, 0x90, 0, 0x10, 0, 0, 0x38, 0x50);

    /** CMSDK APB UART: STATE, DATA and CTRL (DDI 0479, section 4.3). */
    static final Layout CMSDK = new Layout(4, 0, 2, 0, 0, 0, 8, 8);
  }

  private final Bus bus;
  private final Console console;
  private final Layout layout;
  private final int interrupt;
  private final int[] registers = new int[64];
  private long nextByteAt;

  Uart(Bus bus, Console console, Layout layout, int interrupt) {
    this.bus = bus;
    this.console = console;
    this.layout = layout;
    this.interrupt = interrupt;
  }

  private boolean byteWaits() {
    return console.hasInput() && bus.meter().cycles() >= nextByteAt;
  }

  @Override
  public int read(int offset) {
    if (offset == layout.receive && byteWaits()) {
      nextByteAt = bus.meter().cycles() + (long) (BYTE_SECONDS * bus.clockHz());
      return console.receive();
    }
    if (offset == layout.status) {
      return byteWaits() ? (layout.idle | layout.received) & ~layout.cleared : layout.idle;
    }
    return offset >> 2 < registers.length ? registers[offset >> 2] : 0;
  }

  @Override
  public void write(int offset, int value) {
    if (offset == layout.transmit) {
      console.transmit(value & 0xff, bus.meter().cycles());
    }
    if (offset >> 2 < registers.length) {
      registers[offset >> 2] = value;
    }
  }

  @Override
  public long nextEvent() {
    boolean wanted = (registers[layout.enable >> 2] & layout.enableBits) != 0;
    Meter meter = bus.meter();
    return wanted && console.hasInput() && interrupt >= 0
        ? Math.max(nextByteAt, meter.cycles())
        : Long.MAX_VALUE;
  }

  @Override
  public void tick() {
    if (nextEvent() <= bus.meter().cycles()) {
      bus.interrupt(interrupt);
    }
  }
}
