package dev.thumbprint.kernels.vector;

import static jdk.incubator.vector.VectorOperators.F2I;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Register tiles: sums of products for a few pixels by a few vectors of output channels, each value
 * under the window broadcast against the weights of its tap.
 *
 * <p>The sizes are what the registers hold: 16 sums of 512 bits (32 registers), 10 or 8 of 256 bits
 * (16 registers); larger tiles spill. A tile that reaches beyond the last pixel computes that pixel
 * again.
 */
final class Tiles {
  private static final int N = Lanes.COUNT;
  private static final boolean WIDE = N == 16;

  private Tiles() {}

  /** Widest tile of this machine, in vectors of output channels. */
  static int vectorsMax() {
    return WIDE ? 4 : 2;
  }

  /** Pixels that are worked on together: a multiple of the pixels of every tile. */
  static int group() {
    return WIDE ? 48 : 40;
  }

  /** Pixels of a tile of {@code vectors} vectors. */
  static int pixels(int vectors) {
    return switch (vectors) {
      case 4 -> 4;
      case 2 -> WIDE ? 8 : 5;
      default -> WIDE ? 12 : 8;
    };
  }

  /**
   * Sums of one tile.
   *
   * @param in padded image
   * @param at index of the first value under the window, by pixel
   * @param pixel first pixel of the tile
   * @param last last pixel there is
   * @param segments offset of each contiguous run of values under the window
   * @param run values of a run
   * @param weights of the block of output channels: by tap, then channel
   * @param from first weight of the block
   * @param sums receives rows of {@code step}, the first at {@code to}
   */
  static void tile(
      int vectors,
      float[] in,
      int[] at,
      int pixel,
      int last,
      int[] segments,
      int run,
      float[] weights,
      int from,
      int[] sums,
      int to,
      int step) {
    if (vectors == 4) {
      tile4x4(in, at, pixel, last, segments, run, weights, from, sums, to, step);
    } else if (vectors == 2 && WIDE) {
      tile8x2(in, at, pixel, last, segments, run, weights, from, sums, to, step);
    } else if (vectors == 2) {
      tile5x2(in, at, pixel, last, segments, run, weights, from, sums, to, step);
    } else if (WIDE) {
      tile12x1(in, at, pixel, last, segments, run, weights, from, sums, to, step);
    } else {
      tile8x1(in, at, pixel, last, segments, run, weights, from, sums, to, step);
    }
  }

  /** 4 pixels by 4 vectors of output channels. */
  private static void tile4x4(
      float[] in,
      int[] at,
      int pixel,
      int last,
      int[] segments,
      int run,
      float[] weights,
      int from,
      int[] sums,
      int to,
      int step) {
    int b0 = at[Math.min(pixel + 0, last)];
    int b1 = at[Math.min(pixel + 1, last)];
    int b2 = at[Math.min(pixel + 2, last)];
    int b3 = at[Math.min(pixel + 3, last)];
    FloatVector s00 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s01 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s02 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s03 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s10 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s11 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s12 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s13 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s20 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s21 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s22 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s23 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s30 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s31 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s32 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s33 = FloatVector.zero(Lanes.FLOATS);
    int w = from;
    for (int segment : segments) {
      int i0 = b0 + segment;
      int i1 = b1 + segment;
      int i2 = b2 + segment;
      int i3 = b3 + segment;
      for (int k = 0; k < run; k++) {
        FloatVector w0 = FloatVector.fromArray(Lanes.FLOATS, weights, w + k * 4 * N);
        FloatVector w1 = FloatVector.fromArray(Lanes.FLOATS, weights, w + k * 4 * N + N);
        FloatVector w2 = FloatVector.fromArray(Lanes.FLOATS, weights, w + k * 4 * N + 2 * N);
        FloatVector w3 = FloatVector.fromArray(Lanes.FLOATS, weights, w + k * 4 * N + 3 * N);
        FloatVector x0 = FloatVector.broadcast(Lanes.FLOATS, in[i0 + k]);
        s00 = x0.fma(w0, s00);
        s01 = x0.fma(w1, s01);
        s02 = x0.fma(w2, s02);
        s03 = x0.fma(w3, s03);
        FloatVector x1 = FloatVector.broadcast(Lanes.FLOATS, in[i1 + k]);
        s10 = x1.fma(w0, s10);
        s11 = x1.fma(w1, s11);
        s12 = x1.fma(w2, s12);
        s13 = x1.fma(w3, s13);
        FloatVector x2 = FloatVector.broadcast(Lanes.FLOATS, in[i2 + k]);
        s20 = x2.fma(w0, s20);
        s21 = x2.fma(w1, s21);
        s22 = x2.fma(w2, s22);
        s23 = x2.fma(w3, s23);
        FloatVector x3 = FloatVector.broadcast(Lanes.FLOATS, in[i3 + k]);
        s30 = x3.fma(w0, s30);
        s31 = x3.fma(w1, s31);
        s32 = x3.fma(w2, s32);
        s33 = x3.fma(w3, s33);
      }
      w += run * 4 * N;
    }
    ((IntVector) s00.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to);
    ((IntVector) s01.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + N);
    ((IntVector) s02.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 2 * N);
    ((IntVector) s03.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 3 * N);
    ((IntVector) s10.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + step);
    ((IntVector) s11.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + step + N);
    ((IntVector) s12.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + step + 2 * N);
    ((IntVector) s13.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + step + 3 * N);
    ((IntVector) s20.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 2 * step);
    ((IntVector) s21.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 2 * step + N);
    ((IntVector) s22.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 2 * step + 2 * N);
    ((IntVector) s23.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 2 * step + 3 * N);
    ((IntVector) s30.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 3 * step);
    ((IntVector) s31.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 3 * step + N);
    ((IntVector) s32.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 3 * step + 2 * N);
    ((IntVector) s33.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 3 * step + 3 * N);
  }

  /** 8 pixels by 2 vectors of output channels. */
  private static void tile8x2(
      float[] in,
      int[] at,
      int pixel,
      int last,
      int[] segments,
      int run,
      float[] weights,
      int from,
      int[] sums,
      int to,
      int step) {
    int b0 = at[Math.min(pixel + 0, last)];
    int b1 = at[Math.min(pixel + 1, last)];
    int b2 = at[Math.min(pixel + 2, last)];
    int b3 = at[Math.min(pixel + 3, last)];
    int b4 = at[Math.min(pixel + 4, last)];
    int b5 = at[Math.min(pixel + 5, last)];
    int b6 = at[Math.min(pixel + 6, last)];
    int b7 = at[Math.min(pixel + 7, last)];
    FloatVector s00 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s01 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s10 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s11 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s20 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s21 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s30 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s31 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s40 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s41 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s50 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s51 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s60 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s61 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s70 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s71 = FloatVector.zero(Lanes.FLOATS);
    int w = from;
    for (int segment : segments) {
      int i0 = b0 + segment;
      int i1 = b1 + segment;
      int i2 = b2 + segment;
      int i3 = b3 + segment;
      int i4 = b4 + segment;
      int i5 = b5 + segment;
      int i6 = b6 + segment;
      int i7 = b7 + segment;
      for (int k = 0; k < run; k++) {
        FloatVector w0 = FloatVector.fromArray(Lanes.FLOATS, weights, w + k * 2 * N);
        FloatVector w1 = FloatVector.fromArray(Lanes.FLOATS, weights, w + k * 2 * N + N);
        FloatVector x0 = FloatVector.broadcast(Lanes.FLOATS, in[i0 + k]);
        s00 = x0.fma(w0, s00);
        s01 = x0.fma(w1, s01);
        FloatVector x1 = FloatVector.broadcast(Lanes.FLOATS, in[i1 + k]);
        s10 = x1.fma(w0, s10);
        s11 = x1.fma(w1, s11);
        FloatVector x2 = FloatVector.broadcast(Lanes.FLOATS, in[i2 + k]);
        s20 = x2.fma(w0, s20);
        s21 = x2.fma(w1, s21);
        FloatVector x3 = FloatVector.broadcast(Lanes.FLOATS, in[i3 + k]);
        s30 = x3.fma(w0, s30);
        s31 = x3.fma(w1, s31);
        FloatVector x4 = FloatVector.broadcast(Lanes.FLOATS, in[i4 + k]);
        s40 = x4.fma(w0, s40);
        s41 = x4.fma(w1, s41);
        FloatVector x5 = FloatVector.broadcast(Lanes.FLOATS, in[i5 + k]);
        s50 = x5.fma(w0, s50);
        s51 = x5.fma(w1, s51);
        FloatVector x6 = FloatVector.broadcast(Lanes.FLOATS, in[i6 + k]);
        s60 = x6.fma(w0, s60);
        s61 = x6.fma(w1, s61);
        FloatVector x7 = FloatVector.broadcast(Lanes.FLOATS, in[i7 + k]);
        s70 = x7.fma(w0, s70);
        s71 = x7.fma(w1, s71);
      }
      w += run * 2 * N;
    }
    ((IntVector) s00.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to);
    ((IntVector) s01.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + N);
    ((IntVector) s10.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + step);
    ((IntVector) s11.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + step + N);
    ((IntVector) s20.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 2 * step);
    ((IntVector) s21.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 2 * step + N);
    ((IntVector) s30.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 3 * step);
    ((IntVector) s31.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 3 * step + N);
    ((IntVector) s40.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 4 * step);
    ((IntVector) s41.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 4 * step + N);
    ((IntVector) s50.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 5 * step);
    ((IntVector) s51.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 5 * step + N);
    ((IntVector) s60.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 6 * step);
    ((IntVector) s61.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 6 * step + N);
    ((IntVector) s70.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 7 * step);
    ((IntVector) s71.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 7 * step + N);
  }

  /** 5 pixels by 2 vectors of output channels. */
  private static void tile5x2(
      float[] in,
      int[] at,
      int pixel,
      int last,
      int[] segments,
      int run,
      float[] weights,
      int from,
      int[] sums,
      int to,
      int step) {
    int b0 = at[Math.min(pixel + 0, last)];
    int b1 = at[Math.min(pixel + 1, last)];
    int b2 = at[Math.min(pixel + 2, last)];
    int b3 = at[Math.min(pixel + 3, last)];
    int b4 = at[Math.min(pixel + 4, last)];
    FloatVector s00 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s01 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s10 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s11 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s20 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s21 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s30 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s31 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s40 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s41 = FloatVector.zero(Lanes.FLOATS);
    int w = from;
    for (int segment : segments) {
      int i0 = b0 + segment;
      int i1 = b1 + segment;
      int i2 = b2 + segment;
      int i3 = b3 + segment;
      int i4 = b4 + segment;
      for (int k = 0; k < run; k++) {
        FloatVector w0 = FloatVector.fromArray(Lanes.FLOATS, weights, w + k * 2 * N);
        FloatVector w1 = FloatVector.fromArray(Lanes.FLOATS, weights, w + k * 2 * N + N);
        FloatVector x0 = FloatVector.broadcast(Lanes.FLOATS, in[i0 + k]);
        s00 = x0.fma(w0, s00);
        s01 = x0.fma(w1, s01);
        FloatVector x1 = FloatVector.broadcast(Lanes.FLOATS, in[i1 + k]);
        s10 = x1.fma(w0, s10);
        s11 = x1.fma(w1, s11);
        FloatVector x2 = FloatVector.broadcast(Lanes.FLOATS, in[i2 + k]);
        s20 = x2.fma(w0, s20);
        s21 = x2.fma(w1, s21);
        FloatVector x3 = FloatVector.broadcast(Lanes.FLOATS, in[i3 + k]);
        s30 = x3.fma(w0, s30);
        s31 = x3.fma(w1, s31);
        FloatVector x4 = FloatVector.broadcast(Lanes.FLOATS, in[i4 + k]);
        s40 = x4.fma(w0, s40);
        s41 = x4.fma(w1, s41);
      }
      w += run * 2 * N;
    }
    ((IntVector) s00.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to);
    ((IntVector) s01.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + N);
    ((IntVector) s10.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + step);
    ((IntVector) s11.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + step + N);
    ((IntVector) s20.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 2 * step);
    ((IntVector) s21.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 2 * step + N);
    ((IntVector) s30.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 3 * step);
    ((IntVector) s31.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 3 * step + N);
    ((IntVector) s40.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 4 * step);
    ((IntVector) s41.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 4 * step + N);
  }

  /** 8 pixels by 1 vector of output channels. */
  private static void tile8x1(
      float[] in,
      int[] at,
      int pixel,
      int last,
      int[] segments,
      int run,
      float[] weights,
      int from,
      int[] sums,
      int to,
      int step) {
    int b0 = at[Math.min(pixel + 0, last)];
    int b1 = at[Math.min(pixel + 1, last)];
    int b2 = at[Math.min(pixel + 2, last)];
    int b3 = at[Math.min(pixel + 3, last)];
    int b4 = at[Math.min(pixel + 4, last)];
    int b5 = at[Math.min(pixel + 5, last)];
    int b6 = at[Math.min(pixel + 6, last)];
    int b7 = at[Math.min(pixel + 7, last)];
    FloatVector s00 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s10 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s20 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s30 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s40 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s50 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s60 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s70 = FloatVector.zero(Lanes.FLOATS);
    int w = from;
    for (int segment : segments) {
      int i0 = b0 + segment;
      int i1 = b1 + segment;
      int i2 = b2 + segment;
      int i3 = b3 + segment;
      int i4 = b4 + segment;
      int i5 = b5 + segment;
      int i6 = b6 + segment;
      int i7 = b7 + segment;
      for (int k = 0; k < run; k++) {
        FloatVector w0 = FloatVector.fromArray(Lanes.FLOATS, weights, w + k * 1 * N);
        FloatVector x0 = FloatVector.broadcast(Lanes.FLOATS, in[i0 + k]);
        s00 = x0.fma(w0, s00);
        FloatVector x1 = FloatVector.broadcast(Lanes.FLOATS, in[i1 + k]);
        s10 = x1.fma(w0, s10);
        FloatVector x2 = FloatVector.broadcast(Lanes.FLOATS, in[i2 + k]);
        s20 = x2.fma(w0, s20);
        FloatVector x3 = FloatVector.broadcast(Lanes.FLOATS, in[i3 + k]);
        s30 = x3.fma(w0, s30);
        FloatVector x4 = FloatVector.broadcast(Lanes.FLOATS, in[i4 + k]);
        s40 = x4.fma(w0, s40);
        FloatVector x5 = FloatVector.broadcast(Lanes.FLOATS, in[i5 + k]);
        s50 = x5.fma(w0, s50);
        FloatVector x6 = FloatVector.broadcast(Lanes.FLOATS, in[i6 + k]);
        s60 = x6.fma(w0, s60);
        FloatVector x7 = FloatVector.broadcast(Lanes.FLOATS, in[i7 + k]);
        s70 = x7.fma(w0, s70);
      }
      w += run * 1 * N;
    }
    ((IntVector) s00.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to);
    ((IntVector) s10.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + step);
    ((IntVector) s20.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 2 * step);
    ((IntVector) s30.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 3 * step);
    ((IntVector) s40.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 4 * step);
    ((IntVector) s50.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 5 * step);
    ((IntVector) s60.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 6 * step);
    ((IntVector) s70.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 7 * step);
  }

  /** 12 pixels by 1 vector of output channels. */
  private static void tile12x1(
      float[] in,
      int[] at,
      int pixel,
      int last,
      int[] segments,
      int run,
      float[] weights,
      int from,
      int[] sums,
      int to,
      int step) {
    int b0 = at[Math.min(pixel + 0, last)];
    int b1 = at[Math.min(pixel + 1, last)];
    int b2 = at[Math.min(pixel + 2, last)];
    int b3 = at[Math.min(pixel + 3, last)];
    int b4 = at[Math.min(pixel + 4, last)];
    int b5 = at[Math.min(pixel + 5, last)];
    int b6 = at[Math.min(pixel + 6, last)];
    int b7 = at[Math.min(pixel + 7, last)];
    int b8 = at[Math.min(pixel + 8, last)];
    int b9 = at[Math.min(pixel + 9, last)];
    int b10 = at[Math.min(pixel + 10, last)];
    int b11 = at[Math.min(pixel + 11, last)];
    FloatVector s0 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s1 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s2 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s3 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s4 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s5 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s6 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s7 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s8 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s9 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s10 = FloatVector.zero(Lanes.FLOATS);
    FloatVector s11 = FloatVector.zero(Lanes.FLOATS);
    int w = from;
    for (int segment : segments) {
      int i0 = b0 + segment;
      int i1 = b1 + segment;
      int i2 = b2 + segment;
      int i3 = b3 + segment;
      int i4 = b4 + segment;
      int i5 = b5 + segment;
      int i6 = b6 + segment;
      int i7 = b7 + segment;
      int i8 = b8 + segment;
      int i9 = b9 + segment;
      int i10 = b10 + segment;
      int i11 = b11 + segment;
      for (int k = 0; k < run; k++) {
        FloatVector x = FloatVector.fromArray(Lanes.FLOATS, weights, w + k * N);
        s0 = FloatVector.broadcast(Lanes.FLOATS, in[i0 + k]).fma(x, s0);
        s1 = FloatVector.broadcast(Lanes.FLOATS, in[i1 + k]).fma(x, s1);
        s2 = FloatVector.broadcast(Lanes.FLOATS, in[i2 + k]).fma(x, s2);
        s3 = FloatVector.broadcast(Lanes.FLOATS, in[i3 + k]).fma(x, s3);
        s4 = FloatVector.broadcast(Lanes.FLOATS, in[i4 + k]).fma(x, s4);
        s5 = FloatVector.broadcast(Lanes.FLOATS, in[i5 + k]).fma(x, s5);
        s6 = FloatVector.broadcast(Lanes.FLOATS, in[i6 + k]).fma(x, s6);
        s7 = FloatVector.broadcast(Lanes.FLOATS, in[i7 + k]).fma(x, s7);
        s8 = FloatVector.broadcast(Lanes.FLOATS, in[i8 + k]).fma(x, s8);
        s9 = FloatVector.broadcast(Lanes.FLOATS, in[i9 + k]).fma(x, s9);
        s10 = FloatVector.broadcast(Lanes.FLOATS, in[i10 + k]).fma(x, s10);
        s11 = FloatVector.broadcast(Lanes.FLOATS, in[i11 + k]).fma(x, s11);
      }
      w += run * N;
    }
    ((IntVector) s0.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to);
    ((IntVector) s1.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + step);
    ((IntVector) s2.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 2 * step);
    ((IntVector) s3.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 3 * step);
    ((IntVector) s4.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 4 * step);
    ((IntVector) s5.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 5 * step);
    ((IntVector) s6.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 6 * step);
    ((IntVector) s7.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 7 * step);
    ((IntVector) s8.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 8 * step);
    ((IntVector) s9.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 9 * step);
    ((IntVector) s10.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 10 * step);
    ((IntVector) s11.convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 11 * step);
  }
}
