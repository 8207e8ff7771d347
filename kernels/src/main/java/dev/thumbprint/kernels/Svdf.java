package dev.thumbprint.kernels;

/**
 * SVDF, the reference: a recurrent layer whose weights are split into features and time. Input
 * [batches, inputs]; feature weights [filters, inputs]; time weights [filters, memory]; state
 * [batches, filters, memory], the newest value last; output [batches, filters / rank].
 *
 * <p>The whole state moves one element towards the front on each step. Sums over time wrap at 32
 * bits, which really happens. A fused activation has no effect on the integer forms. Source:
 * tensorflow/tflite-micro 90b983c2, kernels/svdf_common.cc.
 *
 * @param batches rows of the input
 * @param inputs elements of a row
 * @param filters of features and of time
 * @param memory steps that are remembered
 * @param rank filters that are summed into one output
 * @param zeroPointInput of the input
 * @param zeroPointState of the state
 * @param zeroPointOutput of the output
 * @param featureScale input scale x feature scale / state scale, formed in single precision
 * @param outputScale state scale x time scale / output scale, formed in single precision
 * @param rounding how a product comes back to 32 bits
 */
public record Svdf(
    int batches,
    int inputs,
    int filters,
    int memory,
    int rank,
    int zeroPointInput,
    int zeroPointState,
    int zeroPointOutput,
    QuantizedMultiplier featureScale,
    QuantizedMultiplier outputScale,
    Rounding rounding) {

  /** Number of outputs per batch. */
  public int units() {
    return filters / rank;
  }

  /**
   * One step with 16-bit time weights and state.
   *
   * @param bias per output, or null
   * @param state changed
   */
  public void int16(
      byte[] input, byte[] feature, short[] time, int[] bias, short[] state, byte[] output) {
    System.arraycopy(state, 1, state, 0, state.length - 1);
    for (int row = 0; row < batches * filters; row++) {
      int scaled = feature(input, feature, row);
      int clamped = Math.clamp(scaled, Short.MIN_VALUE, Short.MAX_VALUE);
      state[row * memory + memory - 1] = (short) (clamped + zeroPointState);
    }
    for (int index = 0; index < output.length; index++) {
      int sum = bias == null ? 0 : bias[index % units()];
      int first = (index / units() * filters + index % units() * rank) * memory;
      int weight = index % units() * rank * memory;
      for (int i = 0; i < rank * memory; i++) {
        sum += time[weight + i] * (state[first + i] - zeroPointState);
      }
      output[index] = finish(sum);
    }
  }

  /**
   * One step with 8-bit time weights and state; a new feature saturates.
   *
   * @param bias per output, or null
   * @param state changed
   */
  public void int8(
      byte[] input, byte[] feature, byte[] time, int[] bias, byte[] state, byte[] output) {
    System.arraycopy(state, 1, state, 0, state.length - 1);
    for (int row = 0; row < batches * filters; row++) {
      int scaled = feature(input, feature, row);
      int clamped = Math.clamp(scaled, Byte.MIN_VALUE, Byte.MAX_VALUE);
      state[row * memory + memory - 1] = (byte) (clamped + zeroPointState);
    }
    respond(time, bias, state, zeroPointState, output);
  }

  /**
   * One step with 8-bit time weights and state as CMSIS-NN computes it: a new feature saturates at
   * 16 bits and keeps the low 8 of them, and the state counts without its zero point.
   */
  public void int8Wrapping(
      byte[] input, byte[] feature, byte[] time, int[] bias, byte[] state, byte[] output) {
    System.arraycopy(state, 1, state, 0, state.length - 1);
    for (int row = 0; row < batches * filters; row++) {
      int scaled = feature(input, feature, row);
      state[row * memory + memory - 1] =
          (byte) Math.clamp(scaled, Short.MIN_VALUE, Short.MAX_VALUE);
    }
    respond(time, bias, state, 0, output);
  }

  private void respond(byte[] time, int[] bias, byte[] state, int zeroPoint, byte[] output) {
    for (int index = 0; index < output.length; index++) {
      int sum = bias == null ? 0 : bias[index % units()];
      int first = (index / units() * filters + index % units() * rank) * memory;
      int weight = index % units() * rank * memory;
      for (int i = 0; i < rank * memory; i++) {
        sum += time[weight + i] * (state[first + i] - zeroPoint);
      }
      output[index] = finish(sum);
    }
  }

  private int feature(byte[] input, byte[] feature, int row) {
    int from = row / filters * inputs;
    int weight = row % filters * inputs;
    int sum = 0;
    for (int i = 0; i < inputs; i++) {
      sum += feature[weight + i] * (input[from + i] - zeroPointInput);
    }
    return featureScale.times(sum, rounding);
  }

  private byte finish(int sum) {
    return FixedPoint.saturate8(outputScale.times(sum, rounding) + zeroPointOutput);
  }
}
