package dev.thumbprint.run.operators;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.kernels.WindowGeometry;
import dev.thumbprint.run.Departure;
import dev.thumbprint.run.Preparation;

/** What CMSIS-NN and its callers made of quantised convolutions otherwise, most of it in 2020. */
final class EarlyConvolutions {
  private EarlyConvolutions() {}

  /** Refuses groups where a library takes the layer for a dense one. */
  private static void requireGroups(Preparation p, WindowGeometry window, int channels) {
    Departure departure =
        p.input(0).type() == DataType.INT16
            ? Departure.CONVOLUTION_INT16_WITHOUT_GROUPS
            : p.input(1).type() == DataType.INT4
                ? Departure.CONVOLUTION_INT4_WITHOUT_GROUPS
                : Departure.CONVOLUTION_WITHOUT_GROUPS;
    p.require(
        channels == window.inputChannels() || !p.departs(departure),
        "%d input channels, %d of the filter".formatted(window.inputChannels(), channels),
        "equally many: this library knows no groups");
  }

  /**
   * The window over the channels that a library looks at: where it takes the filter's channels for
   * all of them, it reads pixels of so many from the front of the input and leaves the rest.
   */
  static WindowGeometry channels(Preparation p, WindowGeometry window, int channels) {
    requireGroups(p, window, channels);
    return p.departs(Departure.GROUPS_TAKEN_FOR_ALL_CHANNELS)
        ? window.withInputChannels(channels)
        : window;
  }

  /** The window that CONV_2D really has. */
  static WindowGeometry convolution(Preparation p, WindowGeometry window, int channels) {
    if (p.input(1).type() != DataType.INT8) {
      return window;
    }
    refuseWithoutBias(p, Departure.CONVOLUTION_WITHOUT_BIAS_MISREAD);
    if (channels != window.inputChannels()) {
      refuseWithoutBias(p, Departure.GROUPS_WITHOUT_BIAS_MISREAD);
    }
    return p.departs(Departure.CONVOLUTION_WITHOUT_DILATION)
        ? window.with(1, 1, window.padTop(), window.padLeft())
        : window;
  }

  /** The window that DEPTHWISE_CONV_2D really has. */
  static WindowGeometry depthwise(Preparation p, WindowGeometry window, Padding padding) {
    if (p.input(1).type() != DataType.INT8
        || !p.departs(Departure.DEPTHWISE_PADDING_WITHOUT_DILATION)) {
      return window;
    }
    refuseWithoutBias(p, Departure.DEPTHWISE_WITHOUT_BIAS_MISREAD);
    int top =
        padding.before(
            window.inputHeight(),
            window.outputHeight(),
            window.filterHeight(),
            window.strideHeight(),
            1);
    int left =
        padding.before(
            window.inputWidth(),
            window.outputWidth(),
            window.filterWidth(),
            window.strideWidth(),
            1);
    boolean dilated = window.dilationHeight() > 1 || window.dilationWidth() > 1;
    if (dilated && !p.departs(Departure.DEPTHWISE_WITHOUT_DILATION)) {
      return window.with(window.dilationHeight(), window.dilationWidth(), top, left);
    }
    WindowGeometry plain = window.with(1, 1, top, left);
    return p.departs(Departure.DEPTHWISE_FIRST_IMAGE_ONLY) ? plain.firstImage() : plain;
  }

  /** The activation that DEPTHWISE_CONV_2D applies. */
  static Activation activation(Preparation p, Activation fused) {
    boolean left =
        p.input(1).type() == DataType.INT8 && p.departs(Departure.DEPTHWISE_WITHOUT_ACTIVATION);
    return left ? Activation.NONE : fused;
  }

  /** Refuses a layer without bias where the library reads one from low memory. */
  static void refuseWithoutBias(Preparation p, Departure departure) {
    p.require(
        p.has(2) || !p.departs(departure),
        "no bias, which this library reads from low memory all the same",
        "a bias");
  }
}
