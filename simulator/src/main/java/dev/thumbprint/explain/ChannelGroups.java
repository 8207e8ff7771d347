package dev.thumbprint.explain;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.Layer;
import dev.thumbprint.model.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the groups of channels of a network that can be changed together. */
final class ChannelGroups {
  private final Network network;
  private final Wiring wiring;
  private final Map<Integer, Integer> parent = new HashMap<>();
  private final Set<Integer> rigid = new HashSet<>();

  private ChannelGroups(Network network, Wiring wiring) {
    this.network = network;
    this.wiring = wiring;
    wiring.shapes().keySet().forEach(tensor -> parent.put(tensor, tensor));
    rigid.addAll(wiring.fixed());
  }

  static List<ChannelGroup> of(Network network, Wiring wiring) {
    return new ChannelGroups(network, wiring).groups();
  }

  private List<ChannelGroup> groups() {
    for (int i = 0; i < network.layers().size(); i++) {
      connect(network.layers().get(i).work(), wiring.links().get(i));
    }
    Map<Integer, Set<Integer>> members = new HashMap<>();
    parent.keySet().forEach(t -> members.computeIfAbsent(root(t), key -> new HashSet<>()).add(t));
    List<ChannelGroup> groups = new ArrayList<>();
    for (Set<Integer> group : members.values()) {
      if (group.stream().noneMatch(rigid::contains)) {
        group(group).ifPresent(groups::add);
      }
    }
    return groups;
  }

  private Optional<ChannelGroup> group(Set<Integer> members) {
    Optional<Layer> producer = Optional.empty();
    List<Layer> consumers = new ArrayList<>();
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      if (!hasOwnChannels(layer.work())) {
        continue;
      }
      Wiring.Link link = wiring.links().get(i);
      if (producer.isEmpty() && link.written().stream().anyMatch(members::contains)) {
        producer = Optional.of(layer);
      }
      if (link.read().stream().anyMatch(members::contains)) {
        consumers.add(layer);
      }
    }
    boolean input = members.stream().anyMatch(wiring.inputs()::contains);
    int channels = members.stream().mapToInt(t -> channels(t)).min().orElse(0);
    boolean useful = channels > 0 && !consumers.isEmpty() && (input || producer.isPresent());
    return useful
        ? Optional.of(new ChannelGroup(channels, members, input, producer, consumers))
        : Optional.empty();
  }

  private static boolean hasOwnChannels(LayerWork work) {
    return switch (work.operator()) {
      case CONV_2D, FULLY_CONNECTED -> true;
      default -> false;
    };
  }

  private void connect(LayerWork work, Wiring.Link link) {
    if (link.read().isEmpty() || link.written().size() != 1 || work.output().rank() == 0) {
      fix(link);
      return;
    }
    int in = link.read().getFirst();
    int out = link.written().getFirst();
    switch (work.operator()) {
      case CONV_2D -> {
        if (work.filter().rank() != 4 || work.filter().dim(3) != channels(in)) {
          fix(link);
        }
      }
      case FULLY_CONNECTED -> {
        if (work.filter().rank() != 2 || work.filter().dim(1) % channels(in) != 0) {
          fix(link);
        }
      }
      case DEPTHWISE_CONV_2D ->
          unite(
              link,
              in,
              out,
              work.filter().rank() == 4
                  && work.filter().dim(3) == channels(out)
                  && channels(in) == channels(out));
      case AVERAGE_POOL_2D, MAX_POOL_2D, PAD, PADV2, MEAN ->
          unite(link, in, out, channels(in) == channels(out));
      case RESHAPE -> unite(link, in, out, flattens(work));
      case RELU, RELU6, LEAKY_RELU, HARD_SWISH, LOGISTIC, TANH, ELU, ABS, QUANTIZE, DEQUANTIZE ->
          unite(link, in, out, work.input().equals(work.output()));
      case ADD, SUB, MUL, MAXIMUM, MINIMUM, SQUARED_DIFFERENCE -> {
        boolean alike =
            link.read().stream().allMatch(t -> wiring.shapes().get(t).equals(work.output()))
                && work.inputs().stream()
                    .allMatch(shape -> shape.rank() > 0 && shape.dim(-1) == channels(out));
        for (int read : link.read()) {
          unite(link, read, out, alike);
        }
      }
      default -> fix(link);
    }
  }

  private static boolean flattens(LayerWork work) {
    Shape in = work.input();
    Shape out = work.output();
    return in.rank() > 0
        && out.rank() > 0
        && in.elements() == out.elements()
        && in.dim(-1) > 0
        && out.dim(-1) % in.dim(-1) == 0;
  }

  private void unite(Wiring.Link link, int one, int other, boolean possible) {
    if (possible) {
      parent.put(root(one), root(other));
    } else {
      fix(link);
    }
  }

  private void fix(Wiring.Link link) {
    rigid.addAll(link.read());
    rigid.addAll(link.written());
  }

  private int channels(int tensor) {
    Shape shape = wiring.shapes().get(tensor);
    return shape.rank() == 0 ? 1 : shape.dim(-1);
  }

  private int root(int tensor) {
    int root = tensor;
    while (parent.get(root) != root) {
      root = parent.get(root);
    }
    return root;
  }
}
