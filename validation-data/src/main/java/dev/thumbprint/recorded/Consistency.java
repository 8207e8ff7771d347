package dev.thumbprint.recorded;

import java.util.ArrayList;
import java.util.List;

/**
 * Checks what the shapes of a row say about each other: the output of a windowed operator follows
 * from input, window, stride and padding; channels and multiply-accumulates follow from the filter.
 */
public final class Consistency {
  private Consistency() {}

  /** What does not fit, one sentence each; empty where all fits or too little is told to judge. */
  public static List<String> issues(Work work) {
    List<String> issues =
        new ArrayList<>(
            issues(
                work.op(),
                work.input(),
                work.filter(),
                work.output(),
                work.stride(),
                work.padding()));
    long macs = macs(work.op(), work.filter(), work.output());
    if (macs > 0 && work.macs().isPresent() && work.macs().getAsLong() != macs) {
      issues.add("macs are " + work.macs().getAsLong() + ", the shapes give " + macs);
    }
    return issues;
  }

  /** What does not fit in an operator of a network. */
  public static List<String> issues(RecordedNetwork.Op op) {
    List<String> issues =
        new ArrayList<>(
            issues(op.op(), op.input(), op.filter(), op.output(), op.stride(), op.padding()));
    long macs = macs(op.op(), op.filter(), op.output());
    if (macs > 0 && op.macs().isPresent() && op.macs().getAsLong() != macs) {
      issues.add("macs are " + op.macs().getAsLong() + ", the shapes give " + macs);
    }
    return issues;
  }

  private static List<String> issues(
      String op, Shape input, Shape filter, Shape output, Shape stride, String padding) {
    if (!input.known() || !output.known()) {
      return List.of();
    }
    return switch (op) {
      case "CONV_2D", "DEPTHWISE_CONV_2D", "AVERAGE_POOL_2D", "MAX_POOL_2D" ->
          windowed(op, input, filter, output, stride, padding);
      case "FULLY_CONNECTED" -> dense(input, filter, output);
      case "RESHAPE" ->
          input.elements() == output.elements()
              ? List.of()
              : List.of(input + " has not the elements of " + output);
      case "QUANTIZE", "DEQUANTIZE", "SOFTMAX", "LOGISTIC", "RELU", "RELU6" ->
          input.equals(output) ? List.of() : List.of("output " + output + " is not " + input);
      default -> List.of();
    };
  }

  private static List<String> windowed(
      String op, Shape input, Shape filter, Shape output, Shape stride, String padding) {
    boolean pool = op.endsWith("POOL_2D");
    if (!filter.known() || !stride.known() || padding.isEmpty()) {
      return List.of();
    }
    if (input.rank() != 4
        || output.rank() != 4
        || stride.rank() != 2
        || filter.rank() != (pool ? 2 : 4)) {
      return List.of("ranks of " + input + ", " + filter + ", " + output + ", " + stride);
    }
    List<String> issues = new ArrayList<>();
    for (int axis = 0; axis < 2; axis++) {
      int window = filter.dim(pool ? axis : axis + 1);
      int expected = outputSize(input.dim(axis + 1), window, stride.dim(axis), padding);
      if (expected != output.dim(axis + 1)) {
        issues.add(
            (axis == 0 ? "height " : "width ")
                + output.dim(axis + 1)
                + ", "
                + padding
                + " gives "
                + expected);
      }
    }
    int channels =
        switch (op) {
          case "CONV_2D" -> filter.dim(0);
          case "DEPTHWISE_CONV_2D" -> filter.dim(3);
          default -> input.dim(3);
        };
    if (channels != output.dim(3)) {
      issues.add("output has " + output.dim(3) + " channels, the filter " + channels);
    }
    if (op.equals("CONV_2D") && input.dim(3) % filter.dim(3) != 0) {
      issues.add("filter takes " + filter.dim(3) + " of " + input.dim(3) + " channels");
    }
    return issues;
  }

  private static List<String> dense(Shape input, Shape filter, Shape output) {
    if (filter.rank() != 2) {
      return List.of();
    }
    List<String> issues = new ArrayList<>();
    if (input.elements() % filter.dim(1) != 0) {
      issues.add("input " + input + " does not fit the filter " + filter);
    }
    if (output.dim(-1) != filter.dim(0)) {
      issues.add("output " + output + " does not fit the filter " + filter);
    }
    return issues;
  }

  private static int outputSize(int input, int window, int stride, String padding) {
    return padding.equals("SAME")
        ? Math.ceilDiv(input, stride)
        : Math.ceilDiv(input - window + 1, stride);
  }

  /** Multiply-accumulates that the shapes give, 0 where they do not tell. */
  private static long macs(String op, Shape filter, Shape output) {
    if (!filter.known() || !output.known()) {
      return 0;
    }
    if (op.equals("CONV_2D") && filter.rank() == 4) {
      return output.elements() * filter.dim(1) * filter.dim(2) * filter.dim(3);
    }
    if (op.equals("DEPTHWISE_CONV_2D") && filter.rank() == 4) {
      return output.elements() * filter.dim(1) * filter.dim(2);
    }
    if (op.equals("FULLY_CONNECTED") && filter.rank() == 2) {
      return output.elements() * filter.dim(1);
    }
    return 0;
  }
}
