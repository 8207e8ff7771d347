package dev.thumbprint.kernels;

/**
 * UNIDIRECTIONAL_SEQUENCE_LSTM in single precision; layouts and equations as in {@link Lstm}.
 * {@code exp} and {@code tanh} are Java's, rounded to single.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, kernels/lstm_eval.cc.
 */
public final class FloatLstm {
  /** Weights [units, inputs], recurrent weights [units, units], bias [units] or null. */
  @SuppressWarnings("ArrayRecordComponent") // read-only by convention: hot code indexes them
  public record Gate(float[] inputWeights, float[] recurrentWeights, float[] bias) {}

  private final Lstm.Extents extents;
  private final Gate forget;
  private final Gate input;
  private final Gate candidate;
  private final Gate output;
  private final float cellClip;
  private final float[] next;

  /**
   * A layer with scratch memory of its own; one thread at a time.
   *
   * @param cellClip magnitude to which the cell state is clipped, 0 for none
   */
  public FloatLstm(
      Lstm.Extents extents, Gate forget, Gate input, Gate candidate, Gate output, float cellClip) {
    this.extents = extents;
    this.forget = forget;
    this.input = input;
    this.candidate = candidate;
    this.output = output;
    this.cellClip = cellClip;
    this.next = new float[extents.units()];
  }

  /**
   * All time steps. Nothing saturates; both states are left as the last step made them, for the
   * next call.
   *
   * @param sequence [batches, steps, inputs], or [steps, batches, inputs] where time is major
   * @param hidden state [batches, units], read and written
   * @param cell state [batches, units], read and written, clipped to the magnitude given
   * @param result the hidden state of every step, in the order of {@code sequence}
   */
  public void run(float[] sequence, float[] hidden, float[] cell, float[] result) {
    int units = extents.units();
    for (int batch = 0; batch < extents.batches(); batch++) {
      for (int step = 0; step < extents.steps(); step++) {
        int row =
            extents.timeMajor() ? step * extents.batches() + batch : batch * extents.steps() + step;
        for (int unit = 0; unit < units; unit++) {
          next[unit] = step(sequence, row * extents.inputs(), hidden, cell, batch, unit);
        }
        System.arraycopy(next, 0, hidden, batch * units, units);
        System.arraycopy(next, 0, result, row * units, units);
      }
    }
  }

  private float step(
      float[] sequence, int from, float[] hidden, float[] cell, int batch, int unit) {
    int at = batch * extents.units() + unit;
    int state = batch * extents.units();
    float kept = FloatMath.logistic(gate(forget, sequence, from, hidden, state, unit)) * cell[at];
    float added =
        FloatMath.logistic(gate(input, sequence, from, hidden, state, unit))
            * (float) Math.tanh(gate(candidate, sequence, from, hidden, state, unit));
    float sum = kept + added;
    cell[at] = cellClip > 0 ? FloatMath.clamp(sum, -cellClip, cellClip) : sum;
    return (float) Math.tanh(cell[at])
        * FloatMath.logistic(gate(output, sequence, from, hidden, state, unit));
  }

  private float gate(Gate gate, float[] sequence, int from, float[] hidden, int state, int unit) {
    float fromInput = 0;
    for (int i = 0; i < extents.inputs(); i++) {
      fromInput += gate.inputWeights()[unit * extents.inputs() + i] * sequence[from + i];
    }
    fromInput += gate.bias() == null ? 0 : gate.bias()[unit];
    float fromHidden = 0;
    for (int i = 0; i < extents.units(); i++) {
      fromHidden += gate.recurrentWeights()[unit * extents.units() + i] * hidden[state + i];
    }
    return fromInput + fromHidden;
  }
}
