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
  static List<List<Node>> chains(Graph graph, Node first, List<List<Node>> consumers, int longest) {
    List<List<Node>> chains = new ArrayList<>();
    List<Node> chain = new ArrayList<>();
    Node next = first;
    while (chain.size() < longest && RowWindow.of(graph, next).isPresent()) {
      chain.add(next);
      if (next.operator() != Operator.PAD) {
        chains.add(List.copyOf(chain));
      }
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

  /** The model with the chain cut; empty where there are not rows enough for every band. */
  Optional<Cut> apply(Graph graph) {
    Tensor last = graph.main().tensor(nodes.getLast().outputs().getFirst());
    List<Band> bands = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int rows = last.shape().dim(ROWS);
      Optional<Band> band = band(graph, part * rows / parts, (part + 1) * rows / parts);
      if (band.isEmpty()) {
        return Optional.empty();
      }
      bands.add(band.get());
    }
    Writer writer = new Writer(graph);
    for (Node node : graph.main().nodes()) {
      if (node.index() == nodes.getFirst().index()) {
        writer.write(bands, last);
      } else if (nodes.stream().noneMatch(other -> other.index() == node.index())) {
        writer.edit.add(node);
      }
    }
    return Optional.of(new Cut(writer.edit.build(), writer.places));
  }

  /**
   * Rows {@code from} to {@code to} of the chain's output.
   *
   * @param needed for each node of the chain what it reads
   */
  private record Band(int from, int to, List<RowWindow.Rows> needed) {}

  private Optional<Band> band(Graph graph, int from, int to) {
    List<RowWindow.Rows> needed = new ArrayList<>();
    int first = from;
    int end = to;
    for (Node node : nodes.reversed()) {
      Optional<RowWindow.Rows> rows =
          first < end ? RowWindow.of(graph, node).orElseThrow().rows(first, end) : Optional.empty();
      if (rows.isEmpty()) {
        return Optional.empty();
      }
      needed.addFirst(rows.get());
      first = rows.get().from();
      end = rows.get().to();
    }
    return Optional.of(new Band(from, to, List.copyOf(needed)));
  }

  /** The model while it is written. */
  private final class Writer {
    private final Graph graph;
    private final GraphEdit edit;
    private final List<Place> places = new ArrayList<>();
    private final Map<List<Integer>, Integer> constants = new HashMap<>();

    private Writer(Graph graph) {
      this.graph = graph;
      this.edit = new GraphEdit(graph);
    }

    private void write(List<Band> bands, Tensor last) {
      List<Integer> pieces = new ArrayList<>();
      for (Band band : bands) {
        int piece = write(band);
        pieces.add(piece);
        places.add(new Place(piece, last.index(), band.from() * rowBytes(last)));
      }
      edit.add(
          Operator.CONCATENATION,
          new Options.Concatenation(ROWS, Activation.NONE),
          pieces,
          List.of(last.index()));
    }

    private int write(Band band) {
      Tensor input = graph.main().tensor(nodes.getFirst().inputs().getFirst());
      RowWindow.Rows first = band.needed().getFirst();
      int carried = slice(input, first.from(), first.to());
      for (int i = 0; i < nodes.size(); i++) {
        boolean atEnd = i + 1 == nodes.size();
        int from = atEnd ? band.from() : band.needed().get(i + 1).from();
        int to = atEnd ? band.to() : band.needed().get(i + 1).to();
        carried = step(nodes.get(i), band.needed().get(i), carried, from, to);
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
      Shape shape = values.length == last ? Shape.of(last) : Shape.of(values.length / last, last);
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
