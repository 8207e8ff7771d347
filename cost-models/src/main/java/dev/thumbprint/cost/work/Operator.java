package dev.thumbprint.cost.work;

import java.util.Optional;

/**
 * The operators that TensorFlow Lite Micro registers, with the builtin code of the .tflite schema
 * (source: tensorflow/tflite-micro 90b983c2, micro_mutable_op_resolver.h). {@link #CUSTOM} stands
 * for every operator that is known by name only.
 */
public enum Operator {
  ADD(0),
  AVERAGE_POOL_2D(1),
  CONCATENATION(2),
  CONV_2D(3),
  DEPTHWISE_CONV_2D(4),
  DEPTH_TO_SPACE(5),
  DEQUANTIZE(6),
  EMBEDDING_LOOKUP(7),
  FLOOR(8),
  FULLY_CONNECTED(9),
  L2_NORMALIZATION(11),
  L2_POOL_2D(12),
  LOGISTIC(14),
  MAX_POOL_2D(17),
  MUL(18),
  RELU(19),
  RELU6(21),
  RESHAPE(22),
  RESIZE_BILINEAR(23),
  SOFTMAX(25),
  SPACE_TO_DEPTH(26),
  SVDF(27),
  TANH(28),
  CUSTOM(32),
  PAD(34),
  GATHER(36),
  BATCH_TO_SPACE_ND(37),
  SPACE_TO_BATCH_ND(38),
  TRANSPOSE(39),
  MEAN(40),
  SUB(41),
  DIV(42),
  SQUEEZE(43),
  UNIDIRECTIONAL_SEQUENCE_LSTM(44),
  STRIDED_SLICE(45),
  EXP(47),
  SPLIT(49),
  LOG_SOFTMAX(50),
  CAST(53),
  PRELU(54),
  MAXIMUM(55),
  ARG_MAX(56),
  MINIMUM(57),
  LESS(58),
  NEG(59),
  PADV2(60),
  GREATER(61),
  GREATER_EQUAL(62),
  LESS_EQUAL(63),
  SLICE(65),
  SIN(66),
  TRANSPOSE_CONV(67),
  EXPAND_DIMS(70),
  EQUAL(71),
  NOT_EQUAL(72),
  LOG(73),
  SUM(74),
  SQRT(75),
  RSQRT(76),
  SHAPE(77),
  ARG_MIN(79),
  REDUCE_MAX(82),
  PACK(83),
  LOGICAL_OR(84),
  LOGICAL_AND(86),
  LOGICAL_NOT(87),
  UNPACK(88),
  REDUCE_MIN(89),
  FLOOR_DIV(90),
  SQUARE(92),
  ZEROS_LIKE(93),
  FILL(94),
  FLOOR_MOD(95),
  RESIZE_NEAREST_NEIGHBOR(97),
  LEAKY_RELU(98),
  SQUARED_DIFFERENCE(99),
  MIRROR_PAD(100),
  ABS(101),
  SPLIT_V(102),
  CEIL(104),
  REVERSE_V2(105),
  ADD_N(106),
  GATHER_ND(107),
  COS(108),
  ELU(111),
  QUANTIZE(114),
  ROUND(116),
  HARD_SWISH(117),
  IF(118),
  WHILE(119),
  SELECT_V2(123),
  BATCH_MATMUL(126),
  CUMSUM(128),
  CALL_ONCE(129),
  BROADCAST_TO(130),
  REDUCE_ALL(140),
  VAR_HANDLE(142),
  READ_VARIABLE(143),
  ASSIGN_VARIABLE(144),
  BROADCAST_ARGS(145),
  DYNAMIC_UPDATE_SLICE(151);

  private final int builtinCode;

  Operator(int builtinCode) {
    this.builtinCode = builtinCode;
  }

  /** The code of this operator in a .tflite file. */
  public int builtinCode() {
    return builtinCode;
  }

  /** The operator of a name, such as {@code CONV_2D}. */
  public static Optional<Operator> ofName(String name) {
    for (Operator operator : values()) {
      if (operator.name().equals(name)) {
        return Optional.of(operator);
      }
    }
    return Optional.empty();
  }

  /** The operator of a builtin code, or empty where TensorFlow Lite Micro registers none. */
  public static Optional<Operator> ofBuiltinCode(int code) {
    for (Operator operator : values()) {
      if (operator.builtinCode == code) {
        return Optional.of(operator);
      }
    }
    return Optional.empty();
  }
}
