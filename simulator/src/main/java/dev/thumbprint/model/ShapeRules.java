package dev.thumbprint.model;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * How the shapes of an operator's operands must fit together, so that no kernel reads or writes
 * outside a tensor. The file's own output shapes are compared with what follows from the inputs.
 */
final class ShapeRules {
  /** Dilated windows beyond this cannot meet an input; keeps the arithmetic within 32 bits. */
  private static final long REACH_MAX = 1 << 24;

  private final Subgraph subgraph;
  private final Node node;

  ShapeRules(Subgraph subgraph, Node node) {
    this.subgraph = subgraph;
    this.node = node;
  }

  /**
   * Checks the operator.
   *
   * @throws InputException naming the shapes that do not fit
   */
  void validate() {
    for (int operand : node.inputs()) {
      if (operand >= 0) {
        requireFilled(subgraph.tensor(operand));
      }
    }
    for (int operand : node.outputs()) {
      requireFilled(subgraph.tensor(operand));
    }
    switch (node.operator()) {
      case CONV_2D -> convolution((Options.Conv2d) node.options());
      case DEPTHWISE_CONV_2D -> depthwise((Options.DepthwiseConv2d) node.options());
      case TRANSPOSE_CONV -> transposed((Options.TransposeConv) node.options());
      case AVERAGE_POOL_2D, MAX_POOL_2D, L2_POOL_2D -> pool((Options.Pool2d) node.options());
      case FULLY_CONNECTED -> dense();
      case BATCH_MATMUL -> matrixProduct((Options.BatchMatMul) node.options());
      case SVDF -> svdf((Options.Svdf) node.options());
      case UNIDIRECTIONAL_SEQUENCE_LSTM -> lstm();
      case CONCATENATION -> concatenation(((Options.Concatenation) node.options()).axis());
      case ADD, SUB, MUL, DIV, FLOOR_DIV, FLOOR_MOD, MAXIMUM, MINIMUM, SQUARED_DIFFERENCE ->
          requireOutput(broadcast(shape(0), shape(1)));
      case EQUAL, NOT_EQUAL, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL ->
          requireOutput(broadcast(shape(0), shape(1)));
      case LOGICAL_AND, LOGICAL_OR, PRELU -> requireOutput(broadcast(shape(0), shape(1)));
      case ADD_N -> allAlike();
      case TRANSPOSE -> transpose();
      case PAD, PADV2 -> pad();
      case SPLIT, SPLIT_V, UNPACK -> {}
      case RELU, RELU6, LEAKY_RELU, ELU, HARD_SWISH, LOGISTIC, TANH, SOFTMAX, LOG_SOFTMAX ->
          requireElements(shape(0).elements());
      case ABS, CEIL, COS, EXP, FLOOR, LOG, LOGICAL_NOT, NEG, ROUND, RSQRT, SIN, SQRT, SQUARE ->
          requireElements(shape(0).elements());
      case QUANTIZE, DEQUANTIZE, CAST, RESHAPE, SQUEEZE, EXPAND_DIMS, ZEROS_LIKE ->
          requireElements(shape(0).elements());
      case CUMSUM, REVERSE_V2, L2_NORMALIZATION, DYNAMIC_UPDATE_SLICE ->
          requireElements(shape(0).elements());
      default -> {}
    }
  }

  private void convolution(Options.Conv2d o) {
    Shape filter = rank(1, 4);
    int channels = rank(0, 4).dim(3);
    if (channels % filter.dim(3) != 0 || filter.dim(0) % (channels / filter.dim(3)) != 0) {
      throw bad(
          "a filter [" + filter + "] over " + channels + " channels",
          "channels and filters that the groups divide");
    }
    requireBias(2, filter.dim(0));
    requireReach(filter.dim(1), o.dilationHeight());
    requireReach(filter.dim(2), o.dilationWidth());
    requireOutput(
        slide(
            new Window(
                filter.dim(1),
                filter.dim(2),
                o.strideHeight(),
                o.strideWidth(),
                o.dilationHeight(),
                o.dilationWidth(),
                o.padding()),
            filter.dim(0)));
  }

  private void depthwise(Options.DepthwiseConv2d o) {
    Shape filter = rank(1, 4);
    int channels = rank(0, 4).dim(3);
    long expected = (long) channels * o.depthMultiplier();
    if (filter.dim(0) != 1 || filter.dim(3) != expected) {
      throw bad(
          "a filter [" + filter + ']',
          "1 x height x width x " + expected + " (channels x depth multiplier)");
    }
    requireBias(2, filter.dim(3));
    requireReach(filter.dim(1), o.dilationHeight());
    requireReach(filter.dim(2), o.dilationWidth());
    requireOutput(
        slide(
            new Window(
                filter.dim(1),
                filter.dim(2),
                o.strideHeight(),
                o.strideWidth(),
                o.dilationHeight(),
                o.dilationWidth(),
                o.padding()),
            filter.dim(3)));
  }

  /** A transposed convolution reads what a convolution of its output would write. */
  private void transposed(Options.TransposeConv o) {
    Shape filter = rank(1, 4);
    Shape input = rank(2, 4);
    Shape output = output();
    if (output.rank() != 4 || output.dim(3) != filter.dim(0) || input.dim(3) != filter.dim(3)) {
      throw bad(
          "input [" + input + "], filter [" + filter + "], output [" + output + ']',
          "channels of the output, then of the input, in the filter");
    }
    requireBias(3, filter.dim(0));
    Padding padding = o.padding();
    int height = padding.outputExtent(output.dim(1), filter.dim(1), o.strideHeight(), 1);
    int width = padding.outputExtent(output.dim(2), filter.dim(2), o.strideWidth(), 1);
    if (height != input.dim(1) || width != input.dim(2) || output.dim(0) != input.dim(0)) {
      throw bad(
          "input [" + input + "] for output [" + output + ']',
          height + " x " + width + " from output, filter, stride and padding");
    }
  }

  private void pool(Options.Pool2d o) {
    int channels = rank(0, 4).dim(3);
    requireOutput(
        slide(
            new Window(
                o.filterHeight(),
                o.filterWidth(),
                o.strideHeight(),
                o.strideWidth(),
                1,
                1,
                o.padding()),
            channels));
  }

  private Shape slide(Window window, int channels) {
    Shape input = shape(0);
    Padding padding = window.padding();
    return Shape.of(
        input.dim(0),
        padding.outputExtent(
            input.dim(1), window.height(), window.strideHeight(), window.dilationHeight()),
        padding.outputExtent(
            input.dim(2), window.width(), window.strideWidth(), window.dilationWidth()),
        channels);
  }

  private void dense() {
    Shape filter = rank(1, 2);
    if (shape(0).elements() % filter.dim(1) != 0) {
      throw bad(
          "input [" + shape(0) + "] into weights [" + filter + ']',
          "a multiple of " + filter.dim(1) + " values");
    }
    requireBias(2, filter.dim(0));
    requireElements(shape(0).elements() / filter.dim(1) * filter.dim(0));
  }

  private void matrixProduct(Options.BatchMatMul o) {
    Shape left = shape(0);
    Shape right = shape(1);
    if (left.rank() < 2 || right.rank() < 2) {
      throw bad("[" + left + "] x [" + right + ']', "at least two dimensions each");
    }
    int rows = left.dim(o.adjointLeft() ? -1 : -2);
    int depth = left.dim(o.adjointLeft() ? -2 : -1);
    int columns = right.dim(o.adjointRight() ? -2 : -1);
    if (right.dim(o.adjointRight() ? -1 : -2) != depth) {
      throw bad("[" + left + "] x [" + right + ']', depth + " rows on the right");
    }
    Shape batch = broadcast(leading(left), leading(right));
    int[] dims = Arrays.copyOf(batch.toArray(), batch.rank() + 2);
    dims[batch.rank()] = rows;
    dims[batch.rank() + 1] = columns;
    requireOutput(Shape.of(dims));
  }

  private static Shape leading(Shape shape) {
    return Shape.of(Arrays.copyOf(shape.toArray(), shape.rank() - 2));
  }

  private void svdf(Options.Svdf o) {
    Shape input = rank(0, 2);
    Shape features = rank(1, 2);
    Shape time = rank(2, 2);
    Shape state = shape(4);
    if (o.rank() < 1) {
      throw bad("rank " + o.rank(), "at least 1");
    }
    int filters = features.dim(0);
    long stateElements = (long) input.dim(0) * filters * time.dim(1);
    if (features.dim(1) != input.dim(1)
        || time.dim(0) != filters
        || filters % o.rank() != 0
        || state.elements() != stateElements) {
      throw bad(
          "weights [" + features + "] and [" + time + "], state [" + state + "], rank " + o.rank(),
          "filters x inputs, filters x memory, batch x filters x memory, a rank that divides");
    }
    if (!subgraph.tensor(node.inputs().get(4)).variable()) {
      throw bad("a state that is no variable", "a variable tensor");
    }
    requireBias(3, filters / o.rank());
    requireElements((long) input.dim(0) * (filters / o.rank()));
  }

  private void lstm() {
    Shape input = rank(0, 3);
    Shape weights = rank(2, 2);
    Shape recurrent = rank(6, 2);
    int units = weights.dim(0);
    for (int gate = 1; gate <= 4; gate++) {
      requireGate(gate, units, input.dim(2));
      requireGate(gate + 4, units, recurrent.dim(1));
      requireBias(gate + 11, units);
    }
    if (recurrent.dim(0) != units || recurrent.dim(1) != units) {
      throw bad("recurrent weights [" + recurrent + ']', units + " x " + units);
    }
    requireElements((long) input.dim(0) * input.dim(1) * units);
  }

  private void requireGate(int position, int units, int width) {
    Optional<Tensor> gate = optional(position);
    if (gate.isPresent() && !gate.get().shape().equals(Shape.of(units, width))) {
      throw bad("gate weights [" + gate.get().shape() + ']', units + " x " + width);
    }
  }

  private void concatenation(int told) {
    Shape first = shape(0);
    int axis = told < 0 ? told + first.rank() : told;
    if (axis < 0 || axis >= first.rank()) {
      throw bad("axis " + told, "an axis of [" + first + ']');
    }
    long extent = 0;
    for (int i = 0; i < node.inputs().size(); i++) {
      int[] dims = shape(i).toArray();
      if (dims.length != first.rank()) {
        throw bad("input " + i + " of shape [" + shape(i) + ']', first.rank() + " dimensions");
      }
      extent += dims[axis];
      dims[axis] = first.dim(axis);
      if (!Arrays.equals(dims, first.toArray())) {
        throw bad(
            "input " + i + " of shape [" + shape(i) + ']',
            "the extents of [" + first + "] except along axis " + axis);
      }
    }
    int[] dims = first.toArray();
    dims[axis] = (int) Math.min(extent, Integer.MAX_VALUE);
    requireOutput(Shape.of(dims));
  }

  private void allAlike() {
    for (int i = 1; i < node.inputs().size(); i++) {
      if (!shape(i).equals(shape(0))) {
        throw bad("input " + i + " of shape [" + shape(i) + ']', "[" + shape(0) + ']');
      }
    }
    requireElements(shape(0).elements());
  }

  private void transpose() {
    Optional<int[]> order = constants(1);
    if (order.isEmpty()) {
      return;
    }
    Shape input = shape(0);
    int[] dims = new int[input.rank()];
    boolean[] taken = new boolean[input.rank()];
    if (order.get().length != input.rank()) {
      throw bad(order.get().length + " axes", input.rank() + " axes");
    }
    for (int i = 0; i < dims.length; i++) {
      int from = order.get()[i] < 0 ? order.get()[i] + dims.length : order.get()[i];
      if (from < 0 || from >= dims.length || taken[from]) {
        throw bad("order " + Arrays.toString(order.get()), "a permutation of the axes");
      }
      taken[from] = true;
      dims[i] = input.dim(from);
    }
    requireOutput(Shape.of(dims));
  }

  private void pad() {
    Optional<int[]> paddings = constants(1);
    Shape input = shape(0);
    if (paddings.isEmpty()) {
      return;
    }
    if (paddings.get().length != 2 * input.rank()) {
      throw bad(paddings.get().length + " paddings", "two for each of " + input.rank() + " axes");
    }
    int[] dims = input.toArray();
    for (int i = 0; i < dims.length; i++) {
      long before = paddings.get()[2 * i];
      long after = paddings.get()[2 * i + 1];
      if (before < 0 || after < 0 || dims[i] + before + after > Integer.MAX_VALUE) {
        throw bad("padding " + before + " and " + after, "0 or more, within 32 bits");
      }
      dims[i] += (int) (before + after);
    }
    requireOutput(Shape.of(dims));
  }

  /** The shape of an element-wise result, axes aligned at the end. */
  private static Shape broadcast(Shape left, Shape right) {
    int[] dims = new int[Math.max(left.rank(), right.rank())];
    for (int i = 0; i < dims.length; i++) {
      int a = left.dimFromEnd(i);
      int b = right.dimFromEnd(i);
      if (a != b && a != 1 && b != 1) {
        throw bad("shapes [" + left + "] and [" + right + ']', "shapes that broadcast");
      }
      dims[dims.length - 1 - i] = a == 1 ? b : a;
    }
    return Shape.of(dims);
  }

  /** Values of a constant 32-bit operand; empty where it is computed at run time. */
  private Optional<int[]> constants(int position) {
    Tensor tensor = subgraph.tensor(node.inputs().get(position));
    if (tensor.data().isEmpty() || tensor.type() != DataType.INT32) {
      return Optional.empty();
    }
    ByteBuffer data = tensor.data().get();
    int[] values = new int[(int) tensor.shape().elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = data.getInt(i * Integer.BYTES);
    }
    return Optional.of(values);
  }

  private Optional<Tensor> optional(int position) {
    boolean there = position < node.inputs().size() && node.inputs().get(position) >= 0;
    return there ? Optional.of(subgraph.tensor(node.inputs().get(position))) : Optional.empty();
  }

  private Shape shape(int position) {
    return subgraph.tensor(node.inputs().get(position)).shape();
  }

  private Shape output() {
    return subgraph.tensor(node.outputs().getFirst()).shape();
  }

  private Shape rank(int position, int rank) {
    Shape shape = shape(position);
    if (shape.rank() != rank) {
      throw bad("input " + position + " of shape [" + shape + ']', rank + " dimensions");
    }
    return shape;
  }

  private void requireBias(int position, int channels) {
    Optional<Tensor> bias = optional(position);
    if (bias.isPresent() && bias.get().shape().elements() != channels) {
      throw bad("a bias of shape [" + bias.get().shape() + ']', channels + " values");
    }
  }

  private static void requireReach(int taps, int dilation) {
    if ((taps - 1L) * dilation + 1 > REACH_MAX) {
      throw bad(taps + " taps " + dilation + " apart", "a window of at most " + REACH_MAX);
    }
  }

  /** TensorFlow's old form of a scalar, a shape of one zero, passes. */
  private void requireFilled(Tensor tensor) {
    boolean oldScalar = tensor.shape().equals(Shape.of(0));
    if (tensor.shape().elements() == 0 && !oldScalar) {
      throw bad(
          "tensor " + tensor.index() + " of shape [" + tensor.shape() + ']', "no zero extent");
    }
  }

  private void requireOutput(Shape expected) {
    if (!output().equals(expected)) {
      throw bad("output [" + output() + ']', "[" + expected + "] from inputs and options");
    }
  }

  private void requireElements(long elements) {
    if (output().elements() != elements) {
      throw bad("output [" + output() + ']', elements + " elements");
    }
  }

  private static InputException bad(String found, String expected) {
    return OperatorValidator.bad(found, expected);
  }
}
