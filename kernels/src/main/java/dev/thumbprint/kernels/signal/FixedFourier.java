package dev.thumbprint.kernels.signal;

/**
 * Real Fourier transforms in fixed point, bit for bit as KissFFT v130 with {@code FIXED_POINT} 16
 * or 32. Every stage divides by its radix, so a forward transform is scaled by one over its length.
 * One instance serves one thread.
 */
public final class FixedFourier implements FourierPlan.Butterflies {
  private final FourierPlan plan;
  private final boolean inverse;
  private final int fractionBits;
  private final long max;
  private final int[] twiddles;
  private final int[] joins;
  private final int[] work;
  private final int[] parts = new int[2 * 5];
  private int[] source;
  private int[] target;
  private int sourceFrom;
  private int targetFrom;

  /**
   * Prepares transforms.
   *
   * @param samples real samples, even, at least 4, half of it without a prime factor above 5
   * @param inverse spectrum to samples instead of samples to spectrum
   * @param bits width of an element: 16 or 32
   * @throws IllegalArgumentException for other lengths
   */
  public FixedFourier(int samples, boolean inverse, int bits) {
    if (samples % 2 != 0) {
      throw new IllegalArgumentException("a transform of " + samples + " samples, expected even");
    }
    this.plan = FourierPlan.of(samples / 2);
    this.inverse = inverse;
    this.fractionBits = bits - 1;
    this.max = (1L << fractionBits) - 1;
    int half = plan.length();
    twiddles = new int[2 * half];
    joins = new int[half / 2 * 2];
    work = new int[2 * half];
    for (int i = 0; i < half; i++) {
      unit(twiddles, i, plan.phase(i, inverse));
    }
    for (int i = 0; i < half / 2; i++) {
      unit(joins, i, plan.realPhase(i, inverse));
    }
  }

  private void unit(int[] factors, int index, double phase) {
    factors[2 * index] = (int) Math.floor(0.5 + max * StrictMath.cos(phase));
    factors[2 * index + 1] = (int) Math.floor(0.5 + max * StrictMath.sin(phase));
  }

  private void transform(int[] from, int fromAt, int[] to, int toAt) {
    source = from;
    sourceFrom = fromAt;
    target = to;
    targetFrom = toAt;
    plan.run(this);
  }

  /**
   * Samples to spectrum.
   *
   * @param samples as many as the transform has, elements of its width
   * @param spectrum {@code samples / 2 + 1} pairs of real and imaginary part, written from {@code
   *     at}
   */
  public void forward(int[] samples, int[] spectrum, int at) {
    transform(samples, 0, work, 0);
    int half = plan.length();
    int even = divided(work[0], 2);
    int odd = divided(work[1], 2);
    spectrum[at] = cut(even + odd);
    spectrum[at + 2 * half] = cut(even - odd);
    spectrum[at + 1] = 0;
    spectrum[at + 2 * half + 1] = 0;
    for (int k = 1; k <= half / 2; k++) {
      int mirror = half - k;
      int ar = divided(work[2 * k], 2);
      int ai = divided(work[2 * k + 1], 2);
      int br = divided(work[2 * mirror], 2);
      int bi = divided(cut(-work[2 * mirror + 1]), 2);
      int sumR = cut(ar + br);
      int sumI = cut(ai + bi);
      int differenceR = cut(ar - br);
      int differenceI = cut(ai - bi);
      int turnedR = real(differenceR, differenceI, joins, k - 1);
      int turnedI = imaginary(differenceR, differenceI, joins, k - 1);
      spectrum[at + 2 * k] = cut((sumR + turnedR) >> 1);
      spectrum[at + 2 * k + 1] = cut((sumI + turnedI) >> 1);
      spectrum[at + 2 * mirror] = cut((sumR - turnedR) >> 1);
      spectrum[at + 2 * mirror + 1] = cut((turnedI - sumI) >> 1);
    }
  }

  /**
   * Spectrum to samples.
   *
   * @param spectrum {@code samples / 2 + 1} pairs of real and imaginary part, read from {@code at}
   * @param samples as many as the transform has, written from {@code to}
   */
  public void inverse(int[] spectrum, int at, int[] samples, int to) {
    int half = plan.length();
    int last = at + 2 * half;
    work[0] = divided(cut(spectrum[at] + spectrum[last]), 2);
    work[1] = divided(cut(spectrum[at] - spectrum[last]), 2);
    for (int k = 1; k <= half / 2; k++) {
      int mirror = half - k;
      int ar = divided(spectrum[at + 2 * k], 2);
      int ai = divided(spectrum[at + 2 * k + 1], 2);
      int br = divided(spectrum[at + 2 * mirror], 2);
      int bi = divided(cut(-spectrum[at + 2 * mirror + 1]), 2);
      int sumR = cut(ar + br);
      int sumI = cut(ai + bi);
      int differenceR = cut(ar - br);
      int differenceI = cut(ai - bi);
      int turnedR = real(differenceR, differenceI, joins, k - 1);
      int turnedI = imaginary(differenceR, differenceI, joins, k - 1);
      work[2 * k] = cut(sumR + turnedR);
      work[2 * k + 1] = cut(sumI + turnedI);
      work[2 * mirror] = cut(sumR - turnedR);
      work[2 * mirror + 1] = cut(-cut(sumI - turnedI));
    }
    transform(work, 0, samples, to);
  }

  @Override
  public void load(int to, int from) {
    target[targetFrom + 2 * to] = source[sourceFrom + 2 * from];
    target[targetFrom + 2 * to + 1] = source[sourceFrom + 2 * from + 1];
  }

  @Override
  public void combine(int radix, int at, int stride, int length) {
    for (int u = 0; u < length; u++) {
      for (int i = 0; i < radix; i++) {
        int element = targetFrom + 2 * (at + u + i * length);
        int r = divided(target[element], radix);
        int im = divided(target[element + 1], radix);
        parts[2 * i] = i == 0 ? r : real(r, im, twiddles, i * u * stride);
        parts[2 * i + 1] = i == 0 ? im : imaginary(r, im, twiddles, i * u * stride);
      }
      switch (radix) {
        case 2 -> two();
        case 3 -> three(twiddles[2 * stride * length + 1]);
        case 4 -> four();
        default -> five(stride * length);
      }
      for (int i = 0; i < radix; i++) {
        int element = targetFrom + 2 * (at + u + i * length);
        target[element] = parts[2 * i];
        target[element + 1] = parts[2 * i + 1];
      }
    }
  }

  private void set(int index, int r, int i) {
    parts[2 * index] = cut(r);
    parts[2 * index + 1] = cut(i);
  }

  private void two() {
    int r = parts[0];
    int i = parts[1];
    set(0, r + parts[2], i + parts[3]);
    set(1, r - parts[2], i - parts[3]);
  }

  private void three(int sine) {
    int sumR = cut(parts[2] + parts[4]);
    int sumI = cut(parts[3] + parts[5]);
    int turnedR = product(cut(parts[2] - parts[4]), sine);
    int turnedI = product(cut(parts[3] - parts[5]), sine);
    int r = cut(parts[0] - (sumR >> 1));
    int i = cut(parts[1] - (sumI >> 1));
    set(0, parts[0] + sumR, parts[1] + sumI);
    set(2, r + turnedI, i - turnedR);
    set(1, r - turnedI, i + turnedR);
  }

  private void four() {
    int differenceR = cut(parts[0] - parts[4]);
    int differenceI = cut(parts[1] - parts[5]);
    int evenR = cut(parts[0] + parts[4]);
    int evenI = cut(parts[1] + parts[5]);
    int sumR = cut(parts[2] + parts[6]);
    int sumI = cut(parts[3] + parts[7]);
    int oddR = cut(parts[2] - parts[6]);
    int oddI = cut(parts[3] - parts[7]);
    int sign = inverse ? -1 : 1;
    set(2, evenR - sumR, evenI - sumI);
    set(0, evenR + sumR, evenI + sumI);
    set(1, differenceR + sign * oddI, differenceI - sign * oddR);
    set(3, differenceR - sign * oddI, differenceI + sign * oddR);
  }

  private void five(int step) {
    int ar = twiddles[2 * step];
    int ai = twiddles[2 * step + 1];
    int br = twiddles[4 * step];
    int bi = twiddles[4 * step + 1];
    int r = parts[0];
    int i = parts[1];
    int outerR = cut(parts[2] + parts[8]);
    int outerI = cut(parts[3] + parts[9]);
    int innerR = cut(parts[4] + parts[6]);
    int innerI = cut(parts[5] + parts[7]);
    int farR = cut(parts[2] - parts[8]);
    int farI = cut(parts[3] - parts[9]);
    int nearR = cut(parts[4] - parts[6]);
    int nearI = cut(parts[5] - parts[7]);
    int firstR = cut(r + product(outerR, ar) + product(innerR, br));
    int firstI = cut(i + product(outerI, ar) + product(innerI, br));
    int turnR = cut(product(farI, ai) + product(nearI, bi));
    int turnI = cut(-product(farR, ai) - product(nearR, bi));
    int secondR = cut(r + product(outerR, br) + product(innerR, ar));
    int secondI = cut(i + product(outerI, br) + product(innerI, ar));
    int crossR = cut(-product(farI, bi) + product(nearI, ai));
    int crossI = cut(product(farR, bi) - product(nearR, ai));
    set(0, r + outerR + innerR, i + outerI + innerI);
    set(1, firstR - turnR, firstI - turnI);
    set(4, firstR + turnR, firstI + turnI);
    set(2, secondR + crossR, secondI + crossI);
    set(3, secondR - crossR, secondI - crossI);
  }

  private int real(int r, int i, int[] factors, int index) {
    return rounded((long) r * factors[2 * index] - (long) i * factors[2 * index + 1]);
  }

  private int imaginary(int r, int i, int[] factors, int index) {
    return rounded((long) r * factors[2 * index + 1] + (long) i * factors[2 * index]);
  }

  private int product(int a, int b) {
    return rounded((long) a * b);
  }

  private int divided(int x, int divisor) {
    return rounded(x * (max / divisor));
  }

  private int rounded(long product) {
    return cut((int) ((product + (1L << (fractionBits - 1))) >> fractionBits));
  }

  /** To the width of an element; what does not fit wraps. */
  private int cut(int x) {
    return fractionBits == Short.SIZE - 1 ? (short) x : x;
  }
}
