package dev.thumbprint.cost.work;

/**
 * What is known of a layer beyond its shapes, as far as it changes what is executed. An output
 * channel whose weights are all zero is a constant: a runtime that looks for such channels leaves
 * them out, and with them what later layers would make of them. Shapes do not tell it; a file with
 * weights does, and so may a layer list. Of SOFTMAX, the outputs are the classes near enough to the
 * best one for an exponential; of DEQUANTIZE, the values that are not zero.
 *
 * @param inputs share of the input channels that are no constants, 0 to 1
 * @param outputs share of the output channels that are no constants, 0 to 1
 * @param zeros share of the values of a float input that are zero, 0 to 1: rounding leaves one
 *     early, and software floating point a product with one
 */
public record Live(double inputs, double outputs, double zeros) {
  /** All channels and no zero, which holds where nothing is known. */
  public static final Live ALL = new Live(1, 1);

  public Live {
    if (!(isShare(inputs) && isShare(outputs) && isShare(zeros))) {
      throw new IllegalArgumentException(
          "live channels %s and %s and zeros %s must be shares from 0 to 1"
              .formatted(inputs, outputs, zeros));
    }
  }

  /** Shares of the channels, of an input without zeros. */
  public Live(double inputs, double outputs) {
    this(inputs, outputs, 0);
  }

  /** The same channels, of an input with a share of zeros. */
  public Live withZeros(double share) {
    return new Live(inputs, outputs, share);
  }

  private static boolean isShare(double value) {
    return value >= 0 && value <= 1;
  }
}
