package dev.thumbprint.memory;

import dev.thumbprint.cost.core.Core.SimdUnit;

/**
 * Sizes of the working buffers of CMSIS-NN convolutions, in bytes. Source: ARM-software/CMSIS-NN
 * 4ab83cc3, the buffer-size functions of Source/ConvolutionFunctions, restated as formulas.
 */
final class CmsisScratch {
  /** Channels that the vector depthwise kernel handles at once. */
  private static final int MVE_CHANNEL_BLOCK = 124;

  /** Input channels above which a transposed convolution runs as a convolution. */
  private static final int REVERSED_CHANNELS_ABOVE = 16;

  private CmsisScratch() {}

  /** Geometry of a convolution as the buffer-size functions see it. */
  record Convolution(
      int inputHeight,
      int inputWidth,
      int inputChannels,
      int filterHeight,
      int filterWidth,
      int filterChannels,
      int outputWidth,
      int strideHeight,
      int strideWidth,
      int dilationHeight,
      int dilationWidth,
      int padHeight,
      int padWidth) {

    long column() {
      return (long) inputChannels * filterHeight * filterWidth;
    }

    boolean pointwise() {
      return padHeight == 0
          && padWidth == 0
          && filterHeight == 1
          && filterWidth == 1
          && dilationHeight == 1
          && dilationWidth == 1
          && inputChannels == filterChannels;
    }

    boolean singleRow() {
      return inputHeight == 1
          && dilationWidth == 1
          && filterHeight == 1
          && (strideWidth * inputChannels) % 4 == 0
          && inputChannels == filterChannels;
    }
  }

  /** int8 activations; also asked for int4 weights, whose kernels need no more. */
  static long convolutionInt8(Convolution c, RuntimeBuild build) {
    if (c.pointwise()) {
      boolean buffered =
          build.compiler() == RuntimeBuild.Compiler.ARMCLANG
              && build.simd() == SimdUnit.DSP
              && c.strideHeight() == 1
              && c.strideWidth() == 1;
      return buffered ? 4L * c.inputChannels() : 0;
    }
    if (build.simd() != SimdUnit.MVE) {
      return columns(c.column(), SimdUnit.DSP);
    }
    return c.singleRow() ? singleRowMve(c) : columns(c.column(), SimdUnit.MVE);
  }

  /** Buffers for unrolled columns: two of int16, or four of int8 in whole vectors. */
  static long columns(long column, SimdUnit simd) {
    return simd == SimdUnit.MVE
        ? 4 * StructSizes.alignUp(column, 16)
        : 4 * StructSizes.alignUp(column, 4);
  }

  private static long singleRowMve(Convolution c) {
    int channels = c.inputChannels();
    int stride = c.strideWidth();
    int total = (c.outputWidth() - 1) * stride + c.filterWidth() - c.inputWidth();
    int uneven = total % 2;
    int right =
        c.padWidth() + uneven != 0 ? Math.max(1, (c.padWidth() + uneven + stride - 1) / stride) : 0;
    int left = c.padWidth() != 0 ? Math.max(1, (c.padWidth() + stride - 1) / stride) : 0;
    int middle = Math.max(c.outputWidth() - right - left, 0);
    if (left + middle + right != c.outputWidth()) {
      return columns(c.column(), SimdUnit.MVE);
    }
    long padLeft = (long) c.padWidth() * channels;
    long padRight = uneven != 0 ? (long) right * channels : padLeft;
    long row = (long) c.filterWidth() * channels;
    return Math.max(row + padLeft, row - channels + padRight);
  }

  /** int16 activations: no shortcut for pointwise filters. */
  static long convolutionInt16(Convolution c, RuntimeBuild build) {
    return build.simd() == SimdUnit.MVE ? 8 * StructSizes.alignUp(c.column(), 8) : 4 * c.column();
  }

  /**
   * Depthwise convolution of int8 activations.
   *
   * @param plain whether there is one image, as many outputs as inputs and no dilation
   */
  static long depthwise(
      Convolution c, boolean plain, boolean int4, int outputs, RuntimeBuild build) {
    if (build.simd() == SimdUnit.MVE && !int4) {
      int threshold = build.compiler() == RuntimeBuild.Compiler.ARMCLANG ? 8 : 1;
      if (c.inputChannels() == 1 && outputs > threshold) {
        return convolutionInt8(c, build) + (long) outputs * c.filterHeight() * c.filterWidth();
      }
    }
    if (!plain) {
      return 0;
    }
    long taps = (long) c.filterHeight() * c.filterWidth();
    if (build.simd() == SimdUnit.MVE) {
      return 4 * MVE_CHANNEL_BLOCK * taps;
    }
    boolean threeByThree =
        c.filterHeight() == 3 && c.filterWidth() == 3 && c.padHeight() <= 1 && c.padWidth() <= 1;
    if (!int4 && (threeByThree || build.simd() == SimdUnit.NONE)) {
      return 0;
    }
    return 2L * c.inputChannels() * taps;
  }

  /** Whether a transposed convolution runs as a convolution of the widened input. */
  static boolean reversed(int inputChannels, int strideHeight, int strideWidth) {
    return strideHeight <= 2 && strideWidth <= 2 && inputChannels > REVERSED_CHANNELS_ABOVE;
  }

  /** Rows of sums of a transposed convolution that is not reversed; the height stride is meant. */
  static long transposedRows(
      int inputWidth,
      int filterHeight,
      int filterWidth,
      int strideHeight,
      int strideWidth,
      int outputs) {
    long width = (long) (inputWidth - 1) * strideWidth + Math.max(filterWidth, strideHeight);
    return 4L * Math.max(filterHeight, strideHeight) * outputs * width;
  }
}
