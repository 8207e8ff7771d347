package dev.thumbprint.kernels.plain;

import java.util.Arrays;

/** The innermost loops. Every row has at least as many elements as the sums. */
final class Products {
  private Products() {}

  /**
   * Products that single precision can hold: 512 x 128 x 255 is below 2^24. Integers this small are
   * exact in it, in any order, and multiply in half the time of 32-bit integers.
   */
  private static final int EXACT_PRODUCTS = 512;

  /**
   * sums[i] += rows[0][i] x factors[0] + ... for all factors.
   *
   * @param rows weights or centred values: integers up to 255 in magnitude
   * @param factors the others of the two, of which one is at most 128 in magnitude
   * @param partial scratch of as many elements as {@code sums}
   */
  static void add(int[] sums, float[][] rows, float[] factors, float[] partial) {
    for (int from = 0; from < factors.length; from += EXACT_PRODUCTS) {
      int to = Math.min(factors.length, from + EXACT_PRODUCTS);
      Arrays.fill(partial, 0);
      int row = from;
      for (; row + 8 <= to; row += 8) {
        eight(partial, rows, factors, row);
      }
      for (; row < to; row++) {
        one(partial, rows[row], factors[row]);
      }
      for (int i = 0; i < sums.length; i++) {
        sums[i] += (int) partial[i];
      }
    }
  }

  private static void eight(float[] sums, float[][] rows, float[] factors, int row) {
    float[] r0 = rows[row];
    float[] r1 = rows[row + 1];
    float[] r2 = rows[row + 2];
    float[] r3 = rows[row + 3];
    float[] r4 = rows[row + 4];
    float[] r5 = rows[row + 5];
    float[] r6 = rows[row + 6];
    float[] r7 = rows[row + 7];
    float f0 = factors[row];
    float f1 = factors[row + 1];
    float f2 = factors[row + 2];
    float f3 = factors[row + 3];
    float f4 = factors[row + 4];
    float f5 = factors[row + 5];
    float f6 = factors[row + 6];
    float f7 = factors[row + 7];
    for (int i = 0; i < sums.length; i++) {
      sums[i] +=
          r0[i] * f0
              + r1[i] * f1
              + r2[i] * f2
              + r3[i] * f3
              + r4[i] * f4
              + r5[i] * f5
              + r6[i] * f6
              + r7[i] * f7;
    }
  }

  private static void one(float[] sums, float[] row, float factor) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += row[i] * factor;
    }
  }

  /** sums[i] += a0[i] x b0[i] + a1[i] x b1[i] + a2[i] x b2[i]. */
  static void addThree(int[] sums, int[] a0, int[] b0, int[] a1, int[] b1, int[] a2, int[] b2) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += a0[i] * b0[i] + a1[i] * b1[i] + a2[i] * b2[i];
    }
  }

  /** sums[i] += a[i] x b[i]. */
  static void addOne(int[] sums, int[] a, int[] b) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += a[i] * b[i];
    }
  }
}
