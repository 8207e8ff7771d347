package dev.thumbprint.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thumbprint.kernels.ScalarTier;
import dev.thumbprint.kernels.vector.VectorTier;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.GraphBuilder;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.model.TfliteReader;
import dev.thumbprint.oracle.NativeTflite;
import dev.thumbprint.run.operators.OperatorTable;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.Function;

/** Runs random layers here, on every tier, and in the official interpreter, and compares. */
final class Oracle {
  /** Random layers of each kind in a wide build. */
  static final int LAYERS_WIDE = 2000;

  static final int LAYERS = Integer.getInteger("thumbprint.oracle.layers", 250);

  /** What consecutive seeds are multiplied by: small ones begin with nearly the same number. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /** Random, all lowest, all highest, both mixed. */
  private static final int KINDS = 4;

  private Oracle() {}

  static void compareMany(Function<RandomTensors, GraphBuilder> maker) {
    compareMany(maker, NativeTflite.Kernels.REFERENCE);
  }

  static void compareMany(
      Function<RandomTensors, GraphBuilder> maker, NativeTflite.Kernels kernels) {
    assumeTrue(NativeTflite.available(), "no TensorFlow Lite library for this machine");
    for (int seed = 0; seed < LAYERS; seed++) {
      compare(maker, kernels, seed);
    }
  }

  /** Numbers whose first differ from seed to seed. */
  static Random random(int seed) {
    return new Random(seed * SPREAD);
  }

  private static void compare(
      Function<RandomTensors, GraphBuilder> maker, NativeTflite.Kernels kernels, int seed) {
    RandomTensors draw = new RandomTensors(random(seed));
    byte[] file = maker.apply(draw).bytes();
    Graph graph = TfliteReader.read(ByteBuffer.wrap(file), "layer", "seed " + seed);
    RunOptions scalar = RunOptions.defaults().with(new ScalarTier());
    Interpreter ours = OperatorTable.prepare(graph, scalar).interpreter();
    Interpreter plain = OperatorTable.prepare(graph, RunOptions.defaults()).interpreter();
    Interpreter vector =
        OperatorTable.prepare(graph, RunOptions.defaults().with(new VectorTier())).interpreter();
    try (NativeTflite theirs = new NativeTflite(file, kernels, false)) {
      for (int kind = 0; kind < KINDS; kind++) {
        for (int i = 0; i < ours.inputs(); i++) {
          Tensor input = ours.input(i);
          byte[] contents = draw.contents(input.type(), input.shape().elements(), kind);
          ours.setInput(i, contents);
          plain.setInput(i, contents);
          vector.setInput(i, contents);
          theirs.setInput(i, contents);
        }
        ours.invoke();
        plain.invoke();
        vector.invoke();
        theirs.invoke();
        for (int i = 0; i < ours.outputs(); i++) {
          assertThat(ours.outputBytes(i))
              .as("seed %d, input kind %d, output %d", seed, kind, i)
              .isEqualTo(theirs.output(i));
          assertThat(plain.outputBytes(i))
              .as("plain tier, seed %d, input kind %d, output %d", seed, kind, i)
              .isEqualTo(theirs.output(i));
          assertThat(vector.outputBytes(i))
              .as("vector tier, seed %d, input kind %d, output %d", seed, kind, i)
              .isEqualTo(theirs.output(i));
        }
      }
    }
  }
}
