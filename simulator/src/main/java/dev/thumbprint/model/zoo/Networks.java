package dev.thumbprint.model.zoo;

import static dev.thumbprint.cost.work.Activation.NONE;
import static dev.thumbprint.cost.work.Activation.RELU;
import static dev.thumbprint.cost.work.Padding.SAME;
import static dev.thumbprint.cost.work.Padding.VALID;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Window;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.zoo.NetworkBuilder.Value;

/**
 * The layers of the built-in networks. MLPerf Tiny: mlcommons/tiny, benchmark/training. LeNet,
 * ResNet-20 and the sweeps: Heim et al., arXiv:2104.10645.
 */
final class Networks {
  private Networks() {}

  /** Keyword spotting: DS-CNN on 49 x 10 cepstral coefficients, 12 words. */
  static Graph keywordSpotting(NetworkBuilder net) {
    Value x = net.convolution(net.input(1, 49, 10, 1), 64, window(10, 4, 2, SAME), RELU);
    for (int block = 0; block < 4; block++) {
      x = net.depthwise(x, window(3, 3, 1, SAME), RELU);
      x = net.convolution(x, 64, window(1, 1, 1, SAME), RELU);
    }
    return classify(net, net.averagePool(x, 25, 5), 12);
  }

  /** Image classification: ResNet-8 on CIFAR-10. */
  static Graph imageClassification(NetworkBuilder net) {
    Window window = window(3, 3, 1, SAME);
    Value x = net.convolution(net.input(1, 32, 32, 3), 16, window, RELU);
    Value y = net.convolution(x, 16, window, RELU);
    x = net.add(x, net.convolution(y, 16, window, NONE), RELU);
    for (int filters = 32; filters <= 64; filters *= 2) {
      y = net.convolution(x, filters, window(3, 3, 2, SAME), RELU);
      y = net.convolution(y, filters, window, NONE);
      Value projected = net.convolution(x, filters, window(1, 1, 2, SAME), NONE);
      x = net.add(projected, y, RELU);
    }
    return classify(net, net.averagePool(x, 8, 8), 10);
  }

  /**
   * Visual wake words: MobileNetV1 x 0.25 on 96 x 96 x 3. Of the published weights (mlcommons/tiny,
   * vww_96_int8.tflite) 83 % are zero, and in later layers whole filters are: half of the
   * multiply-accumulates make constants, which some runtimes leave out. As many filters have no
   * weights here.
   */
  static Graph visualWakeWords(NetworkBuilder net) {
    Value x = net.convolution(net.input(1, 96, 96, 3), 8, window(3, 3, 2, SAME), RELU);
    int[] filters = {16, 32, 32, 64, 64, 128, 128, 128, 128, 128, 128, 256, 256};
    int[] live = {16, 32, 32, 64, 60, 107, 57, 30, 19, 19, 27, 32, 22};
    int[] strides = {1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1};
    for (int block = 0; block < filters.length; block++) {
      x = net.depthwise(x, window(3, 3, strides[block], SAME), RELU);
      x = net.convolution(x, filters[block], live[block], window(1, 1, 1, SAME), RELU);
    }
    return classify(net, net.averagePool(x, 3, 3), 2);
  }

  /** Anomaly detection: dense autoencoder over 5 frames of 128 mel bands. */
  static Graph anomalyDetection(NetworkBuilder net) {
    Value x = net.input(1, 640);
    for (int units : new int[] {128, 128, 128, 128, 8, 128, 128, 128, 128}) {
      x = net.dense(x, units, RELU);
    }
    return net.build(net.dense(x, 640, NONE));
  }

  /** Streaming wake word: one-dimensional depthwise separable network, 30 frames of 40 bands. */
  static Graph streamingWakeword(NetworkBuilder net) {
    Value x = net.input(1, 30, 1, 40);
    int[] heights = {3, 5, 10, 15};
    int[] filters = {128, 128, 128, 32};
    for (int block = 0; block < filters.length; block++) {
      x = net.depthwise(x, window(heights[block], 1, 1, VALID), NONE);
      x = net.convolution(x, filters[block], window(1, 1, 1, VALID), RELU);
    }
    return classify(net, x, 3);
  }

  /** The study's LeNet-5-like network on MNIST padded to 32 x 32. */
  static Graph lenet(NetworkBuilder net) {
    Value x = net.floatInput(1, 32, 32, 1);
    for (int filters : new int[] {6, 16}) {
      x = net.convolution(x, filters, window(3, 3, 1, VALID), RELU);
      x = net.averagePool(x, 2, 2);
    }
    x = net.flatten(x);
    x = net.dense(x, 120, RELU);
    x = net.dense(x, 84, RELU);
    return net.build(net.dequantize(net.softmax(net.dense(x, 10, NONE))));
  }

  /** The study's ResNet-20 on CIFAR-10; the order of a projection is the one it recorded. */
  static Graph resnet20(NetworkBuilder net) {
    Window window = window(3, 3, 1, SAME);
    Value x = net.convolution(net.floatInput(1, 32, 32, 3), 16, window, RELU);
    for (int filters = 16; filters <= 64; filters *= 2) {
      for (int block = 0; block < 3; block++) {
        x = block == 0 && filters > 16 ? downsample(net, x, filters) : residual(net, x, filters);
      }
    }
    x = net.flatten(net.averagePool(x, 8, 8));
    return net.build(net.dequantize(net.softmax(net.dense(x, 10, NONE))));
  }

  private static Value residual(NetworkBuilder net, Value x, int filters) {
    Value y = net.convolution(x, filters, window(3, 3, 1, SAME), RELU);
    return net.add(x, net.convolution(y, filters, window(3, 3, 1, SAME), NONE), RELU);
  }

  private static Value downsample(NetworkBuilder net, Value x, int filters) {
    boolean projectionFirst = filters == 32;
    Window projection = window(1, 1, 2, SAME);
    Value shortcut = projectionFirst ? net.convolution(x, filters, projection, NONE) : null;
    Value y = net.convolution(x, filters, window(3, 3, 2, SAME), RELU);
    y = net.convolution(y, filters, window(3, 3, 1, SAME), NONE);
    if (!projectionFirst) {
      shortcut = net.convolution(x, filters, projection, NONE);
    }
    return net.add(shortcut, y, RELU);
  }

  /** Sweep of dense layers: {@code length} inputs into 450 units. */
  static Graph denseSweep(NetworkBuilder net, int length) {
    Value x = net.flatten(net.floatInput(1, 10, 10, 1));
    for (int units : new int[] {length, 450, length, 450}) {
      x = net.dense(x, units, RELU);
    }
    return net.build(net.dequantize(net.dense(x, 10, NONE)));
  }

  /** Sweep of convolutions: {@code channels} channels into 60 filters on 32 x 32. */
  static Graph convolutionSweep(NetworkBuilder net, int channels, int kernel) {
    Window window = window(kernel, kernel, 1, SAME);
    Value x = net.convolution(net.floatInput(1, 32, 32, 1), channels, window, RELU);
    return classifySweep(net, net.convolution(x, 60, window, RELU));
  }

  /** Sweep of depthwise convolutions: {@code channels} channels on 24 x 24. */
  static Graph depthwiseSweep(NetworkBuilder net, int channels, int kernel) {
    Value x = net.convolution(net.floatInput(1, 24, 24, 1), channels, window(3, 3, 1, SAME), RELU);
    return classifySweep(net, net.depthwise(x, window(kernel, kernel, 1, SAME), RELU));
  }

  /** Sweep of small channel counts: four convolutions of {@code filters} filters on 64 x 64. */
  static Graph channelSweep(NetworkBuilder net, int filters, int kernel) {
    Value x = net.floatInput(1, 64, 64, 1);
    for (int layer = 0; layer < 4; layer++) {
      x = net.convolution(x, filters, window(kernel, kernel, 1, SAME), RELU);
    }
    return classifySweep(net, x);
  }

  /** A single convolution. */
  static Graph convolution(
      NetworkBuilder net, int[] input, int filters, Window window, Activation activation) {
    Value x = net.input(1, input[0], input[1], input[2]);
    return net.build(net.convolution(x, filters, window, activation));
  }

  /** A single depthwise convolution. */
  static Graph depthwise(NetworkBuilder net, int[] input, Window window, Activation activation) {
    return net.build(net.depthwise(net.input(1, input[0], input[1], input[2]), window, activation));
  }

  /** A single dense layer. */
  static Graph dense(NetworkBuilder net, int length, int units, Activation activation) {
    return net.build(net.dense(net.input(1, length), units, activation));
  }

  private static Graph classify(NetworkBuilder net, Value features, int classes) {
    return net.build(net.softmax(net.dense(net.flatten(features), classes, NONE)));
  }

  private static Graph classifySweep(NetworkBuilder net, Value features) {
    Value classes = net.dense(net.flatten(features), 10, NONE);
    return net.build(net.dequantize(net.softmax(classes)));
  }

  private static Window window(int height, int width, int stride, Padding padding) {
    return new Window(height, width, stride, stride, 1, 1, padding);
  }
}
