package dev.thumbprint.kernels.plain;

import dev.thumbprint.kernels.ByteKernel;
import dev.thumbprint.kernels.ConvolutionSpec;
import dev.thumbprint.kernels.WindowGeometry;
import java.util.Arrays;

/**
 * A convolution vectorised over the pixels of a band of output rows: the values under one tap of
 * all these pixels form a row, which is multiplied with one weight. For large images with few
 * output channels.
 */
final class PixelConvolution implements ByteKernel {
  /** Rows of one band should stay in the first-level cache: eight rows of 32-bit values. */
  private static final int BAND_PIXELS = 512;

  /** What all instances share: weights of one output channel in one row. */
  static final class Prepared {
    private final WindowGeometry window;
    private final int zeroPoint;
    private final float[][] weights;
    private final int[] bias;
    private final OutputStage stage;
    private final int bandRows;

    Prepared(ConvolutionSpec spec) {
      window = spec.window();
      zeroPoint = spec.inputZeroPoint();
      int taps = window.filterHeight() * window.filterWidth() * window.inputChannels();
      weights = new float[window.outputChannels()][taps];
      for (int c = 0; c < weights.length; c++) {
        for (int tap = 0; tap < taps; tap++) {
          weights[c][tap] = spec.filter()[c * taps + tap];
        }
      }
      bias = spec.bias() == null ? new int[window.outputChannels()] : spec.bias();
      stage = new OutputStage(spec.requantization());
      bandRows = Math.clamp(BAND_PIXELS / window.outputWidth(), 1, window.outputHeight());
    }
  }

  private final Prepared prepared;
  private final float[][] rows;
  private final int[] sums;
  private final float[] partial;

  PixelConvolution(Prepared prepared) {
    this.prepared = prepared;
    int pixels = prepared.bandRows * prepared.window.outputWidth();
    this.rows = new float[prepared.weights[0].length][pixels];
    this.sums = new int[pixels];
    this.partial = new float[pixels];
  }

  @Override
  public void run(byte[] input, byte[] output) {
    WindowGeometry window = prepared.window;
    for (int batch = 0; batch < window.batches(); batch++) {
      for (int y = 0; y < window.outputHeight(); y += prepared.bandRows) {
        int bandRows = Math.min(prepared.bandRows, window.outputHeight() - y);
        gather(input, batch, y, bandRows);
        int pixels = bandRows * window.outputWidth();
        int at = window.output(batch, y, 0);
        for (int c = 0; c < window.outputChannels(); c++) {
          Arrays.fill(sums, prepared.bias[c]);
          Products.add(sums, rows, prepared.weights[c], partial);
          prepared.stage.channel(sums, pixels, c, output, at + c, window.outputChannels());
        }
      }
    }
  }

  /** One row per tap and channel: the centred values of all pixels of the band. */
  private void gather(byte[] input, int batch, int y, int bandRows) {
    WindowGeometry window = prepared.window;
    int width = window.outputWidth();
    int tap = 0;
    for (int ky = 0; ky < window.filterHeight(); ky++) {
      for (int kx = 0; kx < window.filterWidth(); kx++) {
        for (int c = 0; c < window.inputChannels(); c++) {
          for (int r = 0; r < bandRows; r++) {
            int row = window.inputRow(y + r, ky);
            if (row < 0 || row >= window.inputHeight()) {
              Arrays.fill(rows[tap], r * width, (r + 1) * width, 0);
            } else {
              gatherRow(input, window.input(batch, row, 0) + c, kx, rows[tap], r * width);
            }
          }
          tap++;
        }
      }
    }
  }

  /** The values of one channel of an input row under window column {@code kx}. */
  private void gatherRow(byte[] input, int from, int kx, float[] values, int to) {
    WindowGeometry window = prepared.window;
    int width = window.outputWidth();
    int stride = window.strideWidth();
    int first = window.inputColumn(0, kx);
    int start = first >= 0 ? 0 : Math.min(width, Math.ceilDiv(-first, stride));
    int room = window.inputWidth() - first;
    int end = room <= 0 ? start : Math.max(start, Math.min(width, Math.ceilDiv(room, stride)));
    Arrays.fill(values, to, to + start, 0);
    Arrays.fill(values, to + end, to + width, 0);
    int step = stride * window.inputChannels();
    int at = from + first * window.inputChannels();
    for (int x = start; x < end; x++) {
      values[to + x] = input[at + x * step] - prepared.zeroPoint;
    }
  }
}
