package dev.thumbprint.model;

/**
 * How the integers of a tensor stand for real values: real = scale x (integer - zero point).
 *
 * @param scales one for the tensor, or one per slice along {@code axis}; each finite and positive
 * @param zeroPoints as many as scales
 * @param axis dimension along which the scales run where there is more than one
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by convention: hot code indexes them
public record Quantization(float[] scales, int[] zeroPoints, int axis) {

  /** Whether the scales differ along an axis. */
  public boolean perChannel() {
    return scales.length > 1;
  }
}
