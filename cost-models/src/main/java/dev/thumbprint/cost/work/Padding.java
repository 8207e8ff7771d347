package dev.thumbprint.cost.work;

/** How a sliding window treats the border, as TensorFlow Lite defines it. */
public enum Padding {
  SAME,
  VALID;

  /**
   * Output extent of a window along one axis.
   *
   * @param input extent of the input
   * @param window extent of the filter
   * @param stride step of the window, at least 1
   * @param dilation distance of filter taps, at least 1
   */
  public int outputExtent(int input, int window, int stride, int dilation) {
    int effective = (window - 1) * dilation + 1;
    return this == SAME
        ? Math.ceilDiv(input, stride)
        : Math.max(0, Math.ceilDiv(input - effective + 1, stride));
  }

  /** Elements of padding before the first input element along one axis. */
  public int before(int input, int output, int window, int stride, int dilation) {
    return total(input, output, window, stride, dilation) / 2;
  }

  /** Elements of padding along one axis, before and after together. */
  public int total(int input, int output, int window, int stride, int dilation) {
    if (this == VALID) {
      return 0;
    }
    int effective = (window - 1) * dilation + 1;
    return Math.max(0, (output - 1) * stride + effective - input);
  }
}
