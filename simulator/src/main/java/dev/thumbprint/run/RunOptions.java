package dev.thumbprint.run;

import dev.thumbprint.kernels.KernelTier;
import dev.thumbprint.kernels.Rounding;
import dev.thumbprint.kernels.plain.PlainTier;

/**
 * How a graph is run.
 *
 * @param tier how the hot layers are computed; never changes a bit
 * @param rounding rounding of 32-bit accumulators, a build option of the target
 * @param dialect the kernel library whose bits are computed
 */
public record RunOptions(KernelTier tier, Rounding rounding, Dialect dialect) {
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
