package dev.thumbprint.firmware.machine;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/** The other end of the serial lines: what the firmware sent, and what it is to receive. */
public final class Console {
  private static final int BYTES_MAX = 16 << 20;

  /** Hears of every byte sent, and may send an answer. */
  public interface Partner {
    /** A byte was sent by the firmware at this cycle. */
    void received(int value, long cycles);

    /**
     * When it wants to be asked again although nothing is sent; {@link Long#MAX_VALUE} for never.
     */
    default long nextEvent() {
      return Long.MAX_VALUE;
    }

    /** Does what is due at this cycle. */
    default void tick(long cycles) {}
  }

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final Deque<Byte> waiting = new ArrayDeque<>();
  private Partner partner = (value, cycles) -> {};

  /** Sets who listens to the firmware. */
  public void setPartner(Partner newPartner) {
    partner = newPartner;
  }

  /** Lets the firmware receive these bytes after those that already wait. */
  public void send(byte[] bytes) {
    for (byte b : bytes) {
      waiting.add(b);
    }
  }

  /** What the firmware sent so far, at most 16 MiB. */
  public byte[] output() {
    return sent.toByteArray();
  }

  long nextEvent() {
    return partner.nextEvent();
  }

  void tick(long cycles) {
    partner.tick(cycles);
  }

  void transmit(int value, long cycles) {
    if (sent.size() < BYTES_MAX) {
      sent.write(value);
    }
    partner.received(value & 0xff, cycles);
  }

  boolean hasInput() {
    return !waiting.isEmpty();
  }

  /** The next byte; 0 where none waits. */
  int receive() {
    return waiting.isEmpty() ? 0 : waiting.removeFirst() & 0xff;
  }
}
