package dev.thumbprint.model;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import java.util.List;

/**
 * Where the fields of a .tflite file lie: slot numbers and codes of tensorflow/lite/schema, version
 * 3 (schema.fbs). The only place that knows them; reader and writer share it.
 */
final class Schema {
  static final String IDENTIFIER = "TFL3";
  static final int VERSION = 3;

  /** Builtin code of the deprecated 8-bit field that stands for "see the 32-bit field". */
  static final int CODE_IN_WIDE_FIELD = 127;

  static final class Model {
    static final int VERSION = 0;
    static final int OPERATOR_CODES = 1;
    static final int SUBGRAPHS = 2;
    static final int DESCRIPTION = 3;
    static final int BUFFERS = 4;
    static final int METADATA = 6;
    static final int FIELDS = 8;

    private Model() {}
  }

  static final class OperatorCode {
    static final int DEPRECATED_BUILTIN_CODE = 0;
    static final int CUSTOM_CODE = 1;
    static final int VERSION = 2;
    static final int BUILTIN_CODE = 3;
    static final int FIELDS = 4;

    private OperatorCode() {}
  }

  static final class SubGraph {
    static final int TENSORS = 0;
    static final int INPUTS = 1;
    static final int OUTPUTS = 2;
    static final int OPERATORS = 3;
    static final int NAME = 4;
    static final int FIELDS = 5;

    private SubGraph() {}
  }

  static final class Tensor {
    static final int SHAPE = 0;
    static final int TYPE = 1;
    static final int BUFFER = 2;
    static final int NAME = 3;
    static final int QUANTIZATION = 4;
    static final int IS_VARIABLE = 5;
    static final int SPARSITY = 6;
    static final int FIELDS = 8;

    private Tensor() {}
  }

  static final class QuantizationParameters {
    static final int MIN = 0;
    static final int MAX = 1;
    static final int SCALE = 2;
    static final int ZERO_POINT = 3;
    static final int DETAILS_TYPE = 4;
    static final int QUANTIZED_DIMENSION = 6;
    static final int FIELDS = 7;

    private QuantizationParameters() {}
  }

  static final class OperatorTable {
    static final int OPCODE_INDEX = 0;
    static final int INPUTS = 1;
    static final int OUTPUTS = 2;
    static final int BUILTIN_OPTIONS_TYPE = 3;
    static final int BUILTIN_OPTIONS = 4;
    static final int CUSTOM_OPTIONS = 5;
    static final int INTERMEDIATES = 8;
    static final int LARGE_CUSTOM_OPTIONS_OFFSET = 9;
    static final int FIELDS = 9;

    private OperatorTable() {}
  }

  static final class Buffer {
    static final int DATA = 0;
    static final int OFFSET = 1;
    static final int FIELDS = 1;

    private Buffer() {}
  }

  static final class Metadata {
    static final int NAME = 0;
    static final int BUFFER = 1;
    static final int FIELDS = 2;

    private Metadata() {}
  }

  /** Fused activations by code (ActivationFunctionType). */
  static final List<Activation> ACTIVATIONS =
      List.of(
          Activation.NONE,
          Activation.RELU,
          Activation.RELU_N1_TO_1,
          Activation.RELU6,
          Activation.TANH,
          Activation.SIGN_BIT);

  /** Names of the tensor types by code, so that an unsupported one can be named. */
  private static final List<String> TYPE_NAMES =
      List.of(
          "FLOAT32",
          "FLOAT16",
          "INT32",
          "UINT8",
          "INT64",
          "STRING",
          "BOOL",
          "INT16",
          "COMPLEX64",
          "INT8",
          "FLOAT64",
          "COMPLEX128",
          "UINT64",
          "RESOURCE",
          "VARIANT",
          "UINT32",
          "UINT16",
          "INT4",
          "BFLOAT16",
          "INT2",
          "UINT4");

  private Schema() {}

  static String typeName(int code) {
    return code >= 0 && code < TYPE_NAMES.size() ? TYPE_NAMES.get(code) : "type code " + code;
  }

  static int typeCode(DataType type) {
    return TYPE_NAMES.indexOf(type.name());
  }

  /**
   * Code of the table that holds the operator's options in the union BuiltinOptions; 0 for none.
   */
  static int optionsCode(Operator operator) {
    return switch (operator) {
      case CONV_2D -> 1;
      case DEPTHWISE_CONV_2D -> 2;
      case AVERAGE_POOL_2D, MAX_POOL_2D, L2_POOL_2D -> 5;
      case SVDF -> 6;
      case FULLY_CONNECTED -> 8;
      case SOFTMAX -> 9;
      case CONCATENATION -> 10;
      case ADD -> 11;
      case L2_NORMALIZATION -> 12;
      case RESIZE_BILINEAR -> 15;
      case RESHAPE -> 17;
      case SPACE_TO_DEPTH -> 19;
      case MUL -> 21;
      case PAD -> 22;
      case GATHER -> 23;
      case BATCH_TO_SPACE_ND -> 24;
      case SPACE_TO_BATCH_ND -> 25;
      case TRANSPOSE -> 26;
      case MEAN, SUM, REDUCE_MAX, REDUCE_MIN, REDUCE_ALL -> 27;
      case SUB -> 28;
      case DIV -> 29;
      case SQUEEZE -> 30;
      case STRIDED_SLICE -> 32;
      case EXP -> 33;
      case SPLIT -> 35;
      case LOG_SOFTMAX -> 36;
      case CAST -> 37;
      case DEQUANTIZE -> 38;
      case MAXIMUM, MINIMUM -> 39;
      case ARG_MAX -> 40;
      case LESS -> 41;
      case NEG -> 42;
      case PADV2 -> 43;
      case GREATER -> 44;
      case GREATER_EQUAL -> 45;
      case LESS_EQUAL -> 46;
      case SLICE -> 48;
      case TRANSPOSE_CONV -> 49;
      case EXPAND_DIMS -> 52;
      case EQUAL -> 53;
      case NOT_EQUAL -> 54;
      case SHAPE -> 55;
      case ARG_MIN -> 57;
      case PACK -> 59;
      case LOGICAL_OR -> 60;
      case LOGICAL_AND -> 62;
      case LOGICAL_NOT -> 63;
      case UNPACK -> 64;
      case FLOOR_DIV -> 65;
      case SQUARE -> 66;
      case ZEROS_LIKE -> 67;
      case FILL -> 68;
      case UNIDIRECTIONAL_SEQUENCE_LSTM -> 71;
      case FLOOR_MOD -> 72;
      case RESIZE_NEAREST_NEIGHBOR -> 74;
      case LEAKY_RELU -> 75;
      case SQUARED_DIFFERENCE -> 76;
      case MIRROR_PAD -> 77;
      case ABS -> 78;
      case SPLIT_V -> 79;
      case REVERSE_V2 -> 81;
      case ADD_N -> 82;
      case GATHER_ND -> 83;
      case COS -> 84;
      case QUANTIZE -> 89;
      case HARD_SWISH -> 91;
      case IF -> 92;
      case WHILE -> 93;
      case DEPTH_TO_SPACE -> 94;
      case SELECT_V2 -> 98;
      case BATCH_MATMUL -> 101;
      case CUMSUM -> 102;
      case CALL_ONCE -> 103;
      case BROADCAST_TO -> 104;
      case VAR_HANDLE -> 111;
      case READ_VARIABLE -> 112;
      case ASSIGN_VARIABLE -> 113;
      case DYNAMIC_UPDATE_SLICE -> 117;
      default -> 0;
    };
  }
}
