package dev.thumbprint.cost.library;

import static dev.thumbprint.cost.library.Term.*;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;

/** CONV_2D of CMSIS-NN without vectors: the wrapper's decision and the loops of each path. */
final class CmsisConvolution {
  private CmsisConvolution() {}

  static Decision decide(LayerWork work, CmsisGeneration generation, boolean dsp) {
    Shape input = work.input();
    Shape filter = work.filter();
    Shape output = work.output();
    if (input.rank() != 4 || filter.rank() != 4 || output.rank() != 4) {
      return new NotCovered("CONV_2D needs input, filter and output of rank 4");
    }
    Window w = work.window();
    int channels = input.dim(3);
    boolean grouped = filter.dim(3) != channels;
    if (grouped && !generation.atLeast(CmsisGeneration.G2026)) {
      return new NotCovered(
          "cmsis-nn@"
              + generation.label()
              + " has no grouped convolution (it came with cmsis-nn@2026)");
    }
    if (grouped && (filter.dim(3) < 1 || channels % filter.dim(3) != 0)) {
      return new NotCovered("filter channels do not divide the input channels");
    }
    boolean point = w.height() == 1 && w.width() == 1 && isPlain(work);
    boolean dense = w.strideHeight() == 1 && w.strideWidth() == 1;
    if (point && !grouped) {
      if (generation.atLeast(CmsisGeneration.G2024)) {
        return dense ? fast(work, generation, dsp) : strided(work, generation, dsp);
      }
      if (dense && (channels % 4 == 0 || generation.atLeast(CmsisGeneration.G2022))) {
        return fast(work, generation, dsp);
      }
    }
    if (generation == CmsisGeneration.G2020_03 || generation == CmsisGeneration.G2020_09) {
      if (!dsp) {
        return scalar(work);
      }
    }
    return generic(work, generation, dsp, grouped);
  }

  /** Neither padded nor dilated. */
  static boolean isPlain(LayerWork work) {
    return unpadded(work) && undilated(work.window());
  }

  private static boolean undilated(Window w) {
    return w.dilationHeight() == 1 && w.dilationWidth() == 1;
  }

  private static boolean unpadded(LayerWork work) {
    Window w = work.window();
    return w.padTop(work.input().dim(1), work.output().dim(1)) == 0
        && w.padLeft(work.input().dim(2), work.output().dim(2)) == 0;
  }

  private static Trips fast(LayerWork work, CmsisGeneration generation, boolean dsp) {
    long rows = (long) work.output().dim(0) * work.output().dim(1) * work.output().dim(2);
    TripCounter trips =
        new TripCounter("convolve_1x1_s8_fast/nt_t", "1x1 filter, stride 1, no padding");
    Gemm.count(trips, 1, rows, work.input().dim(3), work.output().dim(3), generation, dsp);
    return trips.done();
  }

  private static Trips strided(LayerWork work, CmsisGeneration generation, boolean dsp) {
    Shape out = work.output();
    long calls = (long) out.dim(0) * out.dim(1);
    TripCounter trips =
        new TripCounter("convolve_1x1_s8/nt_t", "1x1 filter with stride: one product per row");
    Gemm.count(trips, calls, out.dim(2), work.input().dim(3), out.dim(3), generation, dsp);
    return trips.done();
  }

  /** Plain C of 2020: one output channel at a time, taps inside the image only. */
  private static Trips scalar(LayerWork work) {
    long inside = Taps.inside(work);
    long outputs = work.output().elements();
    long perChannel = work.output().dim(3);
    return new TripCounter("convolve_s8/scalar", "no DSP instructions in this build")
        .add(REF_CONV_MAC, inside * perChannel * work.filter().dim(3))
        .add(REF_CONV_TAP, inside * perChannel)
        .add(REF_CONV_OUTPUT, outputs)
        .done();
  }

  /**
   * The convolution that a transposed one is turned into: every column is filled first, then what
   * is no zero between two elements is copied into it; the filter is turned before.
   *
   * @param inside pairs of output pixel and tap that hold an element of the image
   */
  static Trips stretched(LayerWork work, long inside, CmsisGeneration generation, boolean dsp) {
    Shape out = work.output();
    long pixels = (long) out.dim(0) * out.dim(1) * out.dim(2);
    long k = (long) work.window().height() * work.window().width() * work.filter().dim(3);
    long turned = (long) work.window().height() * work.window().width() * out.dim(3);
    TripCounter trips =
        new TripCounter("convolve_s8/im2col stretched", "stride at most 2, over 16 channels")
            .add(CONV_PIXEL, pixels)
            .add(CONV_TAP, inside + turned)
            .add(CONV_PAD, pixels)
            .add(CONV_PAD_BYTE, pixels * k);
    return products(trips, work, 1, (inside + turned) * work.filter().dim(3), generation, dsp);
  }

  private static Trips generic(
      LayerWork work, CmsisGeneration generation, boolean dsp, boolean grouped) {
    Shape out = work.output();
    Window w = work.window();
    int channels = work.filter().dim(3);
    int groups = work.input().dim(3) / channels;
    long taps = (long) w.height() * w.width();
    long pixels = (long) out.dim(1) * out.dim(2);
    long calls = (long) out.dim(0) * groups;
    long inside = Taps.inside(work) * groups;
    long outside = calls * pixels * taps - inside;
    boolean bytesFirst = generation.atLeast(CmsisGeneration.G2024);
    TripCounter trips =
        new TripCounter(
            grouped ? "convolve_s8/im2col grouped" : "convolve_s8/im2col",
            reason(work, generation));
    trips.add(CONV_PIXEL, calls * pixels).add(CONV_TAP, inside).add(CONV_PAD, outside);
    if (generation != CmsisGeneration.G2020_03) {
      // The first generation's fill is as long as its call: nothing per byte in recordings.
      trips.add(CONV_PAD_BYTE, outside * channels * (bytesFirst ? 1 : 2));
    }
    if (bytesFirst) {
      return products(trips, work, groups, inside * channels, generation, dsp);
    }
    trips.add(CONV_COPY4, dsp ? inside * (channels / 4) : 0);
    trips.add(CONV_COPY1, dsp ? inside * (channels % 4) : inside * channels);
    return products(trips, work, groups, 0, generation, dsp);
  }

  /**
   * Adds the products of the columns with the filter.
   *
   * @param copied bytes that were copied before, which then become columns of 16 bits; 0 where the
   *     copy itself made them so
   */
  private static Trips products(
      TripCounter trips,
      LayerWork work,
      int groups,
      long copied,
      CmsisGeneration generation,
      boolean dsp) {
    Shape out = work.output();
    int outChannels = out.dim(3) / groups;
    long k = (long) work.window().height() * work.window().width() * work.filter().dim(3);
    long pixels = (long) out.dim(1) * out.dim(2);
    long calls = (long) out.dim(0) * groups;
    long pairs = calls * (pixels / 2);
    long odd = calls * (pixels % 2);
    boolean bytesFirst = generation.atLeast(CmsisGeneration.G2024);
    if (bytesFirst) {
      long columns = calls * pixels;
      trips.add(MOVE_BYTE, copied);
      trips.add(CONV_COPY4, dsp ? columns * (k / 4) : 0);
      trips.add(CONV_COPY1, dsp ? columns * (k % 4) : columns * k);
    }
    long words = dsp ? k / 4 : 0;
    long rest = dsp ? k % 4 : k;
    long quads = pairs * (outChannels / 2);
    trips.add(CONV_MAC16, quads * words).add(CONV_MAC4, quads * rest).add(CONV_QUAD, quads);
    long extra = 0;
    if (dsp) {
      // A word load at an address that is 2 (1 or 3) modulo 4 takes one (two) more bus cycles:
      // first and second weight row; second column where its slot is not padded to four. Counted in
      // halves.
      extra = k % 4 == 0 ? 0 : k % 2 == 0 ? 2 : bytesFirst ? 5 : 9;
    }
    trips.add(UNALIGNED, quads * words * extra);
    long singles = odd * outChannels;
    long halves = pairs * (outChannels % 2);
    trips.add(CONV_SINGLE_MAC4, (singles + 2 * halves) * words);
    trips.add(CONV_SINGLE_MAC1, (singles + 2 * halves) * rest);
    trips.add(CONV_SINGLE, singles + 2 * halves);
    trips.add(CONV_CALL, 1);
    trips.add(CONV_ODD_FETCH, outChannels % 2 == 1 && outChannels > 1 ? pairs : 0);
    int channels = work.filter().dim(3);
    trips.add(CONV_TAIL_FETCH, !bytesFirst && channels % 4 != 0 && channels > 4 ? pairs : 0);
    long filterBytes = outChannels * k;
    trips.weights((pairs + odd) * filterBytes / 4, filterBytes);
    return trips.done();
  }

  private static String reason(LayerWork work, CmsisGeneration generation) {
    Window w = work.window();
    if (w.height() == 1 && w.width() == 1) {
      if (w.strideHeight() != 1 || w.strideWidth() != 1) {
        return "1x1 filter, but with stride";
      }
      return generation.atLeast(CmsisGeneration.G2022)
          ? "1x1 filter, but padded, dilated or grouped"
          : "1x1 filter, but input channels are no multiple of 4";
    }
    return "filter larger than 1x1";
  }
}
