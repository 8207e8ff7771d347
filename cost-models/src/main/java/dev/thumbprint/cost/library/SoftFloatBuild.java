package dev.thumbprint.cost.library;

import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;

/**
 * A library as it is compiled without a floating-point unit: products and sums of floats are calls
 * of the compiler's library, which leaves a product with a zero and the sum with it early. On the
 * unit they take as long as any other.
 */
record SoftFloatBuild(KernelLibrary plain) implements LibraryBuild {
  @Override
  public Decision decide(LayerWork work, SimdUnit build) {
    Decision decision = plain.decide(work, build);
    double zeros = work.live().zeros();
    if (zeros == 0 || work.inputType() != DataType.FLOAT32 || coarse()) {
      return decision;
    }
    return decision instanceof Trips trips ? withZeros(trips, work, zeros) : decision;
  }

  private static Trips withZeros(Trips trips, LayerWork work, double zeros) {
    return switch (work.operator()) {
      case CONV_2D -> trips.moved(Term.FLOAT_CONV_MAC, Term.FLOAT_CONV_ZERO, zeros);
      case DEPTHWISE_CONV_2D -> trips.moved(Term.FLOAT_DW_MAC, Term.FLOAT_DW_ZERO, zeros);
      case FULLY_CONNECTED -> trips.moved(Term.FLOAT_DENSE_MAC, Term.FLOAT_DENSE_ZERO, zeros);
      default -> trips;
    };
  }
}
