package dev.thumbprint.kernels;

import java.util.function.IntUnaryOperator;

/**
 * LOGISTIC and TANH of 16-bit elements: a table of the logistic function with linear interpolation.
 * Zero points are 0, the output scale is 2^-15.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, reference/integer_ops/logistic.h and tanh.h.
 *
 * @param multiplier of the input, up to 32767 where the shift is not 0
 * @param shift to the right after the multiplication, 0 to 31
 * @param tanh whether this is TANH
 */
public record TableSigmoid(int multiplier, int shift, boolean tanh) implements IntUnaryOperator {
  private static final int ENTRIES = 256;

  /** Table steps per unit of the real input. */
  private static final double STEPS_PER_UNIT = 24;

  /** Where the published table lies one above the rounded function. */
  private static final String ONE_ABOVE =
      "0000100010001011110111100101111101110101110111100110001000000011"
          + "1010000000000000001000100000010000001001000000001000100000000000"
          + "0000000100000000000000000000000000000000000000000000000000000000"
          + "0000000000000000000000000000000000000000000000000000000000000001";

  private static final int[] TABLE = table();

  /** Multiplier of an input whose scale is the power of two that fits the table. */
  private static final int POWER_OF_TWO_MULTIPLIER = 3;

  private static int[] table() {
    int[] table = new int[ENTRIES];
    for (int i = 0; i < ENTRIES; i++) {
      double exact = 65536 / (1 + StrictMath.exp(-i / STEPS_PER_UNIT));
      table[i] = (int) StrictMath.floor(exact + 0.5) + (ONE_ABOVE.charAt(i) - '0');
    }
    return table;
  }

  /**
   * The constants of an input scale.
   *
   * @throws IllegalArgumentException if the scale is too large for the table's multiplier
   */
  public static TableSigmoid of(float inputScale, boolean tanh) {
    int power = 12 + log2(inputScale);
    boolean fits = isPowerOfTwo(inputScale) && (power == 0 || (tanh && power == 1));
    if (fits) {
      return new TableSigmoid(POWER_OF_TWO_MULTIPLIER << power, 0, tanh);
    }
    double real = inputScale * 4096.0 * 3.0;
    int shift = 0;
    while (real <= 32767.0 / 2.0 && shift <= 30) {
      shift++;
      real *= 2;
    }
    if (!(real <= 32767)) {
      throw new IllegalArgumentException("input scale " + inputScale + " is above 2.66");
    }
    return new TableSigmoid((int) real, shift, tanh);
  }

  /** LOGISTIC of values with scale 2^-12. */
  public static TableSigmoid logisticQ3() {
    return new TableSigmoid(POWER_OF_TWO_MULTIPLIER, 0, false);
  }

  /**
   * TANH of values with scale 2^{@code power}.
   *
   * @param power -42 to 0
   */
  public static TableSigmoid tanh(int power) {
    int left = 12 + power;
    return left < 0
        ? new TableSigmoid(POWER_OF_TWO_MULTIPLIER, -left, true)
        : new TableSigmoid(POWER_OF_TWO_MULTIPLIER << left, 0, true);
  }

  /** Logarithm to base 2, rounded to the nearest integer. */
  public static int log2(float x) {
    return (int) FixedPoint.roundHalfAway((float) (Math.log(x) * (1.0 / Math.log(2.0))));
  }

  /** Whether x is a power of two, to within a thousandth of its logarithm. */
  public static boolean isPowerOfTwo(float x) {
    float log = (float) (Math.log(x) * (1.0 / Math.log(2.0)));
    return Math.abs(log - log2(x)) < 1e-3f;
  }

  @Override
  public int applyAsInt(int x) {
    int round = shift > 0 ? 1 << (shift - 1) : 0;
    int value = (x * multiplier + round) >> shift;
    return tanh ? tanhOf(value) : logisticOf(value);
  }

  private static int logisticOf(int value) {
    int magnitude = Math.abs(value);
    int step = magnitude >>> 9;
    int result =
        step >= ENTRIES - 1
            ? 0x7FFF << 10
            : (TABLE[step] << 9) + (magnitude & 0x1FF) * (TABLE[step + 1] - TABLE[step]);
    int rounded = value >= 0 ? result + (1 << 9) : (1 << 25) - result + (1 << 9) - 1;
    return (short) (rounded >>> 10);
  }

  private static int tanhOf(int value) {
    int magnitude = Math.abs(value);
    int step = magnitude >>> 8;
    int result =
        step >= ENTRIES - 1
            ? 0xFFFF << 8
            : (TABLE[step] << 8) + (magnitude & 0xFF) * (TABLE[step + 1] - TABLE[step]);
    int half = 1 << 23;
    int rounded = value >= 0 ? result - half + (1 << 7) : -result + half + (1 << 7) - 1;
    return (short) (rounded >> 8);
  }
}
