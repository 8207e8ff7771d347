package dev.thumbprint.firmware.machine;

/** Sizes and positions in an exception frame (Armv7-M ARM DDI 0403, B1.5.6). */
final class Frame {
  /** R0 to R3, R12, LR, return address, xPSR. */
  static final int BASIC_BYTES = 0x20;

  /** The basic frame, S0 to S15, FPSCR and a reserved word. */
  static final int EXTENDED_BYTES = 0x68;

  static final int RETURN_ADDRESS = 0x18;
  static final int STATUS = 0x1c;
  static final int FLOATS = 0x20;
  static final int FPSCR = 0x60;

  /** Bit of the stacked xPSR: a word was inserted to align the stack. */
  static final int ALIGNED = 1 << 9;

  private Frame() {}
}
