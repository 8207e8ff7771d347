package dev.thumbprint.cost.work;

/**
 * Shares of a layer's channels that its weights use. An output channel whose weights are all zero
 * is a constant: a runtime that looks for such channels leaves them out, and with them what later
 * layers would make of them. Shapes do not tell it; a file with weights does, and so may a layer
 * list. Of SOFTMAX, the outputs are the classes near enough to the best one for an exponential; of
 * DEQUANTIZE, the values that are not zero.
 *
 * @param inputs share of the input channels that are no constants, 0 to 1
 * @param outputs share of the output channels that are no constants, 0 to 1
 */
public record Live(double inputs, double outputs) {
  /** All channels, which holds where nothing is known. */
  public static final Live ALL = new Live(1, 1);

  public Live {
    if (!(inputs >= 0 && inputs <= 1 && outputs >= 0 && outputs <= 1)) {
      throw new IllegalArgumentException(
          "live channels %s and %s must be shares from 0 to 1".formatted(inputs, outputs));
    }
  }
}
