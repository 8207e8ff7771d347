package dev.thumbprint.run;

/**
 * The Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998), as C++'s {@code std::mt19937}.
 * Inputs made with it equal those of TensorFlow Lite Micro's generic benchmark.
 */
public final class Mt19937 {
  private static final int SIZE = 624;
  private static final int SHIFT = 397;
  private static final int TWIST = 0x9908B0DF;
  private static final int SEED_FACTOR = 1812433253;

  private final int[] state = new int[SIZE];
  private int next = SIZE;

  /** A generator with the given 32-bit seed. */
  public Mt19937(int seed) {
    state[0] = seed;
    for (int i = 1; i < SIZE; i++) {
      state[i] = SEED_FACTOR * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  /** The next 32 random bits. */
  public int nextInt() {
    if (next == SIZE) {
      twist();
    }
    int bits = state[next++];
    bits ^= bits >>> 11;
    bits ^= bits << 7 & 0x9D2C5680;
    bits ^= bits << 15 & 0xEFC60000;
    return bits ^ bits >>> 18;
  }

  /** The next random byte: the top 8 of 32 bits, as libstdc++ draws 0 to 255. */
  public byte nextByte() {
    return (byte) (nextInt() >>> 24);
  }

  private void twist() {
    for (int i = 0; i < SIZE; i++) {
      int mixed = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7FFFFFFF);
      state[i] = state[(i + SHIFT) % SIZE] ^ mixed >>> 1 ^ ((mixed & 1) == 0 ? 0 : TWIST);
    }
    next = 0;
  }
}
