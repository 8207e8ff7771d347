package dev.thumbprint.cost.library;

import static dev.thumbprint.cost.library.Term.*;

import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;
import java.util.List;

/** TRANSPOSE_CONV: every input element is spread over the window around its place in the output. */
final class TransposedConvolution {
  /** Input channels above which CMSIS-NN runs the ordinary convolution over a stretched image. */
  private static final int STRETCH_CHANNELS = 16;

  private TransposedConvolution() {}

  /** The reference kernel: a loop over inputs, taps and output channels into 32-bit sums. */
  static Decision reference(LayerWork work) {
    if (work.input().rank() != 4 || work.filter().rank() != 4 || work.output().rank() != 4) {
      return new NotCovered("TRANSPOSE_CONV needs input, filter and output of rank 4");
    }
    boolean real = work.inputType() == DataType.FLOAT32;
    long macs = work.macs();
    long outputs = work.output().elements();
    TripCounter trips =
        new TripCounter("reference/transpose_conv", "nested loops")
            .weights(real ? macs : macs / 4, work.filter().elements() * (real ? 4 : 1));
    return real
        ? trips.add(FLOAT_CONV_MAC, macs).add(FLOAT_CONV_OUTPUT, outputs).done()
        : trips
            .add(REF_CONV_MAC, macs)
            .add(REF_CONV_TAP, macs / Math.max(1, work.input().dim(3)))
            .add(REF_CONV_OUTPUT, outputs)
            .done();
  }

  /**
   * CMSIS-NN since 2024: the ordinary convolution over the image with zeros between its elements
   * where strides are at most 2 and there are more than 16 input channels, rows of 32-bit sums
   * otherwise (source: ARM-software/CMSIS-NN 4ab83cc3, arm_transpose_conv_wrapper_s8.c).
   */
  static Decision cmsis(LayerWork work, CmsisGeneration generation, SimdUnit build) {
    if (work.input().rank() != 4 || work.filter().rank() != 4 || work.output().rank() != 4) {
      return new NotCovered("TRANSPOSE_CONV needs input, filter and output of rank 4");
    }
    Window w = work.window();
    boolean stretched =
        w.strideHeight() <= 2 && w.strideWidth() <= 2 && work.input().dim(3) > STRETCH_CHANNELS;
    if (!stretched) {
      return rows(work, build == SimdUnit.DSP);
    }
    LayerWork convolution = stretched(work);
    return build == SimdUnit.MVE
        ? CmsisVector.convolution(convolution)
        : CmsisConvolution.stretched(
            convolution,
            work.output().dim(0) * hits(work, 1) * hits(work, 2),
            generation,
            build == SimdUnit.DSP);
  }

  private static LayerWork stretched(LayerWork work) {
    Shape image = work.output();
    Window w = work.window();
    return new LayerWork(
        Operator.CONV_2D,
        "",
        List.of(Shape.of(image.dim(0), image.dim(1), image.dim(2), work.input().dim(3))),
        work.filter(),
        image,
        new Window(w.height(), w.width(), 1, 1, 1, 1, Padding.SAME),
        work.inputType(),
        work.weightType(),
        work.outputType(),
        work.activation(),
        work.bias(),
        work.perChannel());
  }

  /** Pairs of input element and tap along one axis that lie in the output. */
  private static long hits(LayerWork work, int axis) {
    int in = work.input().dim(axis);
    int out = work.output().dim(axis);
    int window = axis == 1 ? work.window().height() : work.window().width();
    int stride = axis == 1 ? work.window().strideHeight() : work.window().strideWidth();
    return Taps.inside(out, in, window, stride, 1, before(work, axis));
  }

  /** Padding in front of the output along an axis. */
  private static int before(LayerWork work, int axis) {
    int in = work.input().dim(axis);
    int out = work.output().dim(axis);
    return axis == 1 ? work.window().padTop(out, in) : work.window().padLeft(out, in);
  }

  /**
   * Four pixels of a row at a time, then one by one, onto rows of sums that begin as the bias and
   * are scaled when no further row of the input reaches them.
   */
  private static Decision rows(LayerWork work, boolean dsp) {
    Shape in = work.input();
    Shape out = work.output();
    Window w = work.window();
    long batch = out.dim(0);
    long channels = in.dim(3);
    long taps = batch * filterRows(work) * w.width() * out.dim(3);
    long fours = taps * (in.dim(2) / 4);
    long ones = taps * (in.dim(2) % 4);
    long words = dsp ? channels / 4 : 0;
    long rest = channels - 4 * words;
    long row = (long) (in.dim(2) - 1) * w.strideWidth() + Math.max(w.width(), w.strideWidth());
    long rows = (long) in.dim(1) * w.strideHeight() + Math.max(w.height(), w.strideHeight());
    long sums = batch * row * rows;
    return new TripCounter("transpose_conv_s8/rows", "rows of 32-bit sums, four pixels at a time")
        .add(CONV_CALL, 1)
        .add(TRANSPOSE_BIAS, sums)
        .add(MOVE_BYTE, 4 * sums * out.dim(3))
        .add(TRANSPOSE_TAP4, fours)
        .add(TRANSPOSE_MAC16, fours * words)
        .add(TRANSPOSE_MAC4, fours * rest)
        .add(TRANSPOSE_TAP, ones)
        .add(CONV_SINGLE_MAC4, ones * words)
        .add(CONV_SINGLE_MAC1, ones * rest)
        .add(TRANSPOSE_OUTPUT, out.elements())
        .weights(taps * channels * Math.ceilDiv(in.dim(2), 4) / 4, work.filter().elements())
        .done();
  }

  /** Rows of the filter that are computed, over all rows of the input. */
  private static long filterRows(LayerWork work) {
    int stride = work.window().strideHeight();
    int height = work.window().height();
    int before = before(work, 1);
    int end = before + work.output().dim(1);
    long rows = 0;
    for (int row = 0; row < work.input().dim(1); row++) {
      int above = Math.max(0, before - row * stride);
      // One row beyond the output is computed all the same.
      int below = Math.max(0, row * stride + height - end - 1);
      rows += Math.max(0, height - above - below);
    }
    return rows;
  }
}
