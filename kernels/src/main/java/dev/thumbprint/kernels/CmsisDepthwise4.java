package dev.thumbprint.kernels;

/**
 * DEPTHWISE_CONV_2D with 4-bit weights as CMSIS-NN reads them where the number of input channels is
 * odd and its optimised kernel does not apply: the half of a byte is told from how many taps came
 * before, which is wrong where the image clips the window or a channel has several outputs.
 *
 * <p>Source: ARM-software/CMSIS-NN 4ab83cc3, arm_depthwise_conv_s4.c.
 */
public final class CmsisDepthwise4 {
  private final WindowGeometry window;
  private final int multiplier;
  private final byte[] packed;

  /**
   * Packs the weights.
   *
   * @param weights one byte for each weight, [1, height, width, channels]
   */
  public CmsisDepthwise4(WindowGeometry window, byte[] weights) {
    this.window = window;
    this.multiplier = window.outputChannels() / window.inputChannels();
    this.packed = new byte[(weights.length + 1) / 2];
    for (int i = 0; i < weights.length; i++) {
      packed[i / 2] |= (byte) ((weights[i] & 0xF) << (i % 2 * 4));
    }
  }

  /**
   * Computes all outputs. Accumulators of 32 bits wrap; rounding and clamps are those of {@code
   * scale}.
   *
   * @param input NHWC, 8 bits
   * @param zeroPoint of the input; that of the weights is 0
   * @param bias per output channel, or null
   * @param output NHWC, 8 bits
   */
  public void run(byte[] input, int zeroPoint, int[] bias, Requantization scale, byte[] output) {
    int at = 0;
    for (int batch = 0; batch < window.batches(); batch++) {
      for (int y = 0; y < window.outputHeight(); y++) {
        for (int x = 0; x < window.outputWidth(); x++) {
          pixel(batch, y, x, input, zeroPoint, bias, scale, output, at);
          at += window.outputChannels();
        }
      }
    }
  }

  private void pixel(
      int batch,
      int y,
      int x,
      byte[] input,
      int zeroPoint,
      int[] bias,
      Requantization scale,
      byte[] output,
      int at) {
    int step = window.inputChannels() / 2 * multiplier;
    int taps = window.filterHeight() * window.filterWidth();
    boolean low = true;
    int pair = 0;
    for (int c = 0; c < window.outputChannels(); c++) {
      pair += c > 0 && c % 2 == 0 ? 1 : 0;
      int extra = 0;
      int sum = bias == null ? 0 : bias[c];
      for (int ky = 0; ky < window.filterHeight(); ky++) {
        int row = window.inputRow(y, ky);
        int weight = -1;
        for (int kx = 0; kx < window.filterWidth(); kx++) {
          int column = window.inputColumn(x, kx);
          if (!window.inside(row, column)) {
            continue;
          }
          weight = weight < 0 ? (ky * window.filterWidth() + kx) * step + pair + extra : weight;
          if (weight >= packed.length) {
            throw new ArithmeticException("CMSIS-NN would read behind its weights");
          }
          int value = low ? packed[weight] << 28 >> 28 : packed[weight] >> 4;
          extra += low ? 0 : 1;
          low = !low;
          sum += (input[window.input(batch, row, column) + c / multiplier] - zeroPoint) * value;
          weight += step + (low ? 1 : 0);
        }
      }
      low = taps % 2 == 0 ? !low : low;
      output[at + c] = (byte) scale.apply(sum, c);
    }
  }
}
