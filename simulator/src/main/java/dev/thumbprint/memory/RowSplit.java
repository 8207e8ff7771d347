package dev.thumbprint.memory;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cuts a chain of operators on images into bands of rows, one band after the other (patch-wise
 * inference): what lies between its first input and its last output then exists for one band at a
 * time. Rows at the seams are computed for both bands; the values stay the same bit for bit. Bands
 * of the input are slices and bands of the output are concatenated; both copy nothing where they
 * have their place inside the whole image, see {@link Cut#places()}.
 *
 * @param nodes the chain, as nodes of the main subgraph
 * @param parts number of bands
 */
record RowSplit(List<Node> nodes, int parts) {
  private static final int ROWS = 1;
  private static final int IMAGE_RANK = 4;

  RowSplit {
    nodes = List.copyOf(nodes);
  }

  /**
   * A model with a chain cut.
   *
   * @param graph the model
   * @param places tensors that are a part of another one
   */
  record Cut(Graph graph, List<Place> places) {
    Cut {
      places = List.copyOf(places);
    }
  }

  /**
   * A tensor that can lie inside another one.
   *
   * @param tensor index of the part
   * @param inside index of the whole
   * @param offset byte of the whole at which the part begins
   */
  record Place(int tensor, int inside, long offset) {}

  /**
   * The chains that begin with a node, the shortest first; empty where it cannot be cut.
   *
   * @param consumers nodes that read each tensor
   * @param longest operators of a chain at most
   */
  static List<List<Node>> chains(
      Graph graph, Node first, List<List<Node>> consumers, int longest) {
    List<List<Node>> chains = new ArrayList<>();
    List<Node> chain = new ArrayList<>();
    Node next = first;
    while (chain.size() < longest && RowWindow.of(graph, next).isPresent()) {
      chain.add(next);
      chains.add(List.copyOf(chain));
      int between = next.outputs().getFirst();
      List<Node> readers = consumers.get(between);
      if (readers.size() != 1
          || graph.main().outputs().contains(between)
          || readers.getFirst().inputs().getFirst() != between) {
        break;
      }
      next = readers.getFirst();
    }
    return chains;
  }

  /** The model with the chain cut; empty where there are not rows enough. */
  Optional<Cut> apply(Graph graph) {
    Tensor last = graph.main().tensor(nodes.getLast().outputs().getFirst());
    if (last.shape().dim(ROWS) < parts) {
      return Optional.empty();
    }
    GraphEdit edit = new GraphEdit(graph);
    Bands bands = new Bands(graph, edit);
    for (Node node : graph.main().nodes()) {
      if (node.index() == nodes.getFirst().index()) {
        bands.cut(last);
      } else if (nodes.stream().noneMatch(other -> other.index() == node.index())) {
        edit.add(node);
      }
    }
    return Optional.of(new Cut(edit.build(), bands.places));
  }

  /** The bands while they are written. */
  private final class Bands {
    private final Graph graph;
    private final GraphEdit edit;
    private final List<Place> places = new ArrayList<>();
    private final Map<List<Integer>, Integer> constants = new HashMap<>();

    private Bands(Graph graph, GraphEdit edit) {
      this.graph = graph;
      this.edit = edit;
    }

    private void cut(Tensor last) {
      int rows = last.shape().dim(ROWS);
      List<Integer> pieces = new ArrayList<>();
      for (int part = 0; part < parts; part++) {
        int from = part * rows / parts;
        int piece = band(from, (part + 1) * rows / parts);
        pieces.add(piece);
        places.add(new Place(piece, last.index(), from * rowBytes(last)));
      }
      edit.add(
          Operator.CONCATENATION,
          new Options.Concatenation(ROWS, Activation.NONE),
          pieces,
          List.of(last.index()));
    }

    /** Rows {@code from} to {@code to} of the chain's output, from a slice of its input. */
    private int band(int from, int to) {
      List<RowWindow.Rows> needed = new ArrayList<>();
      int first = from;
      int end = to;
      for (Node node : nodes.reversed()) {
        RowWindow.Rows rows = RowWindow.of(graph, node).orElseThrow().rows(first, end);
        needed.addFirst(rows);
        first = rows.from();
        end = rows.to();
      }
      Tensor input = graph.main().tensor(nodes.getFirst().inputs().getFirst());
      int carried = slice(input, first, end);
      for (int i = 0; i < nodes.size(); i++) {
        boolean atEnd = i + 1 == nodes.size();
        RowWindow.Rows next = atEnd ? null : needed.get(i + 1);
        int outFrom = atEnd ? from : next.from();
        int outTo = atEnd ? to : next.to();
        carried = step(nodes.get(i), needed.get(i), carried, outFrom, outTo);
      }
      return carried;
    }

    private int slice(Tensor input, int from, int to) {
      int[] dims = input.shape().toArray();
      if (from == 0 && to == dims[ROWS]) {
        return input.index();
      }
      int[] begin = new int[IMAGE_RANK];
      begin[ROWS] = from;
      dims[ROWS] = to - from;
      int slice = edit.like(input, "/" + from, Shape.of(dims));
      edit.add(
          Operator.SLICE,
          new Options.None(),
          List.of(input.index(), constant(begin, IMAGE_RANK), constant(dims, IMAGE_RANK)),
          List.of(slice));
      places.add(new Place(slice, input.index(), from * rowBytes(input)));
      return slice;
    }

    private int step(Node node, RowWindow.Rows rows, int carried, int from, int to) {
      Tensor whole = graph.main().tensor(node.outputs().getFirst());
      int read = carried;
      if (rows.padded()) {
        Tensor unpadded = edit.tensor(carried);
        int[] dims = unpadded.shape().toArray();
        dims[ROWS] += rows.above() + rows.below();
        dims[ROWS + 1] += rows.left() + rows.right();
        read = edit.like(unpadded, "/padded", Shape.of(dims));
        int[] paddings = {0, 0, rows.above(), rows.below(), rows.left(), rows.right(), 0, 0};
        edit.add(
            Operator.PAD,
            new Options.None(),
            List.of(carried, constant(paddings, 2)),
            List.of(read));
      }
      if (node.operator() == Operator.PAD) {
        return read;
      }
      List<Integer> inputs = new ArrayList<>(node.inputs());
      inputs.set(0, read);
      int output = edit.part(whole, ROWS, from, to - from);
      edit.add(node.operator(), unpadded(node.options()), inputs, List.of(output));
      return output;
    }

    private int constant(int[] values, int last) {
      List<Integer> key = new ArrayList<>(List.of(last));
      for (int value : values) {
        key.add(value);
      }
      Shape shape =
          values.length == last ? Shape.of(last) : Shape.of(values.length / last, last);
      return constants.computeIfAbsent(key, k -> edit.integers(shape, values));
    }
  }

  private static long rowBytes(Tensor image) {
    return image.bytes() / image.shape().dim(ROWS);
  }

  private static Options unpadded(Options options) {
    return switch (options) {
      case Options.Conv2d o ->
          new Options.Conv2d(
              Padding.VALID,
              o.strideHeight(),
              o.strideWidth(),
              o.dilationHeight(),
              o.dilationWidth(),
              o.activation(),
              o.biasType());
      case Options.DepthwiseConv2d o ->
          new Options.DepthwiseConv2d(
              Padding.VALID,
              o.strideHeight(),
              o.strideWidth(),
              o.dilationHeight(),
              o.dilationWidth(),
              o.depthMultiplier(),
              o.activation());
      case Options.Pool2d o ->
          new Options.Pool2d(
              Padding.VALID,
              o.filterHeight(),
              o.filterWidth(),
              o.strideHeight(),
              o.strideWidth(),
              o.activation());
      default -> options;
    };
  }
}
