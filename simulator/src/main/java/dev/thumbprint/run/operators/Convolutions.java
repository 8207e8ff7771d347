package dev.thumbprint.run.operators;

import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT32;
import static dev.thumbprint.cost.work.DataType.INT4;
import static dev.thumbprint.cost.work.DataType.INT64;
import static dev.thumbprint.cost.work.DataType.INT8;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.kernels.ByteKernel;
import dev.thumbprint.kernels.CmsisDepthwise4;
import dev.thumbprint.kernels.Conv2d;
import dev.thumbprint.kernels.ConvolutionSpec;
import dev.thumbprint.kernels.DepthwiseConv2d;
import dev.thumbprint.kernels.Requantization;
import dev.thumbprint.kernels.WindowGeometry;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.run.Departure;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;
import java.util.function.Supplier;

/** CONV_2D and DEPTHWISE_CONV_2D. */
final class Convolutions {
  /** From so many columns on CMSIS-NN takes its general kernel (arm_convolve_wrapper_s16.c). */
  private static final int FAST_COLUMNS_MAX = 512;

  private Convolutions() {}

  /** Inputs: image, filter [outputs, height, width, channels], bias (optional). */
  static Prepared conv2d(Preparation p) {
    Options.Conv2d options = p.options(Options.Conv2d.class);
    Tensor filter = filter(p);
    WindowGeometry window =
        Windows.of(
            p,
            p.input(0),
            p.output(0),
            filter.shape().dim(1),
            filter.shape().dim(2),
            new Windows.Steps(
                options.padding(),
                options.strideHeight(),
                options.strideWidth(),
                options.dilationHeight(),
                options.dilationWidth()));
    int channels = filter.shape().dim(3);
    int groups = channels == 0 ? 0 : window.inputChannels() / channels;
    p.require(
        filter.shape().dim(0) == window.outputChannels()
            && groups > 0
            && groups * channels == window.inputChannels()
            && window.outputChannels() % groups == 0,
        "filter [%s] from %d to %d channels"
            .formatted(filter.shape(), window.inputChannels(), window.outputChannels()),
        "output channels first, input channels a multiple of the last");
    requireBias(p, window.outputChannels());
    Types types = types(p);
    WindowGeometry seen =
        types == Types.FLOAT ? window : EarlyConvolutions.channels(p, window, channels);
    return switch (types) {
      case FLOAT -> convFloat(p, window, channels, options.activation());
      case INT16x8 -> convInt16(p, seen, channels, options);
      case INT8 -> {
        requireReadableBatches(p, window, channels);
        WindowGeometry taken = EarlyConvolutions.convolution(p, seen, channels);
        Requantization scale = requantization(p, window, 0, options.activation());
        yield int8(
            p,
            p.constantBytes(1) == null || (p.has(2) && p.constantInts(2) == null)
                ? null
                : p.tier().conv2d(spec(p, taken, channels, scale)),
            (input, weights, bias, output) ->
                Conv2d.int8(
                    taken, channels, input, p.zeroPoint(p.input(0)), weights, bias, scale, output));
      }
    };
  }

  /** Inputs: image, filter [1, height, width, outputs], bias (optional). */
  static Prepared depthwiseConv2d(Preparation p) {
    Options.DepthwiseConv2d options = p.options(Options.DepthwiseConv2d.class);
    Tensor filter = filter(p);
    WindowGeometry window =
        Windows.of(
            p,
            p.input(0),
            p.output(0),
            filter.shape().dim(1),
            filter.shape().dim(2),
            new Windows.Steps(
                options.padding(),
                options.strideHeight(),
                options.strideWidth(),
                options.dilationHeight(),
                options.dilationWidth()));
    p.require(
        filter.shape().dim(0) == 1
            && filter.shape().dim(3) == window.outputChannels()
            && window.outputChannels() % window.inputChannels() == 0,
        "filter [%s] from %d to %d channels"
            .formatted(filter.shape(), window.inputChannels(), window.outputChannels()),
        "1 x height x width x output channels, a multiple of the input channels");
    requireBias(p, window.outputChannels());
    return switch (types(p)) {
      case FLOAT -> depthwiseFloat(p, window, options.activation());
      case INT16x8 -> depthwiseInt16(p, window, options.activation());
      case INT8 -> {
        Activation activation = EarlyConvolutions.activation(p, options.activation());
        Requantization scale = requantization(p, window, 3, activation);
        WindowGeometry taken = EarlyConvolutions.depthwise(p, window, options.padding());
        if (mixesHalves(p, window)) {
          yield mixedHalves(p, window, scale);
        }
        yield int8(
            p,
            p.constantBytes(1) == null || (p.has(2) && p.constantInts(2) == null)
                ? null
                : p.tier().depthwiseConv2d(spec(p, taken, 1, scale)),
            (input, weights, bias, output) ->
                DepthwiseConv2d.int8(
                    taken, input, p.zeroPoint(p.input(0)), weights, bias, scale, output));
      }
    };
  }

  private enum Types {
    FLOAT,
    INT8,
    INT16x8
  }

  /** A convolution whose weights are known only when it runs. */
  private interface Loop {
    void run(byte[] input, byte[] weights, int[] bias, byte[] output);
  }

  private static Tensor filter(Preparation p) {
    Tensor filter = p.input(1);
    p.require(
        filter.shape().rank() == 4 && filter.shape().elements() > 0,
        "filter [" + filter.shape() + "]",
        "four dimensions");
    return filter;
  }

  private static Types types(Preparation p) {
    DataType input = p.input(0).type();
    DataType filter = p.input(1).type();
    p.require(
        input != FLOAT32 || filter == FLOAT32,
        filter.label() + " weights with float32 activations",
        "weights and activations both quantised or both float32 (hybrid models are not supported"
            + " on TensorFlow Lite Micro)");
    if (input != p.output(0).type()) {
      throw p.refuseTypes();
    }
    if (input == FLOAT32) {
      return Types.FLOAT;
    }
    if (input == INT8 && (filter == INT8 || filter == INT4)) {
      return Types.INT8;
    }
    if (input == INT16 && filter == INT8) {
      return Types.INT16x8;
    }
    throw p.refuseTypes();
  }

  private static void requireBias(Preparation p, int channels) {
    if (p.has(2)) {
      p.require(
          p.input(2).shape().elements() == channels,
          "bias [" + p.input(2).shape() + "]",
          channels + " elements");
    }
  }

  private static Prepared int8(Preparation p, Supplier<ByteKernel> kernel, Loop loop) {
    if (p.has(2)) {
      p.require(p.input(2), INT32);
    }
    int in = p.inputIndex(0);
    int out = p.outputIndex(0);
    if (kernel == null) {
      return frame -> {
        byte[] input = frame.bytes(in);
        byte[] weights = frame.bytes(p.inputIndex(1));
        int[] bias = frame.ints(p.inputIndex(2));
        byte[] output = frame.bytes(out);
        return () -> loop.run(input, weights, bias, output);
      };
    }
    return Bindings.bytes(kernel, in, out);
  }

  private static ConvolutionSpec spec(
      Preparation p, WindowGeometry window, int channels, Requantization scale) {
    return new ConvolutionSpec(
        window, channels, p.zeroPoint(p.input(0)), p.constantBytes(1), p.constantInts(2), scale);
  }

  /** Multipliers in double precision, one per output channel (per-tensor scales are repeated). */
  private static Requantization requantization(
      Preparation p, WindowGeometry window, int axis, Activation activation) {
    Tensor filter = p.input(1);
    float[] scales = p.scales(filter);
    int channels = window.outputChannels();
    p.require(
        scales.length == 1
            || (scales.length == channels && filter.quantization().orElseThrow().axis() == axis),
        scales.length + " filter scales",
        "1, or " + channels + " along axis " + axis);
    double[] reals = new double[channels];
    for (int c = 0; c < channels; c++) {
      double weight = scales[scales.length == 1 ? 0 : c];
      reals[c] = p.scale(p.input(0)) * weight / p.scale(p.output(0));
    }
    Preparation.Range range = p.range(activation, p.output(0));
    return Requantization.of(
        reals, p.zeroPoint(p.output(0)), range.min(), range.max(), p.rounding());
  }

  private static Prepared convFloat(
      Preparation p, WindowGeometry window, int channels, Activation activation) {
    float min = Preparation.floatMin(activation);
    float max = Preparation.floatMax(activation);
    return frame -> {
      float[] input = frame.floats(p.inputIndex(0));
      float[] filter = frame.floats(p.inputIndex(1));
      float[] bias = frame.floats(p.inputIndex(2));
      float[] output = frame.floats(p.outputIndex(0));
      return () -> Conv2d.float32(window, channels, input, filter, bias, min, max, output);
    };
  }

  private static Prepared depthwiseFloat(
      Preparation p, WindowGeometry window, Activation activation) {
    float min = Preparation.floatMin(activation);
    float max = Preparation.floatMax(activation);
    return frame -> {
      float[] input = frame.floats(p.inputIndex(0));
      float[] filter = frame.floats(p.inputIndex(1));
      float[] bias = frame.floats(p.inputIndex(2));
      float[] output = frame.floats(p.outputIndex(0));
      return () -> DepthwiseConv2d.float32(window, input, filter, bias, min, max, output);
    };
  }

  /** Whether CMSIS-NN takes its general kernel for 4-bit weights with an odd channel count. */
  private static boolean mixesHalves(Preparation p, WindowGeometry window) {
    boolean optimised =
        window.batches() == 1
            && window.inputChannels() == window.outputChannels()
            && window.dilationHeight() == 1
            && window.dilationWidth() == 1;
    return p.input(1).type() == DataType.INT4
        && window.inputChannels() % 2 == 1
        && !optimised
        && p.departs(Departure.DEPTHWISE_INT4_ODD_CHANNELS);
  }

  private static Prepared mixedHalves(Preparation p, WindowGeometry window, Requantization scale) {
    byte[] weights = p.constantBytes(1);
    p.require(weights != null, "weights that are not constant", "constant weights");
    int zeroPoint = p.zeroPoint(p.input(0));
    CmsisDepthwise4 kernel = new CmsisDepthwise4(window, weights);
    return frame -> {
      byte[] input = frame.bytes(p.inputIndex(0));
      int[] bias = frame.ints(p.inputIndex(2));
      byte[] output = frame.bytes(p.outputIndex(0));
      return Singles.refusing(p, () -> kernel.run(input, zeroPoint, bias, scale, output));
    };
  }

  /** Early CMSIS-NN read the third image of a batch from behind the input, but for 1x1 layers. */
  private static void requireReadableBatches(Preparation p, WindowGeometry window, int channels) {
    boolean single = window.filterHeight() == 1 && window.filterWidth() == 1;
    boolean fast =
        single && window.strideHeight() == 1 && window.strideWidth() == 1 && channels % 4 == 0;
    p.require(
        window.batches() < 3 || fast || !p.departs(Departure.CONVOLUTION_BATCHES_SKIPPED),
        window.batches() + " images, of which this library reads the third from behind the input",
        "at most 2");
  }

  private static Prepared convInt16(
      Preparation p, WindowGeometry window, int channels, Options.Conv2d options) {
    requireZeroPoints(p);
    Requantization scale = requantization(p, window, 0, options.activation());
    p.require(
        !p.has(2)
            || p.input(2).type() != INT32
            || !p.departs(Departure.CONVOLUTION_INT16_BIAS_MISREAD),
        "an int32 bias, which this library reads as int64 and beyond its end",
        "an int64 bias");
    long taps = (long) window.filterHeight() * window.filterWidth();
    boolean fast =
        window.dilationHeight() == 1
            && window.dilationWidth() == 1
            && taps * channels < FAST_COLUMNS_MAX;
    // The general kernel, that all channels lead to when the scratch is asked for, needs none; the
    // fast one, that the filter's channels lead to, gives up without it, and nobody looks.
    if (fast
        && p.departs(Departure.GROUPS_TAKEN_FOR_ALL_CHANNELS)
        && taps * p.input(0).shape().dim(3) >= FAST_COLUMNS_MAX) {
      return _ -> () -> {};
    }
    boolean narrow =
        !p.has(2)
            && (p.departs(Departure.CONVOLUTION_INT16_NARROW_WITHOUT_BIAS)
                || (fast && p.departs(Departure.CONVOLUTION_INT16_FAST_NARROW)));
    boolean wide = !narrow && Biases.wide(p, options.biasType());
    long[] bias = Biases.longs(p, 2, INT32, INT64);
    return frame -> {
      short[] input = frame.shorts(p.inputIndex(0));
      byte[] filter = frame.bytes(p.inputIndex(1));
      short[] output = frame.shorts(p.outputIndex(0));
      return () -> Conv2d.int16(window, channels, input, filter, bias, wide, scale, output);
    };
  }

  private static Prepared depthwiseInt16(
      Preparation p, WindowGeometry window, Activation activation) {
    requireZeroPoints(p);
    Requantization scale = requantization(p, window, 3, activation);
    long[] bias = Biases.longs(p, 2, INT64);
    return frame -> {
      short[] input = frame.shorts(p.inputIndex(0));
      byte[] filter = frame.bytes(p.inputIndex(1));
      short[] output = frame.shorts(p.outputIndex(0));
      return () -> DepthwiseConv2d.int16(window, input, filter, bias, scale, output);
    };
  }

  private static void requireZeroPoints(Preparation p) {
    p.require(
        p.zeroPoint(p.input(0)) == 0 && p.zeroPoint(p.output(0)) == 0,
        "zero points %d and %d of 16-bit tensors"
            .formatted(p.zeroPoint(p.input(0)), p.zeroPoint(p.output(0))),
        "0");
  }
}
