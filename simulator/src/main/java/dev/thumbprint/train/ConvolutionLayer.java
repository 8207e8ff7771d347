package dev.thumbprint.train;

import dev.thumbprint.model.zoo.SplitMix;

/**
 * A convolution without padding, followed by RELU or nothing. A window as large as the input makes
 * it a dense layer over the flattened input.
 */
final class ConvolutionLayer implements TrainedLayer {
  private final int width;
  private final int channels;
  private final int window;
  private final int filters;
  private final boolean relu;
  private final int outputHeight;
  private final int outputWidth;

  /** Weights, the filter innermost: [row][column][channel][filter]. */
  private final float[] weights;

  private final float[] biases;
  private final float[] weightGradient;
  private final float[] biasGradient;
  private final float[] weightMove;
  private final float[] biasMove;
  private final float[] output;
  private final float[] inputGradient;
  private float[] input = {};

  ConvolutionLayer(
      int height, int width, int channels, int window, int filters, boolean relu, SplitMix random) {
    this.width = width;
    this.channels = channels;
    this.window = window;
    this.filters = filters;
    this.relu = relu;
    outputHeight = height - window + 1;
    outputWidth = width - window + 1;
    int taps = window * window * channels;
    weights = new float[taps * filters];
    // Spread that keeps the size of values from layer to layer (He et al., arXiv:1502.01852).
    float limit = (float) StrictMath.sqrt(6.0 / taps);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.between(-limit, limit);
    }
    biases = new float[filters];
    weightGradient = new float[weights.length];
    biasGradient = new float[filters];
    weightMove = new float[weights.length];
    biasMove = new float[filters];
    output = new float[outputHeight * outputWidth * filters];
    inputGradient = new float[height * width * channels];
  }

  @Override
  public float[] forward(float[] values) {
    input = values;
    for (int y = 0; y < outputHeight; y++) {
      for (int x = 0; x < outputWidth; x++) {
        int to = (y * outputWidth + x) * filters;
        System.arraycopy(biases, 0, output, to, filters);
        for (int ky = 0; ky < window; ky++) {
          for (int k = 0; k < window * channels; k++) {
            float value = values[((y + ky) * width + x) * channels + k];
            int row = (ky * window * channels + k) * filters;
            for (int f = 0; f < filters; f++) {
              output[to + f] += value * weights[row + f];
            }
          }
        }
      }
    }
    if (relu) {
      for (int i = 0; i < output.length; i++) {
        output[i] = Math.max(output[i], 0);
      }
    }
    return output;
  }

  @Override
  public float[] backward(float[] gradient) {
    java.util.Arrays.fill(inputGradient, 0);
    for (int y = 0; y < outputHeight; y++) {
      for (int x = 0; x < outputWidth; x++) {
        int from = (y * outputWidth + x) * filters;
        for (int f = 0; f < filters; f++) {
          if (relu && output[from + f] <= 0) {
            gradient[from + f] = 0;
          }
          biasGradient[f] += gradient[from + f];
        }
        for (int ky = 0; ky < window; ky++) {
          for (int k = 0; k < window * channels; k++) {
            int at = ((y + ky) * width + x) * channels + k;
            int row = (ky * window * channels + k) * filters;
            float value = input[at];
            float sum = 0;
            for (int f = 0; f < filters; f++) {
              weightGradient[row + f] += value * gradient[from + f];
              sum += weights[row + f] * gradient[from + f];
            }
            inputGradient[at] += sum;
          }
        }
      }
    }
    return inputGradient;
  }

  @Override
  public void step(float rate, float momentum, int samples) {
    move(weights, weightGradient, weightMove, rate / samples, momentum);
    move(biases, biasGradient, biasMove, rate / samples, momentum);
  }

  private static void move(
      float[] values, float[] gradient, float[] move, float rate, float momentum) {
    for (int i = 0; i < values.length; i++) {
      move[i] = momentum * move[i] - rate * gradient[i];
      values[i] += move[i];
      gradient[i] = 0;
    }
  }

  /** Weights with the filter outermost, as a model holds them. */
  float[] filterMajor() {
    int taps = weights.length / filters;
    float[] turned = new float[weights.length];
    for (int t = 0; t < taps; t++) {
      for (int f = 0; f < filters; f++) {
        turned[f * taps + t] = weights[t * filters + f];
      }
    }
    return turned;
  }

  /** Biases by filter. */
  float[] biases() {
    return biases.clone();
  }
}
