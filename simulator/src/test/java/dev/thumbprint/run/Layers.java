package dev.thumbprint.run;

import static dev.thumbprint.cost.work.DataType.BOOL;
import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT32;
import static dev.thumbprint.cost.work.DataType.INT64;
import static dev.thumbprint.cost.work.DataType.INT8;
import static dev.thumbprint.cost.work.DataType.UINT8;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.model.GraphBuilder;
import dev.thumbprint.model.Options;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Every kind of layer that the tests draw at random, and which implementations it must equal. Each
 * oracle is a different program; {@code ops} prints what this list says.
 */
final class Layers {
  /** Whose outputs a layer must have, bit for bit. */
  enum Oracle {
    /** Checksums that a build of TensorFlow Lite Micro printed (runtime-layers.csv). */
    RUNTIME("TFLM 90b983c2"),
    /** The reference kernels of TensorFlow Lite, run in the test. */
    TFLITE_REFERENCE("TFLite 2.20 reference"),
    /** Its built-in kernels, where the reference resolver lacks the operator. */
    TFLITE_BUILTIN("TFLite 2.20 built-in");

    private final String label;

    Oracle(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /**
   * One kind of layer.
   *
   * @param name operator and types
   * @param oracles whom it must equal
   * @param undefined builds that have no figures of their own: they read outside of their memory,
   *     so that the bits depend on what lies there
   * @param maker draws a graph of that one layer
   */
  record Kind(
      String name,
      Set<Oracle> oracles,
      Set<RuntimeFigures.Build> undefined,
      Function<RandomTensors, GraphBuilder> maker) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final Options NONE = new Options.None();
  private static final Set<Oracle> BOTH = Set.of(Oracle.RUNTIME, Oracle.TFLITE_REFERENCE);
  private static final Set<Oracle> BUILTIN = Set.of(Oracle.RUNTIME, Oracle.TFLITE_BUILTIN);
  private static final Set<Oracle> RUNTIME = Set.of(Oracle.RUNTIME);

  private static final Set<RuntimeFigures.Build> LIBRARY =
      EnumSet.range(
          RuntimeFigures.Build.CMSIS_NN, RuntimeFigures.Build.CMSIS_NN_2024_DSP_SINGLE_ROUNDING);

  /**
   * A null bias is looked at, an int32 bias is read as int64, rows behind the scratch are read; a
   * bias near address 0 stops a program on a desktop.
   */
  private static final Map<String, Set<RuntimeFigures.Build>> UNDEFINED =
      Map.of(
          "TRANSPOSE_CONV int8", LIBRARY,
          "TRANSPOSE_CONV int16", LIBRARY,
          "FULLY_CONNECTED int16, int32 bias", LIBRARY,
          "CONV_2D int8, groups, no bias",
              EnumSet.of(
                  RuntimeFigures.Build.CMSIS_NN, RuntimeFigures.Build.CMSIS_NN_SINGLE_ROUNDING));

  private final List<Kind> kinds = new ArrayList<>();

  private Layers() {
    weighted();
    arithmetic();
    functions();
    pairs();
    moves();
    lookups();
    conversions();
    stateful();
    signals();
  }

  /** All kinds. */
  static List<Kind> all() {
    return new Layers().kinds;
  }

  /** The kinds that an oracle judges. */
  static List<Kind> judgedBy(Oracle oracle) {
    return all().stream().filter(kind -> kind.oracles.contains(oracle)).toList();
  }

  private void add(Set<Oracle> oracles, String name, Function<RandomTensors, GraphBuilder> maker) {
    kinds.add(new Kind(name, oracles, UNDEFINED.getOrDefault(name, Set.of()), maker));
  }

  private void weighted() {
    for (DataType type : List.of(INT8, INT16, FLOAT32)) {
      add(BOTH, "CONV_2D " + type.label(), d -> RandomLayers.conv2d(d, type));
      add(BOTH, "DEPTHWISE_CONV_2D " + type.label(), d -> RandomLayers.depthwise(d, type));
      add(
          type == FLOAT32 ? BOTH : RUNTIME,
          "FULLY_CONNECTED " + type.label(),
          d -> RandomLayers.dense(d, type));
      add(BOTH, "TRANSPOSE_CONV " + type.label(), d -> RandomFurther.transposeConv(d, type));
      for (Operator pool : List.of(Operator.AVERAGE_POOL_2D, Operator.MAX_POOL_2D)) {
        add(BOTH, pool + " " + type.label(), d -> RandomLayers.pool(d, type, pool));
      }
    }
    for (DataType type : List.of(INT8, INT16, FLOAT32)) {
      add(BOTH, "CONV_2D " + type.label() + ", groups", d -> RandomLayers.grouped(d, type));
    }
    for (DataType type : List.of(INT8, FLOAT32)) {
      String without = " " + type.label() + ", no bias";
      add(RUNTIME, "CONV_2D" + without, d -> RandomLayers.convWithoutBias(d, type));
      add(BOTH, "DEPTHWISE_CONV_2D" + without, d -> RandomLayers.depthwiseWithoutBias(d, type));
      add(RUNTIME, "FULLY_CONNECTED" + without, d -> RandomLayers.denseWithoutBias(d, type));
    }
    add(RUNTIME, "CONV_2D int8, groups, no bias", d -> RandomLayers.groupedWithoutBias(d, INT8));
    for (DataType type : List.of(INT8, INT16)) {
      add(
          RUNTIME,
          "TRANSPOSE_CONV " + type.label() + ", bias and activation",
          d -> RandomWeightGaps.transposeConv(d, type));
    }
    for (Operator operator :
        List.of(Operator.CONV_2D, Operator.DEPTHWISE_CONV_2D, Operator.FULLY_CONNECTED)) {
      add(RUNTIME, operator + " int8 x int4", d -> RandomWeightGaps.int4(d, operator));
    }
    for (Operator operator : List.of(Operator.CONV_2D, Operator.FULLY_CONNECTED)) {
      add(RUNTIME, operator + " int16, no bias", d -> RandomWeightGaps.wide(d, operator, null));
      add(RUNTIME, operator + " int16, int32 bias", d -> RandomWeightGaps.wide(d, operator, INT32));
    }
    add(RUNTIME, "FULLY_CONNECTED int8, scale per output", RandomWeightGaps::densePerChannel);
    add(RUNTIME, "FULLY_CONNECTED int8, three dimensions", RandomWeightGaps::denseRank3);
    add(BOTH, "L2_POOL_2D float32", d -> RandomLayers.pool(d, FLOAT32, Operator.L2_POOL_2D));
    add(BOTH, "BATCH_MATMUL float32", d -> RandomFurther.matMul(d, FLOAT32));
    add(BOTH, "BATCH_MATMUL int8", d -> RandomFurther.matMul(d, INT8));
    add(RUNTIME, "BATCH_MATMUL int16", RandomGaps::matMul16);
  }

  private void arithmetic() {
    for (Operator operator : List.of(Operator.ADD, Operator.SUB, Operator.MUL)) {
      boolean departs = operator == Operator.SUB;
      add(
          departs ? RUNTIME : BOTH,
          operator + " int8",
          d -> RandomOperators.arithmetic(d, INT8, operator));
      add(RUNTIME, operator + " int16", d -> RandomOperators.arithmetic(d, INT16, operator));
      add(BOTH, operator + " float32", d -> RandomOperators.arithmetic(d, FLOAT32, operator));
      add(RUNTIME, operator + " int32", d -> RandomGaps.int32(d, operator));
    }
    add(RUNTIME, "ADD_N int8", RandomGaps::addN);
    add(BOTH, "ADD_N float32", d -> RandomFurther.addN(d, FLOAT32));
    add(RUNTIME, "CUMSUM int8", RandomGaps::cumsum);
    add(BUILTIN, "CUMSUM float32", RandomFurther::cumsum);
    add(RUNTIME, "DIV int8", d -> RandomGaps.div(d, INT8));
    add(RUNTIME, "DIV int32", d -> RandomGaps.div(d, INT32));
    add(
        BOTH,
        "DIV float32",
        d -> RandomFurther.pair(d, FLOAT32, FLOAT32, Operator.DIV, RandomFurther.activation(d)));
    for (Operator operator : List.of(Operator.FLOOR_DIV, Operator.FLOOR_MOD)) {
      add(
          operator == Operator.FLOOR_MOD ? BOTH : RUNTIME,
          operator + " float32",
          d -> RandomFurther.pair(d, FLOAT32, FLOAT32, operator, NONE));
    }
    add(BOTH, "SQUARED_DIFFERENCE int8", RandomFurther::squaredDifference);
    add(RUNTIME, "SQUARED_DIFFERENCE int16", RandomGaps::squaredDifference16);
    for (DataType type : List.of(FLOAT32, INT32)) {
      add(
          type == FLOAT32 ? BOTH : RUNTIME,
          "SQUARED_DIFFERENCE " + type.label(),
          d -> RandomFurther.pair(d, type, type, Operator.SQUARED_DIFFERENCE, NONE));
    }
    for (Operator operator : List.of(Operator.MEAN, Operator.SUM)) {
      add(
          operator == Operator.MEAN ? BOTH : RUNTIME,
          operator + " int8",
          d -> RandomOperators.reduce(d, INT8, operator));
      add(
          operator == Operator.MEAN ? BOTH : RUNTIME,
          operator + " int16",
          d -> RandomOperators.reduce(d, INT16, operator));
      add(BOTH, operator + " float32", d -> RandomOperators.reduce(d, FLOAT32, operator));
    }
    for (Operator operator : List.of(Operator.REDUCE_MAX, Operator.REDUCE_MIN)) {
      add(BOTH, operator + " int8", d -> RandomOperators.reduce(d, INT8, operator));
      add(BOTH, operator + " float32", d -> RandomOperators.reduce(d, FLOAT32, operator));
    }
    add(BOTH, "REDUCE_ALL bool", RandomOperators::reduceAll);
  }

  private void functions() {
    for (Operator operator :
        List.of(
            Operator.ABS,
            Operator.FLOOR,
            Operator.SQRT,
            Operator.SQUARE,
            Operator.NEG,
            Operator.LEAKY_RELU,
            Operator.HARD_SWISH)) {
      add(BOTH, operator + " float32", d -> RandomFurther.function(d, FLOAT32, operator));
    }
    for (Operator operator : List.of(Operator.CEIL, Operator.ROUND)) {
      add(BUILTIN, operator + " float32", d -> RandomFurther.function(d, FLOAT32, operator));
    }
    for (Operator operator :
        List.of(Operator.ABS, Operator.LEAKY_RELU, Operator.HARD_SWISH, Operator.RSQRT)) {
      add(BOTH, operator + " int8", d -> RandomFurther.function(d, INT8, operator));
    }
    add(BOTH, "LEAKY_RELU int16", d -> RandomFurther.function(d, INT16, Operator.LEAKY_RELU));
    add(RUNTIME, "ABS int16", d -> RandomFurther.function(d, INT16, Operator.ABS));
    add(RUNTIME, "RSQRT int16", RandomGaps::rsqrt16);
    add(RUNTIME, "RSQRT float32", d -> RandomFurther.function(d, FLOAT32, Operator.RSQRT));
    for (Operator operator : List.of(Operator.LOGISTIC, Operator.TANH)) {
      add(BOTH, operator + " int8", d -> RandomOperators.sigmoid(d, INT8, operator));
      add(BOTH, operator + " int16", d -> RandomOperators.sigmoid(d, INT16, operator));
    }
    for (DataType type : List.of(INT8, INT16, FLOAT32)) {
      add(BOTH, "RELU " + type.label(), d -> RandomOperators.relu(d, type));
    }
    add(BOTH, "RELU6 int8", d -> RandomOperators.relu6(d, INT8));
    add(BOTH, "RELU6 float32", d -> RandomOperators.relu6(d, FLOAT32));
    add(RUNTIME, "RELU6 int8, unequal scales", d -> RandomGaps.relu6(d, INT8));
    add(RUNTIME, "RELU6 int16", d -> RandomGaps.relu6(d, INT16));
    add(RUNTIME, "ELU int8", RandomGaps::elu);
    add(BOTH, "PRELU float32", d -> RandomFurther.prelu(d, FLOAT32));
    add(BOTH, "PRELU int8", d -> RandomFurther.prelu(d, INT8));
    add(RUNTIME, "PRELU int16", RandomGaps::prelu16);
    add(BOTH, "SOFTMAX int8", d -> RandomOperators.softmax(d, INT8, INT8));
    add(BOTH, "SOFTMAX int8 to int16", d -> RandomOperators.softmax(d, INT8, INT16));
    add(RUNTIME, "SOFTMAX int16", d -> RandomOperators.softmax(d, INT16, INT16));
    add(BOTH, "LOG_SOFTMAX int8", RandomFurther::logSoftmax);
    add(BOTH, "L2_NORMALIZATION int8", d -> RandomFurther.l2Normalization(d, INT8));
    add(BOTH, "L2_NORMALIZATION float32", d -> RandomFurther.l2Normalization(d, FLOAT32));
    add(
        BOTH,
        "LOGICAL_NOT bool",
        d -> RandomOperators.unary(d, Operator.LOGICAL_NOT, NONE, BOOL, null, BOOL, null));
  }

  private void pairs() {
    for (Operator operator :
        List.of(
            Operator.EQUAL,
            Operator.NOT_EQUAL,
            Operator.GREATER,
            Operator.GREATER_EQUAL,
            Operator.LESS,
            Operator.LESS_EQUAL)) {
      for (DataType type : List.of(FLOAT32, INT8, INT32, INT64)) {
        add(
            BOTH,
            operator + " " + type.label(),
            d -> RandomFurther.pair(d, type, BOOL, operator, NONE));
      }
    }
    for (Operator operator : List.of(Operator.EQUAL, Operator.NOT_EQUAL)) {
      add(BOTH, operator + " bool", d -> RandomFurther.pair(d, BOOL, BOOL, operator, NONE));
    }
    for (Operator operator : List.of(Operator.MAXIMUM, Operator.MINIMUM)) {
      for (DataType type : List.of(INT8, INT16, INT32, INT64, FLOAT32)) {
        add(
            BOTH,
            operator + " " + type.label(),
            d -> RandomFurther.pair(d, type, type, operator, NONE));
      }
    }
    for (Operator operator : List.of(Operator.LOGICAL_AND, Operator.LOGICAL_OR)) {
      add(BOTH, operator + " bool", d -> RandomFurther.pair(d, BOOL, BOOL, operator, NONE));
    }
    for (DataType type : List.of(INT8, INT16, FLOAT32)) {
      add(BOTH, "SELECT_V2 " + type.label(), d -> RandomFurther.select(d, type));
    }
  }

  private void moves() {
    for (DataType type : List.of(INT8, INT16, FLOAT32)) {
      add(BOTH, "TRANSPOSE " + type.label(), d -> RandomOperators.transpose(d, type));
    }
    for (DataType type : List.of(INT8, INT16, INT32, FLOAT32)) {
      add(BOTH, "PAD " + type.label(), d -> RandomOperators.pad(d, type, false));
      add(BOTH, "PADV2 " + type.label(), d -> RandomOperators.pad(d, type, true));
      add(BOTH, "SPLIT " + type.label(), d -> RandomOperators.split(d, type));
      add(BOTH, "SPLIT_V " + type.label(), d -> RandomGaps.splitV(d, type));
      add(BOTH, "UNPACK " + type.label(), d -> RandomOperators.unpack(d, type));
      add(BOTH, "DYNAMIC_UPDATE_SLICE " + type.label(), d -> RandomFurther.update(d, type));
    }
    for (DataType type : List.of(INT8, INT16, INT32, FLOAT32, BOOL)) {
      add(BOTH, "STRIDED_SLICE " + type.label(), d -> RandomOperators.stridedSlice(d, type));
      add(BOTH, "SLICE " + type.label(), d -> RandomOperators.slice(d, type));
    }
    for (DataType type : List.of(INT8, INT16, INT32, INT64, FLOAT32)) {
      add(BOTH, "PACK " + type.label(), d -> RandomOperators.pack(d, type));
      add(BOTH, "CONCATENATION " + type.label(), d -> RandomOperators.concatenation(d, type));
      add(RUNTIME, "RESHAPE " + type.label(), d -> RandomGaps.reshape(d, type, Operator.RESHAPE));
    }
    for (DataType type : List.of(INT8, INT16, INT32, INT64, FLOAT32, BOOL, UINT8)) {
      add(BOTH, "REVERSE_V2 " + type.label(), d -> RandomFurther.reverse(d, type));
    }
    for (DataType type : List.of(INT8, FLOAT32)) {
      for (Operator operator : List.of(Operator.DEPTH_TO_SPACE, Operator.SPACE_TO_DEPTH)) {
        add(BOTH, operator + " " + type.label(), d -> RandomFurther.block(d, type, operator));
      }
      for (Operator operator : List.of(Operator.SPACE_TO_BATCH_ND, Operator.BATCH_TO_SPACE_ND)) {
        boolean departs = type == INT8 && operator == Operator.SPACE_TO_BATCH_ND;
        add(
            departs ? RUNTIME : BOTH,
            operator + " " + type.label(),
            d -> RandomFurther.batches(d, type, operator));
      }
      add(BOTH, "MIRROR_PAD " + type.label(), d -> RandomFurther.mirrorPad(d, type));
      for (Operator operator : List.of(Operator.SQUEEZE, Operator.EXPAND_DIMS)) {
        add(RUNTIME, operator + " " + type.label(), d -> RandomGaps.reshape(d, type, operator));
      }
      add(RUNTIME, "BROADCAST_TO " + type.label(), d -> RandomGaps.broadcastTo(d, type));
    }
    for (DataType type : List.of(INT8, INT32, FLOAT32)) {
      add(RUNTIME, "FILL " + type.label(), d -> RandomGaps.fill(d, type));
    }
    for (DataType type : List.of(INT8, INT32, INT64, FLOAT32)) {
      add(RUNTIME, "ZEROS_LIKE " + type.label(), d -> RandomGaps.zerosLike(d, type));
    }
    add(RUNTIME, "SHAPE int8", RandomGaps::shape);
    add(RUNTIME, "BROADCAST_ARGS int32", RandomGaps::broadcastArgs);
  }

  private void lookups() {
    for (DataType type : List.of(INT8, FLOAT32)) {
      add(BOTH, "GATHER " + type.label(), d -> RandomFurther.gather(d, type));
      add(BOTH, "GATHER_ND " + type.label(), d -> RandomFurther.gatherNd(d, type));
      for (Operator operator : List.of(Operator.ARG_MAX, Operator.ARG_MIN)) {
        add(BOTH, operator + " " + type.label(), d -> RandomFurther.argExtreme(d, type, operator));
      }
      add(RUNTIME, "EMBEDDING_LOOKUP int8 to " + type.label(), d -> RandomGaps.embedding(d, type));
    }
    add(BOTH, "EMBEDDING_LOOKUP float32", RandomFurther::embedding);
    for (Operator operator : List.of(Operator.RESIZE_BILINEAR, Operator.RESIZE_NEAREST_NEIGHBOR)) {
      add(BOTH, operator + " int8", d -> RandomFurther.resize(d, INT8, operator));
      add(BOTH, operator + " float32", d -> RandomFurther.resize(d, FLOAT32, operator));
    }
    add(
        BOTH,
        "RESIZE_NEAREST_NEIGHBOR int16",
        d -> RandomFurther.resize(d, INT16, Operator.RESIZE_NEAREST_NEIGHBOR));
  }

  private void conversions() {
    cast(INT8, FLOAT32, INT16, INT32);
    cast(INT16, FLOAT32, INT8, INT32);
    cast(INT32, FLOAT32, INT8, INT16);
    cast(FLOAT32, INT16, INT32);
    cast(BOOL, FLOAT32, INT8, INT32);
    for (DataType to : List.of(INT8, INT16)) {
      for (DataType from : List.of(FLOAT32, INT16, INT32)) {
        add(
            from == INT32 && to == INT16 ? RUNTIME : BOTH,
            "QUANTIZE " + from.label() + " to " + to.label(),
            d -> RandomOperators.quantize(d, from, to));
      }
    }
    add(BOTH, "QUANTIZE int8 to int8", d -> RandomOperators.quantize(d, INT8, INT8));
    add(RUNTIME, "QUANTIZE int8 to int16", d -> RandomOperators.quantize(d, INT8, INT16));
    for (DataType from : List.of(INT8, INT16)) {
      add(
          RUNTIME,
          "QUANTIZE " + from.label() + " to int32",
          d -> RandomGaps.requantise(d, from, INT32));
    }
    add(RUNTIME, "QUANTIZE int8 to uint8", d -> RandomGaps.requantise(d, INT8, UINT8));
    add(RUNTIME, "QUANTIZE uint8 to int8", d -> RandomGaps.requantise(d, UINT8, INT8));
    add(BOTH, "DEQUANTIZE int8", d -> RandomOperators.dequantize(d, INT8));
    add(BOTH, "DEQUANTIZE int16", d -> RandomOperators.dequantize(d, INT16));
    add(RUNTIME, "DEQUANTIZE uint8", RandomGaps::dequantizeUnsigned);
  }

  private void cast(DataType from, DataType... targets) {
    for (DataType to : targets) {
      String name = "CAST " + from.label() + " to " + to.label();
      add(BOTH, name, d -> RandomFurther.cast(d, from, to));
    }
  }

  private void stateful() {
    for (DataType state : List.of(INT8, INT16)) {
      add(RUNTIME, "SVDF int8, " + state.label() + " state", d -> RandomStateful.svdf(d, state));
    }
    add(RUNTIME, "SVDF float32", d -> RandomStateful.svdf(d, FLOAT32));
    for (DataType type : List.of(INT8, INT16)) {
      add(
          RUNTIME,
          "UNIDIRECTIONAL_SEQUENCE_LSTM " + type.label(),
          d -> RandomStateful.lstm(d, type));
      add(
          RUNTIME,
          "UNIDIRECTIONAL_SEQUENCE_LSTM " + type.label() + ", time-major batches",
          d -> RandomStateful.lstmBatches(d, type));
    }
    add(RUNTIME, "IF int8", RandomStateful::branch);
    add(RUNTIME, "WHILE int32", RandomStateful::loop);
    add(
        RUNTIME,
        "CALL_ONCE, VAR_HANDLE, READ_VARIABLE, ASSIGN_VARIABLE float32",
        RandomStateful::variable);
  }

  private void signals() {
    add(RUNTIME, "CIRCULAR_BUFFER int8", RandomSignals::circularBuffer);
    add(RUNTIME, "TFLite_Detection_PostProcess float32", RandomSignals::detection);
    add(RUNTIME, "SignalDelay int16", RandomSignals::delay);
    add(RUNTIME, "SignalEnergy int16", RandomSignals::energy);
    add(RUNTIME, "SignalFftAutoScale int16", RandomSignals::autoScale);
    add(RUNTIME, "SignalFilterBank uint32", RandomSignals::filterBank);
    add(RUNTIME, "SignalFilterBankLog uint32", RandomSignals::logarithm);
    add(RUNTIME, "SignalFilterBankSpectralSubtraction uint32", RandomSignals::spectralSubtraction);
    add(RUNTIME, "SignalFilterBankSquareRoot uint64", RandomSignals::squareRoot);
    add(RUNTIME, "SignalFramer int16", RandomSignals::framer);
    for (DataType type : List.of(INT16, INT32, FLOAT32)) {
      add(RUNTIME, "SignalRfft " + type.label(), d -> RandomSignals.rfft(d, type));
      add(RUNTIME, "SignalIrfft " + type.label(), d -> RandomSignals.irfft(d, type));
    }
    for (DataType type : List.of(INT16, FLOAT32)) {
      add(RUNTIME, "SignalOverlapAdd " + type.label(), d -> RandomSignals.overlapAdd(d, type));
    }
    add(RUNTIME, "SignalPCAN uint32", RandomSignals::gainControl);
    add(RUNTIME, "SignalStacker int16", RandomSignals::stacker);
    add(RUNTIME, "SignalWindow int16", RandomSignals::window);
  }
}
