package dev.thumbprint.recorded;

import java.util.List;
import java.util.OptionalLong;

/**
 * The operators of a network that recordings name in {@link Work#network()}.
 *
 * @param name key, such as {@code edgemark/CNN_3}
 * @param origin public place of the model file, empty where not told
 * @param inputs inputs of the network, empty where not told
 * @param macs multiply-accumulates of all operators
 * @param modelBytes size of the model file
 * @param ops operators in order of execution
 */
public record RecordedNetwork(
    String name,
    String origin,
    List<Input> inputs,
    OptionalLong macs,
    OptionalLong modelBytes,
    List<Op> ops) {
  public RecordedNetwork {
    inputs = List.copyOf(inputs);
    ops = List.copyOf(ops);
  }

  /**
   * An input of a network.
   *
   * @param shape its shape
   * @param type {@code int8}, {@code float32} ...
   */
  public record Input(Shape shape, String type) {}

  /**
   * An operator of a network.
   *
   * @param op operator in TensorFlow Lite's name; {@code OP69} where the name is not known
   * @param input NHWC shape of the first input
   * @param output NHWC shape of the first output
   * @param filter OHWI (convolution), 1xKHxKWxC (depthwise), OI (dense; SVDF: weights over
   *     features), HxW (pooling window)
   * @param stride HxW
   * @param padding {@code SAME} or {@code VALID}, empty where the operator has none
   * @param type type of the input, empty where not told
   * @param macs multiply-accumulates
   * @param constantBytes bytes of weights, bias and other constants
   */
  public record Op(
      String op,
      Shape input,
      Shape output,
      Shape filter,
      Shape stride,
      String padding,
      String type,
      OptionalLong macs,
      OptionalLong constantBytes) {}
}
