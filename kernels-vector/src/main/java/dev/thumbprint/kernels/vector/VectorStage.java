package dev.thumbprint.kernels.vector;

import static jdk.incubator.vector.VectorOperators.I2B;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.thumbprint.kernels.Requantization;
import dev.thumbprint.kernels.Rounding;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;

/**
 * Requantisation of rows of accumulators, in one shift of 64 bits. Double rounding is {@code h = (x
 * * m + 2^30) >> 31}, then {@code (h + 2^(e-1) - (h < 0)) >> e}. For {@code e > 0} that is {@code
 * (x * m + 2^30 + 2^(30+e) - (x < 0) * 2^31) >> (31 + e)}: a shift of a shift is one shift, and
 * where {@code x} is negative but {@code h} is not, the result is 0 either way.
 *
 * <p>AVX2 shifts 64 bits as unsigned numbers only, and the compiler forms the product of 32 bits by
 * 32 only where it sees that the upper halves are 0. So {@code u = x + 2^31} is multiplied, whose
 * top bit is the sign of {@code x}, and one addend takes {@code 2^31 * m} back and lifts the result
 * above 0. Even and odd lanes go apart.
 */
final class VectorStage {
  /** Right shifts from here on make 0 of every sum below {@link #VANISHING_MAX}. */
  private static final int VANISHING = 25;

  private static final long VANISHING_MAX = 1L << 24;

  /** Sums shifted to the left stay below this: then no step leaves its 64 bits. */
  private static final long SHIFTED_MAX = 1L << 30;

  private static final long LOW = 0xFFFF_FFFFL;
  private static final long HIGH = ~LOW;

  private final int channels;
  private final int[] bias;
  private final int[] left;
  private final int[] multipliers;
  private final int[] signs;
  private final long[] evenAddends;
  private final long[] oddAddends;
  private final int[] shifts;
  private final int[] min;
  private final int[] max;

  /** Whether sums up to {@code magnitude}, bias included, can be scaled here. */
  static boolean suits(long magnitude, int multiplier, int shift) {
    if (multiplier < 0 || magnitude >= SHIFTED_MAX) {
      return false;
    }
    return shift >= 0
        ? magnitude << Math.min(shift + 1, Integer.SIZE) < SHIFTED_MAX
        : -shift < VANISHING || magnitude < VANISHING_MAX;
  }

  /** Constants of each channel, {@code bias} null for none. */
  VectorStage(Requantization exact, int[] bias) {
    channels = exact.channels();
    int padded = Lanes.padded(channels);
    this.bias = new int[padded];
    left = new int[padded];
    multipliers = new int[padded];
    signs = new int[padded];
    evenAddends = new long[padded / 2];
    oddAddends = new long[padded / 2];
    shifts = new int[padded];
    min = new int[padded];
    max = new int[padded];
    for (int c = 0; c < channels; c++) {
      prepare(exact, bias == null ? 0 : bias[c], c);
    }
  }

  private void prepare(Requantization exact, int offset, int c) {
    int shift = exact.shifts()[c];
    boolean vanishes = -shift >= VANISHING;
    // Without a second rounding: twice the sum, shifted by one more.
    boolean once = shift >= 0;
    boolean twice = !once && exact.rounding() == Rounding.DOUBLE;
    int right = once || vanishes ? 1 : -shift;
    left[c] = once ? shift + 1 : 0;
    bias[c] = (offset << left[c]) + Integer.MIN_VALUE;
    multipliers[c] = vanishes ? 0 : exact.multipliers()[c];
    signs[c] = twice ? Integer.MIN_VALUE : 0;
    shifts[c] = 31 + right;
    // A multiple of 256 that no result exceeds: the low byte is the activation after all.
    int lift = 1 << Math.max(31 - right, 8);
    long addend = ((lift + (long) exact.zeroPoint()) << shifts[c]) + (1L << (30 + right));
    addend += twice ? (1L << 30) - (1L << 31) : 0;
    addend -= (long) multipliers[c] << 31;
    (c % 2 == 0 ? evenAddends : oddAddends)[c / 2] = addend;
    min[c] = lift + exact.min();
    max[c] = lift + exact.max();
  }

  /**
   * Requantises {@code count} rows of accumulators.
   *
   * @param sums rows of {@code step} accumulators without bias, at least one padded row each, the
   *     first at {@code from}
   * @param output receives {@code channels} bytes per row from {@code at} on, densely
   * @param tail scratch of one vector of bytes
   */
  void rows(int[] sums, int from, int step, int count, byte[] output, int at, byte[] tail) {
    // Lanes beyond the last channel spill into the next row: the last vector goes first, so that
    // what it spoils is written after it.
    int last = (channels - 1) / Lanes.COUNT * Lanes.COUNT;
    int room = output.length - at - last - Lanes.COUNT;
    int whole = room < 0 ? 0 : Math.min(count, room / channels + 1);
    column(last, sums, from, step, whole, output, at);
    for (int row = whole; row < count; row++) {
      column(last, sums, from + row * step, step, 1, tail, -last);
      System.arraycopy(tail, 0, output, at + row * channels + last, channels - last);
    }
    for (int c = 0; c < last; c += Lanes.COUNT) {
      column(c, sums, from, step, count, output, at);
    }
  }

  /** One vector of channels from {@code c} on, in all rows; a call would spill the constants. */
  private void column(int c, int[] sums, int from, int step, int count, byte[] output, int at) {
    int width = channels;
    IntVector add = IntVector.fromArray(Lanes.INTS, bias, c);
    IntVector up = IntVector.fromArray(Lanes.INTS, left, c);
    LongVector multiplier = IntVector.fromArray(Lanes.INTS, multipliers, c).reinterpretAsLongs();
    LongVector byEven = multiplier.and(LOW);
    LongVector byOdd = multiplier.lanewise(LSHR, 32);
    LongVector sign = IntVector.fromArray(Lanes.INTS, signs, c).reinterpretAsLongs();
    LongVector signEven = sign.and(LOW);
    LongVector signOdd = sign.lanewise(LSHR, 32);
    LongVector addEven = LongVector.fromArray(Lanes.LONGS, evenAddends, c / 2);
    LongVector addOdd = LongVector.fromArray(Lanes.LONGS, oddAddends, c / 2);
    LongVector shift = IntVector.fromArray(Lanes.INTS, shifts, c).reinterpretAsLongs();
    LongVector downEven = shift.and(LOW);
    LongVector downOdd = shift.lanewise(LSHR, 32).sub(32);
    IntVector least = IntVector.fromArray(Lanes.INTS, min, c);
    IntVector most = IntVector.fromArray(Lanes.INTS, max, c);
    for (int row = 0; row < count; row++) {
      LongVector u =
          IntVector.fromArray(Lanes.INTS, sums, from + row * step + c)
              .lanewise(LSHL, up)
              .add(add)
              .reinterpretAsLongs();
      LongVector even = u.and(LOW);
      LongVector odd = u.lanewise(LSHR, 32);
      even = even.mul(byEven).add(even.and(signEven)).add(addEven).lanewise(LSHR, downEven);
      odd = odd.mul(byOdd).add(odd.and(signOdd)).add(addOdd).lanewise(LSHR, downOdd).and(HIGH);
      IntVector result = even.or(odd).reinterpretAsInts().max(least).min(most);
      ((ByteVector) result.convertShape(I2B, Lanes.BYTES, 0))
          .intoArray(output, at + row * width + c);
    }
  }
}
