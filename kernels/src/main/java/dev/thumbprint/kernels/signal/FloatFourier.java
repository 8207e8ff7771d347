package dev.thumbprint.kernels.signal;

/**
 * Real Fourier transforms in single precision, in the order of operations of KissFFT v130 and
 * without fused multiply-add; the inverse is divided by the number of samples. One instance serves
 * one thread.
 */
public final class FloatFourier implements FourierPlan.Butterflies {
  private final FourierPlan plan;
  private final boolean inverse;
  private final float[] twiddles;
  private final float[] joins;
  private final float[] work;
  private final float[] parts = new float[2 * 5];
  private float[] source;
  private float[] target;
  private int targetFrom;

  /**
   * Prepares transforms.
   *
   * @param samples real samples, even, at least 4, half of it without a prime factor above 5
   * @param inverse spectrum to samples instead of samples to spectrum
   * @throws IllegalArgumentException for other lengths
   */
  public FloatFourier(int samples, boolean inverse) {
    if (samples % 2 != 0) {
      throw new IllegalArgumentException("a transform of " + samples + " samples, expected even");
    }
    this.plan = FourierPlan.of(samples / 2);
    this.inverse = inverse;
    int half = plan.length();
    twiddles = new float[2 * half];
    joins = new float[half / 2 * 2];
    work = new float[2 * half];
    for (int i = 0; i < half; i++) {
      unit(twiddles, i, plan.phase(i, inverse));
    }
    for (int i = 0; i < half / 2; i++) {
      unit(joins, i, plan.realPhase(i, inverse));
    }
  }

  private static void unit(float[] factors, int index, double phase) {
    factors[2 * index] = (float) StrictMath.cos(phase);
    factors[2 * index + 1] = (float) StrictMath.sin(phase);
  }

  /**
   * Samples to spectrum.
   *
   * @param samples as many as the transform has
   * @param spectrum {@code samples / 2 + 1} pairs of real and imaginary part, written from {@code
   *     at}
   */
  public void forward(float[] samples, float[] spectrum, int at) {
    source = samples;
    target = work;
    targetFrom = 0;
    plan.run(this);
    int half = plan.length();
    spectrum[at] = work[0] + work[1];
    spectrum[at + 2 * half] = work[0] - work[1];
    spectrum[at + 1] = 0;
    spectrum[at + 2 * half + 1] = 0;
    for (int k = 1; k <= half / 2; k++) {
      int mirror = half - k;
      float br = work[2 * mirror];
      float bi = -work[2 * mirror + 1];
      float sumR = work[2 * k] + br;
      float sumI = work[2 * k + 1] + bi;
      float differenceR = work[2 * k] - br;
      float differenceI = work[2 * k + 1] - bi;
      float turnedR = real(differenceR, differenceI, joins, k - 1);
      float turnedI = imaginary(differenceR, differenceI, joins, k - 1);
      spectrum[at + 2 * k] = (sumR + turnedR) * 0.5f;
      spectrum[at + 2 * k + 1] = (sumI + turnedI) * 0.5f;
      spectrum[at + 2 * mirror] = (sumR - turnedR) * 0.5f;
      spectrum[at + 2 * mirror + 1] = (turnedI - sumI) * 0.5f;
    }
  }

  /**
   * Spectrum to samples.
   *
   * @param spectrum {@code samples / 2 + 1} pairs of real and imaginary part, read from {@code at}
   * @param samples as many as the transform has, written from {@code to}
   */
  public void inverse(float[] spectrum, int at, float[] samples, int to) {
    int half = plan.length();
    int last = at + 2 * half;
    work[0] = spectrum[at] + spectrum[last];
    work[1] = spectrum[at] - spectrum[last];
    for (int k = 1; k <= half / 2; k++) {
      int mirror = half - k;
      float br = spectrum[at + 2 * mirror];
      float bi = -spectrum[at + 2 * mirror + 1];
      float sumR = spectrum[at + 2 * k] + br;
      float sumI = spectrum[at + 2 * k + 1] + bi;
      float differenceR = spectrum[at + 2 * k] - br;
      float differenceI = spectrum[at + 2 * k + 1] - bi;
      float turnedR = real(differenceR, differenceI, joins, k - 1);
      float turnedI = imaginary(differenceR, differenceI, joins, k - 1);
      work[2 * k] = sumR + turnedR;
      work[2 * k + 1] = sumI + turnedI;
      work[2 * mirror] = sumR - turnedR;
      work[2 * mirror + 1] = -(sumI - turnedI);
    }
    source = work;
    target = samples;
    targetFrom = to;
    plan.run(this);
    for (int i = 0; i < 2 * half; i++) {
      samples[to + i] /= 2 * half;
    }
  }

  @Override
  public void load(int to, int from) {
    target[targetFrom + 2 * to] = source[2 * from];
    target[targetFrom + 2 * to + 1] = source[2 * from + 1];
  }

  @Override
  public void combine(int radix, int at, int stride, int length) {
    for (int u = 0; u < length; u++) {
      for (int i = 0; i < radix; i++) {
        int element = targetFrom + 2 * (at + u + i * length);
        float r = target[element];
        float im = target[element + 1];
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

  private void set(int index, float r, float i) {
    parts[2 * index] = r;
    parts[2 * index + 1] = i;
  }

  private void two() {
    float r = parts[0];
    float i = parts[1];
    set(0, r + parts[2], i + parts[3]);
    set(1, r - parts[2], i - parts[3]);
  }

  private void three(float sine) {
    float sumR = parts[2] + parts[4];
    float sumI = parts[3] + parts[5];
    float turnedR = (parts[2] - parts[4]) * sine;
    float turnedI = (parts[3] - parts[5]) * sine;
    float r = parts[0] - sumR * 0.5f;
    float i = parts[1] - sumI * 0.5f;
    set(0, parts[0] + sumR, parts[1] + sumI);
    set(2, r + turnedI, i - turnedR);
    set(1, r - turnedI, i + turnedR);
  }

  private void four() {
    float differenceR = parts[0] - parts[4];
    float differenceI = parts[1] - parts[5];
    float evenR = parts[0] + parts[4];
    float evenI = parts[1] + parts[5];
    float sumR = parts[2] + parts[6];
    float sumI = parts[3] + parts[7];
    float oddR = parts[2] - parts[6];
    float oddI = parts[3] - parts[7];
    set(2, evenR - sumR, evenI - sumI);
    set(0, evenR + sumR, evenI + sumI);
    int ahead = inverse ? 3 : 1;
    set(ahead, differenceR + oddI, differenceI - oddR);
    set(4 - ahead, differenceR - oddI, differenceI + oddR);
  }

  private void five(int step) {
    float ar = twiddles[2 * step];
    float ai = twiddles[2 * step + 1];
    float br = twiddles[4 * step];
    float bi = twiddles[4 * step + 1];
    float r = parts[0];
    float i = parts[1];
    float outerR = parts[2] + parts[8];
    float outerI = parts[3] + parts[9];
    float innerR = parts[4] + parts[6];
    float innerI = parts[5] + parts[7];
    float farR = parts[2] - parts[8];
    float farI = parts[3] - parts[9];
    float nearR = parts[4] - parts[6];
    float nearI = parts[5] - parts[7];
    float firstR = r + outerR * ar + innerR * br;
    float firstI = i + outerI * ar + innerI * br;
    float turnR = farI * ai + nearI * bi;
    float turnI = -(farR * ai) - nearR * bi;
    float secondR = r + outerR * br + innerR * ar;
    float secondI = i + outerI * br + innerI * ar;
    float crossR = -(farI * bi) + nearI * ai;
    float crossI = farR * bi - nearR * ai;
    set(0, r + (outerR + innerR), i + (outerI + innerI));
    set(1, firstR - turnR, firstI - turnI);
    set(4, firstR + turnR, firstI + turnI);
    set(2, secondR + crossR, secondI + crossI);
    set(3, secondR - crossR, secondI - crossI);
  }

  private static float real(float r, float i, float[] factors, int index) {
    return r * factors[2 * index] - i * factors[2 * index + 1];
  }

  private static float imaginary(float r, float i, float[] factors, int index) {
    return r * factors[2 * index + 1] + i * factors[2 * index];
  }
}
