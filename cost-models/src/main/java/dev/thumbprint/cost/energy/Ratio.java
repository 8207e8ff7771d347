package dev.thumbprint.cost.energy;

/**
 * A learnt factor.
 *
 * @param factor geometric mean over boards
 * @param spread standard deviation of its logarithm over boards; of the pool where there is one
 * @param boards boards behind it
 */
public record Ratio(double factor, double spread, int boards) {
  /** No factor known: 1, with a spread of its own. */
  public static Ratio unknown(double spread) {
    return new Ratio(1, spread, 0);
  }
}
