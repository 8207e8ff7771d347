package dev.thumbprint.model;

/**
 * How the integers of a tensor stand for real values: real = scale x (integer - zero point).
 *
 * @param scales one for the tensor, or one per slice along {@code axis}; each finite and positive
 * @param zeroPoints as many as scales
 * @param axis dimension along which the scales run where there is more than one
 * @param ranged whether the file tells the least and the greatest real value beside each scale, as
 *     TensorFlow's converter did until 2021; nothing is computed from them
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by convention: hot code indexes them
public record Quantization(float[] scales, int[] zeroPoints, int axis, boolean ranged) {

  /** Scales and zero points alone, as today's converter writes them. */
  public Quantization(float[] scales, int[] zeroPoints, int axis) {
    this(scales, zeroPoints, axis, false);
  }

  /** One scale and zero point for the whole tensor. */
  public static Quantization of(float scale, int zeroPoint) {
    return new Quantization(new float[] {scale}, new int[] {zeroPoint}, 0);
  }

  /** One scale for each slice along {@code axis}, all zero points 0: weights of a convolution. */
  public static Quantization perChannel(float[] scales, int axis) {
    return new Quantization(scales, new int[scales.length], axis);
  }

  /** The same with the range of real values written beside the scales. */
  public Quantization withRange() {
    return new Quantization(scales, zeroPoints, axis, true);
  }

  /** The scale of the tensor, or of its first slice. */
  public float scale() {
    return scales[0];
  }

  /** The zero point of the tensor, or of its first slice. */
  public int zeroPoint() {
    return zeroPoints[0];
  }

  /** Whether the scales differ along an axis. */
  public boolean perChannel() {
    return scales.length > 1;
  }
}
