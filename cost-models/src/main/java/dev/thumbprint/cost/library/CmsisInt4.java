package dev.thumbprint.cost.library;

import static dev.thumbprint.cost.library.Term.*;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;
import java.util.Optional;

/**
 * Kernels of CMSIS-NN for weights of 4 bits beside activations of 8, without vectors: the loops of
 * 8-bit weights, with a step more that spreads the weights, and channels in fours, because rows of
 * odd length begin in the middle of a byte (source: ARM-software/CMSIS-NN 4ab83cc3,
 * arm_convolve_s4.c, arm_nn_mat_mult_nt_t_s4.c, arm_depthwise_conv_s4_opt.c,
 * arm_nn_vec_mat_mult_t_s4.c).
 */
final class CmsisInt4 {
  private CmsisInt4() {}

  /** What the library does with a layer; empty where it has no kernel. */
  static Optional<Decision> decide(LayerWork work, boolean dsp) {
    boolean image = work.input().rank() == 4 && work.output().rank() == 4;
    return switch (work.operator()) {
      case CONV_2D ->
          image && work.filter().rank() == 4 && work.filter().dim(3) == work.input().dim(3)
              ? Optional.of(convolution(work, dsp))
              : Optional.empty();
      case DEPTHWISE_CONV_2D ->
          image && work.input().dim(3) > 0 && work.output().dim(3) % work.input().dim(3) == 0
              ? Optional.of(depthwise(work, dsp))
              : Optional.empty();
      case FULLY_CONNECTED ->
          work.filter().rank() == 2 ? Optional.of(dense(work, dsp)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Decision convolution(LayerWork work, boolean dsp) {
    Shape out = work.output();
    Window w = work.window();
    int channels = work.input().dim(3);
    boolean point = w.height() == 1 && w.width() == 1 && CmsisConvolution.isPlain(work);
    if (point) {
      boolean dense = w.strideHeight() == 1 && w.strideWidth() == 1;
      long calls = dense ? 1 : (long) out.dim(0) * out.dim(1);
      long rows = out.elements() / Math.max(1, out.dim(3)) / Math.max(1, calls);
      return product(calls, rows, channels, out.dim(3), dsp);
    }
    long taps = (long) w.height() * w.width();
    long k = taps * channels;
    long pixels = (long) out.dim(1) * out.dim(2);
    long pairs = out.dim(0) * (pixels / 2);
    long odd = out.dim(0) * (pixels % 2);
    long inside = Taps.inside(work);
    long outside = out.dim(0) * pixels * taps - inside;
    long words = dsp ? k / 4 : 0;
    long rest = Math.ceilDiv(k - 4 * words, 2);
    long quads = 2 * pairs * (out.dim(3) / 4);
    long singles = odd * out.dim(3) + 2 * pairs * (out.dim(3) % 4);
    return new TripCounter("convolve_s4/im2col", "filter larger than 1x1, or padded")
        .add(CONV_CALL, 1)
        .add(CONV_PIXEL, out.dim(0) * pixels)
        .add(DW_TAP, inside)
        .add(DW_COPY4, dsp ? inside * (channels / 4) : 0)
        .add(DW_COPY1, inside * (dsp ? channels % 4 : channels))
        .add(DW_PAD, outside)
        .add(DW_PAD_BYTE, 2 * outside * channels)
        .add(CONV4_MAC16, quads * words)
        .add(CONV4_MAC8, quads * rest)
        .add(CONV_QUAD, quads)
        .add(CONV4_SINGLE_MAC4, singles * words)
        .add(CONV4_SINGLE_MAC2, singles * rest)
        .add(CONV_SINGLE, singles)
        .weights((pairs + odd) * out.dim(3) * k / 8, out.dim(3) * k / 2)
        .done();
  }

  private static Decision product(long calls, long rows, long k, int channels, boolean dsp) {
    long quads = 2 * calls * (channels / 4) * (rows / 2);
    long singles = calls * ((rows % 2) * (channels - channels % 4) + rows * (channels % 4));
    long words = dsp ? k / 4 : 0;
    long rest = Math.ceilDiv(k - 4 * words, 2);
    return new TripCounter("convolve_1x1_s4/nt_t", "1x1 filter, no padding")
        .add(CONV_CALL, 1)
        .add(GEMM4_MAC16, quads * words)
        .add(GEMM4_MAC8, quads * rest)
        .add(GEMM_QUAD, quads)
        .add(CONV4_SINGLE_MAC4, singles * words)
        .add(CONV4_SINGLE_MAC2, singles * rest)
        .add(GEMM_SINGLE, singles)
        .weights(calls * channels * k * Math.ceilDiv(rows, 2) / 8, 2 * k)
        .done();
  }

  private static Decision depthwise(LayerWork work, boolean dsp) {
    Shape in = work.input();
    Shape out = work.output();
    Window w = work.window();
    boolean plain = w.dilationHeight() == 1 && w.dilationWidth() == 1 && in.dim(0) == 1;
    if (in.dim(3) == out.dim(3) && plain && dsp) {
      DepthwiseColumns all = DepthwiseColumns.of(work);
      return new TripCounter("depthwise_conv_s4_opt/column", "as many output as input channels")
          .add(CONV_CALL, 1)
          .add(DW_PIXEL, all.pixels())
          .add(DW_TAP, all.inside())
          .add(DW_COPY4, all.inside() * (all.channels() / 4))
          .add(DW_COPY1, all.inside() * (all.channels() % 4))
          .add(DW_PAD, all.fills())
          .add(DW_PAD_BYTE, 2 * all.filled())
          .add(DW4_MAC8, all.quads() * (all.taps() / 2))
          .add(DW4_MAC4, all.quads() * (all.taps() % 2))
          .add(DW_QUAD, all.quads())
          .add(DW4_SINGLE_MAC, all.singles() * all.taps())
          .add(DW_SINGLE, all.singles())
          .weights(all.pixels() * all.taps() * all.channels() / 8, all.taps() * all.channels() / 2)
          .done();
    }
    long channels = out.dim(3);
    long inside = Taps.inside(work) * channels;
    int multiplier = out.dim(3) / in.dim(3);
    boolean bytes = in.dim(3) % 2 == 0 && (multiplier == 1 || multiplier % 2 == 0);
    long rows = Taps.insideRows(work) * out.dim(2) * channels;
    return new TripCounter(
            "depthwise_conv_s4/generic",
            bytes ? "scalar, two channels of a byte at a time" : "scalar, half a byte at a time")
        .add(bytes ? DW4_SCALAR_MAC2 : DW4_SCALAR_MAC, bytes ? inside / 2 : inside)
        .add(DW_SCALAR_ROW, bytes ? rows / 2 : rows)
        .add(DW4_SCALAR, out.elements())
        .weights(inside / 8, (long) w.height() * w.width() * channels / 2)
        .done();
  }

  private static Decision dense(LayerWork work, boolean dsp) {
    long rows = work.filter().dim(0);
    long k = work.filter().dim(1);
    if (rows < 1 || k < 1) {
      return new NotCovered("FULLY_CONNECTED with an empty filter");
    }
    long batches = work.output().elements() / rows;
    long blocks = batches * 2 * (rows / 4);
    long singles = batches * (rows % 4);
    long words = dsp ? k / 4 : 0;
    return new TripCounter("fully_connected_s4/vec_mat_mult_t", "rows in fours")
        .add(DENSE_CALL, 1)
        .add(DENSE4_MAC8, blocks * words)
        .add(DENSE4_TAIL, blocks * Math.ceilDiv(k - 4 * words, 2))
        .add(DENSE_BLOCK, blocks + singles)
        .add(DENSE4_SINGLE_MAC, singles * k)
        .weights(batches * rows * k / 8, batches > 1 ? rows * k / 2 : Long.MAX_VALUE)
        .done();
  }
}
