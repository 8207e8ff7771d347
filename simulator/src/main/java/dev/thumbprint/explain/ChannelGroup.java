package dev.thumbprint.explain;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.Layer;
import dev.thumbprint.model.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Activations that must have the same number of channels, or a fixed multiple of it (behind a
 * flattening): what one layer writes, and what is made of it until the next layers with weights
 * read it.
 *
 * @param channels the number, that of the smallest
 * @param members the activations
 * @param isInput whether the network's input is among them
 * @param producer first layer with weights that writes one of them, empty where there is none
 * @param consumers layers with weights that read one of them
 */
record ChannelGroup(
    int channels,
    Set<Integer> members,
    boolean isInput,
    Optional<Layer> producer,
    List<Layer> consumers) {

  /** The network with another number of channels here, or empty where it does not come out even. */
  Optional<Network> with(int wanted, Network network, Wiring wiring) {
    List<Layer> changed = new ArrayList<>();
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      Optional<LayerWork> work = rewritten(layer.work(), wiring.links().get(i), wanted);
      if (work.isEmpty()) {
        return Optional.empty();
      }
      changed.add(new Layer(layer.index(), layer.name(), work.get()));
    }
    return Optional.of(
        new Network(network.name(), network.provenance(), changed, network.parameters()));
  }

  private Optional<LayerWork> rewritten(LayerWork work, Wiring.Link link, int wanted) {
    boolean reads = link.read().stream().anyMatch(members::contains);
    boolean writes = link.written().stream().anyMatch(members::contains);
    if (!reads && !writes) {
      return Optional.of(work);
    }
    int read = link.read().isEmpty() ? -1 : link.read().getFirst();
    long inNew = reads && members.contains(read) ? scaled(work.input().dim(-1), wanted) : -1;
    long outNew = writes ? scaled(work.output().dim(-1), wanted) : -1;
    if (inNew == 0 || outNew == 0) {
      return Optional.empty();
    }
    List<Shape> inputs = new ArrayList<>();
    for (int i = 0; i < work.inputs().size(); i++) {
      Shape shape = work.inputs().get(i);
      boolean same = i == 0 ? inNew > 0 : outNew > 0 && shape.dim(-1) == work.output().dim(-1);
      inputs.add(same ? last(shape, i == 0 ? inNew : outNew) : shape);
    }
    Shape output = outNew > 0 ? last(work.output(), outNew) : work.output();
    Shape filter = filter(work, inNew, outNew);
    return Optional.of(
        new LayerWork(
            work.operator(),
            work.customName(),
            inputs,
            filter,
            output,
            work.window(),
            work.inputType(),
            work.weightType(),
            work.outputType(),
            work.activation(),
            work.bias(),
            work.perChannel()));
  }

  private static Shape filter(LayerWork work, long inNew, long outNew) {
    int[] dims = work.filter().toArray();
    switch (work.operator()) {
      case CONV_2D -> {
        dims[0] = outNew > 0 ? (int) outNew : dims[0];
        dims[3] = inNew > 0 ? (int) inNew : dims[3];
      }
      case DEPTHWISE_CONV_2D -> dims[3] = outNew > 0 ? (int) outNew : dims[3];
      case FULLY_CONNECTED -> {
        dims[0] = outNew > 0 ? (int) outNew : dims[0];
        dims[1] = inNew > 0 ? (int) (dims[1] / work.input().dim(-1) * inNew) : dims[1];
      }
      default -> {}
    }
    return Shape.of(dims);
  }

  /** The new length of a last dimension; 0 where it is no whole number. */
  private long scaled(int length, int wanted) {
    long product = (long) length * wanted;
    return product % channels == 0 && product / channels <= Integer.MAX_VALUE
        ? product / channels
        : 0;
  }

  private static Shape last(Shape shape, long length) {
    int[] dims = shape.toArray();
    dims[dims.length - 1] = (int) length;
    return Shape.of(dims);
  }

  /** The layers that a change of this group changes, by index. */
  static Map<Integer, LayerWork> difference(Network before, Network after) {
    Map<Integer, LayerWork> changed = new TreeMap<>();
    for (int i = 0; i < before.layers().size(); i++) {
      Layer layer = after.layers().get(i);
      if (!layer.work().equals(before.layers().get(i).work())) {
        changed.put(layer.index(), layer.work());
      }
    }
    return changed;
  }
}
