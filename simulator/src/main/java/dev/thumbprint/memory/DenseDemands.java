package dev.thumbprint.memory;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Tensor;

/**
 * What the Prepare of FULLY_CONNECTED, BATCH_MATMUL, SVDF and UNIDIRECTIONAL_SEQUENCE_LSTM
 * requests. Source: tensorflow/tflite-micro 90b983c2, the kernel of each and its CMSIS-NN
 * counterpart.
 */
final class DenseDemands {
  /** Arguments of the transposed operand of BATCH_MATMUL. */
  private static final int QUANTIZATION_OF_MATMUL = 28;

  private static final int LSTM_HIDDEN_STATE = 18;
  private static final int LSTM_CELL_STATE = 19;
  private static final String KERNEL_SUMS = "kernel sums";

  private DenseDemands() {}

  static void fullyConnected(Demands d) {
    Tensor input = d.input(0);
    Tensor filter = d.input(1);
    Tensor output = d.output(0);
    d.temporaryInputs(0, 1, 2);
    d.temporaryOutput(0);
    boolean int4 = filter.type() == DataType.INT4;
    boolean perChannel = perChannel(filter);
    long outputs = output.shape().rank() == 0 ? 1 : output.shape().dim(-1);
    if (perChannel && input.type() != DataType.FLOAT32) {
      d.persistent("multipliers", 4L * d.dim(filter, 0));
      d.persistent("shifts", 4L * d.dim(filter, 0));
    }
    if (!d.build.cmsis()) {
      if (int4) {
        d.scratch("unpacked weights", Demands.elements(filter));
      }
      return;
    }
    if (input.type() != DataType.INT8 || int4) {
      return;
    }
    int depth = d.dim(filter, -1);
    if (output.shape().rank() > 2 && depth % 4 == 0) {
      if (!perChannel) {
        d.scratch("multipliers and shifts", 8 * outputs);
      }
      if (d.build.cmsisDsp() && d.build.compiler() == RuntimeBuild.Compiler.ARMCLANG) {
        d.scratchIfAny("widened input", 4L * depth);
      }
    } else if (d.build.cmsisMve()) {
      boolean constant = filter.constant() && (!d.hasInput(2) || d.input(2).constant());
      if (constant && !d.build.optimizedForSize()) {
        d.persistent(KERNEL_SUMS, 4 * outputs);
      } else {
        d.scratchIfAny(KERNEL_SUMS, 4 * outputs);
      }
    }
  }

  private static boolean perChannel(Tensor filter) {
    return filter.quantization().isPresent() && filter.quantization().get().perChannel();
  }

  static void batchMatMul(Demands d) {
    var options = (Options.BatchMatMul) d.node.options();
    Tensor left = d.input(0);
    Tensor right = d.input(1);
    Tensor output = d.output(0);
    d.temporaryInputs(0, 1);
    d.temporaryOutput(0);
    boolean integer = left.type() != DataType.FLOAT32;
    if (integer && !d.build.cmsis()) {
      d.persistent("quantization", QUANTIZATION_OF_MATMUL);
    }
    if (options.adjointLeft()) {
      transposedCopy(d, "left", left);
    }
    if (!options.adjointRight()) {
      transposedCopy(d, "right", right);
    }
    dimensions(d, output);
    if (integer && d.build.cmsis()) {
      d.persistent("quantization", QUANTIZATION_OF_MATMUL);
      if (d.build.cmsisMve() && left.type() == DataType.INT8) {
        d.scratchIfAny(KERNEL_SUMS, 4L * d.dim(output, -1));
      }
    }
  }

  private static void transposedCopy(Demands d, String side, Tensor tensor) {
    d.persistent(side + " transposed: structure", StructSizes.EVAL_TENSOR);
    d.persistent(side + " transposed: shape", StructSizes.intArray(tensor.shape().rank()));
    d.persistent(side + " transposed: data", Demands.bytes(tensor));
  }

  /** A copy of a tensor's shape, made where a kernel rewrites it. */
  static void dimensions(Demands d, Tensor tensor) {
    d.persistent("shape", StructSizes.intArray(tensor.shape().rank()));
  }

  static void svdf(Demands d) {
    Tensor input = d.input(0);
    long batches = d.dim(input, 0);
    long filters = d.dim(d.input(1), 0);
    long units = filters / Math.max(1, ((Options.Svdf) d.node.options()).rank());
    d.temporariesOnce();
    d.scratch("feature sums", 4 * batches * filters);
    if (input.type() == DataType.INT8) {
      d.scratch("output sums", 4 * batches * units);
      if (d.build.cmsisMve()) {
        if (d.build.optimizedForSize()) {
          d.scratch(KERNEL_SUMS, 4 * filters);
        } else {
          d.persistent(KERNEL_SUMS, 4 * filters);
        }
      }
    }
  }

  static void lstm(Demands d) {
    Tensor input = d.input(0);
    Tensor cell = d.input(LSTM_CELL_STATE);
    boolean timeMajor = ((Options.Lstm) d.node.options()).timeMajor();
    long batches = d.dim(input, timeMajor ? 1 : 0);
    long state = d.dim(d.input(LSTM_HIDDEN_STATE), 1);
    d.temporariesOnce();
    boolean integer = cell.type() == DataType.INT16;
    if (d.build.cmsis() && integer) {
      int sumBytes = input.type() == DataType.INT16 ? 8 : 4;
      for (String part : new String[] {"data", "hidden"}) {
        for (String gate : new String[] {"input", "forget", "cell", "output"}) {
          d.persistent("%s sums, %s gate".formatted(part, gate), sumBytes * state);
        }
      }
    }
    int buffers = d.build.cmsis() && integer ? 3 : 4;
    for (int i = 0; i < buffers; i++) {
      d.scratch("gate " + i, batches * state * Demands.elementBytes(cell.type()));
    }
  }
}
