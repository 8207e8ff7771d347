package dev.thumbprint.model;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Padding;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Parameters of an operator, as the file holds them. One record per table of the .tflite schema
 * (tensorflow/lite/schema/schema.fbs) that TensorFlow Lite Micro reads.
 */
public sealed interface Options {
  /** An operator without parameters. */
  record None() implements Options {}

  /**
   * CONV_2D.
   *
   * @param biasType accumulator type asked for where the bias is absent (16-bit activations);
   *     {@link DataType#FLOAT32} where the file says nothing
   */
  record Conv2d(
      Padding padding,
      int strideHeight,
      int strideWidth,
      int dilationHeight,
      int dilationWidth,
      Activation activation,
      DataType biasType)
      implements Options {
    /** A convolution that leaves the accumulator type open. */
    public Conv2d(
        Padding padding,
        int strideHeight,
        int strideWidth,
        int dilationHeight,
        int dilationWidth,
        Activation activation) {
      this(
          padding,
          strideHeight,
          strideWidth,
          dilationHeight,
          dilationWidth,
          activation,
          DataType.FLOAT32);
    }
  }

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

  /** TRANSPOSE_CONV; {@code biasType} as in {@link Conv2d}. */
  record TransposeConv(
      Padding padding, int strideHeight, int strideWidth, Activation activation, DataType biasType)
      implements Options {}

  /** FULLY_CONNECTED; {@code biasType} as in {@link Conv2d}. */
  record FullyConnected(Activation activation, boolean keepNumDims, DataType biasType)
      implements Options {
    /** A dense layer that leaves the accumulator type open. */
    public FullyConnected(Activation activation, boolean keepNumDims) {
      this(activation, keepNumDims, DataType.FLOAT32);
    }
  }

  /** BATCH_MATMUL: whether the last two axes of either side are read transposed. */
  record BatchMatMul(boolean adjointLeft, boolean adjointRight) implements Options {}

  /** AVERAGE_POOL_2D, MAX_POOL_2D and L2_POOL_2D. */
  record Pool2d(
      Padding padding,
      int filterHeight,
      int filterWidth,
      int strideHeight,
      int strideWidth,
      Activation activation)
      implements Options {}

  /** ADD, SUB, MUL, DIV and L2_NORMALIZATION. */
  record Elementwise(Activation activation) implements Options {}

  /** LEAKY_RELU: slope of the negative half. */
  record LeakyRelu(float alpha) implements Options {}

  /** SOFTMAX. */
  record Softmax(float beta) implements Options {}

  /** CONCATENATION; a negative axis counts from the end. */
  record Concatenation(int axis, Activation activation) implements Options {}

  /** MEAN, SUM, REDUCE_MAX, REDUCE_MIN and REDUCE_ALL. */
  record Reduce(boolean keepDims) implements Options {}

  /** CUMSUM. */
  record Cumsum(boolean exclusive, boolean reverse) implements Options {}

  /** RESHAPE: the shape held in the options, which the second input overrides; may be empty. */
  record Reshape(List<Integer> newShape) implements Options {
    public Reshape {
      newShape = List.copyOf(newShape);
    }
  }

  /** SQUEEZE: axes of extent one to drop; all of them where the list is empty. */
  record Squeeze(List<Integer> axes) implements Options {
    public Squeeze {
      axes = List.copyOf(axes);
    }
  }

  /** STRIDED_SLICE: bit masks over the axes. */
  record StridedSlice(
      int beginMask,
      int endMask,
      int ellipsisMask,
      int newAxisMask,
      int shrinkAxisMask,
      boolean offset)
      implements Options {}

  /** SPLIT and SPLIT_V: number of outputs. */
  record Split(int outputs) implements Options {}

  /** PACK and UNPACK: number of packed tensors and the axis they lie along. */
  record Pack(int count, int axis) implements Options {}

  /** GATHER. */
  record Gather(int axis, int batchDims) implements Options {}

  /** DEPTH_TO_SPACE and SPACE_TO_DEPTH. */
  record BlockSize(int blockSize) implements Options {}

  /** RESIZE_BILINEAR and RESIZE_NEAREST_NEIGHBOR. */
  record Resize(boolean alignCorners, boolean halfPixelCenters) implements Options {}

  /** MIRROR_PAD: whether the border element itself is repeated. */
  record MirrorPad(boolean symmetric) implements Options {}

  /** CAST: types as the file names them; the tensors' own types are what counts. */
  record Cast(DataType from, DataType to) implements Options {}

  /** ARG_MAX, ARG_MIN and SHAPE: type of the output. */
  record IndexOutput(DataType type) implements Options {}

  /** SVDF. */
  record Svdf(int rank, Activation activation) implements Options {}

  /** UNIDIRECTIONAL_SEQUENCE_LSTM; a clip of 0 means none. */
  record Lstm(Activation activation, float cellClip, float projectionClip, boolean timeMajor)
      implements Options {}

  /** IF: subgraph indices. */
  record If(int thenSubgraph, int elseSubgraph) implements Options {}

  /** WHILE: subgraph indices. */
  record While(int conditionSubgraph, int bodySubgraph) implements Options {}

  /** CALL_ONCE: index of the subgraph that runs before the first inference. */
  record CallOnce(int initSubgraph) implements Options {}

  /** VAR_HANDLE: names of the resource variable; either may be empty. */
  record VarHandle(String container, String sharedName) implements Options {}

  /** A custom operator: its options as the file holds them (FlexBuffer), read-only. */
  record Custom(ByteBuffer bytes) implements Options {}
}
