package dev.thumbprint.run;

import dev.thumbprint.kernels.KernelTier;
import dev.thumbprint.kernels.Rounding;
import dev.thumbprint.kernels.ScalarTier;

/**
 * How a graph is run.
 *
 * @param tier how the hot layers are computed; never changes a bit
 * @param rounding rounding of 32-bit accumulators, a build option of the target
 */
public record RunOptions(KernelTier tier, Rounding rounding) {
  /** TensorFlow Lite Micro's defaults. */
  public static RunOptions defaults() {
    return new RunOptions(new ScalarTier(), Rounding.DOUBLE);
  }
}
