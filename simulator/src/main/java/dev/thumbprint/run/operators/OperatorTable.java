package dev.thumbprint.run.operators;

import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Node;
import dev.thumbprint.run.Preparer;
import dev.thumbprint.run.Program;
import dev.thumbprint.run.RunOptions;
import java.util.EnumMap;
import java.util.Map;

/** Every operator that can be run, one line each. */
public final class OperatorTable {
  private static final Map<Operator, Preparer> BUILTIN = new EnumMap<>(Operator.class);

  static {
    BUILTIN.put(Operator.ADD, Arithmetic::add);
    BUILTIN.put(Operator.AVERAGE_POOL_2D, Pools::average);
    BUILTIN.put(Operator.CONCATENATION, Joins::concatenation);
    BUILTIN.put(Operator.CONV_2D, Convolutions::conv2d);
    BUILTIN.put(Operator.DEPTHWISE_CONV_2D, Convolutions::depthwiseConv2d);
    BUILTIN.put(Operator.DEQUANTIZE, Conversions::dequantize);
    BUILTIN.put(Operator.EXPAND_DIMS, Moves::copy);
    BUILTIN.put(Operator.FULLY_CONNECTED, Dense::fullyConnected);
    BUILTIN.put(Operator.L2_POOL_2D, Pools::l2);
    BUILTIN.put(Operator.LOGISTIC, Activations::logistic);
    BUILTIN.put(Operator.MAX_POOL_2D, Pools::max);
    BUILTIN.put(Operator.MEAN, Reductions::mean);
    BUILTIN.put(Operator.MUL, Arithmetic::mul);
    BUILTIN.put(Operator.PACK, Joins::pack);
    BUILTIN.put(Operator.PAD, Moves::pad);
    BUILTIN.put(Operator.PADV2, Moves::pad);
    BUILTIN.put(Operator.QUANTIZE, Conversions::quantize);
    BUILTIN.put(Operator.REDUCE_ALL, Reductions::all);
    BUILTIN.put(Operator.REDUCE_MAX, Reductions::max);
    BUILTIN.put(Operator.REDUCE_MIN, Reductions::min);
    BUILTIN.put(Operator.RELU, Activations::relu);
    BUILTIN.put(Operator.RELU6, Activations::relu6);
    BUILTIN.put(Operator.RESHAPE, Moves::copy);
    BUILTIN.put(Operator.SLICE, Moves::slice);
    BUILTIN.put(Operator.SOFTMAX, Activations::softmax);
    BUILTIN.put(Operator.SPLIT, Joins::split);
    BUILTIN.put(Operator.SPLIT_V, Joins::splitV);
    BUILTIN.put(Operator.SQUEEZE, Moves::copy);
    BUILTIN.put(Operator.STRIDED_SLICE, Moves::stridedSlice);
    BUILTIN.put(Operator.SUB, Arithmetic::sub);
    BUILTIN.put(Operator.SUM, Reductions::sum);
    BUILTIN.put(Operator.SVDF, Recurrent::svdf);
    BUILTIN.put(Operator.TANH, Activations::tanh);
    BUILTIN.put(Operator.TRANSPOSE, Moves::transpose);
    BUILTIN.put(Operator.UNIDIRECTIONAL_SEQUENCE_LSTM, Recurrent::lstm);
    BUILTIN.put(Operator.UNPACK, Joins::unpack);
  }

  private OperatorTable() {}

  /** The preparer of a node, or null where there is none. */
  public static Preparer preparer(Node node) {
    return BUILTIN.get(node.operator());
  }

  /**
   * Prepares a graph with every operator known here.
   *
   * @throws dev.thumbprint.model.InputException if an operator cannot be run
   */
  public static Program prepare(Graph graph, RunOptions options) {
    return Program.prepare(graph, options, OperatorTable::preparer);
  }
}
