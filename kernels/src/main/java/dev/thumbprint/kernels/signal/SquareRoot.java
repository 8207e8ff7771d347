package dev.thumbprint.kernels.signal;

/** SignalFilterBankSquareRoot: integer square roots, rounded to nearest. */
public final class SquareRoot {
  private static final long SAME_UP_TO = 0xFFFF_FFFFL;

  private SquareRoot() {}

  /**
   * {@code output[i] = sqrt(input[i]) >> shift}.
   *
   * @param input unsigned 64 bits
   * @param shift 0 to 31
   * @param output unsigned 32 bits
   */
  public static void uint64(long[] input, int shift, int[] output) {
    for (int i = 0; i < output.length; i++) {
      output[i] = (int) (of(input[i]) >>> shift);
    }
  }

  /** Square root of an unsigned number. Up to 32 bits the result has at most 16. */
  static long of(long number) {
    boolean narrow = Long.compareUnsigned(number, SAME_UP_TO) <= 0;
    long rest = number;
    long root = 0;
    int highest = Long.SIZE - 1 - Long.numberOfLeadingZeros(number);
    for (long bit = number == 0 ? 0 : 1L << (highest & ~1); bit != 0; bit >>>= 2) {
      if (Long.compareUnsigned(rest, root + bit) >= 0) {
        rest -= root + bit;
        root = (root >>> 1) + bit;
      } else {
        root >>>= 1;
      }
    }
    long greatest = narrow ? 0xFFFF : SAME_UP_TO;
    return Long.compareUnsigned(rest, root) > 0 && root != greatest ? root + 1 : root;
  }
}
