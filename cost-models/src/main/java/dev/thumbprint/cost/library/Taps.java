package dev.thumbprint.cost.library;

/** Counts of window positions along one axis, in closed form per tap. */
final class Taps {
  private Taps() {}

  /**
   * Pairs of output position and tap that lie inside the input.
   *
   * @param input extent of the input
   * @param output extent of the output
   * @param window taps
   * @param stride step of the window
   * @param dilation distance of taps
   * @param before padding before the first input element
   */
  static long inside(int input, int output, int window, int stride, int dilation, int before) {
    long pairs = 0;
    for (int tap = 0; tap < window; tap++) {
      int offset = tap * dilation - before;
      int first = offset >= 0 ? 0 : Math.ceilDiv(-offset, stride);
      int last = Math.floorDiv(input - 1 - offset, stride);
      pairs += Math.max(0, Math.min(last, output - 1) - first + 1);
    }
    return pairs;
  }

  /** Output positions that have at least one tap before the input. */
  static long clippedBefore(int output, int stride, int before) {
    return Math.min(output, Math.ceilDiv(Math.max(0, before), stride));
  }

  /** Outputs along one axis whose taps are all inside the image. */
  static long whole(int in, int out, int kernel, int stride, int dilation, int before) {
    long first = Math.ceilDiv(before, stride);
    long last = Math.floorDiv(in - 1 - (kernel - 1) * dilation + before, stride);
    return Math.max(0, Math.min(out - 1, last) - first + 1);
  }
}
