package dev.thumbprint.cost.library;

import static dev.thumbprint.cost.library.Term.*;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;

/** The vector (MVE) build of CMSIS-NN since 2024: four rows of 16 bytes at a time. */
final class CmsisVector {
  /** Channels of one depthwise block, CH_IN_BLOCK_MVE of the library. */
  private static final int DEPTHWISE_BLOCK = 124;

  private CmsisVector() {}

  static Decision convolution(LayerWork work) {
    Shape in = work.input();
    Shape out = work.output();
    Window w = work.window();
    if (in.rank() != 4 || out.rank() != 4 || work.filter().rank() != 4) {
      return new NotCovered("CONV_2D needs input, filter and output of rank 4");
    }
    int channels = work.filter().dim(3);
    boolean grouped = channels != in.dim(3);
    boolean unpadded =
        w.padTop(in.dim(1), out.dim(1)) == 0 && w.padLeft(in.dim(2), out.dim(2)) == 0;
    long pixels = (long) out.dim(0) * out.dim(1) * out.dim(2);
    if (!grouped && unpadded && w.height() == 1 && w.width() == 1) {
      if (w.strideHeight() == 1 && w.strideWidth() == 1) {
        TripCounter trips =
            new TripCounter("convolve_1x1_s8_fast/mve", "1x1 filter, stride 1, no padding");
        return product(trips, 1, pixels, channels, out.dim(3)).done();
      }
      TripCounter trips =
          new TripCounter("convolve_1x1_s8/mve", "1x1 filter with stride: one product per row");
      long calls = (long) out.dim(0) * out.dim(1);
      return product(trips, calls, out.dim(2), channels, out.dim(3)).done();
    }
    int groups = grouped ? in.dim(3) / Math.max(1, channels) : 1;
    int k = w.height() * w.width() * channels;
    TripCounter trips;
    if (in.dim(1) == 1 && w.height() == 1 && w.strideWidth() * channels % 4 == 0 && !grouped) {
      trips = new TripCounter("convolve_1_x_n_s8/mve", "one row, stride times channels even to 4");
    } else {
      trips = new TripCounter("convolve_s8/im2col mve", "filter larger than 1x1");
      long taps = pixels * groups * w.height() * w.width();
      trips.add(MVE_TAP, taps).add(MVE_COPY, taps * Math.ceilDiv(channels, 16));
    }
    return product(trips, groups, pixels, k, out.dim(3) / groups).done();
  }

  private static TripCounter product(
      TripCounter trips, long calls, long rows, int k, int channels) {
    long quads = calls * (rows / 4) * channels;
    long singles = calls * (rows % 4) * channels;
    int vectors = Math.ceilDiv(k, 16);
    trips.weights(calls * channels * k * Math.ceilDiv(rows, 4) / 4, (long) channels * k);
    return trips
        .add(MVE_GEMM64, quads * vectors)
        .add(MVE_GEMM_QUAD, quads)
        .add(MVE_GEMM16, singles * vectors)
        .add(MVE_GEMM_SINGLE, singles);
  }

  static Decision depthwise(LayerWork work) {
    Shape in = work.input();
    Shape out = work.output();
    Window w = work.window();
    if (in.rank() != 4 || out.rank() != 4) {
      return new NotCovered("DEPTHWISE_CONV_2D needs input and output of rank 4");
    }
    long pixels = (long) out.dim(0) * out.dim(1) * out.dim(2);
    long taps = (long) w.height() * w.width();
    int channels = out.dim(3);
    if (in.dim(3) == 1 && channels > 1) {
      TripCounter trips =
          new TripCounter("depthwise_conv_to_conv_s8/mve", "one input channel: filter transposed")
              .note("the filter is transposed at every inference")
              .add(MOVE_ELEMENT, taps * channels)
              .add(MVE_TAP, pixels * taps)
              .add(MVE_COPY, pixels * taps);
      return product(trips, 1, pixels, (int) taps, channels).done();
    }
    boolean plain =
        w.dilationHeight() == 1
            && w.dilationWidth() == 1
            && in.dim(0) == 1
            && channels == in.dim(3);
    if (!plain) {
      return new TripCounter(
              "depthwise_conv_s8/generic", "channel multiplier, dilation or batch above 1")
          .add(DW_SCALAR_MAC, pixels * taps * channels)
          .add(DW_SCALAR_ROW, pixels * w.height() * channels)
          .add(DW_SCALAR, pixels * channels)
          .done();
    }
    int blocks = Math.ceilDiv(channels, DEPTHWISE_BLOCK);
    long fours = Math.ceilDiv(channels, 4);
    long whole = (pixels / 4) * fours;
    long rest = (pixels % 4) * fours;
    return new TripCounter("depthwise_conv_s8_opt/mve", "as many output as input channels")
        .add(MVE_TAP, pixels * taps * blocks)
        .add(MVE_COPY, pixels * taps * Math.ceilDiv(channels, 16))
        .add(MVE_DW_TAP, taps * whole)
        .add(MVE_DW_QUAD, whole)
        .add(MVE_DW_LEFT_TAP, taps * rest)
        .add(MVE_DW_LEFT, rest)
        .done();
  }

  static Decision dense(LayerWork work) {
    if (work.filter().rank() != 2) {
      return new NotCovered("FULLY_CONNECTED needs a filter of rank 2");
    }
    int outputs = work.filter().dim(0);
    int k = work.filter().dim(1);
    if (outputs < 1 || k < 1) {
      return new NotCovered("FULLY_CONNECTED with an empty filter");
    }
    TripCounter trips =
        new TripCounter("fully_connected_s8/mve", "vector times matrix, four rows at a time");
    count(trips, work.output().elements() / outputs, outputs, k);
    return trips.done();
  }

  /** Adds the trips of products of vectors with a matrix. */
  static void count(TripCounter trips, long batches, long outputs, long k) {
    long vectors = Math.ceilDiv(k, 16);
    long blocks = batches * (outputs / 4);
    long singles = batches * (outputs % 4);
    trips
        .more(MVE_DENSE64, blocks * vectors)
        .more(MVE_DENSE_BLOCK, blocks)
        .more(MVE_GEMM16, singles * vectors)
        .more(MVE_DENSE_SINGLE, singles)
        .weights(batches * outputs * k / 4, batches > 1 ? outputs * k : Long.MAX_VALUE);
  }
}
