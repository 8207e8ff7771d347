package dev.thumbprint.model.zoo;

import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;

/**
 * The operators of the zoo over real values, one image: what ranges the activations have when the
 * scales of a synthetic network are chosen. Not an inference; the kernels are elsewhere.
 */
final class RealPass {
  private RealPass() {}

  /**
   * Sums of products of a convolution, without bias and scale.
   *
   * @param input NHWC values
   * @param weights one row of output channels per tap: {@code [kh][kw][inputChannels][filters]}
   * @return NHWC values with {@code filters} channels
   */
  static float[] convolve(
      float[] input, Shape inputShape, float[] weights, Shape outputShape, Window window) {
    int inputChannels = inputShape.dim(3);
    int filters = outputShape.dim(3);
    float[] output = new float[(int) outputShape.elements()];
    forEachTap(
        inputShape,
        outputShape,
        window,
        (inputPixel, tap, outputPixel) -> {
          for (int c = 0; c < inputChannels; c++) {
            float value = input[inputPixel * inputChannels + c];
            int row = (tap * inputChannels + c) * filters;
            int to = outputPixel * filters;
            for (int f = 0; f < filters; f++) {
              output[to + f] += value * weights[row + f];
            }
          }
        });
    return output;
  }

  /** As {@link #convolve} with one filter per channel; weights {@code [kh][kw][channels]}. */
  static float[] convolveDepthwise(
      float[] input, Shape inputShape, float[] weights, Shape outputShape, Window window) {
    int channels = inputShape.dim(3);
    float[] output = new float[(int) outputShape.elements()];
    forEachTap(
        inputShape,
        outputShape,
        window,
        (inputPixel, tap, outputPixel) -> {
          for (int c = 0; c < channels; c++) {
            output[outputPixel * channels + c] +=
                input[inputPixel * channels + c] * weights[tap * channels + c];
          }
        });
    return output;
  }

  /** Mean over each window, the border not counted. */
  static float[] averagePool(float[] input, Shape inputShape, Shape outputShape, Window window) {
    int channels = inputShape.dim(3);
    float[] output = new float[(int) outputShape.elements()];
    int[] taps = new int[output.length / channels];
    forEachTap(
        inputShape,
        outputShape,
        window,
        (inputPixel, tap, outputPixel) -> {
          taps[outputPixel]++;
          for (int c = 0; c < channels; c++) {
            output[outputPixel * channels + c] += input[inputPixel * channels + c];
          }
        });
    for (int i = 0; i < output.length; i++) {
      output[i] /= taps[i / channels];
    }
    return output;
  }

  /** Softmax over all values. */
  static float[] softmax(float[] input) {
    float max = Float.NEGATIVE_INFINITY;
    for (float value : input) {
      max = Math.max(max, value);
    }
    double sum = 0;
    for (float value : input) {
      sum += StrictMath.exp(value - max);
    }
    float[] output = new float[input.length];
    for (int i = 0; i < input.length; i++) {
      output[i] = (float) (StrictMath.exp(input[i] - max) / sum);
    }
    return output;
  }

  @FunctionalInterface
  private interface Tap {
    void visit(int inputPixel, int tap, int outputPixel);
  }

  private static void forEachTap(Shape input, Shape output, Window window, Tap visitor) {
    int padTop = window.padTop(input.dim(1), output.dim(1));
    int padLeft = window.padLeft(input.dim(2), output.dim(2));
    for (int oy = 0; oy < output.dim(1); oy++) {
      for (int ox = 0; ox < output.dim(2); ox++) {
        for (int ky = 0; ky < window.height(); ky++) {
          int iy = oy * window.strideHeight() - padTop + ky;
          for (int kx = 0; kx < window.width(); kx++) {
            int ix = ox * window.strideWidth() - padLeft + kx;
            if (iy >= 0 && iy < input.dim(1) && ix >= 0 && ix < input.dim(2)) {
              visitor.visit(
                  iy * input.dim(2) + ix, ky * window.width() + kx, oy * output.dim(2) + ox);
            }
          }
        }
      }
    }
  }
}
