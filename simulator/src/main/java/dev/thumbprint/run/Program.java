package dev.thumbprint.run;

import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Subgraph;
import dev.thumbprint.model.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A graph prepared for running. Immutable; any number of interpreters share it. */
public final class Program {
  private final Graph graph;
  private final RunOptions options;
  private final List<Object[]> constants;
  private final List<List<Prepared>> prepared;

  private Program(
      Graph graph, RunOptions options, List<Object[]> constants, List<List<Prepared>> prepared) {
    this.graph = graph;
    this.options = options;
    this.constants = constants;
    this.prepared = prepared;
  }

  /**
   * Prepares a graph.
   *
   * @param operators the preparer of a node; it refuses operators it does not know
   * @throws InputException if an operator cannot be run, naming it and the reason
   */
  public static Program prepare(
      Graph graph, RunOptions options, Function<Node, Preparer> operators) {
    List<Object[]> constants = new ArrayList<>();
    List<List<Prepared>> prepared = new ArrayList<>();
    for (Subgraph subgraph : graph.subgraphs()) {
      constants.add(constantsOf(subgraph));
    }
    for (int i = 0; i < graph.subgraphs().size(); i++) {
      Subgraph subgraph = graph.subgraphs().get(i);
      List<Prepared> nodes = new ArrayList<>();
      for (Node node : subgraph.nodes()) {
        Preparation preparation = new Preparation(graph, subgraph, node, options, constants.get(i));
        nodes.add(prepare(preparation, operators.apply(node)));
      }
      prepared.add(List.copyOf(nodes));
    }
    return new Program(graph, options, constants, prepared);
  }

  private static Prepared prepare(Preparation preparation, Preparer preparer) {
    try {
      if (preparer == null) {
        throw preparation.refuse("an operator without a kernel", "an operator that `ops` lists");
      }
      return preparer.prepare(preparation);
    } catch (InputException defect) {
      throw defect.file().isEmpty() ? preparation.locate(defect) : defect;
    } catch (IllegalArgumentException | ArithmeticException unusable) {
      throw preparation.refuse(String.valueOf(unusable.getMessage()), "").causedBy(unusable);
    } catch (OutOfMemoryError tooLarge) {
      throw preparation
          .refuse("more memory than this Java virtual machine may use", "a smaller layer")
          .withHint("THUMBPRINT_JAVA_OPTIONS=-Xmx8g gives it more")
          .causedBy(tooLarge);
    }
  }

  private static Object[] constantsOf(Subgraph subgraph) {
    Object[] arrays = new Object[subgraph.tensors().size()];
    for (Tensor tensor : subgraph.tensors()) {
      if (tensor.constant()) {
        arrays[tensor.index()] = TensorArrays.decode(tensor, tensor.data().orElseThrow());
      }
    }
    return arrays;
  }

  /** The graph that is run. */
  public Graph graph() {
    return graph;
  }

  /** How it is run. */
  public RunOptions options() {
    return options;
  }

  /** A new execution, with its own activations and variables. */
  public Interpreter interpreter() {
    return new Interpreter(graph, new Execution(graph, constants, prepared));
  }
}
