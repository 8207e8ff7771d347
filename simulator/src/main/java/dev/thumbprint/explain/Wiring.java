package dev.thumbprint.explain;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Layer;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Subgraph;
import dev.thumbprint.profile.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which activations the layers of a network read and write. A model tells; of a layer list it is
 * taken that every layer reads what the one before wrote, where the shapes agree.
 *
 * @param links one for each layer, in their order
 * @param shapes shapes of the activations
 * @param inputs activations that come from outside
 * @param fixed activations whose shape is not ours to change: outputs, and those of unknown origin
 */
record Wiring(
    List<Link> links, Map<Integer, Shape> shapes, Set<Integer> inputs, Set<Integer> fixed) {

  /**
   * The activations of a layer.
   *
   * @param read what it reads, the main one first
   * @param written what it writes
   */
  record Link(List<Integer> read, List<Integer> written) {}

  /** For each layer the positions of the layers whose outputs it reads. */
  List<List<Integer>> producers() {
    Map<Integer, Integer> writer = new HashMap<>();
    List<List<Integer>> producers = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      List<Integer> from = new ArrayList<>();
      for (int tensor : links.get(i).read()) {
        if (writer.containsKey(tensor) && !from.contains(writer.get(tensor))) {
          from.add(writer.get(tensor));
        }
      }
      producers.add(from);
      for (int tensor : links.get(i).written()) {
        writer.put(tensor, i);
      }
    }
    return producers;
  }

  static Wiring of(Subject subject) {
    return subject.graph().isPresent()
        ? ofGraph(subject.graph().get())
        : ofChain(subject.network().layers());
  }

  private static Wiring ofGraph(Graph graph) {
    Subgraph main = graph.main();
    Map<Integer, Shape> shapes = new HashMap<>();
    List<Link> links = new ArrayList<>();
    Set<Integer> fixed = new HashSet<>(main.outputs());
    for (Node node : main.nodes()) {
      List<Integer> read = new ArrayList<>();
      for (int input : node.inputs()) {
        if (input >= 0 && !main.tensor(input).constant()) {
          read.add(input);
        }
      }
      links.add(new Link(read, node.outputs()));
      read.forEach(tensor -> shapes.put(tensor, main.tensor(tensor).shape()));
      node.outputs().forEach(tensor -> shapes.put(tensor, main.tensor(tensor).shape()));
    }
    shapes.keySet().stream().filter(tensor -> main.tensor(tensor).variable()).forEach(fixed::add);
    return new Wiring(links, shapes, new HashSet<>(main.inputs()), fixed);
  }

  private static Wiring ofChain(List<Layer> layers) {
    Map<Integer, Shape> shapes = new HashMap<>();
    List<Link> links = new ArrayList<>();
    Set<Integer> inputs = new HashSet<>();
    Set<Integer> fixed = new HashSet<>();
    int last = -1;
    int next = 0;
    for (Layer layer : layers) {
      LayerWork work = layer.work();
      List<Integer> read = new ArrayList<>();
      for (Shape shape : work.inputs()) {
        boolean chained = read.isEmpty() && last >= 0 && shapes.get(last).equals(shape);
        int tensor = chained ? last : next++;
        shapes.put(tensor, shape);
        read.add(tensor);
        if (!chained) {
          (last < 0 && read.size() == 1 ? inputs : fixed).add(tensor);
        }
      }
      if (last >= 0 && read.getFirst() != last) {
        // Whoever reads it, it is not the next layer.
        fixed.add(last);
      }
      last = next++;
      shapes.put(last, work.output());
      links.add(new Link(read, List.of(last)));
    }
    fixed.add(last);
    return new Wiring(links, shapes, inputs, fixed);
  }
}
