package dev.thumbprint.firmware.machine;

/** A device in the peripheral address range. */
interface Device {
  /** Answers a load of the register at an offset from the device's base. */
  int read(int offset);

  /** Takes a store to the register at an offset. */
  void write(int offset, int value);

  /** The cycle of the next thing it does by itself; {@link Long#MAX_VALUE} for none. */
  default long nextEvent() {
    return Long.MAX_VALUE;
  }

  /** Does what is due at or before the current cycle. */
  default void tick() {}
}
