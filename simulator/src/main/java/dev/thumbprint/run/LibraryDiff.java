package dev.thumbprint.run;

import dev.thumbprint.model.Node;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where two programs for one graph compute different bits, operator by operator. */
public final class LibraryDiff {
  /**
   * One operator output that differs.
   *
   * @param inference counted from 0; states carry over
   * @param node the operator
   * @param output which of its outputs
   * @param elements elements of that output
   * @param differing how many of them differ
   * @param first index of the first that differs
   * @param left its value in the first program
   * @param right its value in the second program
   * @param greatest greatest difference of any element, in steps of the type
   * @param departs whether all its inputs were still equal, so that it is this operator that
   *     departs; else it may only follow an earlier one
   */
  public record Finding(
      int inference,
      Node node,
      int output,
      int elements,
      int differing,
      int first,
      double left,
      double right,
      double greatest,
      boolean departs) {}

  private LibraryDiff() {}

  /** Sets the inputs of one inference, the same in both programs. */
  @FunctionalInterface
  public interface Inputs {
    /** Fills all inputs for inference {@code index}. */
    void fill(Interpreter run, int index);
  }

  /** Runs both programs on the same inputs and lists what differs, in order of execution. */
  public static List<Finding> compare(Program left, Program right, int inferences, Inputs inputs) {
    Interpreter a = left.interpreter();
    Interpreter b = right.interpreter();
    List<Finding> findings = new ArrayList<>();
    for (int inference = 0; inference < inferences; inference++) {
      inputs.fill(a, inference);
      inputs.fill(b, inference);
      Map<Integer, Object> seen = new HashMap<>();
      a.invoke(node -> node.outputs().forEach(o -> seen.put(o, copy(a.tensor(o)))));
      Set<Integer> unequal = new HashSet<>();
      int number = inference;
      b.invoke(node -> compare(b, node, seen, unequal, number, findings));
    }
    return findings;
  }

  private static void compare(
      Interpreter b,
      Node node,
      Map<Integer, Object> seen,
      Set<Integer> unequal,
      int inference,
      List<Finding> findings) {
    boolean departs = node.inputs().stream().noneMatch(unequal::contains);
    for (int o = 0; o < node.outputs().size(); o++) {
      int tensor = node.outputs().get(o);
      Object left = seen.get(tensor);
      Object right = b.tensor(tensor);
      if (left == null || Arrays.equals(TensorArrays.bytes(left), TensorArrays.bytes(right))) {
        continue;
      }
      unequal.add(tensor);
      int elements = Array.getLength(left);
      int differing = 0;
      int first = -1;
      double greatest = 0;
      for (int i = 0; i < elements; i++) {
        if (!Array.get(left, i).equals(Array.get(right, i))) {
          differing++;
          first = first < 0 ? i : first;
          greatest =
              Math.max(greatest, Math.abs(Array.getDouble(left, i) - Array.getDouble(right, i)));
        }
      }
      findings.add(
          new Finding(
              inference,
              node,
              o,
              elements,
              differing,
              first,
              Array.getDouble(left, first),
              Array.getDouble(right, first),
              greatest,
              departs));
    }
  }

  private static Object copy(Object array) {
    int length = Array.getLength(array);
    Object copy = Array.newInstance(array.getClass().getComponentType(), length);
    System.arraycopy(array, 0, copy, 0, length);
    return copy;
  }
}
