package dev.thumbprint.recorded;

import java.util.OptionalLong;

/**
 * What was executed: one operator with its shapes, or a whole network. An empty text is not told by
 * the source.
 *
 * @param network key of the built-in networks or a zoo name, for rows of whole networks; empty
 *     where no operator list exists
 * @param model model in the words of the source
 * @param layer layer in the words of the source, empty for whole networks
 * @param op operator in TensorFlow Lite's name ({@code CONV_2D}), empty for whole networks
 * @param input NHWC shape of the operator's input; for a whole network the shape of its input, as
 *     the source has it
 * @param filter OHWI (convolution), 1xKHxKWxC (depthwise), OI (dense), HxW (pooling window)
 * @param output NHWC shape of the operator's output
 * @param stride HxW
 * @param padding {@code SAME} or {@code VALID}
 * @param macs true multiply-accumulates (EdgeMark rows: that study's own count, slightly above)
 */
public record Work(
    String network,
    String model,
    String layer,
    String op,
    Shape input,
    Shape filter,
    Shape output,
    Shape stride,
    String padding,
    OptionalLong macs) {
  /** Whether this is one operator or layer rather than a whole network. */
  public boolean isLayer() {
    return !op.isEmpty() || !layer.isEmpty();
  }

  /** Operator and all its shapes in one text: two rows with the same text did the same work. */
  public String signature() {
    return op + " " + input + " " + filter + " " + output + " " + stride + " " + padding;
  }
}
