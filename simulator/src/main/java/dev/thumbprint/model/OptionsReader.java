package dev.thumbprint.model;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;

/** Reads the options table of an operator. Slot numbers are the field order of schema.fbs. */
final class OptionsReader {
  private static final int LIST_MAX = 64;

  private final FlatTable table;

  private OptionsReader(FlatTable table) {
    this.table = table;
  }

  /** Options of {@code operator}; absent fields have the schema's defaults. */
  static Options read(Operator operator, FlatTable table) {
    return new OptionsReader(table).read(operator);
  }

  private Options read(Operator operator) {
    return switch (operator) {
      case CONV_2D ->
          new Options.Conv2d(
              padding(0), int32(2), int32(1), int32(5, 1), int32(4, 1), activation(3), type(6));
      case DEPTHWISE_CONV_2D ->
          new Options.DepthwiseConv2d(
              padding(0), int32(2), int32(1), int32(6, 1), int32(5, 1), int32(3), activation(4));
      case TRANSPOSE_CONV ->
          new Options.TransposeConv(padding(0), int32(2), int32(1), activation(3), type(4));
      case FULLY_CONNECTED -> fullyConnected();
      case AVERAGE_POOL_2D, MAX_POOL_2D, L2_POOL_2D ->
          new Options.Pool2d(padding(0), int32(4), int32(3), int32(2), int32(1), activation(5));
      case ADD, SUB, MUL, DIV, L2_NORMALIZATION -> new Options.Elementwise(activation(0));
      case BATCH_MATMUL -> new Options.BatchMatMul(bool(0), bool(1));
      case SVDF -> new Options.Svdf(int32(0), activation(1));
      case UNIDIRECTIONAL_SEQUENCE_LSTM ->
          new Options.Lstm(activation(0), table.float32(1), table.float32(2), bool(3));
      case SOFTMAX -> new Options.Softmax(table.float32(0));
      case LEAKY_RELU -> new Options.LeakyRelu(table.float32(0));
      case CONCATENATION -> new Options.Concatenation(int32(0), activation(1));
      case MEAN, SUM, REDUCE_MAX, REDUCE_MIN, REDUCE_ALL -> new Options.Reduce(bool(0));
      case CUMSUM -> new Options.Cumsum(bool(0), bool(1));
      case RESHAPE -> new Options.Reshape(table.int32s(0, "new_shape", LIST_MAX));
      case SQUEEZE -> new Options.Squeeze(table.int32s(0, "squeeze_dims", LIST_MAX));
      case STRIDED_SLICE ->
          new Options.StridedSlice(int32(0), int32(1), int32(2), int32(3), int32(4), bool(5));
      case SPLIT, SPLIT_V -> new Options.Split(int32(0));
      case PACK, UNPACK -> new Options.Pack(int32(0), int32(1));
      case GATHER -> new Options.Gather(int32(0), int32(1));
      case DEPTH_TO_SPACE, SPACE_TO_DEPTH -> new Options.BlockSize(int32(0));
      case RESIZE_BILINEAR -> new Options.Resize(bool(2), bool(3));
      case RESIZE_NEAREST_NEIGHBOR -> new Options.Resize(bool(0), bool(1));
      case MIRROR_PAD -> new Options.MirrorPad(table.int8(0, 0) == 1);
      case CAST -> new Options.Cast(type(0), type(1));
      case ARG_MAX, ARG_MIN, SHAPE -> new Options.IndexOutput(type(0));
      case IF -> new Options.If(int32(0), int32(1));
      case WHILE -> new Options.While(int32(0), int32(1));
      case CALL_ONCE -> new Options.CallOnce(int32(0));
      case VAR_HANDLE ->
          new Options.VarHandle(table.string(0, "container"), table.string(1, "shared_name"));
      default -> new Options.None();
    };
  }

  private Options fullyConnected() {
    int weightsFormat = table.int8(1, 0);
    if (weightsFormat != 0) {
      throw table.damaged("weights_format " + weightsFormat, "0 (rows of weights in order)");
    }
    return new Options.FullyConnected(activation(0), bool(2), type(4));
  }

  private int int32(int slot) {
    return int32(slot, 0);
  }

  private int int32(int slot, int absent) {
    return table.int32(slot, absent);
  }

  private boolean bool(int slot) {
    return table.bool(slot, false);
  }

  private Padding padding(int slot) {
    int code = table.int8(slot, 0);
    return switch (code) {
      case 0 -> Padding.SAME;
      case 1 -> Padding.VALID;
      default -> throw table.damaged("padding " + code, "0 (SAME) or 1 (VALID)");
    };
  }

  private Activation activation(int slot) {
    int code = table.int8(slot, 0);
    if (code < 0 || code >= Schema.ACTIVATIONS.size()) {
      throw table.damaged("fused activation " + code, "0 to 5");
    }
    return Schema.ACTIVATIONS.get(code);
  }

  private DataType type(int slot) {
    return TensorReader.type(table, slot);
  }
}
