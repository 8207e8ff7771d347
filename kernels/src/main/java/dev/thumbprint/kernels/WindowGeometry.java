package dev.thumbprint.kernels;

/**
 * A window that slides over an image: every extent that a convolution or a pooling needs. Images
 * are NHWC.
 *
 * @param batches images, at least 1
 * @param inputHeight rows of an input image, at least 1 as all extents
 * @param inputWidth its columns
 * @param inputChannels its channels
 * @param filterHeight rows of the window
 * @param filterWidth its columns
 * @param strideHeight rows from one window to the next below
 * @param strideWidth columns from one window to the next
 * @param dilationHeight rows from one tap to the next below
 * @param dilationWidth columns from one tap to the next
 * @param padTop rows of padding above; may be such that the window hangs over at the bottom too
 * @param padLeft columns of padding on the left
 * @param outputHeight rows of an output image
 * @param outputWidth its columns
 * @param outputChannels its channels
 */
public record WindowGeometry(
    int batches,
    int inputHeight,
    int inputWidth,
    int inputChannels,
    int filterHeight,
    int filterWidth,
    int strideHeight,
    int strideWidth,
    int dilationHeight,
    int dilationWidth,
    int padTop,
    int padLeft,
    int outputHeight,
    int outputWidth,
    int outputChannels) {

  /** A dense layer as a 1x1 convolution over {@code rows} pixels. */
  public static WindowGeometry dense(int rows, int inputs, int outputs) {
    return new WindowGeometry(1, 1, rows, inputs, 1, 1, 1, 1, 1, 1, 0, 0, 1, rows, outputs);
  }

  /** The same over the first image of the batch alone. */
  public WindowGeometry firstImage() {
    return new WindowGeometry(
        1,
        inputHeight,
        inputWidth,
        inputChannels,
        filterHeight,
        filterWidth,
        strideHeight,
        strideWidth,
        dilationHeight,
        dilationWidth,
        padTop,
        padLeft,
        outputHeight,
        outputWidth,
        outputChannels);
  }

  /** The same window over pixels of fewer or more channels. */
  public WindowGeometry withInputChannels(int channels) {
    return new WindowGeometry(
        batches,
        inputHeight,
        inputWidth,
        channels,
        filterHeight,
        filterWidth,
        strideHeight,
        strideWidth,
        dilationHeight,
        dilationWidth,
        padTop,
        padLeft,
        outputHeight,
        outputWidth,
        outputChannels);
  }

  /** The same window with other dilation and padding. */
  public WindowGeometry with(int rows, int columns, int top, int left) {
    return new WindowGeometry(
        batches,
        inputHeight,
        inputWidth,
        inputChannels,
        filterHeight,
        filterWidth,
        strideHeight,
        strideWidth,
        rows,
        columns,
        top,
        left,
        outputHeight,
        outputWidth,
        outputChannels);
  }

  /** Index of the first channel of an input pixel. */
  public int input(int batch, int y, int x) {
    return ((batch * inputHeight + y) * inputWidth + x) * inputChannels;
  }

  /** Index of the first channel of an output pixel. */
  public int output(int batch, int y, int x) {
    return ((batch * outputHeight + y) * outputWidth + x) * outputChannels;
  }

  /** Input row under tap {@code tap} of the window at output row {@code y}; may lie outside. */
  public int inputRow(int y, int tap) {
    return y * strideHeight - padTop + tap * dilationHeight;
  }

  /** Input column under tap {@code tap} of the window at output column {@code x}. */
  public int inputColumn(int x, int tap) {
    return x * strideWidth - padLeft + tap * dilationWidth;
  }

  /** Whether an input pixel lies inside the image. */
  public boolean inside(int y, int x) {
    return y >= 0 && y < inputHeight && x >= 0 && x < inputWidth;
  }
}
