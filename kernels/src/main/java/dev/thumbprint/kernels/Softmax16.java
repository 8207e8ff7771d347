package dev.thumbprint.kernels;

/**
 * SOFTMAX of 16-bit elements over the innermost dimension, by two tables of 513 entries with linear
 * interpolation: exp on [-10, 0] and 1 / (1 + x) on [0, 1]. Output scale 2^-15, zero point 0.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, reference/softmax.h and kernels/internal/common.h.
 * The tables are built in single precision with Java's {@code exp}.
 *
 * @param scale of a difference to the largest element of its row, into steps of the table
 * @param rounding how that product comes back to 32 bits
 */
public record Softmax16(QuantizedMultiplier scale, Rounding rounding) {
  private static final int STEPS = 512;
  private static final float RANGE = 65_535;
  private static final short[] EXP = table(10f / RANGE, Short.MAX_VALUE, x -> (float) Math.exp(x));
  private static final short[] INVERSE = table(1f / RANGE, Short.MIN_VALUE, x -> 1f / (1f + x));

  private static short[] table(float scale, int zeroPoint, FloatUnary function) {
    float low = scale * (Short.MIN_VALUE - zeroPoint);
    float high = scale * (Short.MAX_VALUE - zeroPoint);
    float outputScale = 2f / RANGE;
    float step = (high - low) / STEPS;
    float inverse = 65_536f / (outputScale * Short.MAX_VALUE - outputScale * Short.MIN_VALUE);
    short[] table = new short[STEPS + 1];
    for (int i = 0; i < STEPS; i++) {
      float value = function.apply(low + i * step) * inverse;
      float middle = round(function.apply(low + i * step + step / 2) * inverse);
      float next = function.apply(low + (i + 1) * step) * inverse;
      float sample = round(value);
      float error = round((next + sample) / 2) - middle;
      table[i] = narrowed(sample - round(error / 2));
    }
    table[STEPS] = narrowed(round(function.apply(high) * inverse));
    return table;
  }

  private static float round(float x) {
    return (float) FixedPoint.roundHalfAway(x);
  }

  private static short narrowed(float x) {
    return (short) Math.clamp(x, Short.MIN_VALUE, Short.MAX_VALUE);
  }

  private static int lookUp(short[] table, int value) {
    int index = 256 + (value >> 7);
    int slope = table[index + 1] - table[index];
    return (short) (table[index] + ((slope * (value & 0x7F) + 64) >> 7));
  }

  /** The constants of an input scale. */
  public static Softmax16 of(float beta, float inputScale, Rounding rounding) {
    double real = (double) inputScale * beta / (10.0 / 65_535.0);
    return new Softmax16(QuantizedMultiplier.of(real, rounding), rounding);
  }

  /** Rows of {@code depth} inputs. */
  public void int16(int rows, int depth, short[] input, short[] output) {
    int16(rows, depth, input, output, false);
  }

  /**
   * Rows of {@code depth} inputs.
   *
   * @param wrapping whether a result beyond 16 bits wraps, as in CMSIS-NN, instead of saturating
   */
  public void int16(int rows, int depth, short[] input, short[] output, boolean wrapping) {
    for (int row = 0; row < rows; row++) {
      int from = row * depth;
      int largest = Short.MIN_VALUE;
      for (int c = from; c < from + depth; c++) {
        largest = Math.max(largest, input[c]);
      }
      int sum = 0;
      for (int c = from; c < from + depth; c++) {
        int difference = scale.times(input[c] - largest, rounding);
        int power = lookUp(EXP, FixedPoint.saturate16(difference + Short.MAX_VALUE));
        output[c] = (short) power;
        sum += power;
      }
      int zeros = Integer.numberOfLeadingZeros(sum);
      int shifted = (int) ((((long) sum << (zeros - 1)) + (1 << 13)) >> 14);
      int inverse = lookUp(INVERSE, FixedPoint.saturate16(shifted - (1 << 15) - (1 << 16)));
      int right = 31 - zeros;
      for (int c = from; c < from + depth; c++) {
        long product = ((long) output[c] * inverse + (1 << (right - 1))) >> right;
        output[c] = (short) (wrapping ? product : Math.clamp(product, 0, Short.MAX_VALUE));
      }
    }
  }
}
