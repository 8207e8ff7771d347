package dev.thumbprint.run.operators;

import static dev.thumbprint.cost.work.DataType.INT8;

import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.FlexMap;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Subgraph;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;

/** CIRCULAR_BUFFER: the sliding window of a streaming convolution. */
final class Streams {
  static final String CIRCULAR_BUFFER = "CIRCULAR_BUFFER";
  private static final String PERIOD = "cycles_max";

  /** What the runtime takes for the fifth buffer of one of the two models it was written for. */
  private static final int FIFTH = 5;

  private Streams() {}

  /**
   * Moves the slots of the output, a variable tensor, by one and appends the input. Runs what
   * follows only every {@code cycles_max} inferences and ends the others here.
   */
  static Prepared circularBuffer(Preparation p) {
    p.require(p.input(0), INT8);
    p.require(p.output(0), INT8);
    Shape input = p.input(0).shape();
    Shape output = p.output(0).shape();
    p.require(
        input.rank() == 4
            && output.rank() == 4
            && input.dim(0) == output.dim(0)
            && input.dim(0) == 1
            && input.dim(1) == 1
            && input.dim(2) == output.dim(2)
            && input.dim(3) == output.dim(3),
        "input [%s], output [%s]".formatted(input, output),
        "one slot, and slots of the same extent");
    p.require(
        p.output(0).variable(),
        "an output that is not variable",
        "a variable tensor, which keeps the slots from one inference to the next");
    int depth = output.dim(2) * output.dim(3);
    int kept = (output.dim(1) - 1) * depth;
    int period = period(p);
    return frame -> {
      int[] left = {period};
      frame.execution().onReset(() -> left[0] = period);
      byte[] slot = frame.bytes(p.inputIndex(0));
      byte[] slots = frame.bytes(p.outputIndex(0));
      return () -> {
        System.arraycopy(slots, depth, slots, 0, kept);
        System.arraycopy(slot, 0, slots, kept, depth);
        if (--left[0] == 0) {
          left[0] = period;
        } else {
          frame.execution().stop();
        }
      };
    };
  }

  private static int period(Preparation p) {
    FlexMap map = FlexMap.read(p.options(Options.Custom.class).bytes());
    int given = map.has(PERIOD) ? map.integer(PERIOD) : 0;
    return given > 0 ? given : guessed(p);
  }

  /**
   * Without a period the runtime guesses from the shape of the output and from how many such
   * operators it has prepared since its last guess of 1.
   */
  private static int guessed(Preparation p) {
    int prepared = 0;
    for (Subgraph subgraph : p.graph().subgraphs()) {
      for (Node node : subgraph.nodes()) {
        if (!node.customName().equals(CIRCULAR_BUFFER) || hasPeriod(node)) {
          continue;
        }
        prepared++;
        boolean every = everyTime(subgraph.tensor(node.outputs().getFirst()).shape(), prepared);
        if (subgraph.equals(p.subgraph()) && node.index() == p.node().index()) {
          return every ? 1 : 2;
        }
        prepared = every ? 0 : prepared;
      }
    }
    throw new AssertionError("the operator is in its graph");
  }

  private static boolean hasPeriod(Node node) {
    FlexMap map = FlexMap.read(((Options.Custom) node.options()).bytes());
    return map.has(PERIOD) && map.integer(PERIOD) > 0;
  }

  private static boolean everyTime(Shape output, int prepared) {
    if (output.rank() != 4) {
      return false;
    }
    int slots = output.dim(1);
    return slots == 5
        || slots == 13
        || slots == 25
        || (prepared == FIFTH && output.dim(2) == 2 && output.dim(3) == 96);
  }
}
