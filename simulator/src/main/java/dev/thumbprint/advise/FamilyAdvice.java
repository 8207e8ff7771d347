package dev.thumbprint.advise;

import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * A member of a family of networks that should be used in another one's place.
 *
 * @param value parameter of the member at hand
 * @param better parameter of the one to use, the larger one
 * @param gainMs simulated latency saved, in ms
 */
public record FamilyAdvice(int value, int better, double gainMs) {
  /** Multiples that kernels unroll by, see {@link DimensionAdviser}. */
  private static final int[] MULTIPLES = {4, 16};

  /** A gain that a reader can see, as a share. */
  private static final double SHARE_LEAST = 0.001;

  /**
   * The next multiple of 4 or 16 that is faster than the member at hand, the faster one of both.
   *
   * @param latencyMs simulated latency of a member by its parameter; NaN where there is none
   */
  public static Optional<FamilyAdvice> of(int value, IntToDoubleFunction latencyMs) {
    double now = latencyMs.applyAsDouble(value);
    FamilyAdvice best = null;
    for (int multiple : MULTIPLES) {
      int better = (value / multiple + 1) * multiple;
      double gain = now - latencyMs.applyAsDouble(better);
      if (gain > SHARE_LEAST * now && (best == null || gain > best.gainMs)) {
        best = new FamilyAdvice(value, better, gain);
      }
    }
    return Optional.ofNullable(best);
  }
}
