package dev.thumbprint.cost.library;

import static dev.thumbprint.cost.library.Term.*;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Padding;
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
   * otherwise.
   *
   * @param convolution how the library counts an ordinary convolution
   */
  static Decision cmsis(
      LayerWork work, java.util.function.Function<LayerWork, Decision> convolution) {
    if (work.input().rank() != 4 || work.filter().rank() != 4 || work.output().rank() != 4) {
      return new NotCovered("TRANSPOSE_CONV needs input, filter and output of rank 4");
    }
    Window w = work.window();
    boolean stretched =
        w.strideHeight() <= 2 && w.strideWidth() <= 2 && work.input().dim(3) > STRETCH_CHANNELS;
    if (!stretched) {
      return rows(work);
    }
    var image = work.output();
    var stretchedInput =
        dev.thumbprint.cost.work.Shape.of(
            image.dim(0), image.dim(1), image.dim(2), work.input().dim(3));
    return convolution.apply(
        new LayerWork(
            dev.thumbprint.cost.work.Operator.CONV_2D,
            "",
            List.of(stretchedInput),
            work.filter(),
            image,
            new Window(w.height(), w.width(), 1, 1, 1, 1, Padding.SAME),
            work.inputType(),
            work.weightType(),
            work.outputType(),
            work.activation(),
            work.bias(),
            work.perChannel()));
  }

  private static Decision rows(LayerWork work) {
    long macs = work.macs();
    return new TripCounter("transpose_conv_s8/rows", "rows of 32-bit sums, four columns at a time")
        .add(CONV_CALL, 1)
        .add(CONV_MAC16, macs / 16)
        .add(CONV_MAC4, macs % 16 / 4)
        .add(CONV_SINGLE, work.output().elements())
        .weights(macs / 4, work.filter().elements())
        .done();
  }
}
