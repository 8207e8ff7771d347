package dev.thumbprint.model.zoo;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.model.Quantization;

/** Chooses scales so that a synthetic network computes something: values spread, few saturated. */
final class Calibration {
  /** Head-room of an activation's range beyond what was seen. */
  private static final float MARGIN = 1.1f;

  /** Spatial positions from which the spread of a single channel is known well enough. */
  private static final int POSITIONS_MIN = 16;

  private static final float SPREAD_LEAST = 1e-6f;

  private Calibration() {}

  /**
   * How the sums of a layer become real values.
   *
   * @param scales real value of one unit of sum, per channel
   * @param biases real value added, per channel
   */
  @SuppressWarnings("ArrayRecordComponent") // private to the zoo, never changed
  record Affine(float[] scales, float[] biases) {}

  /**
   * An affine map per channel that gives each channel the wanted spread, and a mean that keeps most
   * values on the open side of the activation.
   *
   * @param sums sums of products, channels innermost
   * @param perChannel whether each channel may have a scale of its own
   */
  static Affine spread(
      float[] sums, int channels, Activation activation, boolean perChannel, SplitMix random) {
    int positions = sums.length / channels;
    boolean known = perChannel && positions >= POSITIONS_MIN;
    float layerSpread = spread(sums, 0, 1, sums.length, mean(sums, 0, 1, sums.length));
    float common = random.between(0.8f, 1.2f) / Math.max(layerSpread, SPREAD_LEAST);
    float[] scales = new float[channels];
    float[] biases = new float[channels];
    for (int c = 0; c < channels; c++) {
      float mean = mean(sums, c, channels, positions);
      float own = spread(sums, c, channels, positions, mean);
      float wanted = random.between(0.7f, 1.3f);
      scales[c] = known && own > layerSpread / 100 ? wanted / own : common;
      // One standard deviation above the threshold leaves five values in six open.
      biases[c] =
          switch (activation) {
            case RELU -> random.between(0.9f, 1.3f);
            case RELU6 -> 3f;
            // Above zero too: two such layers may meet in an ADD with a RELU of its own.
            default -> random.between(0.2f, 1.0f);
          };
      biases[c] -= known ? scales[c] * mean : 0;
    }
    return new Affine(scales, biases);
  }

  /** Applies the affine map and the activation. */
  static float[] apply(float[] sums, Affine affine, Activation activation) {
    int channels = affine.scales().length;
    float[] values = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      int c = i % channels;
      float value = sums[i] * affine.scales()[c] + affine.biases()[c];
      values[i] = activate(value, activation);
    }
    return values;
  }

  static float activate(float value, Activation activation) {
    return switch (activation) {
      case RELU -> Math.max(value, 0);
      case RELU6 -> Math.clamp(value, 0f, 6f);
      default -> value;
    };
  }

  /** An int8 range over the values seen, with head-room, that holds zero exactly. */
  static Quantization int8Range(float[] values) {
    float low = 0;
    float high = 0;
    for (float value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    float scale = Math.max((high - low) * MARGIN / 255, SPREAD_LEAST);
    int zeroPoint = Math.clamp(Math.round(-128 - low * MARGIN / scale), -128, 127);
    return Quantization.of(scale, zeroPoint).withRange();
  }

  /** What the values become when held in int8. */
  static float[] throughInt8(float[] values, Quantization quantization) {
    float scale = quantization.scale();
    int zeroPoint = quantization.zeroPoint();
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int held = Math.clamp(Math.round(values[i] / scale) + zeroPoint, -128, 127);
      rounded[i] = (held - zeroPoint) * scale;
    }
    return rounded;
  }

  private static float mean(float[] values, int first, int step, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += values[first + i * step];
    }
    return (float) (sum / count);
  }

  private static float spread(float[] values, int first, int step, int count, float mean) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double difference = values[first + i * step] - mean;
      sum += difference * difference;
    }
    return (float) StrictMath.sqrt(sum / count);
  }
}
