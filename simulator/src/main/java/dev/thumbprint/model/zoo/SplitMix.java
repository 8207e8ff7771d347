package dev.thumbprint.model.zoo;

/**
 * SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014): the same numbers on every platform
 * and in every release, which the file hash of a zoo network depends on.
 */
public final class SplitMix {
  private long state;

  /** Starts a sequence. */
  public SplitMix(long seed) {
    state = seed;
  }

  /** The next 64 bits. */
  public long nextLong() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Uniform in [0, bound). */
  public int below(int bound) {
    return (int) (((nextLong() >>> 33) * bound) >>> 31);
  }

  /** Uniform in [low, high). */
  public float between(float low, float high) {
    return low + (high - low) * (nextLong() >>> 40) * 0x1p-24f;
  }
}
