package dev.thumbprint.kernels.vector;

import dev.thumbprint.kernels.AddSub;
import dev.thumbprint.kernels.BytePairKernel;
import dev.thumbprint.kernels.Requantization;
import dev.thumbprint.kernels.Rounding;

/** ADD and SUB of equal shapes: scaled operands from tables, sums requantised in vectors. */
final class VectorAddSub implements BytePairKernel {
  /** Elements of one round, a multiple of every vector. */
  private static final int CHUNK = 256;

  private static final int BYTE_VALUES = 256;

  private final int[] left = new int[BYTE_VALUES];
  private final int[] right = new int[BYTE_VALUES];
  private final int[] sums = new int[CHUNK];
  private final byte[] tail = new byte[Lanes.COUNT];
  private final VectorStage whole;
  private final Requantization scale;

  VectorAddSub(AddSub function) {
    for (int i = 0; i < BYTE_VALUES; i++) {
      left[i] = function.scaledA((byte) i);
      right[i] = function.subtract() ? -function.scaledB((byte) i) : function.scaledB((byte) i);
    }
    scale = scale(function);
    whole = new VectorStage(scale, null, CHUNK);
  }

  private static Requantization scale(AddSub function) {
    return new Requantization(
        new int[] {function.scaleOutput().multiplier()},
        new int[] {function.scaleOutput().shift()},
        function.zeroPointOutput(),
        function.min(),
        function.max(),
        function.rounding());
  }

  /** Whether sums stay within 32 bits through the requantisation. */
  static boolean supports(AddSub function) {
    long largestA = 0;
    long largestB = 0;
    for (int i = 0; i < BYTE_VALUES; i++) {
      largestA = Math.max(largestA, Math.abs((long) function.scaledA((byte) i)));
      largestB = Math.max(largestB, Math.abs((long) function.scaledB((byte) i)));
    }
    return function.rounding() == Rounding.DOUBLE
        && ExactFloats.shiftsFit(largestA + largestB, function.scaleOutput().shift());
  }

  @Override
  public void run(byte[] a, byte[] b, byte[] output) {
    int i = 0;
    for (; i <= output.length - CHUNK; i += CHUNK) {
      for (int j = 0; j < CHUNK; j++) {
        sums[j] = left[a[i + j] & 0xFF] + right[b[i + j] & 0xFF];
      }
      whole.rows(sums, CHUNK, 1, output, i, tail);
    }
    for (; i < output.length; i++) {
      output[i] = (byte) scale.apply(left[a[i] & 0xFF] + right[b[i] & 0xFF], 0);
    }
  }
}
