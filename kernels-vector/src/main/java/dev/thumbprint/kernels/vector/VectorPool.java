package dev.thumbprint.kernels.vector;

import static jdk.incubator.vector.VectorOperators.B2I;

import dev.thumbprint.kernels.ByteKernel;
import dev.thumbprint.kernels.WindowGeometry;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;

/**
 * AVERAGE_POOL_2D and MAX_POOL_2D, vectors of channels; see {@link dev.thumbprint.kernels.Pooling}.
 */
final class VectorPool implements ByteKernel {
  private final WindowGeometry window;
  private final boolean average;
  private final int min;
  private final int max;
  private final int[] values;

  VectorPool(WindowGeometry window, boolean average, int min, int max) {
    this.window = window;
    this.average = average;
    this.min = min;
    this.max = max;
    this.values = new int[window.outputChannels()];
  }

  @Override
  public void run(byte[] input, byte[] output) {
    for (int batch = 0; batch < window.batches(); batch++) {
      for (int y = 0; y < window.outputHeight(); y++) {
        int top = Math.max(0, window.inputRow(y, 0));
        int bottom = Math.min(window.inputHeight(), window.inputRow(y, window.filterHeight()));
        for (int x = 0; x < window.outputWidth(); x++) {
          int left = Math.max(0, window.inputColumn(x, 0));
          int right = Math.min(window.inputWidth(), window.inputColumn(x, window.filterWidth()));
          Arrays.fill(values, average ? 0 : Byte.MIN_VALUE);
          for (int row = top; row < bottom; row++) {
            for (int column = left; column < right; column++) {
              int from = window.input(batch, row, column);
              if (average) {
                add(input, from, values);
              } else {
                raise(input, from, values);
              }
            }
          }
          write((bottom - top) * (right - left), output, window.output(batch, y, x));
        }
      }
    }
  }

  private void write(int taps, byte[] output, int to) {
    int half = taps / 2;
    for (int c = 0; c < values.length; c++) {
      int value = values[c];
      if (average) {
        value = (value > 0 ? value + half : value - half) / taps;
      }
      output[to + c] = (byte) Math.max(min, Math.min(max, value));
    }
  }

  private static void add(byte[] input, int from, int[] sums) {
    int c = 0;
    for (; c <= sums.length - Lanes.COUNT; c += Lanes.COUNT) {
      IntVector wide =
          (IntVector)
              ByteVector.fromArray(Lanes.BYTES, input, from + c).convertShape(B2I, Lanes.INTS, 0);
      wide.add(IntVector.fromArray(Lanes.INTS, sums, c)).intoArray(sums, c);
    }
    for (; c < sums.length; c++) {
      sums[c] += input[from + c];
    }
  }

  private static void raise(byte[] input, int from, int[] largest) {
    int c = 0;
    for (; c <= largest.length - Lanes.COUNT; c += Lanes.COUNT) {
      IntVector wide =
          (IntVector)
              ByteVector.fromArray(Lanes.BYTES, input, from + c).convertShape(B2I, Lanes.INTS, 0);
      wide.max(IntVector.fromArray(Lanes.INTS, largest, c)).intoArray(largest, c);
    }
    for (; c < largest.length; c++) {
      largest[c] = Math.max(largest[c], input[from + c]);
    }
  }
}
