package dev.thumbprint.firmware.machine;

/**
 * A serial port that is always ready to send, and receives a byte at a time at the speed of the
 * line: by polling, by interrupt, or through a DMA channel. One class for all makes: what differs
 * is where the registers are.
 */
final class Uart implements Device {
  /** Ten bit times at 115,200 baud, in seconds: how often a byte can arrive. */
  static final double BYTE_SECONDS = 10 / 115_200.0;

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
   * @param sendBits its bits that ask for an interrupt when a byte can be sent, which is always
   * @param lineIdle bit of the status that tells of a pause behind the last byte, and of the enable
   *     register that asks for an interrupt then; 0 where there is none
   * @param dma offset of the register that asks for DMA; -1 where there is none
   */
  record Layout(
      int status,
      int idle,
      int received,
      int cleared,
      int transmit,
      int receive,
      int enable,
      int enableBits,
      int sendBits,
      int lineIdle,
      int dma) {

    /** STM32F1, F2, F4, L1: SR, DR, CR1 and CR3 (RM0090, section 30). */
    static final Layout STM32_OLD = new Layout(0, 0xc0, 0x20, 0, 4, 4, 0xc, 0x20, 0xc0, 0x10, 0x14);

    /** Other STM32: ISR, TDR, RDR, CR1 and CR3 (RM0351, section 40); TEACK and REACK are set. */
    static final Layout STM32_NEW =
        new Layout(0x1c, 0x6000c0, 0x20, 0, 0x28, 0x24, 0, 0x20, 0xc0, 0x10, 8);

    /** Arm PL011 as on RP2040: FR, DR and IMSC (DDI 0183); the flags tell of empty FIFOs. */
    static final Layout PL011 = new Layout(0x18, 0x90, 0, 0x10, 0, 0, 0x38, 0x50, 0x20, 0, -1);

    /** CMSDK APB UART: STATE, DATA and CTRL (DDI 0479, section 4.3). */
    static final Layout CMSDK = new Layout(4, 0, 2, 0, 0, 0, 8, 8, 4, 0, -1);
  }

  private static final int DMA_RECEIVE = 0x40;
  private static final int DMA_TRANSMIT = 0x80;

  /** The interrupt clear register of the newer STM32. */
  private static final int STM32_CLEAR = 0x20;

  private final Bus bus;
  private final Console console;
  private final Layout layout;
  private final int interrupt;
  private final Dma dma;
  private final int base;
  private final int[] registers = new int[64];
  private long nextByteAt;
  private long idleAt = Long.MAX_VALUE;
  private boolean lineIdle;

  /**
   * Makes a port.
   *
   * @param base its address, which DMA channels know it by
   */
  Uart(Bus bus, Console console, Layout layout, int interrupt, Dma dma, int base) {
    this.bus = bus;
    this.console = console;
    this.layout = layout;
    this.interrupt = interrupt;
    this.dma = dma;
    this.base = base;
  }

  private boolean byteWaits() {
    return console.hasInput() && bus.meter().cycles() >= nextByteAt;
  }

  private int receive() {
    long byteCycles = (long) (BYTE_SECONDS * bus.clockHz());
    nextByteAt = bus.meter().cycles() + byteCycles;
    idleAt = nextByteAt;
    return console.receive();
  }

  @Override
  public int read(int offset) {
    if (offset == layout.receive && byteWaits()) {
      lineIdle &= layout.status != 0; // on the older STM32 this read clears the flag
      return receive();
    }
    if (offset == layout.status) {
      int value = byteWaits() ? (layout.idle | layout.received) & ~layout.cleared : layout.idle;
      return value | (lineIdle ? layout.lineIdle : 0);
    }
    if (layout.equals(Layout.PL011) && (offset == 0x3c || offset == 0x40)) {
      int pending = 0x20 | (byteWaits() ? 0x50 : 0);
      return offset == 0x3c ? pending : pending & registers[layout.enable >> 2];
    }
    if (layout.equals(Layout.CMSDK) && offset == 0xc) {
      return byteWaits() ? 2 : 0;
    }
    return offset >> 2 < registers.length ? registers[offset >> 2] : 0;
  }

  @Override
  public void write(int offset, int value) {
    if (offset == layout.transmit) {
      console.transmit(value & 0xff, bus.meter().cycles());
    }
    if (layout.equals(Layout.STM32_NEW) && offset == STM32_CLEAR) {
      lineIdle &= (value & layout.lineIdle) == 0;
    }
    if (offset >> 2 < registers.length) {
      registers[offset >> 2] = value;
    }
    if (offset == layout.enable || offset == layout.dma) {
      bus.meter().setDeadline(0);
    }
  }

  private boolean enabled(int bits) {
    return interrupt >= 0 && (registers[layout.enable >> 2] & bits) != 0;
  }

  private boolean asks(int dmaBit) {
    return layout.dma >= 0 && (registers[layout.dma >> 2] & dmaBit) != 0;
  }

  private boolean receivesByDma() {
    return asks(DMA_RECEIVE) && dma.wants(base + layout.receive);
  }

  @Override
  public long nextEvent() {
    long now = bus.meter().cycles();
    if (enabled(layout.sendBits)) {
      return now;
    }
    long next = idleAt;
    if (console.hasInput() && (enabled(layout.enableBits) || receivesByDma())) {
      next = Math.min(next, Math.max(nextByteAt, now));
    }
    return next;
  }

  @Override
  public void tick() {
    if (asks(DMA_TRANSMIT)) {
      for (int value = dma.take(base + layout.transmit);
          value >= 0;
          value = dma.take(base + layout.transmit)) {
        console.transmit(value, bus.meter().cycles());
      }
    }
    if (byteWaits() && receivesByDma()) {
      dma.put(base + layout.receive, receive());
    }
    boolean waits = byteWaits() && enabled(layout.enableBits) && !receivesByDma();
    if (waits || enabled(layout.sendBits)) {
      bus.interrupt(interrupt);
    }
    if (bus.meter().cycles() >= idleAt) {
      idleAt = Long.MAX_VALUE;
      if (!console.hasInput() && layout.lineIdle != 0) {
        lineIdle = true;
        if (enabled(layout.lineIdle)) {
          bus.interrupt(interrupt);
        }
      }
    }
  }
}
