package dev.thumbprint.run.operators;

import static dev.thumbprint.cost.work.DataType.BOOL;
import static dev.thumbprint.cost.work.DataType.INT32;
import static dev.thumbprint.cost.work.DataType.RESOURCE;

import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Subgraph;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.run.Execution;
import dev.thumbprint.run.Frame;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;
import java.util.List;

/** IF, WHILE, CALL_ONCE and resource variables. */
final class ControlFlow {
  private ControlFlow() {}

  /** Inputs: condition, then the inputs of either subgraph. */
  static Prepared branch(Preparation p) {
    Options.If options = p.options(Options.If.class);
    p.require(p.input(0), BOOL);
    p.require(p.input(0).shape().elements() == 1, "several conditions", "one");
    List<Integer> arguments = p.node().inputs().subList(1, p.inputs());
    requireSignature(p, options.thenSubgraph(), arguments, p.node().outputs());
    requireSignature(p, options.elseSubgraph(), arguments, p.node().outputs());
    return frame -> {
      byte[] condition = frame.bytes(p.inputIndex(0));
      return () -> {
        int taken = condition[0] != 0 ? options.thenSubgraph() : options.elseSubgraph();
        Frame callee = frame.execution().frame(taken);
        requireEnd(p, frame);
        copy(frame, arguments, callee, callee.subgraph().inputs());
        callee.run();
        copy(callee, callee.subgraph().outputs(), frame, p.node().outputs());
      };
    };
  }

  static Prepared loop(Preparation p) {
    Options.While options = p.options(Options.While.class);
    List<Integer> state = p.node().outputs();
    requireSignature(p, options.bodySubgraph(), p.node().inputs(), state);
    Subgraph condition = p.graph().subgraphs().get(options.conditionSubgraph());
    p.require(
        condition.outputs().size() == 1
            && condition.tensor(condition.outputs().getFirst()).type() == BOOL
            && condition.tensor(condition.outputs().getFirst()).shape().elements() == 1,
        "a condition with other outputs",
        "one bool");
    requireTensors(p, condition, condition.inputs(), p.node().inputs());
    return frame ->
        () -> {
          Frame test = frame.execution().frame(options.conditionSubgraph());
          Frame body = frame.execution().frame(options.bodySubgraph());
          copy(frame, p.node().inputs(), test, test.subgraph().inputs());
          copy(frame, p.node().inputs(), frame, state);
          test.run();
          while (test.bytes(test.subgraph().outputs().getFirst())[0] != 0) {
            requireEnd(p, frame);
            copy(frame, state, body, body.subgraph().inputs());
            body.run();
            copy(body, body.subgraph().outputs(), frame, state);
            copy(frame, state, test, test.subgraph().inputs());
            test.run();
          }
        };
  }

  /** Loops and branches may nest: what counts is all of an inference. */
  private static void requireEnd(Preparation p, Frame frame) {
    if (!frame.execution().mayCall()) {
      throw p.refuse(
          "more than %d runs of subgraphs in one inference".formatted(Execution.CALLS_MAX),
          "loops that end");
    }
  }

  /** Runs its subgraph in the first inference only. */
  static Prepared callOnce(Preparation p) {
    int callee = p.options(Options.CallOnce.class).initSubgraph();
    Subgraph init = p.graph().subgraphs().get(callee);
    p.require(
        init.inputs().isEmpty() && init.outputs().isEmpty(),
        "an initialiser with inputs or outputs",
        "neither");
    return frame -> {
      boolean[] done = new boolean[1];
      return () -> {
        if (!done[0]) {
          done[0] = true;
          frame.execution().frame(callee).run();
        }
      };
    };
  }

  /** Writes the number of the variable that the options name. */
  static Prepared varHandle(Preparation p) {
    Options.VarHandle options = p.options(Options.VarHandle.class);
    requireHandle(p, p.output(0));
    String name = options.container() + '/' + options.sharedName();
    return frame -> {
      int[] output = frame.ints(p.outputIndex(0));
      int handle = frame.execution().resourceHandle(name);
      output[0] = handle;
      return () -> output[0] = handle;
    };
  }

  /**
   * Inputs: handle, value. Where the handle is made in the same subgraph the variable exists from
   * the start and can be read before it is assigned.
   */
  static Prepared assignVariable(Preparation p) {
    requireHandle(p, p.input(0));
    Tensor value = p.input(1);
    int elements = Preparation.elements(value);
    boolean local = madeHere(p);
    return frame -> {
      int[] handle = frame.ints(p.inputIndex(0));
      if (local) {
        frame.execution().assigned(handle[0], value);
      }
      Object from = frame.array(p.inputIndex(1));
      return () -> {
        Object held = frame.execution().assigned(handle[0], value);
        System.arraycopy(from, 0, held, 0, elements);
      };
    };
  }

  private static void requireHandle(Preparation p, Tensor handle) {
    p.require(handle, RESOURCE, INT32);
    p.require(handle.shape().elements() == 1, "several handles", "one");
  }

  private static boolean madeHere(Preparation p) {
    return p.earlier().stream()
        .anyMatch(
            node ->
                node.operator() == Operator.VAR_HANDLE && node.outputs().contains(p.inputIndex(0)));
  }

  /** A variable that no operator assigns is refused, as on the target. */
  static Prepared readVariable(Preparation p) {
    requireHandle(p, p.input(0));
    int elements = Preparation.elements(p.output(0));
    return frame -> {
      int[] handle = frame.ints(p.inputIndex(0));
      Object to = frame.array(p.outputIndex(0));
      return () -> {
        Object held = frame.execution().resource(handle[0]);
        if (held == null
            || held.getClass() != to.getClass()
            || java.lang.reflect.Array.getLength(held) != elements) {
          throw p.refuse(
              held == null ? "a variable without a value" : "a variable of another size",
              "an assigned variable of the output's size");
        }
        System.arraycopy(held, 0, to, 0, elements);
      };
    };
  }

  private static void requireSignature(
      Preparation p, int callee, List<Integer> inputs, List<Integer> outputs) {
    Subgraph subgraph = p.graph().subgraphs().get(callee);
    requireTensors(p, subgraph, subgraph.inputs(), inputs);
    requireTensors(p, subgraph, subgraph.outputs(), outputs);
  }

  private static void requireTensors(
      Preparation p, Subgraph callee, List<Integer> inside, List<Integer> outside) {
    p.require(
        inside.size() == outside.size(),
        inside.size() + " tensors of the subgraph for " + outside.size() + " operands",
        "equally many");
    for (int i = 0; i < inside.size(); i++) {
      Tensor a = callee.tensor(inside.get(i));
      Tensor b = p.tensor(outside.get(i));
      if (a.type() != b.type() || a.shape().elements() != b.shape().elements()) {
        InputException refusal =
            p.refuse(
                "operand %d: %s [%s] in the subgraph".formatted(i, a.type().label(), a.shape()),
                b.type().label() + " [" + b.shape() + "]");
        throw refusal;
      }
    }
  }

  private static void copy(Frame from, List<Integer> sources, Frame to, List<Integer> targets) {
    for (int i = 0; i < sources.size(); i++) {
      Object source = from.array(sources.get(i));
      Object target = to.array(targets.get(i));
      if (source != target) {
        System.arraycopy(source, 0, target, 0, java.lang.reflect.Array.getLength(target));
      }
    }
  }
}
