package dev.thumbprint.memory;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.GraphBuilder;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Quantization;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Chains of convolutions, poolings, paddings and activations on images, with weights that are not
 * zero, drawn from a seed. Changing what is drawn makes the figures of row-split-firmware.csv void.
 */
final class RandomChains {
  private static final float SCALE = 0.05f;

  private final SplittableRandom random;
  private final GraphBuilder builder;
  private int constants;

  private RandomChains(long seed) {
    random = new SplittableRandom(seed);
    builder = new GraphBuilder("chain-" + seed);
  }

  /** The graph of a seed. */
  static Graph of(long seed) {
    return new RandomChains(seed).draw();
  }

  private Graph draw() {
    int image =
        builder.input(
            "image",
            DataType.INT8,
            Shape.of(
                1, 9 + random.nextInt(24), aligned(5 + random.nextInt(20)), 1 + random.nextInt(4)),
            scale());
    int operators = 3 + random.nextInt(5);
    for (int i = 0; i < operators; i++) {
      image = next(image);
    }
    builder.output(image);
    return builder.build();
  }

  private Quantization scale() {
    return Quantization.of(SCALE, -7);
  }

  /** 16 in half of the cases: rows then begin at multiples of 16 bytes. */
  private int aligned(int other) {
    return random.nextBoolean() ? 16 : other;
  }

  private int next(int from) {
    Shape in = builder.tensor(from).shape();
    boolean large = in.dim(1) > 4 && in.dim(2) > 4;
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> convolution(from, in);
      case 3, 4 -> depthwise(from, in);
      case 5 -> large ? pool(from, in) : convolution(from, in);
      case 6 -> pad(from, in);
      default -> unary(from, in);
    };
  }

  private Activation fused() {
    return random.nextBoolean() ? Activation.NONE : Activation.RELU6;
  }

  private Padding padding(Shape in, int kh, int kw, int dilation) {
    boolean fits = (kh - 1) * dilation < in.dim(1) && (kw - 1) * dilation < in.dim(2);
    return fits && random.nextInt(3) == 0 ? Padding.VALID : Padding.SAME;
  }

  private int convolution(int from, Shape in) {
    int kh = 1 + random.nextInt(4);
    int kw = 1 + random.nextInt(4);
    int strideHeight = 1 + random.nextInt(2);
    int strideWidth = 1 + random.nextInt(2);
    int dilation = strideHeight * strideWidth == 1 && random.nextInt(4) == 0 ? 2 : 1;
    int outputs = aligned(1 + random.nextInt(16));
    Padding padding = padding(in, kh, kw, dilation);
    Quantization q = Quantization.of(0.01f, 0);
    int filter = weights(Shape.of(outputs, kh, kw, in.dim(3)), q);
    return add(
        Operator.CONV_2D,
        new Options.Conv2d(padding, strideHeight, strideWidth, dilation, dilation, fused()),
        List.of(from, filter, bias(outputs)),
        Shape.of(
            1,
            padding.outputExtent(in.dim(1), kh, strideHeight, dilation),
            padding.outputExtent(in.dim(2), kw, strideWidth, dilation),
            outputs));
  }

  private int depthwise(int from, Shape in) {
    int kh = 1 + random.nextInt(5);
    int kw = 1 + random.nextInt(3);
    int stride = 1 + random.nextInt(2);
    Padding padding = padding(in, kh, kw, 1);
    int filter = weights(Shape.of(1, kh, kw, in.dim(3)), Quantization.of(0.02f, 0));
    return add(
        Operator.DEPTHWISE_CONV_2D,
        new Options.DepthwiseConv2d(padding, stride, stride, 1, 1, 1, fused()),
        List.of(from, filter, bias(in.dim(3))),
        Shape.of(
            1,
            padding.outputExtent(in.dim(1), kh, stride, 1),
            padding.outputExtent(in.dim(2), kw, stride, 1),
            in.dim(3)));
  }

  private int pool(int from, Shape in) {
    int k = 2 + random.nextInt(2);
    int stride = 1 + random.nextInt(3);
    return add(
        random.nextBoolean() ? Operator.AVERAGE_POOL_2D : Operator.MAX_POOL_2D,
        new Options.Pool2d(Padding.VALID, k, k, stride, stride, Activation.NONE),
        List.of(from),
        Shape.of(
            1,
            Padding.VALID.outputExtent(in.dim(1), k, stride, 1),
            Padding.VALID.outputExtent(in.dim(2), k, stride, 1),
            in.dim(3)));
  }

  private int pad(int from, Shape in) {
    int[] p = {0, 0, 0, 0, 0, 0, 0, 0};
    for (int i = 2; i < 6; i++) {
      p[i] = random.nextInt(3);
    }
    int paddings =
        builder.constant(
            "p" + constants++,
            DataType.INT32,
            Shape.of(4, 2),
            null,
            0,
            0,
            p[2],
            p[3],
            p[4],
            p[5],
            0,
            0);
    return add(
        Operator.PAD,
        new Options.None(),
        List.of(from, paddings),
        Shape.of(1, in.dim(1) + p[2] + p[3], in.dim(2) + p[4] + p[5], in.dim(3)));
  }

  private int unary(int from, Shape in) {
    return switch (random.nextInt(3)) {
      case 0 -> add(Operator.RELU, new Options.None(), List.of(from), in);
      case 1 -> add(Operator.LEAKY_RELU, new Options.LeakyRelu(0.1f), List.of(from), in);
      default -> add(Operator.HARD_SWISH, new Options.None(), List.of(from), in);
    };
  }

  private int add(Operator operator, Options options, List<Integer> inputs, Shape out) {
    int to = builder.activation("", DataType.INT8, out, scale());
    builder.add(operator, options, inputs, List.of(to));
    return to;
  }

  private int weights(Shape shape, Quantization quantization) {
    byte[] bytes = new byte[Math.toIntExact(shape.elements())];
    random.nextBytes(bytes);
    return builder.constant("w" + constants++, DataType.INT8, shape, quantization, bytes);
  }

  private int bias(int outputs) {
    long[] values = new long[outputs];
    for (int i = 0; i < outputs; i++) {
      values[i] = random.nextInt(2001) - 1000L;
    }
    return builder.constant(
        "b" + constants++, DataType.INT32, Shape.of(outputs), Quantization.of(0.0005f, 0), values);
  }
}
