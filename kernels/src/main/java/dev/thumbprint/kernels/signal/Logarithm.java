package dev.thumbprint.kernels.signal;

/** SignalFilterBankLog: natural logarithms through a table of 128 segments. */
public final class Logarithm {
  private static final int SEGMENTS = 128;
  private static final int SEGMENT_BITS = 9;

  /** Bits after the point of a logarithm to base 2. */
  private static final int FRACTION_BITS = 16;

  private static final int HALF = 1 << (FRACTION_BITS - 1);

  /** ln 2 with 16 bits after the point. */
  private static final long LN_2 = 45_426;

  /** log2(1 + i/128) - i/128 with 16 bits after the point: how far the logarithm bulges. */
  private static final int[] BULGE = new int[SEGMENTS + 2];

  static {
    for (int i = 0; i < SEGMENTS; i++) {
      double x = (double) i / SEGMENTS;
      BULGE[i] =
          (int)
              StrictMath.rint((StrictMath.log1p(x) / StrictMath.log(2) - x) * (1 << FRACTION_BITS));
    }
  }

  private Logarithm() {}

  /**
   * {@code output[i] = min(ln(input[i] << correction) * scale, 32767)}; 0 where the shifted input
   * is 0 or 1.
   *
   * @param input unsigned 32 bits
   * @param scale factor of the result
   * @param correction left shift of the input, bits shifted out are lost
   */
  public static void uint32(int[] input, int scale, int correction, short[] output) {
    for (int i = 0; i < output.length; i++) {
      int scaled = input[i] << correction;
      if (scaled == 0 || scaled == 1) {
        output[i] = 0;
      } else {
        int log = scaledLog(scaled, scale);
        output[i] = (short) (Integer.compareUnsigned(log, Short.MAX_VALUE) < 0 ? log : 32_767);
      }
    }
  }

  private static int scaledLog(int x, int scale) {
    int exponent = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(x);
    int log2 = (exponent << FRACTION_BITS) + fraction(x, exponent);
    int ln = (int) ((LN_2 * Integer.toUnsignedLong(log2) + HALF) >>> FRACTION_BITS);
    return (scale * ln + HALF) >>> FRACTION_BITS;
  }

  private static int fraction(int x, int exponent) {
    int above = x - (1 << exponent);
    int mantissa =
        exponent < FRACTION_BITS
            ? above << (FRACTION_BITS - exponent)
            : above >> (exponent - FRACTION_BITS);
    int segment = mantissa >>> SEGMENT_BITS;
    int slope = BULGE[segment + 1] - BULGE[segment];
    int within = mantissa - (segment << SEGMENT_BITS);
    return mantissa + BULGE[segment] + ((slope * within) >> FRACTION_BITS);
  }
}
