package dev.thumbprint.kernels;

import java.util.Arrays;

/**
 * UNIDIRECTIONAL_SEQUENCE_LSTM of quantised integers, the reference: four gates, no peephole,
 * projection or layer normalisation. Activations of 8 or 16 bits (scale and zero point of their
 * own), weights of 8 bits, cell state of 16 bits with a power-of-two scale. Gates work on scale
 * 2^-12 before and 2^-15 after their non-linearity; every intermediate saturates to 16 bits.
 *
 * <p>Input [batches, time, inputs], or [time, batches, inputs] where time is major; output the same
 * with {@code units} innermost. Hidden state [batches, units] and cell state [batches, units] carry
 * over from one call to the next.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, kernels/lstm_eval.cc and lstm_eval_common.cc.
 */
public final class Lstm {
  /** Extents of the layer. */
  public record Extents(int batches, int steps, int inputs, int units, boolean timeMajor) {
    /** The row of the sequence that holds a time step. */
    int row(int batch, int step) {
      return timeMajor ? step * batches + batch : batch * steps + step;
    }
  }

  /**
   * One gate.
   *
   * @param inputWeights [units, inputs]
   * @param bias [units], or null
   * @param recurrentWeights [units, units]
   * @param inputScale input scale x weight scale / 2^-12
   * @param recurrentScale hidden scale x weight scale / 2^-12
   */
  @SuppressWarnings("ArrayRecordComponent") // read-only by convention: hot code indexes them
  public record Gate(
      byte[] inputWeights,
      long[] bias,
      byte[] recurrentWeights,
      QuantizedMultiplier inputScale,
      QuantizedMultiplier recurrentScale,
      boolean tanh) {
    private static final TableSigmoid LOGISTIC = TableSigmoid.logisticQ3();
    private static final TableSigmoid TANH = TableSigmoid.tanh(-12);

    /** The gate of a sum with scale 2^-12. */
    int activated(int sum) {
      return tanh ? TANH.applyAsInt(sum) : LOGISTIC.applyAsInt(sum);
    }
  }

  /** The four gates. */
  public record Gates(Gate forget, Gate input, Gate candidate, Gate output) {}

  /**
   * What happens between the gates.
   *
   * @param forgetScale of forget gate x cell state, to the cell state
   * @param inputScale of input gate x candidate, to the cell state
   * @param outputScale of output gate x tanh(cell), to the hidden state
   * @param cellScalePower logarithm to base 2 of the cell state's scale
   * @param cellClip magnitude to which the cell state is clipped, 0 for none
   * @param restarts whether every inference starts from zero states and sums saturate once, at
   *     their end, as in CMSIS-NN
   */
  public record States(
      QuantizedMultiplier forgetScale,
      QuantizedMultiplier inputScale,
      QuantizedMultiplier outputScale,
      int cellScalePower,
      int cellClip,
      boolean restarts) {}

  private final Extents extents;
  private final Gates gates;
  private final States states;
  private final int zeroPointInput;
  private final int zeroPointHidden;
  private final boolean wide;
  private final Rounding rounding;
  private final TableSigmoid cellTanh;

  private final int[] now;
  private final int[] hidden;
  private final int[] next;

  /**
   * A layer with scratch memory of its own; one thread at a time.
   *
   * @param wide whether activations have 16 bits, whose accumulators have 64
   */
  public Lstm(
      Extents extents,
      Gates gates,
      States states,
      int zeroPointInput,
      int zeroPointHidden,
      boolean wide,
      Rounding rounding) {
    this.extents = extents;
    this.gates = gates;
    this.states = states;
    this.zeroPointInput = zeroPointInput;
    this.zeroPointHidden = zeroPointHidden;
    this.wide = wide;
    this.rounding = rounding;
    this.cellTanh = TableSigmoid.tanh(states.cellScalePower());
    this.now = new int[extents.inputs()];
    this.hidden = new int[extents.units()];
    this.next = new int[extents.units()];
  }

  /** All time steps of 8-bit activations. */
  public void int8(byte[] sequence, byte[] hiddenState, short[] cellState, byte[] result) {
    int units = extents.units();
    if (states.restarts()) {
      Arrays.fill(hiddenState, (byte) zeroPointHidden);
      Arrays.fill(cellState, (short) 0);
    }
    for (int batch = 0; batch < extents.batches(); batch++) {
      for (int step = 0; step < extents.steps(); step++) {
        int row = extents.row(batch, step);
        for (int i = 0; i < now.length; i++) {
          now[i] = sequence[row * now.length + i] - zeroPointInput;
        }
        for (int i = 0; i < units; i++) {
          hidden[i] = hiddenState[batch * units + i] - zeroPointHidden;
        }
        step(cellState, batch * units);
        for (int i = 0; i < units; i++) {
          byte value = FixedPoint.saturate8(next[i]);
          hiddenState[batch * units + i] = value;
          result[row * units + i] = value;
        }
      }
    }
  }

  /** All time steps of 16-bit activations. */
  public void int16(short[] sequence, short[] hiddenState, short[] cellState, short[] result) {
    int units = extents.units();
    if (states.restarts()) {
      Arrays.fill(hiddenState, (short) zeroPointHidden);
      Arrays.fill(cellState, (short) 0);
    }
    for (int batch = 0; batch < extents.batches(); batch++) {
      for (int step = 0; step < extents.steps(); step++) {
        int row = extents.row(batch, step);
        for (int i = 0; i < now.length; i++) {
          now[i] = sequence[row * now.length + i] - zeroPointInput;
        }
        for (int i = 0; i < units; i++) {
          hidden[i] = hiddenState[batch * units + i] - zeroPointHidden;
        }
        step(cellState, batch * units);
        for (int i = 0; i < units; i++) {
          short value = FixedPoint.saturate16(next[i]);
          hiddenState[batch * units + i] = value;
          result[row * units + i] = value;
        }
      }
    }
  }

  /** One time step of one batch: {@code now} and {@code hidden} in, {@code next} out. */
  private void step(short[] cellState, int from) {
    for (int unit = 0; unit < extents.units(); unit++) {
      int kept =
          FixedPoint.saturate16(
              states
                  .forgetScale()
                  .times(gate(gates.forget(), unit) * cellState[from + unit], rounding));
      int added =
          states
              .inputScale()
              .times(gate(gates.input(), unit) * gate(gates.candidate(), unit), rounding);
      added = states.restarts() ? added : FixedPoint.saturate16(added);
      int cell = FixedPoint.saturate16(kept + added);
      if (states.cellClip() > 0) {
        cell = Math.clamp(cell, -states.cellClip(), states.cellClip());
      }
      cellState[from + unit] = (short) cell;
      int product = cellTanh.applyAsInt(cell) * gate(gates.output(), unit);
      next[unit] = states.outputScale().times(product, rounding) + zeroPointHidden;
    }
  }

  private int gate(Gate gate, int unit) {
    int fromInput =
        FixedPoint.saturate16(
            dense(
                gate.inputWeights(),
                now,
                unit,
                gate.bias() == null ? 0 : gate.bias()[unit],
                gate.inputScale()));
    int fromHidden = dense(gate.recurrentWeights(), hidden, unit, 0, gate.recurrentScale());
    fromHidden = states.restarts() ? fromHidden : FixedPoint.saturate16(fromHidden);
    int sum = FixedPoint.saturate16(fromInput + fromHidden);
    return gate.activated(sum);
  }

  private int dense(byte[] weights, int[] values, int unit, long bias, QuantizedMultiplier scale) {
    long sum = bias;
    int from = unit * values.length;
    for (int i = 0; i < values.length; i++) {
      sum += weights[from + i] * values[i];
    }
    return wide ? scale.timesWide(sum) : scale.times((int) sum, rounding);
  }
}
