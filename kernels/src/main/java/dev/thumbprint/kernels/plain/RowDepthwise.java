package dev.thumbprint.kernels.plain;

import dev.thumbprint.kernels.ByteKernel;
import dev.thumbprint.kernels.ConvolutionSpec;
import dev.thumbprint.kernels.WindowGeometry;
import java.util.Arrays;

/**
 * A depthwise convolution vectorised over a whole output row, pixels and channels alike. The values
 * under one column of the window are copied so that they stand at the index of their output, and
 * the weights are repeated for every pixel.
 */
final class RowDepthwise implements ByteKernel {
  private static final int NONE = -1;

  /** What all instances share: weights of each tap, repeated over a row. */
  static final class Prepared {
    private final WindowGeometry window;
    private final int zeroPoint;
    private final int[][] weights;
    private final int[] bias;
    private final OutputStage stage;

    Prepared(ConvolutionSpec spec) {
      window = spec.window();
      zeroPoint = spec.inputZeroPoint();
      int channels = window.outputChannels();
      int taps = window.filterHeight() * window.filterWidth();
      int row = window.outputWidth() * channels;
      weights = new int[taps][row];
      bias = new int[row];
      for (int i = 0; i < row; i++) {
        bias[i] = spec.bias() == null ? 0 : spec.bias()[i % channels];
        for (int tap = 0; tap < taps; tap++) {
          weights[tap][i] = spec.filter()[tap * channels + i % channels];
        }
      }
      stage = new OutputStage(spec.requantization(), window.outputWidth());
    }
  }

  private final Prepared prepared;
  private final int[] sums;

  /** Copies of input rows, kept while the window still covers them: [slot][window column]. */
  private final int[][][] copies;

  /** The input row in each slot. */
  private final int[] held;

  RowDepthwise(Prepared prepared) {
    this.prepared = prepared;
    WindowGeometry window = prepared.window;
    int slots = (window.filterHeight() - 1) * window.dilationHeight() + 1;
    this.sums = new int[prepared.bias.length];
    this.copies = new int[slots][window.filterWidth()][sums.length];
    this.held = new int[slots];
  }

  @Override
  public void run(byte[] input, byte[] output) {
    WindowGeometry window = prepared.window;
    for (int batch = 0; batch < window.batches(); batch++) {
      Arrays.fill(held, NONE);
      for (int y = 0; y < window.outputHeight(); y++) {
        System.arraycopy(prepared.bias, 0, sums, 0, sums.length);
        for (int ky = 0; ky < window.filterHeight(); ky++) {
          int row = window.inputRow(y, ky);
          if (row >= 0 && row < window.inputHeight()) {
            multiply(copied(input, batch, row), ky * window.filterWidth());
          }
        }
        prepared.stage.pixel(sums, output, window.output(batch, y, 0));
      }
    }
  }

  private void multiply(int[][] columns, int tap) {
    int[][] weights = prepared.weights;
    int kx = 0;
    for (; kx + 3 <= columns.length; kx += 3) {
      Products.addThree(
          sums,
          columns[kx],
          weights[tap + kx],
          columns[kx + 1],
          weights[tap + kx + 1],
          columns[kx + 2],
          weights[tap + kx + 2]);
    }
    for (; kx < columns.length; kx++) {
      Products.addOne(sums, columns[kx], weights[tap + kx]);
    }
  }

  private int[][] copied(byte[] input, int batch, int row) {
    int slot = row % held.length;
    if (held[slot] != row) {
      held[slot] = row;
      WindowGeometry window = prepared.window;
      for (int kx = 0; kx < window.filterWidth(); kx++) {
        int[] copy = copies[slot][kx];
        for (int x = 0; x < window.outputWidth(); x++) {
          copyPixel(input, batch, row, window.inputColumn(x, kx), copy, x);
        }
      }
    }
    return copies[slot];
  }

  private void copyPixel(byte[] input, int batch, int row, int column, int[] copy, int x) {
    WindowGeometry window = prepared.window;
    int channels = window.outputChannels();
    int to = x * channels;
    if (column < 0 || column >= window.inputWidth()) {
      Arrays.fill(copy, to, to + channels, 0);
      return;
    }
    int from = window.input(batch, row, column);
    int multiplier = channels / window.inputChannels();
    if (multiplier == 1) {
      for (int c = 0; c < channels; c++) {
        copy[to + c] = input[from + c] - prepared.zeroPoint;
      }
    } else {
      for (int c = 0; c < channels; c++) {
        copy[to + c] = input[from + c / multiplier] - prepared.zeroPoint;
      }
    }
  }
}
