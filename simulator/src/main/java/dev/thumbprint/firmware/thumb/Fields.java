package dev.thumbprint.firmware.thumb;

import java.util.Arrays;

/** The bit pattern of one table row: fixed bits and named fields. */
final class Fields {
  private final int fixedMask;
  private final int fixedValue;
  private final int[] fieldMasks;

  private Fields(int fixedMask, int fixedValue, int[] fieldMasks) {
    this.fixedMask = fixedMask;
    this.fixedValue = fixedValue;
    this.fieldMasks = fieldMasks;
  }

  /** Reads a pattern without blanks: 0, 1, - or the letter of a field for every bit. */
  static Fields of(String pattern) {
    int mask = 0;
    int value = 0;
    int[] fieldMasks = new int[128];
    for (int i = 0; i < pattern.length(); i++) {
      int bit = 1 << (pattern.length() - 1 - i);
      char c = pattern.charAt(i);
      switch (c) {
        case '0' -> mask |= bit;
        case '1' -> {
          mask |= bit;
          value |= bit;
        }
        case '-' -> {}
        default -> fieldMasks[c] |= bit;
      }
    }
    return new Fields(mask, value, fieldMasks);
  }

  int fixedMask() {
    return fixedMask;
  }

  int fixedValue() {
    return fixedValue;
  }

  boolean has(char letter) {
    return fieldMasks[letter] != 0;
  }

  /** Bits of a field within the encoding; to be taken out with {@link Integer#compress}. */
  int mask(char letter) {
    if (!has(letter)) {
      throw new IllegalStateException("no field " + letter + " in " + this);
    }
    return fieldMasks[letter];
  }

  @Override
  public String toString() {
    return Integer.toHexString(fixedMask) + Arrays.toString(fieldMasks);
  }
}
