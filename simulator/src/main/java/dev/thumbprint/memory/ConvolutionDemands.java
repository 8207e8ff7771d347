package dev.thumbprint.memory;

import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Tensor;

/**
 * What the Prepare of CONV_2D, DEPTHWISE_CONV_2D and TRANSPOSE_CONV requests. Source:
 * tensorflow/tflite-micro 90b983c2, kernels/conv_common.cc, depthwise_conv_common.cc,
 * transpose_conv.cc and their CMSIS-NN counterparts.
 */
final class ConvolutionDemands {
  private static final String MULTIPLIERS = "multipliers";
  private static final String SHIFTS = "shifts";

  private ConvolutionDemands() {}

  private static boolean integer(Tensor input) {
    return input.type() == DataType.INT8 || input.type() == DataType.INT16;
  }

  private static void perChannel(Demands d, long channels) {
    d.persistent(MULTIPLIERS, 4 * channels);
    d.persistent(SHIFTS, 4 * channels);
  }

  static void convolution(Demands d) {
    Tensor input = d.input(0);
    Tensor filter = d.input(1);
    if (d.build.cmsis()) {
      d.temporaryInputs(0, 1);
      d.temporaryOutput(0);
      if (integer(input)) {
        perChannel(d, d.dim(filter, 0));
      }
      quantizationTemporaries(d);
      if (integer(input)) {
        var geometry = geometry(d, (Options.Conv2d) d.node.options());
        d.scratchIfAny(
            "im2col",
            input.type() == DataType.INT8
                ? CmsisScratch.convolutionInt8(geometry, d.build)
                : CmsisScratch.convolutionInt16(geometry, d.build));
      }
    } else {
      d.temporaryOutput(0);
      d.temporaryInputs(0, 1);
      perChannel(d, d.dim(filter, 0));
      quantizationTemporaries(d);
      unpackInt4(d, filter);
    }
  }

  static void depthwise(Demands d) {
    Tensor input = d.input(0);
    Tensor filter = d.input(1);
    if (d.build.cmsis()) {
      d.temporaryInputs(0, 1);
      d.temporaryOutput(0);
      if (integer(input)) {
        perChannel(d, d.dim(filter, 3));
      }
      quantizationTemporaries(d);
      if (input.type() == DataType.INT8) {
        var options = (Options.DepthwiseConv2d) d.node.options();
        int outputs = d.dim(d.output(0), 3);
        boolean plain =
            d.dim(input, 3) == outputs
                && d.dim(input, 0) == 1
                && options.dilationHeight() == 1
                && options.dilationWidth() == 1;
        boolean int4 = filter.type() == DataType.INT4;
        d.scratchIfAny(
            "im2col", CmsisScratch.depthwise(geometry(d, options), plain, int4, outputs, d.build));
      }
    } else {
      d.temporaryOutput(0);
      d.temporaryInputs(0, 1);
      perChannel(d, d.dim(filter, 3));
      quantizationTemporaries(d);
      unpackInt4(d, filter);
    }
  }

  private static void quantizationTemporaries(Demands d) {
    d.temporaryInputs(0, 1, 2);
    d.temporaryOutput(0);
  }

  private static void unpackInt4(Demands d, Tensor filter) {
    if (filter.type() == DataType.INT4) {
      d.scratch("unpacked weights", Demands.elements(filter));
    }
  }

  static void transposed(Demands d) {
    var options = (Options.TransposeConv) d.node.options();
    Tensor filter = d.input(1);
    Tensor input = d.input(2);
    Tensor output = d.output(0);
    d.temporaryOutput(0);
    d.temporaryInputs(2, 1);
    perChannel(d, d.dim(filter, 0));
    if (input.type() == DataType.INT8) {
      if (d.build.cmsis()) {
        transposedCmsis(d, options, input, filter, output);
      } else {
        d.scratch("sums", 4 * Demands.elements(output));
      }
    } else if (input.type() == DataType.INT16) {
      d.scratch("sums", 8 * Demands.elements(output));
    }
    if (integer(input)) {
      d.temporaryInputs(2, 1, 3);
      d.temporaryOutput(0);
      if (input.type() == DataType.INT16 && d.hasInput(3) && d.input(3).type() == DataType.INT16) {
        d.scratch("widened bias", 8 * Demands.elements(d.input(3)));
      }
    }
  }

  private static void transposedCmsis(
      Demands d, Options.TransposeConv options, Tensor input, Tensor filter, Tensor output) {
    int channels = d.dim(input, 3);
    int filterHeight = d.dim(filter, 1);
    int filterWidth = d.dim(filter, 2);
    int outputs = d.dim(filter, 0);
    if (CmsisScratch.reversed(channels, options.strideHeight(), options.strideWidth())) {
      long column = (long) channels * filterHeight * filterWidth;
      SimdUnit simd = d.build.simd() == SimdUnit.MVE ? SimdUnit.MVE : SimdUnit.DSP;
      d.scratch("im2col", CmsisScratch.columns(column, simd));
      d.scratch("reversed weights", column * outputs);
    } else {
      d.scratch(
          "rows of sums",
          CmsisScratch.transposedRows(
              d.dim(input, 2),
              filterHeight,
              filterWidth,
              options.strideHeight(),
              options.strideWidth(),
              d.dim(output, 3)));
      d.scratch("reversed weights", 0);
    }
  }

  private static CmsisScratch.Convolution geometry(Demands d, Options.Conv2d o) {
    return geometry(
        d,
        o.padding(),
        d.dim(d.input(1), 3),
        o.strideHeight(),
        o.strideWidth(),
        o.dilationHeight(),
        o.dilationWidth());
  }

  /** The filter of a depthwise convolution that is run as a convolution has one channel. */
  private static CmsisScratch.Convolution geometry(Demands d, Options.DepthwiseConv2d o) {
    return geometry(
        d,
        o.padding(),
        1,
        o.strideHeight(),
        o.strideWidth(),
        o.dilationHeight(),
        o.dilationWidth());
  }

  private static CmsisScratch.Convolution geometry(
      Demands d,
      Padding padding,
      int filterChannels,
      int strideHeight,
      int strideWidth,
      int dilationHeight,
      int dilationWidth) {
    Tensor input = d.input(0);
    Tensor filter = d.input(1);
    Tensor output = d.output(0);
    int filterHeight = d.dim(filter, 1);
    int filterWidth = d.dim(filter, 2);
    return new CmsisScratch.Convolution(
        d.dim(input, 1),
        d.dim(input, 2),
        d.dim(input, 3),
        filterHeight,
        filterWidth,
        filterChannels,
        d.dim(output, 2),
        strideHeight,
        strideWidth,
        dilationHeight,
        dilationWidth,
        padding.before(
            d.dim(input, 1), d.dim(output, 1), filterHeight, strideHeight, dilationHeight),
        padding.before(d.dim(input, 2), d.dim(output, 2), filterWidth, strideWidth, dilationWidth));
  }
}
