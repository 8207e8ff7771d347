package dev.thumbprint.kernels;

import java.util.function.IntBinaryOperator;

/**
 * ADD and SUB of quantised integers: both sides are shifted left, scaled to twice the larger scale,
 * added or subtracted, scaled to the output, clamped. The shift is 20 for 8-bit and 15 for 16-bit
 * elements.
 *
 * <p>One 8-bit or 16-bit element of each operand to one of the output; {@link Elementwise} applies
 * it to tensors, of equal shapes or broadcast. 32-bit numbers throughout; both scalings round
 * twice.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, kernels/add_common.cc and sub_common.cc.
 *
 * @param leftShift of the centred operands, {@link #SHIFT_8} or {@link #SHIFT_16}
 * @param zeroPointA of the first operand
 * @param scaleA from the first operand to the common scale, below 1
 * @param zeroPointB of the second operand
 * @param scaleB from the second operand to the common scale, below 1
 * @param scaleOutput from the common scale to the output's, below 1
 * @param zeroPointOutput of the output
 * @param min lower clamp, from the type and the fused activation
 * @param max upper clamp
 * @param subtract whether this is SUB
 * @param rounding how a product comes back to 32 bits
 */
public record AddSub(
    int leftShift,
    int zeroPointA,
    QuantizedMultiplier scaleA,
    int zeroPointB,
    QuantizedMultiplier scaleB,
    QuantizedMultiplier scaleOutput,
    int zeroPointOutput,
    int min,
    int max,
    boolean subtract,
    Rounding rounding)
    implements IntBinaryOperator {

  /** Left shift of 8-bit elements. */
  public static final int SHIFT_8 = 20;

  /** Left shift of 16-bit elements. */
  public static final int SHIFT_16 = 15;

  /** Scale and zero point of one operand. */
  public record Operand(float scale, int zeroPoint) {}

  /**
   * ADD: the scale ratios are formed in double precision.
   *
   * @throws IllegalArgumentException if a ratio is not between 0 and 1
   */
  public static AddSub add(
      int leftShift, Operand a, Operand b, Operand output, int min, int max, Rounding rounding) {
    double twiceMax = 2 * (double) Math.max(a.scale, b.scale);
    return of(
        leftShift,
        a,
        b,
        output,
        a.scale / twiceMax,
        b.scale / twiceMax,
        twiceMax / ((1 << leftShift) * (double) output.scale),
        min,
        max,
        false,
        rounding);
  }

  /**
   * SUB: the scale ratios are formed in single precision, unlike in desktop TFLite.
   *
   * @throws IllegalArgumentException if a ratio is not between 0 and 1
   */
  public static AddSub subtract(
      int leftShift, Operand a, Operand b, Operand output, int min, int max, Rounding rounding) {
    float twiceMax = 2 * Math.max(a.scale, b.scale);
    return of(
        leftShift,
        a,
        b,
        output,
        a.scale / twiceMax,
        b.scale / twiceMax,
        twiceMax / ((1 << leftShift) * output.scale),
        min,
        max,
        true,
        rounding);
  }

  private static AddSub of(
      int leftShift,
      Operand a,
      Operand b,
      Operand output,
      double realA,
      double realB,
      double realOutput,
      int min,
      int max,
      boolean subtract,
      Rounding rounding) {
    return new AddSub(
        leftShift,
        a.zeroPoint,
        QuantizedMultiplier.belowOne(realA),
        b.zeroPoint,
        QuantizedMultiplier.belowOne(realB),
        QuantizedMultiplier.belowOne(realOutput),
        output.zeroPoint,
        min,
        max,
        subtract,
        rounding);
  }

  @Override
  public int applyAsInt(int a, int b) {
    return finish(subtract ? scaledA(a) - scaledB(b) : scaledA(a) + scaledB(b));
  }

  /** The first operand on the common scale. */
  public int scaledA(int a) {
    return scaleA.times((a - zeroPointA) << leftShift, rounding);
  }

  /** The second operand on the common scale. */
  public int scaledB(int b) {
    return scaleB.times((b - zeroPointB) << leftShift, rounding);
  }

  /** The output of a sum on the common scale. */
  public int finish(int sum) {
    return Math.clamp((long) scaleOutput.times(sum, rounding) + zeroPointOutput, min, max);
  }
}
