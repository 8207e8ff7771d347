package dev.thumbprint.model.zoo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.GraphBuilder;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Quantization;
import java.util.Arrays;
import java.util.List;

/**
 * Builds a network with seeded synthetic weights, layer by layer. Each layer is computed over real
 * values as it is added, so that the scales of weights and activations can be chosen from what the
 * layer really gives.
 */
final class NetworkBuilder {
  /**
   * What TensorFlow's converter notes beside a model: the oldest runtime that has its operators.
   */
  private static final byte[] OLDEST_RUNTIME = "1.14.0".getBytes(US_ASCII);

  private static final int VERSION_BYTES = 16;
  private static final Quantization PROBABILITY = Quantization.of(1f / 256, -128).withRange();

  /** A real input in [-1, 1]. */
  private static final Quantization INPUT = Quantization.of(1f / 128, 0).withRange();

  /**
   * The output of a layer.
   *
   * @param quantization null where the network is float
   * @param values what the calibration input gives here
   */
  @SuppressWarnings("ArrayRecordComponent") // private to the zoo, never changed
  record Value(int tensor, Shape shape, Quantization quantization, float[] values) {}

  private final GraphBuilder model;
  private final SplitMix random;
  private final boolean quantized;
  private int layers;

  NetworkBuilder(String name, long seed, boolean quantized) {
    model = new GraphBuilder(name);
    byte[] version = new byte[VERSION_BYTES];
    System.arraycopy(OLDEST_RUNTIME, 0, version, 0, OLDEST_RUNTIME.length);
    model.metadata("min_runtime_version", version);
    random = new SplitMix(seed * 0x9E3779B97F4A7C15L + name.hashCode());
    this.quantized = quantized;
  }

  /** An input of the network's own type. */
  Value input(int... dims) {
    return input(quantized, Shape.of(dims));
  }

  /** A float input of a network that computes in int8, with the QUANTIZE that follows it. */
  Value floatInput(int... dims) {
    Value real = input(false, Shape.of(dims));
    if (!quantized) {
      return real;
    }
    Value output = value("quantize", real.shape(), INPUT, real.values());
    return append(Operator.QUANTIZE, new Options.None(), output, real.tensor());
  }

  /** Ends a network with float output. */
  Value dequantize(Value input) {
    if (!quantized) {
      return input;
    }
    int tensor = model.activation(name("dequantize"), DataType.FLOAT32, input.shape(), null);
    Value output = new Value(tensor, input.shape(), null, input.values());
    return append(Operator.DEQUANTIZE, new Options.None(), output, input.tensor());
  }

  Value convolution(Value input, int filters, Window window, Activation activation) {
    return convolution(input, filters, filters, window, activation);
  }

  /**
   * A convolution whose last filters have no weights.
   *
   * @param live filters that have weights
   */
  Value convolution(Value input, int filters, int live, Window window, Activation activation) {
    int depth = input.shape().dim(3);
    Shape shape = slide(input.shape(), window, filters);
    Shape filter = Shape.of(filters, window.height(), window.width(), depth);
    byte[] weights = weights(filter);
    Arrays.fill(weights, live * weights.length / filters, weights.length, (byte) 0);
    int taps = window.height() * window.width() * depth;
    float[] sums =
        RealPass.convolve(
            input.values(), input.shape(), tapMajor(weights, filters, taps), shape, window);
    Calibration.Affine affine = Calibration.spread(sums, filters, activation, true, random);
    Value output = calibrated("conv", shape, Calibration.apply(sums, affine, activation));
    Options options =
        new Options.Conv2d(
            window.padding(),
            window.strideHeight(),
            window.strideWidth(),
            window.dilationHeight(),
            window.dilationWidth(),
            activation);
    return append(
        Operator.CONV_2D,
        options,
        output,
        input.tensor(),
        weightTensor(filter, weights, affine, 0),
        biasTensor(input, affine, true));
  }

  Value depthwise(Value input, Window window, Activation activation) {
    int channels = input.shape().dim(3);
    Shape shape = slide(input.shape(), window, channels);
    Shape filter = Shape.of(1, window.height(), window.width(), channels);
    byte[] weights = weights(filter);
    float[] sums =
        RealPass.convolveDepthwise(input.values(), input.shape(), real(weights), shape, window);
    Calibration.Affine affine = Calibration.spread(sums, channels, activation, true, random);
    Value output = calibrated("depthwise", shape, Calibration.apply(sums, affine, activation));
    Options options =
        new Options.DepthwiseConv2d(
            window.padding(),
            window.strideHeight(),
            window.strideWidth(),
            window.dilationHeight(),
            window.dilationWidth(),
            1,
            activation);
    return append(
        Operator.DEPTHWISE_CONV_2D,
        options,
        output,
        input.tensor(),
        weightTensor(filter, weights, affine, 3),
        biasTensor(input, affine, true));
  }

  Value dense(Value input, int units, Activation activation) {
    int depth = input.shape().dim(1);
    Shape filter = Shape.of(units, depth);
    byte[] weights = weights(filter);
    float[] sums =
        RealPass.convolve(
            input.values(),
            Shape.of(1, 1, 1, depth),
            tapMajor(weights, units, depth),
            Shape.of(1, 1, 1, units),
            Window.NONE);
    Calibration.Affine affine = Calibration.spread(sums, units, activation, false, random);
    Shape shape = Shape.of(1, units);
    Value output = calibrated("dense", shape, Calibration.apply(sums, affine, activation));
    return append(
        Operator.FULLY_CONNECTED,
        new Options.FullyConnected(activation, false),
        output,
        input.tensor(),
        weightTensor(filter, weights, affine, -1),
        biasTensor(input, affine, false));
  }

  Value averagePool(Value input, int height, int width) {
    Window window = new Window(height, width, height, width, 1, 1, Padding.VALID);
    Shape shape = slide(input.shape(), window, input.shape().dim(3));
    float[] values = RealPass.averagePool(input.values(), input.shape(), shape, window);
    Value output = value("average_pool", shape, input.quantization(), values);
    Options options =
        new Options.Pool2d(Padding.VALID, height, width, height, width, Activation.NONE);
    return append(Operator.AVERAGE_POOL_2D, options, output, input.tensor());
  }

  Value add(Value left, Value right, Activation activation) {
    float[] sums = new float[left.values().length];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Calibration.activate(left.values()[i] + right.values()[i], activation);
    }
    Value output = calibrated("add", left.shape(), sums);
    return append(
        Operator.ADD, new Options.Elementwise(activation), output, left.tensor(), right.tensor());
  }

  /** A reshape to one row, its shape a constant second input as TensorFlow's converter has it. */
  Value flatten(Value input) {
    int length = (int) input.shape().elements();
    Value output = value("flatten", Shape.of(1, length), input.quantization(), input.values());
    int shape = model.indices(output.tensor() + "/shape", 1, length);
    return append(Operator.RESHAPE, new Options.Reshape(List.of()), output, input.tensor(), shape);
  }

  Value softmax(Value input) {
    Value output =
        value(
            "softmax",
            input.shape(),
            quantized ? PROBABILITY : null,
            RealPass.softmax(input.values()));
    return append(Operator.SOFTMAX, new Options.Softmax(1), output, input.tensor());
  }

  Graph build(Value output) {
    return model.output(output.tensor()).build();
  }

  private Value input(boolean int8, Shape shape) {
    float[] values = new float[(int) shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (random.below(256) - 128) * INPUT.scale();
    }
    DataType type = int8 ? DataType.INT8 : DataType.FLOAT32;
    int tensor = model.input("input", type, shape, int8 ? INPUT : null);
    return new Value(tensor, shape, int8 ? INPUT : null, values);
  }

  private Value calibrated(String kind, Shape shape, float[] values) {
    String fused = kind + "_" + layers + "/BiasAdd;model/" + kind;
    return value(fused, shape, quantized ? Calibration.int8Range(values) : null, values);
  }

  private Value value(String kind, Shape shape, Quantization quantization, float[] values) {
    boolean int8 = quantization != null;
    DataType type = int8 ? DataType.INT8 : DataType.FLOAT32;
    int tensor = model.activation(name(kind), type, shape, quantization);
    float[] held = int8 ? Calibration.throughInt8(values, quantization) : values;
    return new Value(tensor, shape, quantization, held);
  }

  private Value append(Operator operator, Options options, Value output, Integer... inputs) {
    model.add(operator, options, List.of(inputs), List.of(output.tensor()));
    layers++;
    return output;
  }

  /** A name as TensorFlow's converter makes it of a Keras layer. */
  private String name(String kind) {
    return "model/" + kind + "_" + layers;
  }

  private byte[] weights(Shape filter) {
    byte[] weights = new byte[(int) filter.elements()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (byte) (random.below(255) - 127);
    }
    return weights;
  }

  /** Weights with the output channel innermost, as {@link RealPass#convolve} wants them. */
  private static float[] tapMajor(byte[] weights, int filters, int taps) {
    float[] turned = new float[weights.length];
    for (int f = 0; f < filters; f++) {
      for (int t = 0; t < taps; t++) {
        turned[t * filters + f] = weights[f * taps + t];
      }
    }
    return turned;
  }

  private static float[] real(byte[] weights) {
    return tapMajor(weights, 1, weights.length);
  }

  /**
   * The weights as a constant.
   *
   * @param axis axis along which the scales run, -1 for one scale
   */
  private int weightTensor(Shape filter, byte[] weights, Calibration.Affine affine, int axis) {
    String name = name("weights") + "/ReadVariableOp/resource";
    float[] scales = affine.scales();
    if (quantized) {
      Quantization quantization =
          axis < 0 ? Quantization.of(scales[0], 0) : Quantization.perChannel(scales, axis);
      return model.constant(name, DataType.INT8, filter, quantization.withRange(), weights);
    }
    boolean channelInnermost = axis == 3;
    int taps = weights.length / scales.length;
    float[] real = new float[weights.length];
    for (int i = 0; i < real.length; i++) {
      real[i] = weights[i] * scales[channelInnermost ? i % scales.length : i / taps];
    }
    return model.constant(name, filter, real);
  }

  /** The biases, with as many scales as the weights have. */
  private int biasTensor(Value input, Calibration.Affine affine, boolean perChannel) {
    String name = name("bias") + "/BiasAdd/ReadVariableOp/resource";
    int channels = affine.scales().length;
    if (!quantized) {
      return model.constant(name, Shape.of(channels), affine.biases());
    }
    float inputScale = input.quantization().scale();
    float[] scales = new float[channels];
    long[] biases = new long[channels];
    for (int c = 0; c < channels; c++) {
      scales[c] = inputScale * affine.scales()[c];
      biases[c] = Math.round((double) affine.biases()[c] / scales[c]);
    }
    Quantization quantization =
        perChannel ? Quantization.perChannel(scales, 0) : Quantization.of(scales[0], 0);
    return model.constant(name, DataType.INT32, Shape.of(channels), quantization, biases);
  }

  private static Shape slide(Shape input, Window window, int channels) {
    Padding padding = window.padding();
    return Shape.of(
        1,
        padding.outputExtent(
            input.dim(1), window.height(), window.strideHeight(), window.dilationHeight()),
        padding.outputExtent(
            input.dim(2), window.width(), window.strideWidth(), window.dilationWidth()),
        channels);
  }
}
