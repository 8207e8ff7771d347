package dev.thumbprint.cost.pricing;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.library.Term;
import java.util.OptionalDouble;

/**
 * What flags make of the plain loops of today's reference kernels, which no board was recorded
 * with: instructions of whole networks relative to -O2, as executed (tensorflow/tflite-micro
 * 90b983c2, GCC 12.2.1, Cortex-M4; {@code kernels counts --kernels tflm-reference}). At -Os the
 * address of a value is a call; at -Ofast loops are turned over that run three or four times.
 */
final class PlainFlags {
  /** mlperf-ic, nearly all convolutions: 539.0 and 132.1 of 107.4 million. */
  private static final double CONVOLUTION_AT_SIZE = 5.0;

  private static final double CONVOLUTION_AT_SPEED = 1.23;

  /** micro_speech, nearly all one depthwise layer: 17.8 and 9.6 of 9.3 million. */
  private static final double DEPTHWISE_AT_SIZE = 1.9;

  private static final double DEPTHWISE_AT_SPEED = 1.03;

  /** mlperf-ad, all dense layers: 4.1 and 2.0 of 2.0 million. */
  private static final double DENSE_AT_SIZE = 2.1;

  private static final double DENSE_AT_SPEED = 1;

  private PlainFlags() {}

  /**
   * Cycles of a loop at a level relative to those of a set; empty where the set is of other code or
   * the loop of another kernel.
   */
  static OptionalDouble factor(Term term, CoefficientSet set, Target target) {
    OptLevel to = target.opt();
    if (!isOfToday(set.library())
        || !isOfToday(target.kernels())
        || Double.isNaN(level(term, to))) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(level(term, to) / level(term, set.opt()));
  }

  private static boolean isOfToday(LibraryId library) {
    return library.family().equals("tflm-reference") && !library.generation().startsWith("2020");
  }

  /** Cycles relative to -O2, NaN where nothing was counted. */
  private static double level(Term term, OptLevel level) {
    return switch (term) {
      case REF_CONV_MAC, REF_CONV_TAP, REF_CONV_SKIP ->
          at(level, CONVOLUTION_AT_SIZE, CONVOLUTION_AT_SPEED);
      case REF_DW_MAC, REF_DW_SKIP, REF_DW_ROW -> at(level, DEPTHWISE_AT_SIZE, DEPTHWISE_AT_SPEED);
      case REF_DENSE_MAC -> at(level, DENSE_AT_SIZE, DENSE_AT_SPEED);
      default -> Double.NaN;
    };
  }

  private static double at(OptLevel level, double size, double speed) {
    return switch (level) {
      case OS -> size;
      case O2 -> 1;
      case O3, OFAST -> speed;
    };
  }
}
