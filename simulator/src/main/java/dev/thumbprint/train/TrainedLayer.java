package dev.thumbprint.train;

/** A layer that learns: values forwards, gradients backwards, one sample at a time. */
interface TrainedLayer {
  /** The values that the layer gives; valid until the next call. */
  float[] forward(float[] input);

  /**
   * Adds to the gradients of the weights and gives the gradient of the input.
   *
   * @param gradient gradient of the values that {@link #forward} gave last; may be changed
   */
  float[] backward(float[] gradient);

  /**
   * Moves the weights against their mean gradient and forgets it.
   *
   * @param rate step
   * @param momentum share of the last move that is kept
   * @param samples samples since the last move
   */
  void step(float rate, float momentum, int samples);
}
