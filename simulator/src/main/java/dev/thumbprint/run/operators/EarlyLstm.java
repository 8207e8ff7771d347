package dev.thumbprint.run.operators;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.kernels.CmsisLstm;
import dev.thumbprint.kernels.Lstm;
import dev.thumbprint.kernels.QuantizedMultiplier;
import dev.thumbprint.kernels.TableSigmoid;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;

/**
 * UNIDIRECTIONAL_SEQUENCE_LSTM int8 of CMSIS-NN v5.0.0 with its runtime (tensorflow/tflite-micro
 * 5beca7c52, kernels/cmsis_nn/unidirectional_sequence_lstm.cc).
 */
final class EarlyLstm {
  /** The intermediate tensor whose scale and zero point the output has. */
  private static final int HIDDEN_INTERMEDIATE = 4;

  private static final float GATE_SCALE = 1f / (1 << 15);

  private EarlyLstm() {}

  static Prepared prepare(Preparation p, Lstm.Extents extents, Lstm.Gates gates) {
    Tensor state = p.input(18);
    Tensor cell = p.input(19);
    p.require(
        p.node().intermediates().size() > HIDDEN_INTERMEDIATE,
        p.node().intermediates().size() + " intermediate tensors",
        "five: this library takes the scale of its output from the last");
    p.require(
        extents.batches() == 1 || !extents.timeMajor(),
        extents.batches() + " batches in time-major order",
        "one: this library reads the biases of the others from behind those of the first");
    Tensor hidden = p.tensor(p.node().intermediates().get(HIDDEN_INTERMEDIATE));
    p.require(hidden, DataType.INT8);
    int power = TableSigmoid.log2(p.scale(cell));
    p.require(
        TableSigmoid.isPowerOfTwo(p.scale(cell))
            && power >= CmsisLstm.CELL_POWER_MIN
            && power <= CmsisLstm.CELL_POWER_MAX,
        "cell scale " + p.scale(cell),
        "a power of two from 2^%d to 2^%d"
            .formatted(CmsisLstm.CELL_POWER_MIN, CmsisLstm.CELL_POWER_MAX));
    // In single precision, as the runtime forms it.
    float output = GATE_SCALE / p.scale(hidden) * GATE_SCALE;
    CmsisLstm.States states =
        new CmsisLstm.States(
            QuantizedMultiplier.of(output, p.rounding()), p.zeroPoint(hidden), power);
    return frame -> {
      CmsisLstm lstm =
          new CmsisLstm(
              extents, gates, states, p.zeroPoint(p.input(0)), p.zeroPoint(state), p.rounding());
      byte[] sequence = frame.bytes(p.inputIndex(0));
      byte[] states8 = frame.bytes(state.index());
      short[] cells = frame.shorts(cell.index());
      byte[] result = frame.bytes(p.outputIndex(0));
      return () -> lstm.int8(sequence, states8, cells, result);
    };
  }
}
