package dev.thumbprint.firmware.thumb;

import java.util.Locale;

/**
 * The eight bits of ITSTATE (Armv7-M ARM DDI 0403, A7.3.3): which condition the next instructions
 * take. Zero means outside any IT block.
 */
public final class ItState {
  /** Outside any IT block. */
  public static final int NONE = 0;

  /** Whether the next instruction is a member of an IT block. */
  public static boolean isActive(int state) {
    return (state & 0xF) != 0;
  }

  /** Condition of the next instruction. */
  public static Condition condition(int state) {
    return isActive(state) ? Condition.of(state >> 4) : Condition.AL;
  }

  /** State behind one instruction. */
  public static int advance(int state) {
    return (state & 7) == 0 ? NONE : (state & 0xE0) | ((state << 1) & 0x1F);
  }

  /** State behind an instruction: what an IT starts, else one step further. */
  public static int after(Instruction instruction, int state) {
    return instruction.mnemonic() == Mnemonic.IT ? instruction.immediate() : advance(state);
  }

  /** "it" with its t and e letters, as a disassembler writes it. */
  static String mnemonic(int state) {
    StringBuilder text = new StringBuilder("it");
    int first = (state >> 4) & 1;
    int last = Integer.numberOfTrailingZeros(state & 0xF);
    for (int bit = 3; bit > last; bit--) {
      text.append(((state >> bit) & 1) == first ? 't' : 'e');
    }
    return text.toString().toLowerCase(Locale.ROOT);
  }

  private ItState() {}
}
