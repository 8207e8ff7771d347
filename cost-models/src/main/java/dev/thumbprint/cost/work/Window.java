package dev.thumbprint.cost.work;

/**
 * A window that slides over height and width: of a convolution or a pooling.
 *
 * @param height extent of the window, at least 1
 * @param width extent of the window, at least 1
 * @param strideHeight step, at least 1
 * @param strideWidth step, at least 1
 * @param dilationHeight distance of taps, at least 1
 * @param dilationWidth distance of taps, at least 1
 * @param padding how the border is treated
 */
public record Window(
    int height,
    int width,
    int strideHeight,
    int strideWidth,
    int dilationHeight,
    int dilationWidth,
    Padding padding) {

  /** The window of an operator that has none: one element, step one. */
  public static final Window NONE = new Window(1, 1, 1, 1, 1, 1, Padding.VALID);

  public Window {
    if (height < 1 || width < 1 || strideHeight < 1 || strideWidth < 1) {
      throw new IllegalArgumentException(
          "window %dx%d and stride %dx%d must be at least 1"
              .formatted(height, width, strideHeight, strideWidth));
    }
    if (dilationHeight < 1 || dilationWidth < 1) {
      throw new IllegalArgumentException(
          "dilation %dx%d must be at least 1".formatted(dilationHeight, dilationWidth));
    }
  }

  /** Rows of padding above the input. */
  public int padTop(int inputHeight, int outputHeight) {
    return padding.before(inputHeight, outputHeight, height, strideHeight, dilationHeight);
  }

  /** Columns of padding left of the input. */
  public int padLeft(int inputWidth, int outputWidth) {
    return padding.before(inputWidth, outputWidth, width, strideWidth, dilationWidth);
  }
}
