package dev.thumbprint.kernels;

/**
 * UNIDIRECTIONAL_SEQUENCE_LSTM of 8-bit activations as CMSIS-NN v5.0.0 computes it. Where it
 * departs from {@link Lstm}: products of gates and cell state are rounded once and saturate only in
 * their sum; the cell state is not clipped; where its scale is below 2^-12 it is shifted to that
 * scale before its tanh, without rounding, and stays shifted; the scale and zero point of what is
 * put out are of their own, not those of the hidden state. States carry over from one call to the
 * next.
 *
 * <p>Layout as of {@link Lstm}: input [batches, time, inputs], or [time, batches, inputs] where
 * time is major; output the same with {@code units} innermost; states [batches, units].
 *
 * <p>Source: ARM-software/CMSIS-NN v5.0.0, arm_nn_lstm_step_s8_s16.c and the functions it calls.
 */
public final class CmsisLstm {
  /** Logarithm to base 2 of the cell scale that the tanh is made for. */
  private static final int TANH_POWER = -12;

  /** Bits behind the point of the product of two gates. */
  private static final int PRODUCT_BITS = 30;

  private static final int GATE_BITS = 15;

  /** Least and greatest logarithm to base 2 of the cell state's scale that the library takes. */
  public static final int CELL_POWER_MIN = -PRODUCT_BITS;

  /** The runtime refuses cell states of a coarser scale. */
  public static final int CELL_POWER_MAX = -9;

  /**
   * What happens between the gates.
   *
   * @param outputScale of output gate x tanh(cell), to the output
   * @param outputZeroPoint of the output
   * @param cellScalePower logarithm to base 2 of the cell state's scale, {@link #CELL_POWER_MIN} to
   *     {@link #CELL_POWER_MAX}
   */
  public record States(QuantizedMultiplier outputScale, int outputZeroPoint, int cellScalePower) {
    /** Refuses scales that the library shifts by more than a word for. */
    public States {
      if (cellScalePower < CELL_POWER_MIN || cellScalePower > CELL_POWER_MAX) {
        throw new IllegalArgumentException(
            "cell scale 2^%d is not from 2^%d to 2^%d"
                .formatted(cellScalePower, CELL_POWER_MIN, CELL_POWER_MAX));
      }
    }
  }

  private final Lstm.Extents extents;
  private final Lstm.Gates gates;
  private final States states;
  private final int zeroPointInput;
  private final int zeroPointHidden;
  private final int lost;
  private final TableSigmoid cellTanh;
  private final Rounding rounding;
  private final int[] now;
  private final int[] hidden;
  private final byte[] next;

  /** A layer with scratch memory of its own; one thread at a time. */
  public CmsisLstm(
      Lstm.Extents extents,
      Lstm.Gates gates,
      States states,
      int zeroPointInput,
      int zeroPointHidden,
      Rounding rounding) {
    this.extents = extents;
    this.gates = gates;
    this.states = states;
    this.zeroPointInput = zeroPointInput;
    this.zeroPointHidden = zeroPointHidden;
    this.rounding = rounding;
    this.lost = Math.max(0, TANH_POWER - states.cellScalePower());
    this.cellTanh = TableSigmoid.tanh(Math.max(TANH_POWER, states.cellScalePower()));
    this.now = new int[extents.inputs()];
    this.hidden = new int[extents.units()];
    this.next = new byte[extents.units()];
  }

  /** All time steps. */
  public void int8(byte[] sequence, byte[] hiddenState, short[] cellState, byte[] result) {
    int units = extents.units();
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
        System.arraycopy(next, 0, hiddenState, batch * units, units);
        System.arraycopy(next, 0, result, row * units, units);
      }
    }
  }

  private void step(short[] cellState, int from) {
    for (int unit = 0; unit < extents.units(); unit++) {
      int kept = gate(gates.forget(), unit) * cellState[from + unit];
      int added = gate(gates.input(), unit) * gate(gates.candidate(), unit);
      int cell =
          FixedPoint.saturate16(
                  FixedPoint.roundingDivideByPowerOfTwo(kept, GATE_BITS)
                      + FixedPoint.roundingDivideByPowerOfTwo(
                          added, PRODUCT_BITS + states.cellScalePower()))
              >> lost;
      cellState[from + unit] = (short) cell;
      int product = cellTanh.applyAsInt(cell) * gate(gates.output(), unit);
      next[unit] =
          FixedPoint.saturate8(
              states.outputScale().times(product, rounding) + states.outputZeroPoint());
    }
  }

  private int gate(Lstm.Gate gate, int unit) {
    int bias = gate.bias() == null ? 0 : (int) gate.bias()[unit];
    int fromInput =
        FixedPoint.saturate16(
            gate.inputScale().times(bias + dot(gate.inputWeights(), now, unit), rounding));
    int fromHidden =
        gate.recurrentScale().times(dot(gate.recurrentWeights(), hidden, unit), rounding);
    return gate.activated(FixedPoint.saturate16(fromInput + fromHidden));
  }

  /** In 32 bits, which wrap. */
  private static int dot(byte[] weights, int[] values, int unit) {
    int sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += weights[unit * values.length + i] * values[i];
    }
    return sum;
  }
}
