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
    BUILTIN.put(Operator.LOG_SOFTMAX, Norms::logSoftmax);
    BUILTIN.put(Operator.L2_NORMALIZATION, Norms::l2);
    BUILTIN.put(Operator.RESIZE_NEAREST_NEIGHBOR, Resizes::nearest);
    BUILTIN.put(Operator.RESIZE_BILINEAR, Resizes::bilinear);
    BUILTIN.put(Operator.TRANSPOSE_CONV, Products::transposeConv);
    BUILTIN.put(Operator.BATCH_MATMUL, Products::batchMatMul);
    BUILTIN.put(Operator.ABS, Functions::abs);
    BUILTIN.put(Operator.ADD, Arithmetic::add);
    BUILTIN.put(Operator.ADD_N, FurtherArithmetic::addN);
    BUILTIN.put(Operator.ARG_MAX, Lookups::argMax);
    BUILTIN.put(Operator.ARG_MIN, Lookups::argMin);
    BUILTIN.put(Operator.ASSIGN_VARIABLE, ControlFlow::assignVariable);
    BUILTIN.put(Operator.AVERAGE_POOL_2D, Pools::average);
    BUILTIN.put(Operator.BATCH_TO_SPACE_ND, Rearrangements::batchToSpace);
    BUILTIN.put(Operator.BROADCAST_ARGS, Fills::broadcastArgs);
    BUILTIN.put(Operator.BROADCAST_TO, Rearrangements::broadcastTo);
    BUILTIN.put(Operator.CALL_ONCE, ControlFlow::callOnce);
    BUILTIN.put(Operator.CAST, Fills::cast);
    BUILTIN.put(Operator.CEIL, Functions.float32(x -> (float) Math.ceil(x)));
    BUILTIN.put(Operator.CONCATENATION, Joins::concatenation);
    BUILTIN.put(Operator.CONV_2D, Convolutions::conv2d);
    BUILTIN.put(Operator.COS, Functions.float32(x -> (float) Math.cos(x)));
    BUILTIN.put(Operator.CUMSUM, FurtherArithmetic::cumsum);
    BUILTIN.put(Operator.DEPTHWISE_CONV_2D, Convolutions::depthwiseConv2d);
    BUILTIN.put(Operator.DEPTH_TO_SPACE, Rearrangements::depthToSpace);
    BUILTIN.put(Operator.DEQUANTIZE, Conversions::dequantize);
    BUILTIN.put(Operator.DIV, FurtherArithmetic::div);
    BUILTIN.put(Operator.DYNAMIC_UPDATE_SLICE, Lookups::dynamicUpdateSlice);
    BUILTIN.put(Operator.ELU, Functions::elu);
    BUILTIN.put(Operator.EMBEDDING_LOOKUP, Lookups::embeddingLookup);
    BUILTIN.put(Operator.EQUAL, Comparisons.of(sign -> sign == 0, false, true));
    BUILTIN.put(Operator.EXP, Functions.float32(x -> (float) Math.exp(x)));
    BUILTIN.put(Operator.EXPAND_DIMS, Moves::copy);
    BUILTIN.put(Operator.FILL, Fills::fill);
    BUILTIN.put(Operator.FLOOR, Functions.float32(x -> (float) Math.floor(x)));
    BUILTIN.put(Operator.FLOOR_DIV, FurtherArithmetic::floorDiv);
    BUILTIN.put(Operator.FLOOR_MOD, FurtherArithmetic::floorMod);
    BUILTIN.put(Operator.FULLY_CONNECTED, Dense::fullyConnected);
    BUILTIN.put(Operator.GATHER, Lookups::gather);
    BUILTIN.put(Operator.GATHER_ND, Lookups::gatherNd);
    BUILTIN.put(Operator.GREATER, Comparisons.of(sign -> sign > 0, false, false));
    BUILTIN.put(Operator.GREATER_EQUAL, Comparisons.of(sign -> sign >= 0, false, false));
    BUILTIN.put(Operator.HARD_SWISH, Functions::hardSwish);
    BUILTIN.put(Operator.IF, ControlFlow::branch);
    BUILTIN.put(Operator.L2_POOL_2D, Pools::l2);
    BUILTIN.put(Operator.LEAKY_RELU, Functions::leakyRelu);
    BUILTIN.put(Operator.LESS, Comparisons.of(sign -> sign < 0, false, false));
    BUILTIN.put(Operator.LESS_EQUAL, Comparisons.of(sign -> sign <= 0, false, false));
    BUILTIN.put(Operator.LOG, Functions.float32(x -> (float) Math.log(x)));
    BUILTIN.put(Operator.LOGICAL_AND, Comparisons.logical((a, b) -> a != 0 && b != 0 ? 1 : 0));
    BUILTIN.put(Operator.LOGICAL_NOT, Functions::logicalNot);
    BUILTIN.put(Operator.LOGICAL_OR, Comparisons.logical((a, b) -> a != 0 || b != 0 ? 1 : 0));
    BUILTIN.put(Operator.LOGISTIC, Activations::logistic);
    BUILTIN.put(Operator.MAXIMUM, Comparisons::maximum);
    BUILTIN.put(Operator.MAX_POOL_2D, Pools::max);
    BUILTIN.put(Operator.MEAN, Reductions::mean);
    BUILTIN.put(Operator.MINIMUM, Comparisons::minimum);
    BUILTIN.put(Operator.MIRROR_PAD, Rearrangements::mirrorPad);
    BUILTIN.put(Operator.MUL, Arithmetic::mul);
    BUILTIN.put(Operator.NEG, Functions.float32(x -> -x));
    BUILTIN.put(Operator.NOT_EQUAL, Comparisons.of(sign -> sign != 0, true, true));
    BUILTIN.put(Operator.PACK, Joins::pack);
    BUILTIN.put(Operator.PAD, Moves::pad);
    BUILTIN.put(Operator.PADV2, Moves::pad);
    BUILTIN.put(Operator.PRELU, Functions::prelu);
    BUILTIN.put(Operator.QUANTIZE, Conversions::quantize);
    BUILTIN.put(Operator.READ_VARIABLE, ControlFlow::readVariable);
    BUILTIN.put(Operator.REDUCE_ALL, Reductions::all);
    BUILTIN.put(Operator.REDUCE_MAX, Reductions::max);
    BUILTIN.put(Operator.REDUCE_MIN, Reductions::min);
    BUILTIN.put(Operator.RELU, Activations::relu);
    BUILTIN.put(Operator.RELU6, Activations::relu6);
    BUILTIN.put(Operator.RESHAPE, Moves::copy);
    BUILTIN.put(Operator.REVERSE_V2, Rearrangements::reverse);
    BUILTIN.put(Operator.ROUND, Functions.float32(Functions::roundHalfEven));
    BUILTIN.put(Operator.RSQRT, Functions::rsqrt);
    BUILTIN.put(Operator.SELECT_V2, Lookups::select);
    BUILTIN.put(Operator.SHAPE, Fills::shape);
    BUILTIN.put(Operator.SIN, Functions.float32(x -> (float) Math.sin(x)));
    BUILTIN.put(Operator.SLICE, Moves::slice);
    BUILTIN.put(Operator.SOFTMAX, Activations::softmax);
    BUILTIN.put(Operator.SPACE_TO_BATCH_ND, Rearrangements::spaceToBatch);
    BUILTIN.put(Operator.SPACE_TO_DEPTH, Rearrangements::spaceToDepth);
    BUILTIN.put(Operator.SPLIT, Joins::split);
    BUILTIN.put(Operator.SPLIT_V, Joins::splitV);
    BUILTIN.put(Operator.SQRT, Functions.float32(x -> (float) Math.sqrt(x)));
    BUILTIN.put(Operator.SQUARE, Functions.float32(x -> x * x));
    BUILTIN.put(Operator.SQUARED_DIFFERENCE, FurtherArithmetic::squaredDifference);
    BUILTIN.put(Operator.SQUEEZE, Moves::copy);
    BUILTIN.put(Operator.STRIDED_SLICE, Moves::stridedSlice);
    BUILTIN.put(Operator.SUB, Arithmetic::sub);
    BUILTIN.put(Operator.SUM, Reductions::sum);
    BUILTIN.put(Operator.SVDF, Recurrent::svdf);
    BUILTIN.put(Operator.TANH, Activations::tanh);
    BUILTIN.put(Operator.TRANSPOSE, Moves::transpose);
    BUILTIN.put(Operator.UNIDIRECTIONAL_SEQUENCE_LSTM, Recurrent::lstm);
    BUILTIN.put(Operator.UNPACK, Joins::unpack);
    BUILTIN.put(Operator.VAR_HANDLE, ControlFlow::varHandle);
    BUILTIN.put(Operator.WHILE, ControlFlow::loop);
    BUILTIN.put(Operator.ZEROS_LIKE, Fills::zerosLike);
  }

  private static final Map<String, Preparer> CUSTOM =
      Map.ofEntries(
          Map.entry(Streams.CIRCULAR_BUFFER, Streams::circularBuffer),
          Map.entry("TFLite_Detection_PostProcess", Detections::postProcess),
          Map.entry("SignalDelay", SignalFrames::delay),
          Map.entry("SignalEnergy", SignalSpectra::energy),
          Map.entry("SignalFftAutoScale", SignalSpectra::autoScale),
          Map.entry("SignalFilterBank", SignalChannels::filterBank),
          Map.entry("SignalFilterBankLog", SignalChannels::logarithm),
          Map.entry("SignalFilterBankSquareRoot", SignalChannels::squareRoot),
          Map.entry("SignalFilterBankSpectralSubtraction", SignalChannels::spectralSubtraction),
          Map.entry("SignalFramer", SignalFrames::framer),
          Map.entry("SignalIrfft", SignalSpectra::irfft),
          Map.entry("SignalOverlapAdd", SignalFrames::overlapAdd),
          Map.entry("SignalPCAN", SignalChannels::gainControl),
          Map.entry("SignalRfft", SignalSpectra::rfft),
          Map.entry("SignalStacker", SignalFrames::stacker),
          Map.entry("SignalWindow", SignalSpectra::window));

  private OperatorTable() {}

  /** The preparer of a node, or null where there is none. */
  public static Preparer preparer(Node node) {
    return node.operator() == Operator.CUSTOM
        ? CUSTOM.get(node.customName())
        : BUILTIN.get(node.operator());
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
