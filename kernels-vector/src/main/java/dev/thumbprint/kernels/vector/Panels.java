package dev.thumbprint.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Products of a few input channels with many pixels that lie a constant apart, so that one register
 * holds the address of all of a tile. With an address for each pixel, as in {@link Tiles}, the
 * compiler runs out of registers, and with few channels that takes as long as the products.
 *
 * <p>Sums are bits of single-precision numbers in an int array: a store into an array of the type
 * that is read would keep the compiler from folding reads into broadcasts.
 */
final class Panels {
  /** Channels of a block, and values from one pixel to the next. */
  static final int STEP = 16;

  /** The pixels of an area are a multiple of this. */
  static final int PIXELS = 8;

  private static final int N = Lanes.COUNT;
  private static final boolean WIDE = N == 16;

  /** Sums to begin with. */
  private static final int[] ZEROS = new int[N];

  private Panels() {}

  /** Vectors of output channels that are worked on together, of a multiple of {@link #STEP}. */
  static int vectors(int outputChannels) {
    return outputChannels % (2 * N) == 0 ? 2 : 1;
  }

  /**
   * Sums over all input channels for {@code pixels} pixels and, up to a multiple of {@link
   * #PIXELS}, those behind them.
   *
   * @param vectors of output channels, from {@link #vectors}
   * @param in the input, the first block at {@code at}
   * @param blocks of input channels, {@code step} values apart
   * @param weights by input channel, then output channel, the first at {@code from}
   * @param sums densely, the first at {@code to}
   */
  static void products(
      int vectors,
      float[] in,
      int at,
      int blocks,
      int step,
      int pixels,
      float[] weights,
      int from,
      int[] sums,
      int to) {
    if (vectors == 1) {
      for (int block = 0; block < blocks; block++) {
        int[] start = block == 0 ? ZEROS : sums;
        int first = block == 0 ? 0 : to;
        int startStep = block == 0 ? 0 : N;
        int w = from + block * STEP * N;
        add16x1(in, at + block * step, pixels, weights, w, start, first, startStep, sums, to);
      }
      return;
    }
    int tile = WIDE ? 8 : 4;
    for (int pixel = 0; pixel < pixels; pixel += tile) {
      int i = at + pixel * STEP;
      int o = to + pixel * 2 * N;
      if (WIDE) {
        tile8x2(in, i, blocks, step, weights, from, sums, o);
      } else {
        tile4x2(in, i, blocks, step, weights, from, sums, o);
      }
    }
  }

  /** 8 pixels by 2 vectors, 512 bits. */
  private static void tile8x2(
      float[] in, int at, int blocks, int step, float[] weights, int from, int[] sums, int to) {
    FloatVector s0a = FloatVector.zero(Lanes.FLOATS);
    FloatVector s0b = FloatVector.zero(Lanes.FLOATS);
    FloatVector s1a = FloatVector.zero(Lanes.FLOATS);
    FloatVector s1b = FloatVector.zero(Lanes.FLOATS);
    FloatVector s2a = FloatVector.zero(Lanes.FLOATS);
    FloatVector s2b = FloatVector.zero(Lanes.FLOATS);
    FloatVector s3a = FloatVector.zero(Lanes.FLOATS);
    FloatVector s3b = FloatVector.zero(Lanes.FLOATS);
    FloatVector s4a = FloatVector.zero(Lanes.FLOATS);
    FloatVector s4b = FloatVector.zero(Lanes.FLOATS);
    FloatVector s5a = FloatVector.zero(Lanes.FLOATS);
    FloatVector s5b = FloatVector.zero(Lanes.FLOATS);
    FloatVector s6a = FloatVector.zero(Lanes.FLOATS);
    FloatVector s6b = FloatVector.zero(Lanes.FLOATS);
    FloatVector s7a = FloatVector.zero(Lanes.FLOATS);
    FloatVector s7b = FloatVector.zero(Lanes.FLOATS);
    int w = from;
    for (int block = 0; block < blocks; block++) {
      int i = at + block * step;
      for (int k = 0; k < STEP; k++) {
        FloatVector wa = FloatVector.fromArray(Lanes.FLOATS, weights, w + k * 2 * N);
        FloatVector wb = FloatVector.fromArray(Lanes.FLOATS, weights, w + k * 2 * N + N);
        FloatVector x0 = FloatVector.broadcast(Lanes.FLOATS, in[i + k]);
        s0a = x0.fma(wa, s0a);
        s0b = x0.fma(wb, s0b);
        FloatVector x1 = FloatVector.broadcast(Lanes.FLOATS, in[i + k + STEP]);
        s1a = x1.fma(wa, s1a);
        s1b = x1.fma(wb, s1b);
        FloatVector x2 = FloatVector.broadcast(Lanes.FLOATS, in[i + k + 2 * STEP]);
        s2a = x2.fma(wa, s2a);
        s2b = x2.fma(wb, s2b);
        FloatVector x3 = FloatVector.broadcast(Lanes.FLOATS, in[i + k + 3 * STEP]);
        s3a = x3.fma(wa, s3a);
        s3b = x3.fma(wb, s3b);
        FloatVector x4 = FloatVector.broadcast(Lanes.FLOATS, in[i + k + 4 * STEP]);
        s4a = x4.fma(wa, s4a);
        s4b = x4.fma(wb, s4b);
        FloatVector x5 = FloatVector.broadcast(Lanes.FLOATS, in[i + k + 5 * STEP]);
        s5a = x5.fma(wa, s5a);
        s5b = x5.fma(wb, s5b);
        FloatVector x6 = FloatVector.broadcast(Lanes.FLOATS, in[i + k + 6 * STEP]);
        s6a = x6.fma(wa, s6a);
        s6b = x6.fma(wb, s6b);
        FloatVector x7 = FloatVector.broadcast(Lanes.FLOATS, in[i + k + 7 * STEP]);
        s7a = x7.fma(wa, s7a);
        s7b = x7.fma(wb, s7b);
      }
      w += STEP * 2 * N;
    }
    s0a.reinterpretAsInts().intoArray(sums, to);
    s0b.reinterpretAsInts().intoArray(sums, to + N);
    s1a.reinterpretAsInts().intoArray(sums, to + 2 * N);
    s1b.reinterpretAsInts().intoArray(sums, to + 3 * N);
    s2a.reinterpretAsInts().intoArray(sums, to + 4 * N);
    s2b.reinterpretAsInts().intoArray(sums, to + 5 * N);
    s3a.reinterpretAsInts().intoArray(sums, to + 6 * N);
    s3b.reinterpretAsInts().intoArray(sums, to + 7 * N);
    s4a.reinterpretAsInts().intoArray(sums, to + 8 * N);
    s4b.reinterpretAsInts().intoArray(sums, to + 9 * N);
    s5a.reinterpretAsInts().intoArray(sums, to + 10 * N);
    s5b.reinterpretAsInts().intoArray(sums, to + 11 * N);
    s6a.reinterpretAsInts().intoArray(sums, to + 12 * N);
    s6b.reinterpretAsInts().intoArray(sums, to + 13 * N);
    s7a.reinterpretAsInts().intoArray(sums, to + 14 * N);
    s7b.reinterpretAsInts().intoArray(sums, to + 15 * N);
  }

  /** 4 pixels by 2 vectors, 256 bits. */
  private static void tile4x2(
      float[] in, int at, int blocks, int step, float[] weights, int from, int[] sums, int to) {
    FloatVector s0a = FloatVector.zero(Lanes.FLOATS);
    FloatVector s0b = FloatVector.zero(Lanes.FLOATS);
    FloatVector s1a = FloatVector.zero(Lanes.FLOATS);
    FloatVector s1b = FloatVector.zero(Lanes.FLOATS);
    FloatVector s2a = FloatVector.zero(Lanes.FLOATS);
    FloatVector s2b = FloatVector.zero(Lanes.FLOATS);
    FloatVector s3a = FloatVector.zero(Lanes.FLOATS);
    FloatVector s3b = FloatVector.zero(Lanes.FLOATS);
    int w = from;
    for (int block = 0; block < blocks; block++) {
      int i = at + block * step;
      for (int k = 0; k < STEP; k++) {
        FloatVector wa = FloatVector.fromArray(Lanes.FLOATS, weights, w + k * 2 * N);
        FloatVector wb = FloatVector.fromArray(Lanes.FLOATS, weights, w + k * 2 * N + N);
        FloatVector x0 = FloatVector.broadcast(Lanes.FLOATS, in[i + k]);
        s0a = x0.fma(wa, s0a);
        s0b = x0.fma(wb, s0b);
        FloatVector x1 = FloatVector.broadcast(Lanes.FLOATS, in[i + k + STEP]);
        s1a = x1.fma(wa, s1a);
        s1b = x1.fma(wb, s1b);
        FloatVector x2 = FloatVector.broadcast(Lanes.FLOATS, in[i + k + 2 * STEP]);
        s2a = x2.fma(wa, s2a);
        s2b = x2.fma(wb, s2b);
        FloatVector x3 = FloatVector.broadcast(Lanes.FLOATS, in[i + k + 3 * STEP]);
        s3a = x3.fma(wa, s3a);
        s3b = x3.fma(wb, s3b);
      }
      w += STEP * 2 * N;
    }
    s0a.reinterpretAsInts().intoArray(sums, to);
    s0b.reinterpretAsInts().intoArray(sums, to + N);
    s1a.reinterpretAsInts().intoArray(sums, to + 2 * N);
    s1b.reinterpretAsInts().intoArray(sums, to + 3 * N);
    s2a.reinterpretAsInts().intoArray(sums, to + 4 * N);
    s2b.reinterpretAsInts().intoArray(sums, to + 5 * N);
    s3a.reinterpretAsInts().intoArray(sums, to + 6 * N);
    s3b.reinterpretAsInts().intoArray(sums, to + 7 * N);
  }

  /** 16 channels by 1 vector for many pixels, 512 bits: weights stay in registers. */
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
      int s = first + pixel * startStep;
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
      s0.add(s1).add(s2.add(s3)).reinterpretAsInts().intoArray(sums, to + pixel * N);
    }
  }
}
