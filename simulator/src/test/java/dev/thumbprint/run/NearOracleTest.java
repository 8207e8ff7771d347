package dev.thumbprint.run;

import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.model.GraphBuilder;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.model.TfliteReader;
import dev.thumbprint.oracle.NativeTflite;
import dev.thumbprint.run.operators.OperatorTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Single-precision operators that call expf, logf and the like, whose last bit is the C library's:
 * within a stated number of units in the last place of TensorFlow Lite's build for this machine.
 */
final class NearOracleTest {
  /**
   * One operator.
   *
   * @param ulps greatest distance in units in the last place
   * @param of magnitude below which the unit no longer shrinks: where errors of sums carry over, a
   *     result near 0 is no more exact than one near this
   * @param kernels the native kernels compared with: those whose formula the target uses
   */
  record Kind(
      String name,
      int ulps,
      float of,
      NativeTflite.Kernels kernels,
      Function<RandomTensors, GraphBuilder> maker) {
    /** The bound in words. */
    String bound() {
      return "TFLite 2.20 within " + ulps + " ulp" + (of == Float.MIN_NORMAL ? "" : " of " + of);
    }

    /** The same as a kind of layer without an exact oracle. */
    Layers.Kind asLayer() {
      return new Layers.Kind(name, Set.of(), Set.of(), maker);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Options NONE = new Options.None();

  static List<Kind> kinds() {
    return List.of(
        function(Operator.EXP, 1),
        function(Operator.SIN, 1),
        function(Operator.COS, 1),
        function(Operator.LOG, 1),
        function(Operator.LOGISTIC, 2),
        function(Operator.TANH, 2),
        new Kind(
            "ELU float32",
            1,
            Float.MIN_NORMAL,
            NativeTflite.Kernels.BUILTIN,
            d -> RandomOperators.unary(d, Operator.ELU, NONE, FLOAT32, null, FLOAT32, null)),
        new Kind(
            "UNIDIRECTIONAL_SEQUENCE_LSTM float32",
            20,
            1,
            NativeTflite.Kernels.BUILTIN,
            RandomStateful::floatLstm),
        new Kind(
            "SOFTMAX float32",
            2,
            Float.MIN_NORMAL,
            NativeTflite.Kernels.REFERENCE,
            d -> RandomOperators.softmax(d, FLOAT32, FLOAT32)),
        function(Operator.LOG_SOFTMAX, 4));
  }

  private static Kind function(Operator operator, int ulps) {
    return new Kind(
        operator + " float32",
        ulps,
        Float.MIN_NORMAL,
        NativeTflite.Kernels.REFERENCE,
        d -> RandomOperators.unary(d, operator, NONE, FLOAT32, null, FLOAT32, null));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void liesWithinAFewUnitsInTheLastPlace(Kind kind) {
    for (int seed = 0; seed < Oracle.LAYERS; seed++) {
      RandomTensors draw = new RandomTensors(Oracle.random(seed));
      byte[] file = kind.maker.apply(draw).bytes();
      Interpreter ours =
          OperatorTable.prepare(
                  TfliteReader.read(ByteBuffer.wrap(file), "layer", "seed " + seed),
                  RunOptions.defaults())
              .interpreter();
      try (NativeTflite theirs = new NativeTflite(file, kind.kernels, false)) {
        for (int i = 0; i < RuntimeCase.INFERENCES; i++) {
          Tensor input = ours.input(0);
          byte[] contents = draw.contents(input.type(), input.shape().elements(), i);
          ours.setInput(0, contents);
          theirs.setInput(0, contents);
          ours.invoke();
          theirs.invoke();
          double apart = apart(ours.outputBytes(0), theirs.output(0), kind.of);
          assertThat(apart)
              .as("%s, seed %d, input kind %d", kind, seed, i)
              .isLessThanOrEqualTo(kind.ulps);
        }
      }
    }
  }

  /** Greatest distance in units in the last place; NaN equals NaN. */
  private static double apart(byte[] left, byte[] right, float of) {
    ByteBuffer a = ByteBuffer.wrap(left).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer b = ByteBuffer.wrap(right).order(ByteOrder.LITTLE_ENDIAN);
    double worst = 0;
    while (a.hasRemaining()) {
      float x = flushed(a.getFloat());
      float y = flushed(b.getFloat());
      if (Float.floatToIntBits(x) != Float.floatToIntBits(y)) {
        float unit = Math.ulp(Math.max(Math.min(Math.abs(x), Math.abs(y)), of));
        worst = Math.max(worst, Math.abs((double) x - y) / unit);
      }
    }
    return worst;
  }

  /** The native build flushes the smallest to 0. */
  private static float flushed(float x) {
    return Math.abs(x) < Float.MIN_NORMAL ? 0 : x;
  }
}
