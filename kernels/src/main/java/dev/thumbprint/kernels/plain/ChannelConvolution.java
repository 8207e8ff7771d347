package dev.thumbprint.kernels.plain;

import dev.thumbprint.kernels.ByteKernel;
import dev.thumbprint.kernels.ConvolutionSpec;
import dev.thumbprint.kernels.WindowGeometry;

/**
 * A convolution vectorised over output channels: each value under the window is multiplied with the
 * row of its weights for all outputs. For many output channels, and for dense layers.
 */
final class ChannelConvolution implements ByteKernel {
  /** What all instances share: one row of weights per tap and input channel. */
  static final class Prepared {
    private final WindowGeometry window;
    private final int zeroPoint;
    private final float[][] weights;
    private final int[] bias;
    private final OutputStage stage;

    Prepared(ConvolutionSpec spec) {
      window = spec.window();
      zeroPoint = spec.inputZeroPoint();
      int taps = window.filterHeight() * window.filterWidth() * window.inputChannels();
      weights = new float[taps][window.outputChannels()];
      for (int tap = 0; tap < taps; tap++) {
        for (int c = 0; c < window.outputChannels(); c++) {
          weights[tap][c] = spec.filter()[c * taps + tap];
        }
      }
      bias = spec.bias() == null ? new int[window.outputChannels()] : spec.bias();
      stage = new OutputStage(spec.requantization());
    }
  }

  private final Prepared prepared;
  private final float[] values;
  private final int[] sums;
  private final float[] partial;

  ChannelConvolution(Prepared prepared) {
    this.prepared = prepared;
    this.values = new float[prepared.weights.length];
    this.sums = new int[prepared.window.outputChannels()];
    this.partial = new float[sums.length];
  }

  @Override
  public void run(byte[] input, byte[] output) {
    WindowGeometry window = prepared.window;
    for (int batch = 0; batch < window.batches(); batch++) {
      for (int y = 0; y < window.outputHeight(); y++) {
        for (int x = 0; x < window.outputWidth(); x++) {
          gather(input, batch, y, x);
          System.arraycopy(prepared.bias, 0, sums, 0, sums.length);
          Products.add(sums, prepared.weights, values, partial);
          prepared.stage.pixel(sums, output, window.output(batch, y, x));
        }
      }
    }
  }

  /** The centred values under the window, 0 outside the image. */
  private void gather(byte[] input, int batch, int y, int x) {
    WindowGeometry window = prepared.window;
    int channels = window.inputChannels();
    int to = 0;
    for (int ky = 0; ky < window.filterHeight(); ky++) {
      int row = window.inputRow(y, ky);
      for (int kx = 0; kx < window.filterWidth(); kx++) {
        int column = window.inputColumn(x, kx);
        if (window.inside(row, column)) {
          int from = window.input(batch, row, column);
          for (int c = 0; c < channels; c++) {
            values[to + c] = input[from + c] - prepared.zeroPoint;
          }
        } else {
          for (int c = 0; c < channels; c++) {
            values[to + c] = 0;
          }
        }
        to += channels;
      }
    }
  }
}
