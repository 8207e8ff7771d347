package dev.thumbprint.advise;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Another number of output channels in one layer of a chain, carried through the layers behind it
 * up to the one that absorbs it in its weights.
 */
final class Widening {
  private final List<LayerWork> works;
  private Shape before = Shape.SCALAR;
  private Shape after = Shape.SCALAR;

  private Widening(List<LayerWork> works) {
    this.works = new ArrayList<>(works);
  }

  /**
   * The chain with another number of channels behind a layer.
   *
   * @param layer index of a convolution or dense layer
   * @param channels number wanted
   * @return empty where the layer's output is the network's, or meets another branch
   */
  static Optional<List<LayerWork>> of(List<LayerWork> works, int layer, int channels) {
    return hasFurtherReaders(works, layer)
        ? Optional.empty()
        : new Widening(works).widen(layer, channels);
  }

  /**
   * Whether a layer behind the next one may read the output too. A list of layers does not tell how
   * they are connected: a layer of two inputs, or one whose input is not what the layer before it
   * gives, is taken for a reader if the shape is right.
   */
  private static boolean hasFurtherReaders(List<LayerWork> works, int layer) {
    Shape output = works.get(layer).output();
    for (int i = layer + 2; i < works.size(); i++) {
      LayerWork work = works.get(i);
      boolean joins = work.inputs().size() > 1 || !work.input().equals(works.get(i - 1).output());
      if (joins && work.inputs().contains(output)) {
        return true;
      }
    }
    return false;
  }

  private Optional<List<LayerWork>> widen(int layer, int channels) {
    LayerWork work = works.get(layer);
    before = work.output();
    after = last(before, channels);
    Shape filter = first(work.filter(), channels);
    works.set(layer, with(work, work.input(), filter, after));
    for (int i = layer + 1; i < works.size(); i++) {
      LayerWork next = works.get(i);
      if (next.inputs().size() != 1 || next.input().elements() != before.elements()) {
        return Optional.empty();
      }
      switch (next.operator()) {
        case CONV_2D -> {
          works.set(i, with(next, after, last(next.filter(), after.dim(-1)), next.output()));
          return Optional.of(works);
        }
        case FULLY_CONNECTED -> {
          Shape flat = Shape.of(1, Math.toIntExact(after.elements()));
          Shape weights = last(next.filter(), flat.dim(1));
          works.set(i, with(next, flat, weights, next.output()));
          return Optional.of(works);
        }
        case DEPTHWISE_CONV_2D -> pass(i, last(next.filter(), after.dim(-1)));
        case RESHAPE -> reshape(i);
        case AVERAGE_POOL_2D, MAX_POOL_2D, RELU, RELU6, MEAN, PAD -> pass(i, next.filter());
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /** A layer that gives as many channels as it takes. */
  private void pass(int index, Shape filter) {
    LayerWork work = works.get(index);
    before = work.output();
    Shape output = last(before, after.dim(-1));
    works.set(index, with(work, after, filter, output));
    after = output;
  }

  private void reshape(int index) {
    LayerWork work = works.get(index);
    before = work.output();
    Shape flat = Shape.of(1, Math.toIntExact(after.elements()));
    works.set(index, with(work, after, work.filter(), flat));
    after = flat;
  }

  private static Shape last(Shape shape, int extent) {
    int[] dims = shape.toArray();
    dims[dims.length - 1] = extent;
    return Shape.of(dims);
  }

  private static Shape first(Shape shape, int extent) {
    int[] dims = shape.toArray();
    dims[0] = extent;
    return Shape.of(dims);
  }

  private static LayerWork with(LayerWork work, Shape input, Shape filter, Shape output) {
    return new LayerWork(
        work.operator(),
        work.customName(),
        List.of(input),
        filter,
        output,
        work.window(),
        work.inputType(),
        work.weightType(),
        work.outputType(),
        work.activation(),
        work.bias(),
        work.perChannel());
  }

  /** Whether a layer's output channels can be chosen. */
  static boolean applies(LayerWork work) {
    return (work.operator() == Operator.CONV_2D && work.filter().rank() == 4)
        || (work.operator() == Operator.FULLY_CONNECTED && work.filter().rank() == 2);
  }
}
