package dev.thumbprint.model;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.Padding;

/** Parameters of an operator, as the file holds them. */
public sealed interface Options {
  /** An operator without parameters. */
  record None() implements Options {}

  /** CONV_2D. */
  record Conv2d(
      Padding padding,
      int strideHeight,
      int strideWidth,
      int dilationHeight,
      int dilationWidth,
      Activation activation)
      implements Options {}

  /** DEPTHWISE_CONV_2D. */
  record DepthwiseConv2d(
      Padding padding,
      int strideHeight,
      int strideWidth,
      int dilationHeight,
      int dilationWidth,
      int depthMultiplier,
      Activation activation)
      implements Options {}

  /** FULLY_CONNECTED. */
  record FullyConnected(Activation activation, boolean keepNumDims) implements Options {}

  /** AVERAGE_POOL_2D, MAX_POOL_2D and L2_POOL_2D. */
  record Pool2d(
      Padding padding,
      int filterHeight,
      int filterWidth,
      int strideHeight,
      int strideWidth,
      Activation activation)
      implements Options {}

  /** ADD, SUB, MUL and DIV. */
  record Elementwise(Activation activation) implements Options {}

  /** SOFTMAX. */
  record Softmax(float beta) implements Options {}

  /** CONCATENATION. */
  record Concatenation(int axis, Activation activation) implements Options {}

  /** MEAN, SUM and the REDUCE_* family. */
  record Reduce(boolean keepDims) implements Options {}
}
