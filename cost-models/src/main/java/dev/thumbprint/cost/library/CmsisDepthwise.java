package dev.thumbprint.cost.library;

import static dev.thumbprint.cost.library.Term.*;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;

/** DEPTHWISE_CONV_2D of CMSIS-NN without vectors. */
final class CmsisDepthwise {
  private CmsisDepthwise() {}

  static Decision decide(LayerWork work, CmsisGeneration generation, boolean dsp) {
    Shape in = work.input();
    Shape out = work.output();
    if (in.rank() != 4 || out.rank() != 4) {
      return new NotCovered("DEPTHWISE_CONV_2D needs input and output of rank 4");
    }
    if (in.dim(3) < 1 || out.dim(3) % in.dim(3) != 0) {
      return new NotCovered("output channels are no multiple of the input channels");
    }
    int multiplier = out.dim(3) / in.dim(3);
    Window w = work.window();
    boolean plain = w.dilationHeight() == 1 && w.dilationWidth() == 1 && in.dim(0) == 1;
    if (multiplier == 1 && plain) {
      boolean three = w.height() == 3 && w.width() == 3;
      boolean thin = w.padTop(in.dim(1), out.dim(1)) <= 1 && w.padLeft(in.dim(2), out.dim(2)) <= 1;
      if (three && thin && generation.atLeast(CmsisGeneration.G2020_09)) {
        return threeByThree(work);
      }
      if (dsp) {
        return columns(work, generation);
      }
      return scalar(work, "depthwise_conv_s8/generic", "no DSP instructions in this build", 1);
    }
    if (multiplier % 4 == 0 && plain) {
      return scalar(work, "depthwise_conv_s8/mult_4", "channel multiplier is a multiple of 4", 4);
    }
    return scalar(
        work, "depthwise_conv_s8/generic", "channel multiplier, dilation or batch above 1", 1);
  }

  private static Trips threeByThree(LayerWork work) {
    Shape in = work.input();
    Shape out = work.output();
    Window w = work.window();
    long rows =
        Taps.inside(in.dim(1), out.dim(1), 3, w.strideHeight(), 1, w.padTop(in.dim(1), out.dim(1)));
    long columns =
        Taps.inside(in.dim(2), out.dim(2), 3, w.strideWidth(), 1, w.padLeft(in.dim(2), out.dim(2)));
    long pixels = (long) out.dim(1) * out.dim(2);
    long fours = out.dim(3) / 4;
    long rest = out.dim(3) % 4;
    long taps = rows * columns;
    // The compiler unrolls all taps of a pixel inside the image into more than 1 KiB.
    long inside =
        Taps.whole(in.dim(1), out.dim(1), 3, w.strideHeight(), 1, w.padTop(in.dim(1), out.dim(1)))
            * Taps.whole(
                in.dim(2), out.dim(2), 3, w.strideWidth(), 1, w.padLeft(in.dim(2), out.dim(2)));
    return new TripCounter("depthwise_conv_3x3_s8", "3x3 filter, padding at most 1")
        .add(CONV_CALL, 1)
        .add(DW3_PIXEL, pixels)
        .add(DW3_ROW, rows * out.dim(2) * fours)
        .add(DW3_TAP, taps * fours)
        .add(DW3_QUAD, pixels * fours)
        .add(DW3_SINGLE_MAC, taps * rest)
        .add(DW3_SINGLE, pixels * rest)
        .add(DW3_FETCH, inside * fours)
        .add(DW3_TAIL_FETCH, rest > 0 && fours > 0 ? pixels : 0)
        .weights(taps * out.dim(3) / 4, 9L * out.dim(3))
        .done();
  }

  /**
   * Through a column buffer. Until 2024 one function fills the columns of this and of the ordinary
   * convolution.
   */
  private static Trips columns(LayerWork work, CmsisGeneration generation) {
    boolean ownCopies = generation.atLeast(CmsisGeneration.G2024);
    long bytes = generation == CmsisGeneration.G2020_03 ? 0 : 2;
    DepthwiseColumns all = DepthwiseColumns.of(work);
    long channels = all.channels();
    // Copies and the loop over blocks do not fit 1 KiB together: each pixel brings both again.
    long lost = channels >= 4 ? all.pixels() : 0;
    return new TripCounter("depthwise_conv_s8_opt/column", "as many output as input channels")
        .add(CONV_CALL, 1)
        .add(DW_PIXEL, all.pixels())
        .add(ownCopies ? DW_TAP : CONV_TAP, all.inside())
        .add(ownCopies ? DW_COPY4 : CONV_COPY4, all.inside() * (channels / 4))
        .add(ownCopies ? DW_COPY1 : CONV_COPY1, all.inside() * (channels % 4))
        .add(ownCopies ? DW_PAD : CONV_PAD, all.fills())
        .add(ownCopies ? DW_PAD_BYTE : CONV_PAD_BYTE, bytes * all.filled())
        .add(DW_MAC8, all.quads() * (all.taps() / 2))
        .add(DW_MAC4, all.quads() * (all.taps() % 2))
        .add(DW_QUAD, all.quads())
        .add(UNALIGNED, all.unalignedHalves())
        .add(DW_SINGLE_MAC, all.singles() * all.taps())
        .add(DW_SINGLE, all.singles())
        .add(DW_FETCH, lost)
        .add(DW_ODD_FETCH, lost * (all.taps() % 2))
        .add(DW_TAIL_FETCH, channels % 4 > 0 ? lost : 0)
        .weights(all.pixels() * all.taps() * channels / 4, all.taps() * channels)
        .done();
  }

  private static Trips scalar(LayerWork work, String path, String reason, int together) {
    Shape out = work.output();
    Window w = work.window();
    long inside = Taps.inside(work) * out.dim(3);
    return new TripCounter(path, reason)
        .add(together == 4 ? DW_MULT4 : DW_SCALAR_MAC, inside / together)
        .add(DW_SCALAR_ROW, Taps.insideRows(work) * out.dim(2) * out.dim(3) / together)
        .add(DW_SCALAR, out.elements())
        .weights(inside / 4, (long) w.height() * w.width() * out.dim(3))
        .done();
  }
}
