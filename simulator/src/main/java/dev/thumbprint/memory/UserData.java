package dev.thumbprint.memory;

import dev.thumbprint.cost.work.Operator;

/**
 * Bytes that a kernel's Init keeps in the tail, 16-aligned. Source: tensorflow/tflite-micro
 * 90b983c2, the OpData structures of kernels/ and kernels/cmsis_nn/, compiled for 32-bit Arm.
 */
final class UserData {
  private UserData() {}

  /** Bytes of user data, 0 where Init keeps none. */
  static int bytes(Operator operator, RuntimeBuild build) {
    return build.cmsis() ? cmsis(operator) : reference(operator);
  }

  private static int cmsis(Operator operator) {
    return switch (operator) {
      case CONV_2D, DEPTHWISE_CONV_2D -> 60;
      case FULLY_CONNECTED -> 72;
      case AVERAGE_POOL_2D, MAX_POOL_2D -> 36;
      case SOFTMAX -> 64;
      case SVDF -> 40;
      case TRANSPOSE_CONV -> 76;
      case UNIDIRECTIONAL_SEQUENCE_LSTM -> 912;
      case BATCH_MATMUL -> 36;
      default -> reference(operator);
    };
  }

  private static int reference(Operator operator) {
    return switch (operator) {
      case CONV_2D, DEPTHWISE_CONV_2D, SOFTMAX, PAD, PADV2 -> 56;
      case FULLY_CONNECTED -> 48;
      case AVERAGE_POOL_2D, MAX_POOL_2D -> 32;
      case ADD -> 60;
      case SUB -> 52;
      case MUL, SVDF -> 36;
      case TRANSPOSE_CONV -> 72;
      case UNIDIRECTIONAL_SEQUENCE_LSTM -> 688;
      case RELU, PRELU, DIV, ABS, RSQRT -> 28;
      case BATCH_MATMUL -> 16;
      case QUANTIZE, DEQUANTIZE -> 32;
      case EQUAL, NOT_EQUAL, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL -> 32;
      case LOGISTIC, TANH -> 16;
      case LEAKY_RELU, CONCATENATION -> 24;
      case HARD_SWISH, MIRROR_PAD -> 20;
      case ELU -> 256;
      case MEAN, SUM, REDUCE_MAX, REDUCE_MIN, REDUCE_ALL -> 44;
      case STRIDED_SLICE -> 84;
      case SQUARED_DIFFERENCE -> 112;
      case SELECT_V2 -> 1;
      case RELU6, IF, WHILE, CALL_ONCE -> 8;
      case SPACE_TO_BATCH_ND, L2_NORMALIZATION, VAR_HANDLE -> 4;
      default -> 0;
    };
  }
}
