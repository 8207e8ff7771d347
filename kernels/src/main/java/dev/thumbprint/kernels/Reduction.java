package dev.thumbprint.kernels;

import java.util.function.IntBinaryOperator;

/**
 * MEAN, SUM, REDUCE_MAX, REDUCE_MIN and REDUCE_ALL, the reference. Input elements are visited in
 * order; each falls into the output element that {@code target} names.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, reference/reduce.h.
 */
public final class Reduction {
  private Reduction() {}

  /**
   * For every input element the output element it falls into.
   *
   * @param input shape
   * @param reduced per axis, whether it is reduced away
   */
  public static int[] targets(int[] input, boolean[] reduced) {
    int[] steps = new int[input.length];
    int stride = 1;
    for (int axis = input.length - 1; axis >= 0; axis--) {
      steps[axis] = reduced[axis] ? 0 : stride;
      stride *= reduced[axis] ? 1 : input[axis];
    }
    int[] map = new int[IndexMap.elements(input)];
    IndexMap.affine(input, steps, 0, map);
    return map;
  }

  /** Sums of 8-bit elements, wrapping. */
  public static void sum(byte[] input, int[] target, int[] sums) {
    java.util.Arrays.fill(sums, 0);
    for (int i = 0; i < target.length; i++) {
      sums[target[i]] += input[i];
    }
  }

  /** Sums of 16-bit elements, wrapping. */
  public static void sum(short[] input, int[] target, int[] sums) {
    java.util.Arrays.fill(sums, 0);
    for (int i = 0; i < target.length; i++) {
      sums[target[i]] += input[i];
    }
  }

  /** Sums in single precision, in order of the input. */
  public static void sum(float[] input, int[] target, float[] sums) {
    java.util.Arrays.fill(sums, 0);
    for (int i = 0; i < target.length; i++) {
      sums[target[i]] += input[i];
    }
  }

  /** Means in single precision: the sums divided by {@code count}. */
  public static void mean(float[] input, int[] target, int count, float[] means) {
    sum(input, target, means);
    for (int i = 0; i < means.length; i++) {
      means[i] /= count;
    }
  }

  /** Extremes of 8-bit elements: start with {@code initial}, fold by {@code function}. */
  public static void fold(
      IntBinaryOperator function, int initial, byte[] input, int[] target, byte[] output) {
    java.util.Arrays.fill(output, (byte) initial);
    for (int i = 0; i < target.length; i++) {
      output[target[i]] = (byte) function.applyAsInt(output[target[i]], input[i]);
    }
  }

  /** Extremes of single-precision elements. */
  public static void fold(
      FloatBinary function, float initial, float[] input, int[] target, float[] output) {
    java.util.Arrays.fill(output, initial);
    for (int i = 0; i < target.length; i++) {
      output[target[i]] = function.apply(output[target[i]], input[i]);
    }
  }

  /**
   * From a sum of {@code count} integers to the output: the zero point is taken out, the rest
   * scaled once and clamped. For a mean, 1 / count is folded into the multiplier beforehand.
   *
   * @param offset count x zero point of the input, taken off the sum
   * @param scale input scale over output scale; for a mean over the count too
   * @param zeroPointOutput of the output
   * @param min least value of the type
   * @param max greatest value of the type
   * @param rounding how the product comes back to 32 bits
   */
  public record Finish(
      int offset,
      QuantizedMultiplier scale,
      int zeroPointOutput,
      int min,
      int max,
      Rounding rounding) {

    /** SUM over {@code count} elements. */
    public static Finish sum(
        QuantizedMultiplier scale,
        int count,
        int zeroPointInput,
        int zeroPointOutput,
        int min,
        int max,
        Rounding rounding) {
      return new Finish(-zeroPointInput * count, scale, zeroPointOutput, min, max, rounding);
    }

    /** MEAN over {@code count} elements. */
    public static Finish mean(
        QuantizedMultiplier scale,
        int count,
        int zeroPointInput,
        int zeroPointOutput,
        int min,
        int max,
        Rounding rounding) {
      int spare = Math.min(Math.min(63 - Long.numberOfLeadingZeros(count), 32), 31 + scale.shift());
      int folded = (int) (((long) scale.multiplier() << spare) / count);
      QuantizedMultiplier both = new QuantizedMultiplier(folded, scale.shift() - spare);
      return sum(both, count, zeroPointInput, zeroPointOutput, min, max, rounding);
    }

    /** The output of one sum. */
    public int of(int sum) {
      return Math.clamp((long) scale.times(sum + offset, rounding) + zeroPointOutput, min, max);
    }
  }
}
