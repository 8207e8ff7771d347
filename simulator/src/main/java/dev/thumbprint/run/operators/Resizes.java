package dev.thumbprint.run.operators;

import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT8;

import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.kernels.FixedPoint;
import dev.thumbprint.kernels.Rounding;
import dev.thumbprint.model.Options;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;

/** RESIZE_NEAREST_NEIGHBOR and RESIZE_BILINEAR. The size is that of the output. */
final class Resizes {
  private static final int ONE = 1 << 10;

  private Resizes() {}

  private static void requireImages(Preparation p) {
    Moves.requireSameType(p, p.input(0), p.output(0));
    Shape in = p.input(0).shape();
    Shape out = p.output(0).shape();
    int[] size = p.requireInts(1, "size");
    p.require(
        in.rank() == 4
            && out.rank() == 4
            && in.elements() > 0
            && size.length == 2
            && out.dim(0) == in.dim(0)
            && out.dim(3) == in.dim(3)
            && out.dim(1) == size[0]
            && out.dim(2) == size[1]
            && size[0] > 0
            && size[1] > 0,
        "input [%s], output [%s]".formatted(in, out),
        "NHWC images, the output as large as the size says");
  }

  static Prepared nearest(Preparation p) {
    Options.Resize options = p.options(Options.Resize.class);
    requireImages(p);
    p.require(p.input(0), FLOAT32, INT8, INT16);
    Shape in = p.input(0).shape();
    Shape out = p.output(0).shape();
    int depth = in.dim(3);
    int[] map = new int[Preparation.elements(p.output(0))];
    for (int i = 0; i < map.length; i++) {
      int x = i / depth % out.dim(2);
      int y = i / depth / out.dim(2) % out.dim(1);
      int batch = i / depth / out.dim(2) / out.dim(1);
      int row = neighbour(y, in.dim(1), out.dim(1), options);
      int column = neighbour(x, in.dim(2), out.dim(2), options);
      map[i] = ((batch * in.dim(1) + row) * in.dim(2) + column) * depth + i % depth;
    }
    return Moves.table(p, map, 0);
  }

  private static int neighbour(int at, int in, int out, Options.Resize options) {
    float scale =
        options.alignCorners() && out > 1 ? (in - 1) / (float) (out - 1) : in / (float) out;
    float position = (at + (options.halfPixelCenters() ? 0.5f : 0f)) * scale;
    double chosen =
        options.alignCorners() ? FixedPoint.roundHalfAway(position) : Math.floor(position);
    return Math.max(0, Math.min((int) chosen, in - 1));
  }

  static Prepared bilinear(Preparation p) {
    Options.Resize options = p.options(Options.Resize.class);
    requireImages(p);
    p.require(
        !options.alignCorners() || !options.halfPixelCenters(),
        "aligned corners with half-pixel centres",
        "one of them");
    Shape in = p.input(0).shape();
    Shape out = p.output(0).shape();
    return p.require(p.input(0), FLOAT32, INT8) == FLOAT32
        ? bilinearFloat(p, in, out, options)
        : bilinearInt8(p, in, out, options);
  }

  private static Prepared bilinearFloat(
      Preparation p, Shape in, Shape out, Options.Resize options) {
    float[] rows = positions(in.dim(1), out.dim(1), options);
    float[] columns = positions(in.dim(2), out.dim(2), options);
    int depth = in.dim(3);
    return frame -> {
      float[] input = frame.floats(p.inputIndex(0));
      float[] output = frame.floats(p.outputIndex(0));
      return () -> {
        int at = 0;
        for (int batch = 0; batch < in.dim(0); batch++) {
          for (float row : rows) {
            int top = Math.max((int) Math.floor(row), 0);
            int bottom = Math.min((int) Math.ceil(row), in.dim(1) - 1);
            float down = row - top;
            for (float column : columns) {
              int left = Math.max((int) Math.floor(column), 0);
              int right = Math.min((int) Math.ceil(column), in.dim(2) - 1);
              float across = column - left;
              int first = (batch * in.dim(1) + top) * in.dim(2);
              int second = (batch * in.dim(1) + bottom) * in.dim(2);
              for (int c = 0; c < depth; c++) {
                output[at++] =
                    input[(first + left) * depth + c] * (1 - down) * (1 - across)
                        + input[(second + left) * depth + c] * down * (1 - across)
                        + input[(first + right) * depth + c] * (1 - down) * across
                        + input[(second + right) * depth + c] * down * across;
              }
            }
          }
        }
      };
    };
  }

  private static float[] positions(int in, int out, Options.Resize options) {
    float scale =
        options.alignCorners() && out > 1 ? (float) (in - 1) / (out - 1) : (float) in / out;
    float[] positions = new float[out];
    for (int i = 0; i < out; i++) {
      positions[i] = options.halfPixelCenters() ? (i + 0.5f) * scale - 0.5f : i * scale;
    }
    return positions;
  }

  /** Positions and weights in units of 1/1024; ties of the result away from zero. */
  private static Prepared bilinearInt8(Preparation p, Shape in, Shape out, Options.Resize options) {
    int[] rows = fixedPositions(in.dim(1), out.dim(1), options);
    int[] columns = fixedPositions(in.dim(2), out.dim(2), options);
    int depth = in.dim(3);
    boolean single = p.rounding() == Rounding.SINGLE;
    return frame -> {
      byte[] input = frame.bytes(p.inputIndex(0));
      byte[] output = frame.bytes(p.outputIndex(0));
      return () -> {
        int at = 0;
        for (int batch = 0; batch < in.dim(0); batch++) {
          for (int row : rows) {
            int top = Math.max(row / ONE, 0);
            int bottom = Math.min((row + ONE - 1) / ONE, in.dim(1) - 1);
            long down = row - (long) ONE * top;
            for (int column : columns) {
              int left = Math.max(column / ONE, 0);
              int right = Math.min((column + ONE - 1) / ONE, in.dim(2) - 1);
              long across = column - (long) ONE * left;
              int first = (batch * in.dim(1) + top) * in.dim(2);
              int second = (batch * in.dim(1) + bottom) * in.dim(2);
              for (int c = 0; c < depth; c++) {
                long sum =
                    input[(first + left) * depth + c] * (ONE - down) * (ONE - across)
                        + input[(second + left) * depth + c] * down * (ONE - across)
                        + input[(first + right) * depth + c] * (ONE - down) * across
                        + input[(second + right) * depth + c] * down * across;
                long half = 1 << 19;
                output[at++] =
                    (byte)
                        (single
                            ? (sum + half) >> 20
                            : (sum + (sum > 0 ? half : -half)) / (1 << 20));
              }
            }
          }
        }
      };
    };
  }

  private static int[] fixedPositions(int in, int out, Options.Resize options) {
    int scale =
        options.alignCorners() && out > 1
            ? (ONE * (in - 1) + (out - 1) / 2) / (out - 1)
            : (ONE * in + out / 2) / out;
    int[] positions = new int[out];
    for (int i = 0; i < out; i++) {
      positions[i] = options.halfPixelCenters() ? i * scale + scale / 2 - ONE / 2 : i * scale;
    }
    return positions;
  }
}
