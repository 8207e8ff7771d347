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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Graphs of 20 operators and more with branches, scratch users and kept buffers, drawn from a seed.
 * Changing what is drawn makes the figures of random-arenas.csv void: they belong to these graphs.
 */
final class RandomGraphs {
  private static final float SCALE = 0.05f;
  private static final float WEIGHT_SCALE = 0.01f;

  private final SplittableRandom random;
  private final GraphBuilder builder;
  private final List<Integer> images = new ArrayList<>();
  private final List<Integer> rows = new ArrayList<>();
  private int constants;

  private RandomGraphs(long seed) {
    random = new SplittableRandom(seed);
    builder = new GraphBuilder("random-" + seed);
  }

  /** The graph of a seed. */
  static Graph of(long seed) {
    return new RandomGraphs(seed).draw();
  }

  private Graph draw() {
    images.add(
        builder.input("image", DataType.INT8, Shape.of(1, side(), side(), depth()), scale()));
    if (random.nextInt(3) == 0) {
      rows.add(builder.input("row", DataType.INT8, Shape.of(1, 1 + random.nextInt(60)), scale()));
    }
    int operators = 20 + random.nextInt(20);
    for (int i = 0; i < operators; i++) {
      if (!rows.isEmpty() && random.nextInt(4) == 0) {
        addRowOperator();
      } else {
        addImageOperator();
      }
    }
    int last = flatten(images.getLast());
    int logits = dense(last, 1 + random.nextInt(12), 2);
    builder.output(softmax(logits));
    if (!rows.isEmpty() && random.nextInt(2) == 0) {
      builder.output(rows.getLast());
    }
    return builder.build();
  }

  private int side() {
    return 1 + random.nextInt(14);
  }

  private int depth() {
    return switch (random.nextInt(4)) {
      case 0 -> 1;
      case 1 -> 4 * (1 + random.nextInt(6));
      default -> 1 + random.nextInt(24);
    };
  }

  /** One of the last few images, so that branches arise and tensors stay alive. */
  private int image() {
    return images.get(images.size() - 1 - random.nextInt(Math.min(4, images.size())));
  }

  private int row() {
    return rows.get(rows.size() - 1 - random.nextInt(Math.min(3, rows.size())));
  }

  private Shape shape(int tensor) {
    return builder.tensor(tensor).shape();
  }

  private static Quantization scale() {
    return Quantization.of(SCALE, 0);
  }

  private int activation(Shape shape) {
    return builder.activation("", DataType.INT8, shape, scale());
  }

  private void addImageOperator() {
    int from = image();
    Shape in = shape(from);
    switch (random.nextInt(18)) {
      case 0, 1, 2 -> images.add(convolution(from));
      case 3, 4 -> images.add(depthwise(from));
      case 5, 6 -> images.add(binary(from));
      case 7 -> images.add(pool(from));
      case 8 -> images.add(unary(from));
      case 9 -> images.add(concatenate(from));
      case 10 -> images.add(pad(from));
      case 11 -> images.add(mean(from));
      case 12 -> images.add(transposeConvolution(from));
      case 13 -> rows.add(flatten(from));
      case 14 -> images.add(mirrorPad(from));
      case 15 -> images.add(spaceToDepth(from));
      case 16 -> images.add(batchMatMul(from));
      default ->
          images.add(
              simple(
                  Operator.RESHAPE,
                  new Options.Reshape(List.of(1, in.dim(2), in.dim(1), in.dim(3))),
                  List.of(from, indices(1, in.dim(2), in.dim(1), in.dim(3))),
                  Shape.of(1, in.dim(2), in.dim(1), in.dim(3))));
    }
  }

  private void addRowOperator() {
    int from = row();
    switch (random.nextInt(5)) {
      case 0, 1 -> rows.add(dense(from, 1 + random.nextInt(40), 2));
      case 2 -> rows.add(softmax(from));
      case 3 -> rows.add(svdf(from));
      default -> rows.add(simple(Operator.RELU, new Options.None(), List.of(from), shape(from)));
    }
  }

  private int simple(Operator operator, Options options, List<Integer> inputs, Shape out) {
    int to = activation(out);
    builder.add(operator, options, inputs, List.of(to));
    return to;
  }

  private int indices(int... values) {
    return builder.indices("c" + constants++, values);
  }

  private Quantization channels(int count, float scale, int axis) {
    float[] scales = new float[count];
    Arrays.fill(scales, scale);
    return new Quantization(scales, new int[count], axis);
  }

  private int weights(Shape shape, Quantization quantization) {
    return builder.constant(
        "w" + constants++,
        DataType.INT8,
        shape,
        quantization,
        new byte[Math.toIntExact(shape.elements())]);
  }

  private int bias(int outputs, Quantization quantization) {
    return builder.constant(
        "b" + constants++, DataType.INT32, Shape.of(outputs), quantization, new byte[4 * outputs]);
  }

  private Activation fused() {
    return switch (random.nextInt(3)) {
      case 0 -> Activation.NONE;
      case 1 -> Activation.RELU;
      default -> Activation.RELU6;
    };
  }

  private Padding padding(int size, int window, int dilation) {
    boolean fits = (window - 1) * dilation + 1 <= size;
    return fits && random.nextBoolean() ? Padding.VALID : Padding.SAME;
  }

  private int convolution(int from) {
    Shape in = shape(from);
    boolean pointwise = random.nextInt(3) == 0;
    int kh = pointwise ? 1 : 1 + random.nextInt(4);
    int kw = pointwise ? 1 : 1 + random.nextInt(4);
    int stride = 1 + random.nextInt(2);
    int dilation = stride == 1 && random.nextInt(5) == 0 ? 2 : 1;
    boolean grouped = in.dim(3) % 2 == 0 && random.nextInt(8) == 0;
    int filterDepth = grouped ? in.dim(3) / 2 : in.dim(3);
    int outputs = grouped ? 2 * (1 + random.nextInt(10)) : 1 + random.nextInt(24);
    Padding padding = padding(Math.min(in.dim(1), in.dim(2)), Math.max(kh, kw), dilation);
    Quantization q = channels(outputs, WEIGHT_SCALE, 0);
    int filter = weights(Shape.of(outputs, kh, kw, filterDepth), q);
    int bias = bias(outputs, channels(outputs, SCALE * WEIGHT_SCALE, 0));
    return simple(
        Operator.CONV_2D,
        new Options.Conv2d(padding, stride, stride, dilation, dilation, fused()),
        List.of(from, filter, bias),
        Shape.of(
            1,
            padding.outputExtent(in.dim(1), kh, stride, dilation),
            padding.outputExtent(in.dim(2), kw, stride, dilation),
            outputs));
  }

  private int depthwise(int from) {
    Shape in = shape(from);
    boolean three = random.nextBoolean();
    int kh = three ? 3 : 1 + random.nextInt(5);
    int kw = three ? 3 : 1 + random.nextInt(5);
    int stride = 1 + random.nextInt(2);
    int multiplier = random.nextInt(4) == 0 ? 2 : 1;
    if (in.dim(3) * multiplier > 48) {
      multiplier = 1;
    }
    int outputs = in.dim(3) * multiplier;
    Padding padding = padding(Math.min(in.dim(1), in.dim(2)), Math.max(kh, kw), 1);
    int filter = weights(Shape.of(1, kh, kw, outputs), channels(outputs, WEIGHT_SCALE, 3));
    int bias = bias(outputs, channels(outputs, SCALE * WEIGHT_SCALE, 0));
    return simple(
        Operator.DEPTHWISE_CONV_2D,
        new Options.DepthwiseConv2d(padding, stride, stride, 1, 1, multiplier, fused()),
        List.of(from, filter, bias),
        Shape.of(
            1,
            padding.outputExtent(in.dim(1), kh, stride, 1),
            padding.outputExtent(in.dim(2), kw, stride, 1),
            outputs));
  }

  private int transposeConvolution(int from) {
    Shape in = shape(from);
    if (in.dim(1) > 8 || in.dim(2) > 8) {
      return pool(from);
    }
    int stride = 1 + random.nextInt(3);
    int k = 1 + random.nextInt(3);
    int outputs = 1 + random.nextInt(8);
    Shape out = Shape.of(1, in.dim(1) * stride, in.dim(2) * stride, outputs);
    int filter = weights(Shape.of(outputs, k, k, in.dim(3)), channels(outputs, WEIGHT_SCALE, 0));
    return simple(
        Operator.TRANSPOSE_CONV,
        new Options.TransposeConv(Padding.SAME, stride, stride, Activation.NONE, DataType.FLOAT32),
        List.of(indices(out.toArray()), filter, from),
        out);
  }

  private int dense(int from, int outputs, int rank) {
    Shape in = shape(from);
    int depth = in.dim(-1);
    int filter = weights(Shape.of(outputs, depth), Quantization.of(WEIGHT_SCALE, 0));
    int bias = bias(outputs, Quantization.of(SCALE * WEIGHT_SCALE, 0));
    int[] dims = rank == 2 ? new int[] {1, outputs} : new int[] {1, 1, outputs};
    return simple(
        Operator.FULLY_CONNECTED,
        new Options.FullyConnected(fused(), false),
        List.of(from, filter, bias),
        Shape.of(dims));
  }

  private int softmax(int from) {
    int to = builder.activation("", DataType.INT8, shape(from), Quantization.of(1 / 256f, -128));
    builder.add(Operator.SOFTMAX, new Options.Softmax(1), List.of(from), List.of(to));
    // Back to the common scale, for what follows.
    return simple(Operator.QUANTIZE, new Options.None(), List.of(to), shape(from));
  }

  private int svdf(int from) {
    Shape in = shape(from);
    int memory = 2 + random.nextInt(6);
    int units = 1 + random.nextInt(12);
    int feature = weights(Shape.of(units, in.dim(1)), Quantization.of(WEIGHT_SCALE, 0));
    int time = weights(Shape.of(units, memory), Quantization.of(WEIGHT_SCALE, 0));
    int bias = bias(units, Quantization.of(SCALE * WEIGHT_SCALE, 0));
    int state = builder.variable("", DataType.INT8, Shape.of(1, units * memory), scale());
    return simple(
        Operator.SVDF,
        new Options.Svdf(1, Activation.RELU),
        List.of(from, feature, time, bias, state),
        Shape.of(1, units));
  }

  private int binary(int from) {
    int other = from;
    for (int candidate : images) {
      if (shape(candidate).equals(shape(from)) && random.nextBoolean()) {
        other = candidate;
      }
    }
    return switch (random.nextInt(4)) {
      case 0 -> simple(Operator.MUL, elementwise(), List.of(from, other), shape(from));
      case 1 -> simple(Operator.SUB, elementwise(), List.of(from, other), shape(from));
      case 2 -> simple(Operator.MAXIMUM, new Options.None(), List.of(from, other), shape(from));
      default -> simple(Operator.ADD, elementwise(), List.of(from, other), shape(from));
    };
  }

  private Options elementwise() {
    return new Options.Elementwise(fused());
  }

  private int unary(int from) {
    return switch (random.nextInt(5)) {
      case 0 -> simple(Operator.RELU, new Options.None(), List.of(from), shape(from));
      case 1 -> simple(Operator.RELU6, new Options.None(), List.of(from), shape(from));
      case 2 ->
          simple(Operator.LEAKY_RELU, new Options.LeakyRelu(0.1f), List.of(from), shape(from));
      case 3 -> simple(Operator.HARD_SWISH, new Options.None(), List.of(from), shape(from));
      default -> simple(Operator.QUANTIZE, new Options.None(), List.of(from), shape(from));
    };
  }

  private int pool(int from) {
    Shape in = shape(from);
    int k = 1 + random.nextInt(3);
    int stride = 1 + random.nextInt(2);
    Options.Pool2d options =
        new Options.Pool2d(Padding.SAME, k, k, stride, stride, Activation.NONE);
    Operator operator = random.nextBoolean() ? Operator.AVERAGE_POOL_2D : Operator.MAX_POOL_2D;
    return simple(
        operator,
        options,
        List.of(from),
        Shape.of(1, Math.ceilDiv(in.dim(1), stride), Math.ceilDiv(in.dim(2), stride), in.dim(3)));
  }

  private int concatenate(int from) {
    Shape in = shape(from);
    int copies = in.dim(3) > 16 ? 1 : 1 + random.nextInt(3);
    List<Integer> inputs = new ArrayList<>();
    for (int i = 0; i < copies; i++) {
      inputs.add(from);
    }
    return simple(
        Operator.CONCATENATION,
        new Options.Concatenation(3, Activation.NONE),
        inputs,
        Shape.of(1, in.dim(1), in.dim(2), in.dim(3) * copies));
  }

  private int pad(int from) {
    Shape in = shape(from);
    if (in.dim(1) > 14 || in.dim(2) > 14) {
      return pool(from);
    }
    int paddings =
        builder.constant(
            "p" + constants++,
            DataType.INT32,
            Shape.of(4, 2),
            null,
            0L,
            0L,
            1L,
            1L,
            1L,
            0L,
            0L,
            0L);
    return simple(
        Operator.PAD,
        new Options.None(),
        List.of(from, paddings),
        Shape.of(1, in.dim(1) + 2, in.dim(2) + 1, in.dim(3)));
  }

  private int mirrorPad(int from) {
    Shape in = shape(from);
    if (in.dim(1) < 2 || in.dim(1) > 14) {
      return unary(from);
    }
    int paddings =
        builder.constant(
            "p" + constants++,
            DataType.INT32,
            Shape.of(4, 2),
            null,
            0L,
            0L,
            1L,
            0L,
            0L,
            0L,
            0L,
            0L);
    return simple(
        Operator.MIRROR_PAD,
        new Options.MirrorPad(false),
        List.of(from, paddings),
        Shape.of(1, in.dim(1) + 1, in.dim(2), in.dim(3)));
  }

  private int mean(int from) {
    Shape in = shape(from);
    Operator operator = random.nextBoolean() ? Operator.MEAN : Operator.SUM;
    return simple(
        operator,
        new Options.Reduce(true),
        List.of(from, indices(1, 2)),
        Shape.of(1, 1, 1, in.dim(3)));
  }

  private int spaceToDepth(int from) {
    Shape in = shape(from);
    if (in.dim(1) % 2 != 0 || in.dim(2) % 2 != 0 || in.dim(3) > 12) {
      return unary(from);
    }
    return simple(
        Operator.SPACE_TO_DEPTH,
        new Options.BlockSize(2),
        List.of(from),
        Shape.of(1, in.dim(1) / 2, in.dim(2) / 2, 4 * in.dim(3)));
  }

  private int batchMatMul(int from) {
    Shape in = shape(from);
    boolean transposed = random.nextBoolean();
    int columns = 1 + random.nextInt(8);
    int depth = in.dim(3);
    Shape right =
        transposed
            ? Shape.of(1, in.dim(1), columns, depth)
            : Shape.of(1, in.dim(1), depth, columns);
    return simple(
        Operator.BATCH_MATMUL,
        new Options.BatchMatMul(false, transposed),
        List.of(from, weights(right, Quantization.of(WEIGHT_SCALE, 0))),
        Shape.of(1, in.dim(1), in.dim(2), columns));
  }

  private int flatten(int from) {
    int elements = Math.toIntExact(shape(from).elements());
    return simple(
        Operator.RESHAPE,
        new Options.Reshape(List.of(1, elements)),
        List.of(from, indices(1, elements)),
        Shape.of(1, elements));
  }
}
