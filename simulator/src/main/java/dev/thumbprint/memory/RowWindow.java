package dev.thumbprint.memory;

import dev.thumbprint.cost.work.Window;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Which rows of its input an operator on images reads for some rows of its output, and what it
 * takes to be there beyond the border.
 *
 * @param window what slides over the image
 * @param inputHeight rows of the input
 * @param top rows of padding above the whole image
 * @param left columns of padding left of it
 * @param right columns of padding right of it
 */
record RowWindow(Window window, int inputHeight, int top, int left, int right) {
  private static final int IMAGE_RANK = 4;
  private static final int PADDING_INTS = 8;

  /**
   * Input rows, and padding around them.
   *
   * @param from first row
   * @param to row behind the last one
   * @param above rows of padding above {@code from}
   * @param below rows of padding below {@code to}
   * @param left columns of padding
   * @param right columns of padding
   */
  record Rows(int from, int to, int above, int below, int left, int right) {
    boolean padded() {
      return above + below + left + right > 0;
    }
  }

  /**
   * What rows {@code from} to {@code to} (exclusive) of the output need; empty where that is
   * padding alone.
   */
  Optional<Rows> rows(int from, int to) {
    int low = from * window.strideHeight() - top;
    int high =
        (to - 1) * window.strideHeight()
            - top
            + (window.height() - 1) * window.dilationHeight()
            + 1;
    int first = Math.max(low, 0);
    int end = Math.min(high, inputHeight);
    return first < end
        ? Optional.of(new Rows(first, end, first - low, high - end, left, right))
        : Optional.empty();
  }

  /** The window of an operator; empty where it cannot be cut into rows. */
  static Optional<RowWindow> of(Graph graph, Node node) {
    if (node.outputs().size() != 1 || node.inputs().isEmpty() || node.inputs().getFirst() < 0) {
      return Optional.empty();
    }
    Tensor in = graph.main().tensor(node.inputs().getFirst());
    Tensor out = graph.main().tensor(node.outputs().getFirst());
    if (in.constant() || !image(in) || !image(out) || in.type() != out.type()) {
      return Optional.empty();
    }
    Window window = Lowering.window(graph.main(), node);
    return switch (node.operator()) {
      case CONV_2D, DEPTHWISE_CONV_2D ->
          constants(graph, node) ? Optional.of(of(window, in, out)) : Optional.empty();
      case MAX_POOL_2D, AVERAGE_POOL_2D -> pool(window, in, out);
      case RELU, RELU6, LEAKY_RELU, HARD_SWISH, LOGISTIC, TANH, ABS, NEG ->
          node.inputs().size() == 1 && in.shape().equals(out.shape())
              ? Optional.of(of(window, in, out))
              : Optional.empty();
      case PAD -> pad(graph, node, in);
      default -> Optional.empty();
    };
  }

  private static boolean image(Tensor tensor) {
    return tensor.shape().rank() == IMAGE_RANK
        && tensor.shape().dim(0) == 1
        && tensor.shape().elements() > 0
        && !tensor.variable();
  }

  /** Whether every band can read filter and bias. */
  private static boolean constants(Graph graph, Node node) {
    return node.inputs().stream()
        .skip(1)
        .allMatch(input -> input < 0 || graph.main().tensor(input).constant());
  }

  private static RowWindow of(Window window, Tensor in, Tensor out) {
    int height = in.shape().dim(1);
    int width = in.shape().dim(2);
    int across =
        window
            .padding()
            .total(
                width,
                out.shape().dim(2),
                window.width(),
                window.strideWidth(),
                window.dilationWidth());
    int left = window.padLeft(width, out.shape().dim(2));
    return new RowWindow(
        window, height, window.padTop(height, out.shape().dim(1)), left, across - left);
  }

  /** Padding does not count in a pooling, so that a padded image would give other values. */
  private static Optional<RowWindow> pool(Window window, Tensor in, Tensor out) {
    int down =
        window
            .padding()
            .total(
                in.shape().dim(1), out.shape().dim(1), window.height(), window.strideHeight(), 1);
    RowWindow pool = of(window, in, out);
    return down == 0 && pool.left + pool.right == 0 ? Optional.of(pool) : Optional.empty();
  }

  private static Optional<RowWindow> pad(Graph graph, Node node, Tensor in) {
    Optional<ByteBuffer> data =
        node.inputs().size() == 2
            ? graph.main().tensor(node.inputs().get(1)).data()
            : Optional.empty();
    if (data.isEmpty() || data.get().remaining() != PADDING_INTS * Integer.BYTES) {
      return Optional.empty();
    }
    int[] paddings = new int[PADDING_INTS];
    data.get().duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(paddings);
    boolean across = paddings[0] == 0 && paddings[1] == 0 && paddings[6] == 0 && paddings[7] == 0;
    return across
        ? Optional.of(
            new RowWindow(Window.NONE, in.shape().dim(1), paddings[2], paddings[4], paddings[5]))
        : Optional.empty();
  }
}
