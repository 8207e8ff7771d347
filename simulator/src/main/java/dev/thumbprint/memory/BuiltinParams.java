package dev.thumbprint.memory;

import dev.thumbprint.cost.work.Operator;

/**
 * The parameter structure that the runtime parses for a builtin operator, in bytes with its
 * alignment. Source: tensorflow/tflite-micro 90b983c2, core/c/builtin_op_data.h, compiled for
 * 32-bit Arm.
 *
 * @param bytes size, 0 where the operator has none
 * @param alignment natural alignment
 */
record BuiltinParams(int bytes, int alignment) {
  private static final BuiltinParams NONE = new BuiltinParams(0, 1);

  private static BuiltinParams words(int bytes) {
    return new BuiltinParams(bytes, StructSizes.WORD);
  }

  private static BuiltinParams bytes(int bytes) {
    return new BuiltinParams(bytes, 1);
  }

  static BuiltinParams of(Operator operator) {
    return switch (operator) {
      case AVERAGE_POOL_2D, MAX_POOL_2D, L2_POOL_2D -> words(40);
      case RESHAPE, SQUEEZE -> words(36);
      case CONV_2D, DEPTHWISE_CONV_2D -> words(28);
      case STRIDED_SLICE -> words(24);
      case TRANSPOSE_CONV, UNIDIRECTIONAL_SEQUENCE_LSTM -> words(16);
      case CONCATENATION, SVDF, PACK, UNPACK, GATHER, IF, WHILE, VAR_HANDLE -> words(8);
      case SOFTMAX, SPLIT, SPLIT_V, LEAKY_RELU, CALL_ONCE, DEPTH_TO_SPACE, SPACE_TO_DEPTH ->
          words(4);
      case FULLY_CONNECTED -> bytes(5);
      case BATCH_MATMUL -> bytes(3);
      case ADD, SUB, RESIZE_BILINEAR, RESIZE_NEAREST_NEIGHBOR, CAST, CUMSUM -> bytes(2);
      case MUL,
          DIV,
          MEAN,
          SUM,
          REDUCE_MAX,
          REDUCE_MIN,
          REDUCE_ALL,
          MIRROR_PAD,
          ARG_MAX,
          ARG_MIN,
          SHAPE,
          L2_NORMALIZATION ->
          bytes(1);
      default -> NONE;
    };
  }
}
