package dev.thumbprint.train;

import java.util.Arrays;

/** The mean of each window of 2 x 2; a last odd row or column is left out. */
final class PoolLayer implements TrainedLayer {
  private static final float QUARTER = 0.25f;

  private final int width;
  private final int channels;
  private final int outputHeight;
  private final int outputWidth;
  private final float[] output;
  private final float[] inputGradient;

  PoolLayer(int height, int width, int channels) {
    this.width = width;
    this.channels = channels;
    outputHeight = height / 2;
    outputWidth = width / 2;
    output = new float[outputHeight * outputWidth * channels];
    inputGradient = new float[height * width * channels];
  }

  @Override
  public float[] forward(float[] input) {
    Arrays.fill(output, 0);
    for (int y = 0; y < 2 * outputHeight; y++) {
      for (int x = 0; x < 2 * outputWidth; x++) {
        for (int c = 0; c < channels; c++) {
          output[target(y, x, c)] += QUARTER * input[(y * width + x) * channels + c];
        }
      }
    }
    return output;
  }

  @Override
  public float[] backward(float[] gradient) {
    Arrays.fill(inputGradient, 0);
    for (int y = 0; y < 2 * outputHeight; y++) {
      for (int x = 0; x < 2 * outputWidth; x++) {
        for (int c = 0; c < channels; c++) {
          inputGradient[(y * width + x) * channels + c] = QUARTER * gradient[target(y, x, c)];
        }
      }
    }
    return inputGradient;
  }

  @Override
  public void step(float rate, float momentum, int samples) {
    // Nothing to learn.
  }

  private int target(int y, int x, int c) {
    return (y / 2 * outputWidth + x / 2) * channels + c;
  }
}
