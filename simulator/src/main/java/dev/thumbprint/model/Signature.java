package dev.thumbprint.model;

import dev.thumbprint.cost.work.Operator;
import java.util.List;
import java.util.Set;

/**
 * How many operands an operator takes and which may be absent (source: the kernels of
 * tensorflow/tflite-micro 90b983c2).
 *
 * @param inputsMin least number of inputs
 * @param inputsMax greatest number of inputs
 * @param outputsMin least number of outputs
 * @param outputsMax greatest number of outputs
 * @param optional positions of inputs that may be -1
 */
public record Signature(
    int inputsMin, int inputsMax, int outputsMin, int outputsMax, Set<Integer> optional) {
  /** Stands for "no limit of the operator's own". */
  public static final int MANY = 1024;

  /** micro_kernels: concatenation.cc refuses more. */
  private static final int CONCATENATED_MAX = 10;

  private static final Set<String> CUSTOM_OPERATORS =
      Set.of(
          "CIRCULAR_BUFFER",
          "TFLite_Detection_PostProcess",
          "SignalDelay",
          "SignalEnergy",
          "SignalFftAutoScale",
          "SignalFilterBank",
          "SignalFilterBankLog",
          "SignalFilterBankSquareRoot",
          "SignalFilterBankSpectralSubtraction",
          "SignalFramer",
          "SignalIrfft",
          "SignalOverlapAdd",
          "SignalPCAN",
          "SignalRfft",
          "SignalStacker",
          "SignalWindow");

  /** Custom operators that TensorFlow Lite Micro registers and this program knows. */
  static boolean knowsCustom(String name) {
    return CUSTOM_OPERATORS.contains(name);
  }

  /** Why a custom operator that TensorFlow Lite Micro knows cannot be run; else empty. */
  static String whyNot(String name) {
    return switch (name) {
      case "ethos-u" ->
          "the model was compiled for an Ethos-U by Vela and holds a command stream;"
              + " give the model from before Vela";
      case "TFLM_DECODE" -> "the weights are compressed; give the uncompressed model";
      default -> "";
    };
  }

  /** Whether an operator writes a variable tensor, as only streaming operators do. */
  static boolean writesVariable(String customName) {
    return customName.equals("CIRCULAR_BUFFER");
  }

  /** The custom operators that are known, in alphabetical order. */
  public static List<String> customOperators() {
    return CUSTOM_OPERATORS.stream().sorted().toList();
  }

  /** The signature of an operator. */
  public static Signature of(Operator operator) {
    return switch (operator) {
      case CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED -> inputs(2, 3, 2);
      case TRANSPOSE_CONV -> inputs(3, 4, 3);
      case SVDF -> inputs(5, 5, 3);
      // Peephole weights, projection, layer normalisation, and the gates that CIFG drops.
      case UNIDIRECTIONAL_SEQUENCE_LSTM ->
          inputs(20, 24, 1, 5, 9, 10, 11, 12, 16, 17, 20, 21, 22, 23);
      case CONCATENATION -> inputs(1, CONCATENATED_MAX);
      case ADD_N, PACK -> inputs(1, MANY);
      case RESHAPE -> inputs(1, 2);
      case PAD -> inputs(2, 3);
      case ADD, SUB, MUL, DIV, FLOOR_DIV, FLOOR_MOD, MAXIMUM, MINIMUM, SQUARED_DIFFERENCE, PRELU ->
          inputs(2, 2);
      case EQUAL, NOT_EQUAL, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL, LOGICAL_AND, LOGICAL_OR ->
          inputs(2, 2);
      case MEAN, SUM, REDUCE_MAX, REDUCE_MIN, REDUCE_ALL, ARG_MAX, ARG_MIN, CUMSUM -> inputs(2, 2);
      case EMBEDDING_LOOKUP, GATHER, GATHER_ND, TRANSPOSE, EXPAND_DIMS, FILL, REVERSE_V2 ->
          inputs(2, 2);
      case BATCH_MATMUL, MIRROR_PAD, BROADCAST_TO, BROADCAST_ARGS -> inputs(2, 2);
      case RESIZE_BILINEAR, RESIZE_NEAREST_NEIGHBOR -> inputs(2, 2);
      case BATCH_TO_SPACE_ND, SPACE_TO_BATCH_ND, PADV2, SLICE, SELECT_V2, DYNAMIC_UPDATE_SLICE ->
          inputs(3, 3);
      case STRIDED_SLICE -> inputs(4, 4);
      case SPLIT -> new Signature(2, 2, 1, MANY, Set.of());
      case SPLIT_V -> new Signature(3, 3, 1, MANY, Set.of());
      case UNPACK -> new Signature(1, 1, 1, MANY, Set.of());
      case IF -> new Signature(1, MANY, 0, MANY, Set.of());
      case WHILE -> new Signature(1, MANY, 1, MANY, Set.of());
      case CALL_ONCE -> new Signature(0, 0, 0, 0, Set.of());
      case VAR_HANDLE -> inputs(0, 0);
      case ASSIGN_VARIABLE -> new Signature(2, 2, 0, 0, Set.of());
      case CUSTOM -> new Signature(1, MANY, 1, MANY, Set.of());
      default -> inputs(1, 1);
    };
  }

  private static Signature inputs(int min, int max, Integer... optional) {
    return new Signature(min, max, 1, 1, Set.of(optional));
  }
}
