package dev.thumbprint.memory;

import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Subgraph;
import dev.thumbprint.model.Tensor;
import java.util.List;

/**
 * What each kernel's Prepare requests from the arena. Source: tensorflow/tflite-micro 90b983c2, one
 * kernel file per operator.
 */
final class KernelDemands {
  /** Bytes of one of the two tables of an int16 SOFTMAX: 513 entries. */
  private static final int SOFTMAX_TABLE = 1026;

  private static final int ADD_N_DATA = 40;
  private static final int CUMSUM_DATA = 36;
  private static final int LOG_SOFTMAX_DATA = 28;
  private static final int EMBEDDING_DATA = 8;

  private KernelDemands() {}

  /** Requests of one operator in order; those of resource variables are the planner's. */
  static List<Demand> of(Subgraph subgraph, Node node, RuntimeBuild build) {
    Demands d = new Demands(subgraph, node, build);
    switch (node.operator()) {
      case CONV_2D -> ConvolutionDemands.convolution(d);
      case DEPTHWISE_CONV_2D -> ConvolutionDemands.depthwise(d);
      case TRANSPOSE_CONV -> ConvolutionDemands.transposed(d);
      case FULLY_CONNECTED -> DenseDemands.fullyConnected(d);
      case BATCH_MATMUL -> DenseDemands.batchMatMul(d);
      case SVDF -> DenseDemands.svdf(d);
      case UNIDIRECTIONAL_SEQUENCE_LSTM -> DenseDemands.lstm(d);
      case AVERAGE_POOL_2D -> averagePool(d);
      case SOFTMAX -> softmax(d);
      case MEAN, SUM, REDUCE_MAX, REDUCE_MIN, REDUCE_ALL -> reduce(d);
      case ADD_N -> addN(d);
      case MIRROR_PAD -> mirrorPad(d);
      case CUMSUM -> dataInPrepare(d, CUMSUM_DATA);
      case LOG_SOFTMAX -> dataInPrepare(d, LOG_SOFTMAX_DATA);
      case GATHER, GATHER_ND, DEPTH_TO_SPACE, SPACE_TO_DEPTH, L2_POOL_2D -> shapeCopy(d);
      case EMBEDDING_LOOKUP -> {
        shapeCopy(d);
        d.persistent("user data", EMBEDDING_DATA);
      }
      case RESHAPE -> {
        d.temporaryInputs(0);
        d.temporaryOutput(0);
      }
      case ASSIGN_VARIABLE -> d.temporaryInputs(1);
      case READ_VARIABLE, IF, SPLIT -> d.temporaryInputs(0);
      case SPLIT_V -> d.temporaryInputs(2);
      case ARG_MAX,
          ARG_MIN,
          FLOOR,
          LOGICAL_OR,
          LOGICAL_AND,
          MAXIMUM,
          MINIMUM,
          NEG,
          PACK,
          UNPACK,
          VAR_HANDLE,
          CALL_ONCE,
          SHAPE,
          WHILE -> {}
      case CUSTOM -> CustomDemands.inPrepare(d);
      default -> d.temporariesOnce();
    }
    return d.collected();
  }

  private static void averagePool(Demands d) {
    d.temporariesOnce();
    if (!d.build.cmsis()) {
      return;
    }
    Tensor input = d.input(0);
    d.temporariesOnce();
    boolean integer = input.type() == DataType.INT8 || input.type() == DataType.INT16;
    if (integer && d.build.simd() == SimdUnit.DSP) {
      d.scratchIfAny("channel sums", 4L * d.dim(input, 3));
    }
  }

  private static void softmax(Demands d) {
    d.temporariesOnce();
    if (d.input(0).type() == DataType.INT16) {
      d.persistent("table of exp", SOFTMAX_TABLE);
      d.persistent("table of 1/(1+x)", SOFTMAX_TABLE);
    }
  }

  private static void reduce(Demands d) {
    Tensor input = d.input(0);
    DataType type = input.type();
    boolean sums =
        switch (d.node.operator()) {
          case MEAN, SUM -> type == DataType.INT8 || type == DataType.INT16;
          default -> false;
        };
    d.temporariesOnce();
    if (sums) {
      d.scratch("sums", 4 * Demands.elements(d.output(0)));
    }
    d.scratch("index", 4L * input.shape().rank());
    d.scratch("axes", 4 * Demands.elements(d.input(1)));
    d.temporaryInputs(0, 1);
    if (type == DataType.INT8) {
      d.temporaryOutput(0);
    }
  }

  private static void addN(Demands d) {
    d.temporariesOnce();
    if (d.output(0).type() == DataType.INT8) {
      d.persistent("user data", ADD_N_DATA);
    }
    d.scratch("input pointers", (long) StructSizes.POINTER * d.node.inputs().size());
  }

  private static void mirrorPad(Demands d) {
    d.temporariesOnce();
    long bytes = 4L * d.input(0).shape().rank();
    d.scratch("output strides", bytes);
    d.scratch("input strides", bytes);
  }

  private static void dataInPrepare(Demands d, int bytes) {
    d.temporariesOnce();
    if (d.input(0).type() == DataType.INT8) {
      d.persistent("user data", bytes);
    }
  }

  private static void shapeCopy(Demands d) {
    d.temporariesOnce();
    DenseDemands.dimensions(d, d.output(0));
  }
}
