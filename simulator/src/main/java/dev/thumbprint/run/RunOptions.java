package dev.thumbprint.run;

import dev.thumbprint.kernels.KernelTier;
import dev.thumbprint.kernels.Rounding;
import dev.thumbprint.kernels.plain.PlainTier;
import dev.thumbprint.model.InputException;

/**
 * How a graph is run.
 *
 * @param tier how the hot layers are computed; never changes a bit
 * @param rounding rounding of 32-bit accumulators, a build option of the target
 * @param dialect the kernel library whose bits are computed
 */
public record RunOptions(KernelTier tier, Rounding rounding, Dialect dialect) {
  /**
   * Options of a build that there can be.
   *
   * @throws InputException if the library's generation could not be built for single rounding
   */
  public RunOptions {
    if (rounding == Rounding.SINGLE && !dialect.knowsSingleRounding()) {
      throw InputException.of(
              "kernels",
              "",
              "single rounding with " + dialect.library(),
              "a generation that can be built so")
          .withHint("neither CMSIS-NN nor the runtime of 2020 has that option; 2022 and later do");
    }
  }

  /** TensorFlow Lite Micro's defaults. */
  public static RunOptions defaults() {
    return new RunOptions(new PlainTier(), Rounding.DOUBLE, Dialect.reference());
  }

  /** These options with another tier. */
  public RunOptions with(KernelTier other) {
    return new RunOptions(other, rounding, dialect);
  }

  /** These options with another rounding. */
  public RunOptions with(Rounding other) {
    return new RunOptions(tier, other, dialect);
  }

  /** These options with another library. */
  public RunOptions with(Dialect other) {
    return new RunOptions(tier, rounding, other);
  }
}
