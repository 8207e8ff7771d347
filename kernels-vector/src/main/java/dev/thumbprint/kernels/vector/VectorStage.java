package dev.thumbprint.kernels.vector;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2B;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.thumbprint.kernels.Requantization;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;

/**
 * Requantisation of rows of accumulators with double rounding: {@code h = (x * m + 2^30) >> 31},
 * then {@code (h + 2^(e-1) - (h < 0)) >> e}. The 64-bit products of even and odd lanes are formed
 * apart; the sign extensions by shifts are what the compiler turns into one widening
 * multiplication.
 */
final class VectorStage {
  private static final long HALF_Q31 = 1L << 30;
  private static final long LOW = 0xFFFF_FFFFL;
  private static final long HIGH = ~LOW;

  private final int channels;
  private final int[] bias;
  private final int[] multipliers;
  private final int[] left;
  private final int[] right;
  private final int[] half;
  private final int[] signMask;
  private final int zeroPoint;
  private final int min;
  private final int max;

  /** Constants of each channel, {@code bias} null for none. */
  VectorStage(Requantization exact, int[] bias) {
    channels = exact.channels();
    int padded = Lanes.padded(channels);
    this.bias = new int[padded];
    multipliers = new int[padded];
    left = new int[padded];
    right = new int[padded];
    half = new int[padded];
    signMask = new int[padded];
    for (int c = 0; c < channels; c++) {
      int shift = exact.shifts()[c];
      this.bias[c] = bias == null ? 0 : bias[c];
      multipliers[c] = exact.multipliers()[c];
      left[c] = Math.max(shift, 0);
      right[c] = Math.max(-shift, 0);
      half[c] = right[c] == 0 ? 0 : 1 << (right[c] - 1);
      signMask[c] = right[c] == 0 ? 0 : -1;
    }
    zeroPoint = exact.zeroPoint();
    min = exact.min();
    max = exact.max();
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
    column(last, sums, from, step, count, output, at, tail);
    for (int c = 0; c < last; c += Lanes.COUNT) {
      column(c, sums, from, step, count, output, at, tail);
    }
  }

  /** One vector of channels from {@code c} on, in all rows. */
  private void column(
      int c, int[] sums, int from, int step, int count, byte[] output, int at, byte[] tail) {
    IntVector add = IntVector.fromArray(Lanes.INTS, bias, c);
    IntVector up = IntVector.fromArray(Lanes.INTS, left, c);
    IntVector down = IntVector.fromArray(Lanes.INTS, right, c);
    IntVector tie = IntVector.fromArray(Lanes.INTS, half, c);
    IntVector sign = IntVector.fromArray(Lanes.INTS, signMask, c);
    IntVector multiplier = IntVector.fromArray(Lanes.INTS, multipliers, c);
    IntVector twice = multiplier.lanewise(LSHL, 1);
    LongVector byEven = multiplier.reinterpretAsLongs().and(LOW);
    LongVector byOdd = multiplier.reinterpretAsLongs().lanewise(LSHR, 32);
    int whole = Math.min(count, (output.length - at - c - Lanes.COUNT) / channels + 1);
    whole = output.length - at - c < Lanes.COUNT ? 0 : whole;
    for (int row = 0; row < count; row++) {
      IntVector x =
          IntVector.fromArray(Lanes.INTS, sums, from + row * step + c).add(add).lanewise(LSHL, up);
      // As unsigned numbers, for which AVX2 has shifts of 64 bits and a product: a negative x is
      // then 2^32 too large, and so the result twice the multiplier.
      LongVector wide = x.reinterpretAsLongs();
      LongVector even = wide.and(LOW).mul(byEven).add(HALF_Q31).lanewise(LSHR, 31).and(LOW);
      LongVector odd = wide.lanewise(LSHR, 32).mul(byOdd).add(HALF_Q31).lanewise(LSHL, 1).and(HIGH);
      IntVector excess = x.lanewise(ASHR, 31).and(twice);
      IntVector high = even.or(odd).reinterpretAsInts().sub(excess);
      IntVector result =
          high.add(tie)
              .add(high.lanewise(ASHR, 31).and(sign))
              .lanewise(ASHR, down)
              .add(zeroPoint)
              .max(min)
              .min(max);
      ByteVector bytes = (ByteVector) result.convertShape(I2B, Lanes.BYTES, 0);
      int to = at + row * channels + c;
      if (row < whole) {
        bytes.intoArray(output, to);
      } else {
        bytes.intoArray(tail, 0);
        System.arraycopy(tail, 0, output, to, Math.min(Lanes.COUNT, channels - c));
      }
    }
  }
}
