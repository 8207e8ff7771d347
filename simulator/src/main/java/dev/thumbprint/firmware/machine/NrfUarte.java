package dev.thumbprint.firmware.machine;

/**
 * The serial port of Nordic parts, with EasyDMA (UARTE) and without (UART): both have the same base
 * address and share the tasks and events.
 *
 * @see <a href="https://docs.nordicsemi.com/bundle/ps_nrf52840/page/uarte.html">nRF52840 product
 *     specification</a>
 */
final class NrfUarte implements Device {
  private static final int START_RECEIVE = 0x000;
  private static final int STOP_RECEIVE = 0x004;
  private static final int START_TRANSMIT = 0x008;
  private static final int STOP_TRANSMIT = 0x00c;
  private static final int RECEIVED = 0x108;
  private static final int END_RECEIVE = 0x110;
  private static final int SENT = 0x11c;
  private static final int END_TRANSMIT = 0x120;
  private static final int RECEIVE_TIMEOUT = 0x144;
  private static final int RECEIVE_STARTED = 0x14c;
  private static final int TRANSMIT_STARTED = 0x150;
  private static final int TRANSMIT_STOPPED = 0x158;
  private static final int ENABLE_SET = 0x304;
  private static final int ENABLE_CLEAR = 0x308;
  private static final int RECEIVE_DATA = 0x518;
  private static final int TRANSMIT_DATA = 0x51c;
  private static final int RECEIVE_POINTER = 0x534;
  private static final int RECEIVE_MAX = 0x538;
  private static final int RECEIVE_AMOUNT = 0x53c;
  private static final int TRANSMIT_POINTER = 0x544;
  private static final int TRANSMIT_MAX = 0x548;
  private static final int TRANSMIT_AMOUNT = 0x54c;

  private final Bus bus;
  private final Console console;
  private final int interrupt;
  private final int[] registers = new int[0x600 / 4];
  private boolean receiving;
  private long nextByteAt;

  NrfUarte(Bus bus, Console console, int interrupt) {
    this.bus = bus;
    this.console = console;
    this.interrupt = interrupt;
  }

  @Override
  public int read(int offset) {
    if (offset == RECEIVE_DATA) {
      return byteWaits() ? receive() : 0;
    }
    if (offset == RECEIVED && receiving && byteWaits()) {
      return 1;
    }
    return offset >= 0 && offset < 0x600 ? registers[offset >> 2] : 0;
  }

  @Override
  public void write(int offset, int value) {
    if (offset < 0 || offset >= 0x600) {
      return;
    }
    switch (offset) {
      case START_RECEIVE -> {
        receiving = true;
        event(RECEIVE_STARTED);
        bus.meter().setDeadline(0);
      }
      case STOP_RECEIVE -> {
        receiving = false;
        event(RECEIVE_TIMEOUT);
      }
      case START_TRANSMIT -> transmit();
      case STOP_TRANSMIT -> event(TRANSMIT_STOPPED);
      case TRANSMIT_DATA -> {
        console.transmit(value & 0xff, bus.meter().cycles());
        event(SENT);
      }
      case ENABLE_SET -> registers[ENABLE_SET >> 2] |= value;
      case ENABLE_CLEAR -> registers[ENABLE_SET >> 2] &= ~value;
      default -> registers[offset >> 2] = value;
    }
    tick();
  }

  private void transmit() {
    event(TRANSMIT_STARTED);
    int count = registers[TRANSMIT_MAX >> 2] & 0xffff;
    if (count > 0) {
      for (byte b : bus.read(registers[TRANSMIT_POINTER >> 2], count)) {
        console.transmit(b & 0xff, bus.meter().cycles());
      }
      registers[TRANSMIT_AMOUNT >> 2] = count;
      event(END_TRANSMIT);
    }
  }

  private void event(int offset) {
    registers[offset >> 2] = 1;
    int bit = (offset - 0x100) >> 2;
    if ((registers[ENABLE_SET >> 2] >>> bit & 1) != 0) {
      bus.interrupt(interrupt);
    }
  }

  private boolean byteWaits() {
    return console.hasInput() && bus.meter().cycles() >= nextByteAt;
  }

  private int receive() {
    nextByteAt = bus.meter().cycles() + (long) (Uart.BYTE_SECONDS * bus.clockHz());
    return console.receive();
  }

  @Override
  public void tick() {
    int wanted = registers[RECEIVE_MAX >> 2] & 0xffff;
    if (!receiving || !byteWaits()) {
      return;
    }
    if (wanted == 0) {
      event(RECEIVED);
      return;
    }
    int count = registers[RECEIVE_AMOUNT >> 2] % wanted;
    if (count < wanted) {
      bus.write(registers[RECEIVE_POINTER >> 2] + count, new byte[] {(byte) receive()});
      count++;
    }
    registers[RECEIVE_AMOUNT >> 2] = count;
    if (count == wanted) {
      receiving = false;
      event(END_RECEIVE);
    }
  }

  @Override
  public long nextEvent() {
    return receiving && console.hasInput()
        ? Math.max(nextByteAt, bus.meter().cycles() + 1)
        : Long.MAX_VALUE;
  }
}
