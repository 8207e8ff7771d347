package dev.thumbprint.kernels.vector;

import static jdk.incubator.vector.VectorOperators.B2F;

import dev.thumbprint.kernels.WindowGeometry;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;

/**
 * One input image as centred single-precision values with its padding written out as zeros, so that
 * the loops under the window need no conditions. NHWC; channels repeated where a depthwise layer
 * has a channel multiplier.
 */
final class PaddedImage {
  /** Padded values of one image at most: 64 MiB. */
  private static final long ELEMENTS_MAX = 1 << 24;

  private final WindowGeometry window;
  private final int zeroPoint;
  private final int repeat;
  private final int rows;
  private final int width;
  private final float[] values;

  /** An image for layers whose input has one value per {@code repeat} padded values. */
  PaddedImage(WindowGeometry window, int zeroPoint, int repeat) {
    this.window = window;
    this.zeroPoint = zeroPoint;
    this.repeat = repeat;
    this.rows = Math.toIntExact(rows(window));
    this.width = Math.toIntExact(columns(window));
    // One vector more: the last pixel's channels are read in whole vectors.
    this.values = new float[(int) elements(window, repeat) + Lanes.COUNT];
  }

  private static long rows(WindowGeometry window) {
    return (window.outputHeight() - 1L) * window.strideHeight()
        + (window.filterHeight() - 1L) * window.dilationHeight()
        + 1;
  }

  private static long columns(WindowGeometry window) {
    return (window.outputWidth() - 1L) * window.strideWidth()
        + (window.filterWidth() - 1L) * window.dilationWidth()
        + 1;
  }

  private static long elements(WindowGeometry window, int repeat) {
    return Math.multiplyExact(
        Math.multiplyExact(rows(window), columns(window)), (long) window.inputChannels() * repeat);
  }

  /** Whether the padded image is small enough to be held. */
  static boolean fits(WindowGeometry window, int repeat) {
    try {
      return elements(window, repeat) <= ELEMENTS_MAX;
    } catch (ArithmeticException tooLarge) {
      return false;
    }
  }

  /** Values of a padded row. */
  int rowStep() {
    return width * channels();
  }

  /** Values of a pixel. */
  int channels() {
    return window.inputChannels() * repeat;
  }

  /** Index of the first value under the window at each output pixel, row by row. */
  int[] pixelOffsets() {
    int[] offsets = new int[window.outputHeight() * window.outputWidth()];
    for (int i = 0; i < offsets.length; i++) {
      int y = i / window.outputWidth();
      int x = i % window.outputWidth();
      offsets[i] = y * window.strideHeight() * rowStep() + x * window.strideWidth() * channels();
    }
    return offsets;
  }

  /** The padded values. */
  float[] values() {
    return values;
  }

  /** Fills in the image {@code batch} of an input; what is padding stays zero. */
  void load(byte[] input, int batch) {
    int first = Math.max(0, -window.padLeft());
    int last = Math.min(window.inputWidth(), width - window.padLeft());
    for (int row = 0; row < rows; row++) {
      int inputRow = row - window.padTop();
      if (inputRow >= 0 && inputRow < window.inputHeight() && first < last) {
        int from = window.input(batch, inputRow, first);
        int count = (last - first) * window.inputChannels();
        int to = row * rowStep() + (first + window.padLeft()) * channels();
        if (repeat == 1) {
          centre(input, from, count, values, to, zeroPoint);
        } else {
          repeated(input, from, count, to);
        }
      }
    }
  }

  private void repeated(byte[] input, int from, int count, int to) {
    for (int i = 0; i < count; i++) {
      for (int r = 0; r < repeat; r++) {
        values[to + i * repeat + r] = input[from + i] - zeroPoint;
      }
    }
  }

  /** values[to + i] = input[from + i] - zeroPoint. */
  static void centre(byte[] input, int from, int count, float[] values, int to, int zeroPoint) {
    int i = 0;
    for (; i <= count - Lanes.COUNT; i += Lanes.COUNT) {
      FloatVector wide =
          (FloatVector)
              ByteVector.fromArray(Lanes.BYTES, input, from + i).convertShape(B2F, Lanes.FLOATS, 0);
      wide.sub(zeroPoint).intoArray(values, to + i);
    }
    for (; i < count; i++) {
      values[to + i] = input[from + i] - zeroPoint;
    }
  }
}
