package dev.thumbprint.kernels.plain;

/** The innermost loops. Every row has at least as many elements as the sums. */
final class Products {
  private Products() {}

  /** sums[i] += rows[first][i] x factors[first] + ... for {@code count} rows. */
  static void add(int[] sums, int[][] rows, int[] factors, int count) {
    int row = 0;
    for (; row + 8 <= count; row += 8) {
      eight(sums, rows, factors, row);
    }
    for (; row < count; row++) {
      one(sums, rows[row], factors[row]);
    }
  }

  private static void eight(int[] sums, int[][] rows, int[] factors, int row) {
    int[] r0 = rows[row];
    int[] r1 = rows[row + 1];
    int[] r2 = rows[row + 2];
    int[] r3 = rows[row + 3];
    int[] r4 = rows[row + 4];
    int[] r5 = rows[row + 5];
    int[] r6 = rows[row + 6];
    int[] r7 = rows[row + 7];
    int f0 = factors[row];
    int f1 = factors[row + 1];
    int f2 = factors[row + 2];
    int f3 = factors[row + 3];
    int f4 = factors[row + 4];
    int f5 = factors[row + 5];
    int f6 = factors[row + 6];
    int f7 = factors[row + 7];
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

  private static void one(int[] sums, int[] row, int factor) {
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
