package dev.thumbprint.kernels;

/**
 * SVDF in single precision; layouts as in {@link Svdf}. Sums run in order of the memory, then of
 * the rank; the fused activation clamps.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, kernels/svdf_common.cc.
 *
 * @param batches rows of the input
 * @param inputs elements of a row
 * @param filters of features and of time
 * @param memory steps that are remembered
 * @param rank filters that are summed into one output
 * @param min lower clamp
 * @param max upper clamp
 */
public record FloatSvdf(
    int batches, int inputs, int filters, int memory, int rank, float min, float max) {

  /** One step. */
  public void run(
      float[] input, float[] feature, float[] time, float[] bias, float[] state, float[] output) {
    System.arraycopy(state, 1, state, 0, state.length - 1);
    for (int row = 0; row < batches * filters; row++) {
      float sum = 0;
      for (int i = 0; i < inputs; i++) {
        sum += feature[row % filters * inputs + i] * input[row / filters * inputs + i];
      }
      state[row * memory + memory - 1] = sum;
    }
    int units = filters / rank;
    for (int index = 0; index < output.length; index++) {
      int filter = index % units * rank;
      float total = bias == null ? 0 : bias[index % units];
      for (int r = 0; r < rank; r++) {
        int row = index / units * filters + filter + r;
        float sum = 0;
        for (int i = 0; i < memory; i++) {
          sum += time[(filter + r) * memory + i] * state[row * memory + i];
        }
        total += sum;
      }
      output[index] = FloatMath.clamp(total, min, max);
    }
  }
}
