package dev.thumbprint.cost.memory;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.work.Operator;

/**
 * Bytes of code that one call of a kernel runs through, its library functions included: median over
 * the shapes of an operator of the reads of 8 bytes that an empty cache of 16 KiB does not serve
 * (CMSIS-NN 2022, GCC 14.2.1 -Ofast, Cortex-M0+: {@code sweeps/cmsis-nn-2022-m0plus-Ofast.csv},
 * column {@code xip_code_miss}). What has no row there is a loop of the reference kernels: as much
 * as the copy of RESHAPE, 128 bytes.
 */
final class CallCode {
  /**
   * Of the lines of code that are missing, those that follow the line before: median over {@code
   * sweeps/cmsis-nn-2022-m33-Ofast-gcc14.csv}, column {@code xip_code_follow}.
   */
  private static final double FOLLOWING = 0.9;

  private CallCode() {}

  /** What a line of code costs in the mean, relative to a line of weights somewhere else. */
  static double readShare(Target target) {
    return 1 - FOLLOWING + FOLLOWING * SerialFlash.followingShare(target);
  }

  static double bytes(Operator operator) {
    return switch (operator) {
      case CONV_2D -> 8 * 260;
      case DEPTHWISE_CONV_2D -> 8 * 190;
      case FULLY_CONNECTED -> 8 * 146;
      case SOFTMAX -> 8 * 391;
      case AVERAGE_POOL_2D -> 8 * 126;
      case MAX_POOL_2D -> 8 * 147;
      case ADD -> 8 * 92;
      case MUL -> 8 * 62;
      default -> 128;
    };
  }
}
