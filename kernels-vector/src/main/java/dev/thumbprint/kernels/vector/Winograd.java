package dev.thumbprint.kernels.vector;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.F2I;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The minimal filtering of Winograd for 2x2 outputs of a 3x3 window (A. Lavin and S. Gray, "Fast
 * Algorithms for Convolutional Neural Networks", 2016): 16 products instead of 36 for each pair of
 * channels. Inputs become B'dB, weights GgG', outputs A'mA. G has halves; here it is doubled, so
 * that every number is an integer, and the outputs are four times too large until shifted back.
 */
final class Winograd {
  /** Places of a transformed tile: 4 by 4. */
  static final int PLACES = 16;

  /** 2 G. */
  private static final int[][] WEIGHTS = {{2, 0, 0}, {1, 1, 1}, {1, -1, 1}, {0, 0, 2}};

  /** B'. */
  private static final int[][] INPUTS = {{1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}};

  private Winograd() {}

  /** Transformed weight at {@code place} of nine weights {@code step} apart. */
  static int weight(byte[] filter, int first, int step, int place) {
    int sum = 0;
    for (int tap = 0; tap < 9; tap++) {
      sum += WEIGHTS[place / 4][tap / 3] * WEIGHTS[place % 4][tap % 3] * filter[first + tap * step];
    }
    return sum;
  }

  /** What the value at {@code pixel} of a patch counts for at {@code place}. */
  static int factor(int place, int pixel) {
    return INPUTS[place / 4][pixel / 4] * INPUTS[place % 4][pixel % 4];
  }

  /** Largest magnitude at {@code place} of a transformed input with values from low to high. */
  static int inputMax(int place, int low, int high) {
    int least = 0;
    int most = 0;
    for (int pixel = 0; pixel < PLACES; pixel++) {
      int factor = factor(place, pixel);
      least += Math.min(factor * low, factor * high);
      most += Math.max(factor * low, factor * high);
    }
    return Math.max(-least, most);
  }

  /**
   * Transforms one vector of channels of the patches of neighbouring tiles of a row; they overlap
   * by two columns.
   *
   * @param in the image, rows {@code row} and pixels {@code pixel} values apart
   * @param tiles at least 1; in {@code out} they lie {@link Panels#STEP} values apart
   * @param step from one place to the next in {@code out}
   */
  static void input(
      float[] in, int at, int row, int pixel, int tiles, float[] out, int to, int step) {
    int i = at;
    FloatVector d00 = FloatVector.fromArray(Lanes.FLOATS, in, i);
    FloatVector d10 = FloatVector.fromArray(Lanes.FLOATS, in, i + row);
    FloatVector d20 = FloatVector.fromArray(Lanes.FLOATS, in, i + 2 * row);
    FloatVector d30 = FloatVector.fromArray(Lanes.FLOATS, in, i + 3 * row);
    FloatVector d01 = FloatVector.fromArray(Lanes.FLOATS, in, i + pixel);
    FloatVector d11 = FloatVector.fromArray(Lanes.FLOATS, in, i + row + pixel);
    FloatVector d21 = FloatVector.fromArray(Lanes.FLOATS, in, i + 2 * row + pixel);
    FloatVector d31 = FloatVector.fromArray(Lanes.FLOATS, in, i + 3 * row + pixel);
    FloatVector t00 = d00.sub(d20);
    FloatVector t10 = d10.add(d20);
    FloatVector t20 = d20.sub(d10);
    FloatVector t30 = d10.sub(d30);
    FloatVector t01 = d01.sub(d21);
    FloatVector t11 = d11.add(d21);
    FloatVector t21 = d21.sub(d11);
    FloatVector t31 = d11.sub(d31);
    int o = to;
    for (int tile = 0; tile < tiles; tile++) {
      i += 2 * pixel;
      FloatVector e00 = FloatVector.fromArray(Lanes.FLOATS, in, i);
      FloatVector e10 = FloatVector.fromArray(Lanes.FLOATS, in, i + row);
      FloatVector e20 = FloatVector.fromArray(Lanes.FLOATS, in, i + 2 * row);
      FloatVector e30 = FloatVector.fromArray(Lanes.FLOATS, in, i + 3 * row);
      FloatVector e01 = FloatVector.fromArray(Lanes.FLOATS, in, i + pixel);
      FloatVector e11 = FloatVector.fromArray(Lanes.FLOATS, in, i + row + pixel);
      FloatVector e21 = FloatVector.fromArray(Lanes.FLOATS, in, i + 2 * row + pixel);
      FloatVector e31 = FloatVector.fromArray(Lanes.FLOATS, in, i + 3 * row + pixel);
      FloatVector t02 = e00.sub(e20);
      FloatVector t12 = e10.add(e20);
      FloatVector t22 = e20.sub(e10);
      FloatVector t32 = e10.sub(e30);
      FloatVector t03 = e01.sub(e21);
      FloatVector t13 = e11.add(e21);
      FloatVector t23 = e21.sub(e11);
      FloatVector t33 = e11.sub(e31);
      t00.sub(t02).intoArray(out, o);
      t01.add(t02).intoArray(out, o + step);
      t02.sub(t01).intoArray(out, o + 2 * step);
      t01.sub(t03).intoArray(out, o + 3 * step);
      t10.sub(t12).intoArray(out, o + 4 * step);
      t11.add(t12).intoArray(out, o + 5 * step);
      t12.sub(t11).intoArray(out, o + 6 * step);
      t11.sub(t13).intoArray(out, o + 7 * step);
      t20.sub(t22).intoArray(out, o + 8 * step);
      t21.add(t22).intoArray(out, o + 9 * step);
      t22.sub(t21).intoArray(out, o + 10 * step);
      t21.sub(t23).intoArray(out, o + 11 * step);
      t30.sub(t32).intoArray(out, o + 12 * step);
      t31.add(t32).intoArray(out, o + 13 * step);
      t32.sub(t31).intoArray(out, o + 14 * step);
      t31.sub(t33).intoArray(out, o + 15 * step);
      t00 = t02;
      t10 = t12;
      t20 = t22;
      t30 = t32;
      t01 = t03;
      t11 = t13;
      t21 = t23;
      t31 = t33;
      o += Panels.STEP;
    }
  }

  /**
   * Transforms the sums of one vector of channels of some tiles back to those of 2x2 outputs.
   *
   * @param in bits of single-precision sums, places {@code step} and tiles {@code tile} values
   *     apart
   * @param out receives sums, rows {@code row} and pixels {@code pixel} values apart
   */
  static void output(
      int[] in, int at, int step, int tile, int tiles, int[] out, int to, int row, int pixel) {
    for (int t = 0; t < tiles; t++) {
      int i = at + t * tile;
      int o = to + t * 2 * pixel;
      IntVector m00 =
          (IntVector)
              IntVector.fromArray(Lanes.INTS, in, i)
                  .reinterpretAsFloats()
                  .convertShape(F2I, Lanes.INTS, 0);
      IntVector m01 =
          (IntVector)
              IntVector.fromArray(Lanes.INTS, in, i + step)
                  .reinterpretAsFloats()
                  .convertShape(F2I, Lanes.INTS, 0);
      IntVector m02 =
          (IntVector)
              IntVector.fromArray(Lanes.INTS, in, i + 2 * step)
                  .reinterpretAsFloats()
                  .convertShape(F2I, Lanes.INTS, 0);
      IntVector m03 =
          (IntVector)
              IntVector.fromArray(Lanes.INTS, in, i + 3 * step)
                  .reinterpretAsFloats()
                  .convertShape(F2I, Lanes.INTS, 0);
      IntVector m10 =
          (IntVector)
              IntVector.fromArray(Lanes.INTS, in, i + 4 * step)
                  .reinterpretAsFloats()
                  .convertShape(F2I, Lanes.INTS, 0);
      IntVector m11 =
          (IntVector)
              IntVector.fromArray(Lanes.INTS, in, i + 5 * step)
                  .reinterpretAsFloats()
                  .convertShape(F2I, Lanes.INTS, 0);
      IntVector m12 =
          (IntVector)
              IntVector.fromArray(Lanes.INTS, in, i + 6 * step)
                  .reinterpretAsFloats()
                  .convertShape(F2I, Lanes.INTS, 0);
      IntVector m13 =
          (IntVector)
              IntVector.fromArray(Lanes.INTS, in, i + 7 * step)
                  .reinterpretAsFloats()
                  .convertShape(F2I, Lanes.INTS, 0);
      IntVector m20 =
          (IntVector)
              IntVector.fromArray(Lanes.INTS, in, i + 8 * step)
                  .reinterpretAsFloats()
                  .convertShape(F2I, Lanes.INTS, 0);
      IntVector m21 =
          (IntVector)
              IntVector.fromArray(Lanes.INTS, in, i + 9 * step)
                  .reinterpretAsFloats()
                  .convertShape(F2I, Lanes.INTS, 0);
      IntVector m22 =
          (IntVector)
              IntVector.fromArray(Lanes.INTS, in, i + 10 * step)
                  .reinterpretAsFloats()
                  .convertShape(F2I, Lanes.INTS, 0);
      IntVector m23 =
          (IntVector)
              IntVector.fromArray(Lanes.INTS, in, i + 11 * step)
                  .reinterpretAsFloats()
                  .convertShape(F2I, Lanes.INTS, 0);
      IntVector m30 =
          (IntVector)
              IntVector.fromArray(Lanes.INTS, in, i + 12 * step)
                  .reinterpretAsFloats()
                  .convertShape(F2I, Lanes.INTS, 0);
      IntVector m31 =
          (IntVector)
              IntVector.fromArray(Lanes.INTS, in, i + 13 * step)
                  .reinterpretAsFloats()
                  .convertShape(F2I, Lanes.INTS, 0);
      IntVector m32 =
          (IntVector)
              IntVector.fromArray(Lanes.INTS, in, i + 14 * step)
                  .reinterpretAsFloats()
                  .convertShape(F2I, Lanes.INTS, 0);
      IntVector m33 =
          (IntVector)
              IntVector.fromArray(Lanes.INTS, in, i + 15 * step)
                  .reinterpretAsFloats()
                  .convertShape(F2I, Lanes.INTS, 0);
      IntVector t00 = m00.add(m10).add(m20);
      IntVector t10 = m10.sub(m20).sub(m30);
      IntVector t01 = m01.add(m11).add(m21);
      IntVector t11 = m11.sub(m21).sub(m31);
      IntVector t02 = m02.add(m12).add(m22);
      IntVector t12 = m12.sub(m22).sub(m32);
      IntVector t03 = m03.add(m13).add(m23);
      IntVector t13 = m13.sub(m23).sub(m33);
      t00.add(t01).add(t02).lanewise(ASHR, 2).intoArray(out, o);
      t01.sub(t02).sub(t03).lanewise(ASHR, 2).intoArray(out, o + pixel);
      t10.add(t11).add(t12).lanewise(ASHR, 2).intoArray(out, o + row);
      t11.sub(t12).sub(t13).lanewise(ASHR, 2).intoArray(out, o + row + pixel);
    }
  }
}
