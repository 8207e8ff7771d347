package dev.thumbprint.run;

import static dev.thumbprint.cost.work.DataType.BOOL;
import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT32;
import static dev.thumbprint.cost.work.DataType.INT8;

import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.model.GraphBuilder;
import dev.thumbprint.model.Options;
import dev.thumbprint.oracle.NativeTflite;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rarer operators against the official interpreter's reference kernels. */
final class FurtherOracleTest {
  private static final Options NONE = new Options.None();

  static Stream<Named<Function<RandomTensors, GraphBuilder>>> exact() {
    List<Named<Function<RandomTensors, GraphBuilder>>> layers = new ArrayList<>();
    for (Operator operator :
        List.of(
            Operator.ABS,
            Operator.FLOOR,
            Operator.SQRT,
            Operator.SQUARE,
            Operator.NEG,
            Operator.LEAKY_RELU,
            Operator.HARD_SWISH)) {
      add(layers, operator + " float32", d -> RandomFurther.function(d, FLOAT32, operator));
    }
    for (Operator operator :
        List.of(Operator.ABS, Operator.LEAKY_RELU, Operator.HARD_SWISH, Operator.RSQRT)) {
      add(layers, operator + " int8", d -> RandomFurther.function(d, INT8, operator));
    }
    add(layers, "LEAKY_RELU int16", d -> RandomFurther.function(d, INT16, Operator.LEAKY_RELU));
    for (Operator operator :
        List.of(
            Operator.EQUAL,
            Operator.NOT_EQUAL,
            Operator.GREATER,
            Operator.GREATER_EQUAL,
            Operator.LESS,
            Operator.LESS_EQUAL)) {
      add(layers, operator + " float32", d -> RandomFurther.pair(d, FLOAT32, BOOL, operator, NONE));
      add(layers, operator + " int8", d -> RandomFurther.pair(d, INT8, BOOL, operator, NONE));
      add(layers, operator + " int32", d -> RandomFurther.pair(d, INT32, BOOL, operator, NONE));
    }
    for (Operator operator : List.of(Operator.MAXIMUM, Operator.MINIMUM)) {
      add(layers, operator + " int8", d -> RandomFurther.pair(d, INT8, INT8, operator, NONE));
      add(layers, operator + " int16", d -> RandomFurther.pair(d, INT16, INT16, operator, NONE));
      add(layers, operator + " int32", d -> RandomFurther.pair(d, INT32, INT32, operator, NONE));
    }
    for (Operator operator : List.of(Operator.LOGICAL_AND, Operator.LOGICAL_OR)) {
      add(layers, operator + " bool", d -> RandomFurther.pair(d, BOOL, BOOL, operator, NONE));
    }
    add(
        layers,
        "LOGICAL_NOT bool",
        d -> RandomOperators.unary(d, Operator.LOGICAL_NOT, NONE, BOOL, null, BOOL, null));
    add(
        layers,
        "DIV float32",
        d -> RandomFurther.pair(d, FLOAT32, FLOAT32, Operator.DIV, RandomFurther.activation(d)));
    add(layers, "SQUARED_DIFFERENCE int8", RandomFurther::squaredDifference);
    add(
        layers,
        "SQUARED_DIFFERENCE float32",
        d -> RandomFurther.pair(d, FLOAT32, FLOAT32, Operator.SQUARED_DIFFERENCE, NONE));
    add(
        layers,
        "FLOOR_MOD float32",
        d -> RandomFurther.pair(d, FLOAT32, FLOAT32, Operator.FLOOR_MOD, NONE));
    add(layers, "PRELU float32", d -> RandomFurther.prelu(d, FLOAT32));
    add(layers, "PRELU int8", d -> RandomFurther.prelu(d, INT8));
    add(layers, "ADD_N float32", d -> RandomFurther.addN(d, FLOAT32));
    for (Operator operator : List.of(Operator.DEPTH_TO_SPACE, Operator.SPACE_TO_DEPTH)) {
      add(layers, operator + " int8", d -> RandomFurther.block(d, INT8, operator));
    }
    for (Operator operator : List.of(Operator.SPACE_TO_BATCH_ND, Operator.BATCH_TO_SPACE_ND)) {
      add(layers, operator + " int8", d -> RandomFurther.batches(d, INT8, operator));
    }
    add(layers, "MIRROR_PAD int8", d -> RandomFurther.mirrorPad(d, INT8));
    add(layers, "REVERSE_V2 float32", d -> RandomFurther.reverse(d, FLOAT32));
    add(layers, "GATHER int8", d -> RandomFurther.gather(d, INT8));
    add(layers, "GATHER_ND int8", d -> RandomFurther.gatherNd(d, INT8));
    add(layers, "SELECT_V2 int8", d -> RandomFurther.select(d, INT8));
    add(layers, "SELECT_V2 float32", d -> RandomFurther.select(d, FLOAT32));
    for (Operator operator : List.of(Operator.ARG_MAX, Operator.ARG_MIN)) {
      add(layers, operator + " int8", d -> RandomFurther.argExtreme(d, INT8, operator));
      add(layers, operator + " float32", d -> RandomFurther.argExtreme(d, FLOAT32, operator));
    }
    add(layers, "CAST int8 to float32", d -> RandomFurther.cast(d, INT8, FLOAT32));
    add(layers, "CAST float32 to int32", d -> RandomFurther.cast(d, FLOAT32, INT32));
    add(layers, "CAST float32 to int16", d -> RandomFurther.cast(d, FLOAT32, INT16));
    add(layers, "CAST int32 to int8", d -> RandomFurther.cast(d, INT32, INT8));
    add(layers, "CAST bool to float32", d -> RandomFurther.cast(d, BOOL, FLOAT32));
    add(layers, "DYNAMIC_UPDATE_SLICE int8", d -> RandomFurther.update(d, INT8));
    add(layers, "EMBEDDING_LOOKUP float32", RandomFurther::embedding);
    add(layers, "LOG_SOFTMAX int8", RandomFurther::logSoftmax);
    add(layers, "L2_NORMALIZATION int8", d -> RandomFurther.l2Normalization(d, INT8));
    add(layers, "L2_NORMALIZATION float32", d -> RandomFurther.l2Normalization(d, FLOAT32));
    for (Operator operator : List.of(Operator.RESIZE_BILINEAR, Operator.RESIZE_NEAREST_NEIGHBOR)) {
      add(layers, operator + " int8", d -> RandomFurther.resize(d, INT8, operator));
      add(layers, operator + " float32", d -> RandomFurther.resize(d, FLOAT32, operator));
    }
    add(layers, "BATCH_MATMUL float32", d -> RandomFurther.matMul(d, FLOAT32));
    add(layers, "BATCH_MATMUL int8", d -> RandomFurther.matMul(d, INT8));
    add(layers, "TRANSPOSE_CONV int8", d -> RandomFurther.transposeConv(d, INT8));
    add(layers, "TRANSPOSE_CONV int16", d -> RandomFurther.transposeConv(d, INT16));
    add(layers, "TRANSPOSE_CONV float32", d -> RandomFurther.transposeConv(d, FLOAT32));
    return layers.stream();
  }

  private static void add(
      List<Named<Function<RandomTensors, GraphBuilder>>> layers,
      String name,
      Function<RandomTensors, GraphBuilder> maker) {
    layers.add(Named.of(name, maker));
  }

  @ParameterizedTest
  @MethodSource("exact")
  void equalsTheReferenceKernels(Function<RandomTensors, GraphBuilder> maker) {
    Oracle.compareMany(maker);
  }

  /** The reference resolver lacks these; their built-in kernels do not depend on the processor. */
  static Stream<Named<Function<RandomTensors, GraphBuilder>>> builtIn() {
    List<Named<Function<RandomTensors, GraphBuilder>>> layers = new ArrayList<>();
    add(layers, "CEIL float32", d -> RandomFurther.function(d, FLOAT32, Operator.CEIL));
    add(layers, "ROUND float32", d -> RandomFurther.function(d, FLOAT32, Operator.ROUND));
    add(layers, "CUMSUM float32", RandomFurther::cumsum);
    return layers.stream();
  }

  @ParameterizedTest
  @MethodSource("builtIn")
  void equalsTheBuiltInKernels(Function<RandomTensors, GraphBuilder> maker) {
    Oracle.compareMany(maker, NativeTflite.Kernels.BUILTIN);
  }
}
