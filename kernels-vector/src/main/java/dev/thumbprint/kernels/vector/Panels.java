package dev.thumbprint.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Products of many pixels with a few input channels whose weights stay in registers, added to the
 * sums of those before. Where there are few input channels this is quicker than {@link Tiles},
 * whose sums stay in registers and whose weights are read again for every few pixels.
 *
 * <p>Sums are bits of single-precision numbers in an int array: a store into an array of the type
 * that is read would keep the compiler from folding reads into broadcasts.
 */
final class Panels {
  /** Values from one pixel to the next. */
  static final int STEP = 16;

  private static final int N = Lanes.COUNT;
  private static final boolean WIDE = N == 16;

  /** Sums to begin with. */
  private static final int[] ZEROS = new int[2 * N];

  private Panels() {}

  /** Vectors of output channels that are worked on together. */
  static int vectors(int outputChannels) {
    return outputChannels % (2 * N) == 0 ? 2 : 1;
  }

  /** Input channels that are worked on together, a divisor of {@link #STEP}. */
  static int channels(int vectors) {
    return WIDE ? 16 / vectors : 8 / vectors;
  }

  /**
   * Adds the products of {@link #channels} input channels to the sums of {@code pixels} pixels.
   *
   * @param vectors of output channels, from {@link #vectors}
   * @param in the input, pixels {@link #STEP} values apart, the first at {@code at}
   * @param weights by input channel, then output channel, the first at {@code from}
   * @param begin whether these are the first products of their sums
   * @param sums densely, the first at {@code to}
   */
  static void add(
      int vectors,
      float[] in,
      int at,
      int pixels,
      float[] weights,
      int from,
      boolean begin,
      int[] sums,
      int to) {
    int[] start = begin ? ZEROS : sums;
    int first = begin ? 0 : to;
    int step = begin ? 0 : vectors * N;
    if (vectors == 2 && WIDE) {
      add8x2(in, at, pixels, weights, from, start, first, step, sums, to);
    } else if (vectors == 2) {
      add4x2(in, at, pixels, weights, from, start, first, step, sums, to);
    } else if (WIDE) {
      add16x1(in, at, pixels, weights, from, start, first, step, sums, to);
    } else {
      add8x1(in, at, pixels, weights, from, start, first, step, sums, to);
    }
  }

  /** 8 input channels by 2 vectors, 512 bits. */
  private static void add8x2(
      float[] in,
      int at,
      int pixels,
      float[] weights,
      int from,
      int[] start,
      int first,
      int startStep,
      int[] sums,
      int to) {
    FloatVector w0a = FloatVector.fromArray(Lanes.FLOATS, weights, from);
    FloatVector w0b = FloatVector.fromArray(Lanes.FLOATS, weights, from + N);
    FloatVector w1a = FloatVector.fromArray(Lanes.FLOATS, weights, from + 2 * N);
    FloatVector w1b = FloatVector.fromArray(Lanes.FLOATS, weights, from + 3 * N);
    FloatVector w2a = FloatVector.fromArray(Lanes.FLOATS, weights, from + 4 * N);
    FloatVector w2b = FloatVector.fromArray(Lanes.FLOATS, weights, from + 5 * N);
    FloatVector w3a = FloatVector.fromArray(Lanes.FLOATS, weights, from + 6 * N);
    FloatVector w3b = FloatVector.fromArray(Lanes.FLOATS, weights, from + 7 * N);
    FloatVector w4a = FloatVector.fromArray(Lanes.FLOATS, weights, from + 8 * N);
    FloatVector w4b = FloatVector.fromArray(Lanes.FLOATS, weights, from + 9 * N);
    FloatVector w5a = FloatVector.fromArray(Lanes.FLOATS, weights, from + 10 * N);
    FloatVector w5b = FloatVector.fromArray(Lanes.FLOATS, weights, from + 11 * N);
    FloatVector w6a = FloatVector.fromArray(Lanes.FLOATS, weights, from + 12 * N);
    FloatVector w6b = FloatVector.fromArray(Lanes.FLOATS, weights, from + 13 * N);
    FloatVector w7a = FloatVector.fromArray(Lanes.FLOATS, weights, from + 14 * N);
    FloatVector w7b = FloatVector.fromArray(Lanes.FLOATS, weights, from + 15 * N);
    for (int pixel = 0; pixel < pixels; pixel++) {
      int i = at + pixel * STEP;
      int o = to + pixel * 2 * N;
      int s = pixel * startStep + first;
      FloatVector a0 = IntVector.fromArray(Lanes.INTS, start, s).reinterpretAsFloats();
      FloatVector b0 = IntVector.fromArray(Lanes.INTS, start, s + N).reinterpretAsFloats();
      FloatVector x0 = FloatVector.broadcast(Lanes.FLOATS, in[i]);
      a0 = x0.fma(w0a, a0);
      b0 = x0.fma(w0b, b0);
      FloatVector x1 = FloatVector.broadcast(Lanes.FLOATS, in[i + 1]);
      FloatVector a1 = x1.mul(w1a);
      FloatVector b1 = x1.mul(w1b);
      FloatVector x2 = FloatVector.broadcast(Lanes.FLOATS, in[i + 2]);
      a0 = x2.fma(w2a, a0);
      b0 = x2.fma(w2b, b0);
      FloatVector x3 = FloatVector.broadcast(Lanes.FLOATS, in[i + 3]);
      a1 = x3.fma(w3a, a1);
      b1 = x3.fma(w3b, b1);
      FloatVector x4 = FloatVector.broadcast(Lanes.FLOATS, in[i + 4]);
      a0 = x4.fma(w4a, a0);
      b0 = x4.fma(w4b, b0);
      FloatVector x5 = FloatVector.broadcast(Lanes.FLOATS, in[i + 5]);
      a1 = x5.fma(w5a, a1);
      b1 = x5.fma(w5b, b1);
      FloatVector x6 = FloatVector.broadcast(Lanes.FLOATS, in[i + 6]);
      a0 = x6.fma(w6a, a0);
      b0 = x6.fma(w6b, b0);
      FloatVector x7 = FloatVector.broadcast(Lanes.FLOATS, in[i + 7]);
      a1 = x7.fma(w7a, a1);
      b1 = x7.fma(w7b, b1);
      a0.add(a1).reinterpretAsInts().intoArray(sums, o);
      b0.add(b1).reinterpretAsInts().intoArray(sums, o + N);
    }
  }

  /** 16 input channels by 1 vector, 512 bits. */
  private static void add16x1(
      float[] in,
      int at,
      int pixels,
      float[] weights,
      int from,
      int[] start,
      int first,
      int startStep,
      int[] sums,
      int to) {
    FloatVector w0 = FloatVector.fromArray(Lanes.FLOATS, weights, from);
    FloatVector w1 = FloatVector.fromArray(Lanes.FLOATS, weights, from + N);
    FloatVector w2 = FloatVector.fromArray(Lanes.FLOATS, weights, from + 2 * N);
    FloatVector w3 = FloatVector.fromArray(Lanes.FLOATS, weights, from + 3 * N);
    FloatVector w4 = FloatVector.fromArray(Lanes.FLOATS, weights, from + 4 * N);
    FloatVector w5 = FloatVector.fromArray(Lanes.FLOATS, weights, from + 5 * N);
    FloatVector w6 = FloatVector.fromArray(Lanes.FLOATS, weights, from + 6 * N);
    FloatVector w7 = FloatVector.fromArray(Lanes.FLOATS, weights, from + 7 * N);
    FloatVector w8 = FloatVector.fromArray(Lanes.FLOATS, weights, from + 8 * N);
    FloatVector w9 = FloatVector.fromArray(Lanes.FLOATS, weights, from + 9 * N);
    FloatVector w10 = FloatVector.fromArray(Lanes.FLOATS, weights, from + 10 * N);
    FloatVector w11 = FloatVector.fromArray(Lanes.FLOATS, weights, from + 11 * N);
    FloatVector w12 = FloatVector.fromArray(Lanes.FLOATS, weights, from + 12 * N);
    FloatVector w13 = FloatVector.fromArray(Lanes.FLOATS, weights, from + 13 * N);
    FloatVector w14 = FloatVector.fromArray(Lanes.FLOATS, weights, from + 14 * N);
    FloatVector w15 = FloatVector.fromArray(Lanes.FLOATS, weights, from + 15 * N);
    for (int pixel = 0; pixel < pixels; pixel++) {
      int i = at + pixel * STEP;
      int o = to + pixel * N;
      int s = pixel * startStep + first;
      FloatVector s0 = IntVector.fromArray(Lanes.INTS, start, s).reinterpretAsFloats();
      FloatVector x0 = FloatVector.broadcast(Lanes.FLOATS, in[i]);
      s0 = x0.fma(w0, s0);
      FloatVector x1 = FloatVector.broadcast(Lanes.FLOATS, in[i + 1]);
      FloatVector s1 = x1.mul(w1);
      FloatVector x2 = FloatVector.broadcast(Lanes.FLOATS, in[i + 2]);
      FloatVector s2 = x2.mul(w2);
      FloatVector x3 = FloatVector.broadcast(Lanes.FLOATS, in[i + 3]);
      FloatVector s3 = x3.mul(w3);
      FloatVector x4 = FloatVector.broadcast(Lanes.FLOATS, in[i + 4]);
      s0 = x4.fma(w4, s0);
      FloatVector x5 = FloatVector.broadcast(Lanes.FLOATS, in[i + 5]);
      s1 = x5.fma(w5, s1);
      FloatVector x6 = FloatVector.broadcast(Lanes.FLOATS, in[i + 6]);
      s2 = x6.fma(w6, s2);
      FloatVector x7 = FloatVector.broadcast(Lanes.FLOATS, in[i + 7]);
      s3 = x7.fma(w7, s3);
      FloatVector x8 = FloatVector.broadcast(Lanes.FLOATS, in[i + 8]);
      s0 = x8.fma(w8, s0);
      FloatVector x9 = FloatVector.broadcast(Lanes.FLOATS, in[i + 9]);
      s1 = x9.fma(w9, s1);
      FloatVector x10 = FloatVector.broadcast(Lanes.FLOATS, in[i + 10]);
      s2 = x10.fma(w10, s2);
      FloatVector x11 = FloatVector.broadcast(Lanes.FLOATS, in[i + 11]);
      s3 = x11.fma(w11, s3);
      FloatVector x12 = FloatVector.broadcast(Lanes.FLOATS, in[i + 12]);
      s0 = x12.fma(w12, s0);
      FloatVector x13 = FloatVector.broadcast(Lanes.FLOATS, in[i + 13]);
      s1 = x13.fma(w13, s1);
      FloatVector x14 = FloatVector.broadcast(Lanes.FLOATS, in[i + 14]);
      s2 = x14.fma(w14, s2);
      FloatVector x15 = FloatVector.broadcast(Lanes.FLOATS, in[i + 15]);
      s3 = x15.fma(w15, s3);
      s0.add(s1).add(s2.add(s3)).reinterpretAsInts().intoArray(sums, o);
    }
  }

  /** 4 input channels by 2 vectors, 256 bits. */
  private static void add4x2(
      float[] in,
      int at,
      int pixels,
      float[] weights,
      int from,
      int[] start,
      int first,
      int startStep,
      int[] sums,
      int to) {
    FloatVector w0a = FloatVector.fromArray(Lanes.FLOATS, weights, from);
    FloatVector w0b = FloatVector.fromArray(Lanes.FLOATS, weights, from + N);
    FloatVector w1a = FloatVector.fromArray(Lanes.FLOATS, weights, from + 2 * N);
    FloatVector w1b = FloatVector.fromArray(Lanes.FLOATS, weights, from + 3 * N);
    FloatVector w2a = FloatVector.fromArray(Lanes.FLOATS, weights, from + 4 * N);
    FloatVector w2b = FloatVector.fromArray(Lanes.FLOATS, weights, from + 5 * N);
    FloatVector w3a = FloatVector.fromArray(Lanes.FLOATS, weights, from + 6 * N);
    FloatVector w3b = FloatVector.fromArray(Lanes.FLOATS, weights, from + 7 * N);
    for (int pixel = 0; pixel < pixels; pixel++) {
      int i = at + pixel * STEP;
      int o = to + pixel * 2 * N;
      int s = pixel * startStep + first;
      FloatVector a0 = IntVector.fromArray(Lanes.INTS, start, s).reinterpretAsFloats();
      FloatVector b0 = IntVector.fromArray(Lanes.INTS, start, s + N).reinterpretAsFloats();
      FloatVector x0 = FloatVector.broadcast(Lanes.FLOATS, in[i]);
      a0 = x0.fma(w0a, a0);
      b0 = x0.fma(w0b, b0);
      FloatVector x1 = FloatVector.broadcast(Lanes.FLOATS, in[i + 1]);
      a0 = x1.fma(w1a, a0);
      b0 = x1.fma(w1b, b0);
      FloatVector x2 = FloatVector.broadcast(Lanes.FLOATS, in[i + 2]);
      a0 = x2.fma(w2a, a0);
      b0 = x2.fma(w2b, b0);
      FloatVector x3 = FloatVector.broadcast(Lanes.FLOATS, in[i + 3]);
      a0 = x3.fma(w3a, a0);
      b0 = x3.fma(w3b, b0);
      a0.reinterpretAsInts().intoArray(sums, o);
      b0.reinterpretAsInts().intoArray(sums, o + N);
    }
  }

  /** 8 input channels by 1 vector, 256 bits. */
  private static void add8x1(
      float[] in,
      int at,
      int pixels,
      float[] weights,
      int from,
      int[] start,
      int first,
      int startStep,
      int[] sums,
      int to) {
    FloatVector w0 = FloatVector.fromArray(Lanes.FLOATS, weights, from);
    FloatVector w1 = FloatVector.fromArray(Lanes.FLOATS, weights, from + N);
    FloatVector w2 = FloatVector.fromArray(Lanes.FLOATS, weights, from + 2 * N);
    FloatVector w3 = FloatVector.fromArray(Lanes.FLOATS, weights, from + 3 * N);
    FloatVector w4 = FloatVector.fromArray(Lanes.FLOATS, weights, from + 4 * N);
    FloatVector w5 = FloatVector.fromArray(Lanes.FLOATS, weights, from + 5 * N);
    FloatVector w6 = FloatVector.fromArray(Lanes.FLOATS, weights, from + 6 * N);
    FloatVector w7 = FloatVector.fromArray(Lanes.FLOATS, weights, from + 7 * N);
    for (int pixel = 0; pixel < pixels; pixel++) {
      int i = at + pixel * STEP;
      int o = to + pixel * N;
      int s = pixel * startStep + first;
      FloatVector s0 = IntVector.fromArray(Lanes.INTS, start, s).reinterpretAsFloats();
      FloatVector x0 = FloatVector.broadcast(Lanes.FLOATS, in[i]);
      s0 = x0.fma(w0, s0);
      FloatVector x1 = FloatVector.broadcast(Lanes.FLOATS, in[i + 1]);
      FloatVector s1 = x1.mul(w1);
      FloatVector x2 = FloatVector.broadcast(Lanes.FLOATS, in[i + 2]);
      s0 = x2.fma(w2, s0);
      FloatVector x3 = FloatVector.broadcast(Lanes.FLOATS, in[i + 3]);
      s1 = x3.fma(w3, s1);
      FloatVector x4 = FloatVector.broadcast(Lanes.FLOATS, in[i + 4]);
      s0 = x4.fma(w4, s0);
      FloatVector x5 = FloatVector.broadcast(Lanes.FLOATS, in[i + 5]);
      s1 = x5.fma(w5, s1);
      FloatVector x6 = FloatVector.broadcast(Lanes.FLOATS, in[i + 6]);
      s0 = x6.fma(w6, s0);
      FloatVector x7 = FloatVector.broadcast(Lanes.FLOATS, in[i + 7]);
      s1 = x7.fma(w7, s1);
      s0.add(s1).reinterpretAsInts().intoArray(sums, o);
    }
  }
}
