package dev.thumbprint.cost.library;

import static dev.thumbprint.cost.library.Term.*;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;
import java.util.Optional;

/**
 * Kernels of CMSIS-NN for activations of 16 bits and weights of 8, without vectors: sums of 32 bits
 * over the first columns, of 64 bits beyond, scaled with 64 bits (source: ARM-software/CMSIS-NN
 * 4ab83cc3, arm_convolve_s16.c, arm_depthwise_conv_fast_s16.c, arm_nn_vec_mat_mult_t_s16.c).
 */
final class CmsisInt16 {
  /** Columns that a sum of 32 bits holds. */
  private static final long NARROW_COLUMNS = 512;

  private CmsisInt16() {}

  /** What the library does with a layer; empty where it has no kernel. */
  static Optional<Decision> decide(LayerWork work, boolean dsp) {
    return switch (work.operator()) {
      case CONV_2D -> isImage(work) ? convolution(work, dsp) : Optional.empty();
      case DEPTHWISE_CONV_2D -> isImage(work) ? depthwise(work, dsp) : Optional.empty();
      case FULLY_CONNECTED ->
          work.filter().rank() == 2 ? Optional.of(dense(work, dsp)) : Optional.empty();
      case AVERAGE_POOL_2D, MAX_POOL_2D ->
          isImage(work) ? Optional.of(pool(work)) : Optional.empty();
      case ADD, MUL -> elementwise(work);
      default -> Optional.empty();
    };
  }

  private static boolean isImage(LayerWork work) {
    return work.input().rank() == 4 && work.output().rank() == 4;
  }

  private static Optional<Decision> convolution(LayerWork work, boolean dsp) {
    Shape out = work.output();
    Window w = work.window();
    if (work.filter().rank() != 4 || work.filter().dim(3) != work.input().dim(3)) {
      return Optional.empty();
    }
    int channels = work.input().dim(3);
    long taps = (long) w.height() * w.width();
    long k = taps * channels;
    long pixels = (long) out.dim(1) * out.dim(2);
    long pairs = out.dim(0) * (pixels / 2);
    long odd = out.dim(0) * (pixels % 2);
    long inside = Taps.inside(work);
    long outside = out.dim(0) * pixels * taps - inside;
    long words = dsp ? Math.min(k, NARROW_COLUMNS) / 4 : 0;
    long rest = k - 4 * words;
    long quads = pairs * (out.dim(3) / 2);
    long singles = odd * out.dim(3) + 2 * pairs * (out.dim(3) % 2);
    // Words of weights at odd places, and pairs of 16 bits of the second column.
    int halves = k % 4 == 0 ? 0 : k % 2 == 0 ? 2 : 9;
    return Optional.of(
        new TripCounter("convolve_s16/im2col", "columns of 16 bits, two pixels at a time")
            .add(CONV_CALL, 1)
            .add(CONV_PIXEL, out.dim(0) * pixels)
            .add(CONV_TAP, inside)
            .add(CONV_PAD, outside)
            .add(MOVE_BYTE, 2 * inside * channels)
            .add(CONV_PAD_BYTE, 2 * outside * channels)
            .add(CONV16_MAC16, quads * words)
            .add(CONV16_MAC4, quads * rest)
            .add(CONV16_QUAD, quads)
            .add(UNALIGNED, quads * words * halves)
            .add(CONV_SINGLE_MAC4, singles * words)
            .add(CONV_SINGLE_MAC1, singles * rest)
            .add(CONV16_SINGLE, singles)
            .weights((pairs + odd) * out.dim(3) * k / 4, out.dim(3) * k)
            .done());
  }

  private static Optional<Decision> depthwise(LayerWork work, boolean dsp) {
    Shape in = work.input();
    Shape out = work.output();
    Window w = work.window();
    if (in.dim(3) < 1 || out.dim(3) % in.dim(3) != 0) {
      return Optional.empty();
    }
    boolean fast =
        in.dim(3) == out.dim(3)
            && w.dilationHeight() == 1
            && w.dilationWidth() == 1
            && (long) w.height() * w.width() < NARROW_COLUMNS;
    return Optional.of(fast && dsp ? columns(work) : scalar(work));
  }

  private static Trips columns(LayerWork work) {
    DepthwiseColumns all = DepthwiseColumns.of(work);
    return new TripCounter("depthwise_conv_fast_s16/column", "as many output as input channels")
        .add(CONV_CALL, 1)
        .add(DW_PIXEL, all.pixels())
        .add(CONV_TAP, all.inside())
        .add(MOVE_BYTE, 2 * all.inside() * all.channels())
        .add(DW_PAD, all.fills())
        .add(DW_PAD_BYTE, 2 * all.filled())
        .add(DW16_MAC8, all.quads() * (all.taps() / 2))
        .add(DW16_MAC4, all.quads() * (all.taps() % 2))
        .add(DW16_QUAD, all.quads())
        .add(UNALIGNED, all.unalignedHalves())
        .add(DW_SINGLE_MAC, all.singles() * all.taps())
        .add(DW16_SINGLE, all.singles())
        .weights(all.pixels() * all.taps() * all.channels() / 4, all.taps() * all.channels())
        .done();
  }

  private static Trips scalar(LayerWork work) {
    Shape out = work.output();
    long channels = out.dim(3);
    long inside = Taps.inside(work) * channels;
    return new TripCounter(
            "depthwise_conv_s16/generic", "channel multiplier, dilation, or no DSP instructions")
        .add(DW16_SCALAR_MAC, inside)
        .add(DW_SCALAR_ROW, Taps.insideRows(work) * out.dim(2) * channels)
        .add(DW16_SINGLE, out.elements())
        .weights(inside / 4, (long) work.window().height() * work.window().width() * channels)
        .done();
  }

  private static Decision dense(LayerWork work, boolean dsp) {
    long rows = work.filter().dim(0);
    long k = work.filter().dim(1);
    if (rows < 1 || k < 1) {
      return new NotCovered("FULLY_CONNECTED with an empty filter");
    }
    long batches = work.output().elements() / rows;
    long blocks = dsp ? batches * (rows / 2) : 0;
    long singles = batches * rows - 2 * blocks;
    long words = dsp ? Math.min(k, NARROW_COLUMNS) / 4 : 0;
    return new TripCounter("fully_connected_s16/vec_mat_mult_t", "vector times matrix")
        .add(DENSE_CALL, 1)
        .add(DENSE16_MAC8, blocks * words)
        .add(DENSE16_TAIL, blocks * (k - 4 * words) + singles * (k - 4 * words) / 2)
        .add(DENSE16_BLOCK, blocks + singles)
        .add(UNALIGNED, blocks * words * (k % 4 == 0 ? 0 : k % 2 == 0 ? 2 : 5))
        .add(DENSE_SINGLE_MAC, singles * 4 * words)
        .weights(batches * rows * k / 4, batches > 1 ? rows * k : Long.MAX_VALUE)
        .done();
  }

  private static Decision pool(LayerWork work) {
    Shape out = work.output();
    long positions = Taps.inside(work);
    boolean maximum = work.operator() == Operator.MAX_POOL_2D;
    return new TripCounter(maximum ? "max_pool_s16" : "avgpool_s16", "position by position")
        .add(POOL_PIXEL, (long) out.dim(0) * out.dim(1) * out.dim(2))
        .add(POOL_WINDOW, positions)
        .add(maximum ? MAXPOOL16_TAP : POOL16_TAP, positions * out.dim(3))
        .add(maximum ? MAXPOOL_OUTPUT : POOL_OUTPUT, out.elements())
        .done();
  }

  private static Optional<Decision> elementwise(LayerWork work) {
    boolean sum = work.operator() == Operator.ADD;
    return Elementwise.sameShape(work)
        ? Optional.of(
            new TripCounter(
                    sum ? "elementwise_add_s16" : "elementwise_mul_s16", "inputs of the same shape")
                .add(sum ? ADD16_ELEMENT : MUL16_ELEMENT, work.output().elements())
                .done())
        : Optional.empty();
  }
}
