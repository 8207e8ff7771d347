package dev.thumbprint.cost.library;

import static dev.thumbprint.cost.library.Term.*;

import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Window;

/**
 * The reference kernels of TensorFlow Lite Micro, int8 and float32: nested loops without any use of
 * the instruction set.
 */
final class TflmReference implements KernelLibrary {
  private final String generation;
  private final String origin;
  private final boolean boundsInside;

  /**
   * Reference kernels of a time.
   *
   * @param boundsInside whether the convolution tests the image border for every channel (until
   *     2021) and not once a tap
   */
  TflmReference(String generation, String origin, boolean boundsInside) {
    this.generation = generation;
    this.origin = origin;
    this.boundsInside = boundsInside;
  }

  @Override
  public LibraryId id() {
    return new LibraryId("tflm-reference", generation);
  }

  @Override
  public String origin() {
    return origin;
  }

  @Override
  public boolean coarse() {
    return false;
  }

  @Override
  public Decision decide(LayerWork work, SimdUnit build) {
    boolean real = work.inputType() == DataType.FLOAT32;
    boolean weighted =
        switch (work.operator()) {
          case CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED -> true;
          default -> false;
        };
    if (weighted && !real && work.weightType() == DataType.FLOAT32) {
      return new NotCovered(
          work.operator() + " mixes integer inputs with float32 weights: no runtime does");
    }
    return switch (work.operator()) {
      case CONV_2D -> convolution(work, real);
      case DEPTHWISE_CONV_2D -> depthwise(work, real);
      case FULLY_CONNECTED -> dense(work, real);
      case TRANSPOSE_CONV -> TransposedConvolution.reference(work);
      case UNIDIRECTIONAL_SEQUENCE_LSTM, BATCH_MATMUL ->
          MatrixProducts.decide(work, MatrixProducts.REFERENCE, product(matrixProduct(work)));
      case SVDF ->
          MatrixProducts.decide(
              work, MatrixProducts.REFERENCE, product(real ? FLOAT_DENSE_MAC : REF_SEQUENCE_MAC));
      case AVERAGE_POOL_2D, MAX_POOL_2D -> pooling(work, real);
      case ADD, MUL -> Elementwise.binary(work, "reference/" + label(work.operator()));
      case SOFTMAX -> Elementwise.softmax(work, "reference/softmax", REF_SOFTMAX_ELEMENT);
      default -> Elementwise.plain(work);
    };
  }

  private static String label(Operator operator) {
    return operator.name().toLowerCase(java.util.Locale.ROOT);
  }

  private Decision convolution(LayerWork work, boolean real) {
    if (work.input().rank() != 4 || work.filter().rank() != 4 || work.output().rank() != 4) {
      return new NotCovered("CONV_2D needs input, filter and output of rank 4");
    }
    Window w = work.window();
    long outChannels = work.output().dim(3);
    long inside = Taps.inside(work) * outChannels;
    long all = work.output().elements() * w.height() * w.width();
    long channels = work.filter().dim(3);
    long skipped = (all - inside) * (boundsInside ? channels : 1);
    int wordBytes = real ? 4 : 1;
    TripCounter trips =
        new TripCounter("reference/conv", "nested loops")
            .weights(
                real ? inside * channels : inside * channels / 4,
                work.filter().elements() * wordBytes);
    trips.add(CONV_CALL, 1);
    if (real) {
      return hybrid(trips, work)
          .add(FLOAT_CONV_MAC, inside * channels)
          .add(FLOAT_CONV_TAP, inside)
          .add(FLOAT_CONV_SKIP, skipped)
          .add(FLOAT_CONV_OUTPUT, work.output().elements())
          .done();
    }
    return trips
        .add(REF_CONV_MAC, inside * channels)
        .add(REF_CONV_TAP, inside)
        .add(REF_CONV_SKIP, skipped)
        .add(REF_CONV_OUTPUT, work.output().elements())
        .done();
  }

  /**
   * Integer weights under float activations run at the speed of float kernels where a runtime takes
   * them (arXiv:2104.10645); TensorFlow Lite Micro of today refuses them.
   */
  private static TripCounter hybrid(TripCounter trips, LayerWork work) {
    return work.weightType() == DataType.FLOAT32
        ? trips
        : trips.note(
            work.weightType().label()
                + " weights with float32 activations: priced as float32; today's TFLM refuses them");
  }

  private static Decision depthwise(LayerWork work, boolean real) {
    if (work.input().rank() != 4 || work.output().rank() != 4) {
      return new NotCovered("DEPTHWISE_CONV_2D needs input and output of rank 4");
    }
    Window w = work.window();
    long channels = work.output().dim(3);
    long inside = Taps.inside(work) * channels;
    long all = work.output().elements() * w.height() * w.width();
    TripCounter trips =
        new TripCounter("reference/depthwise_conv", "nested loops")
            .weights(
                real ? inside : inside / 4,
                (long) w.height() * w.width() * work.output().dim(3) * (real ? 4 : 1));
    if (real) {
      return hybrid(trips, work)
          .add(FLOAT_DW_MAC, inside)
          .add(FLOAT_DW_OUTPUT, work.output().elements())
          .done();
    }
    return trips
        .add(REF_DW_MAC, inside)
        .add(REF_DW_SKIP, all - inside)
        .add(REF_DW_ROW, work.output().elements() * w.height())
        .add(REF_DW_OUTPUT, work.output().elements())
        .done();
  }

  private static Term matrixProduct(LayerWork work) {
    return switch (work.inputType()) {
      case FLOAT32 -> FLOAT_MATMUL_MAC;
      case INT16 -> REF_WIDE_MAC;
      default -> REF_MATMUL_MAC;
    };
  }

  private static MatrixProducts.Product product(Term mac) {
    Term output = mac.kind() == Term.Kind.FLOAT ? FLOAT_DENSE_OUTPUT : REF_MATMUL_OUTPUT;
    return (trips, vectors, rows, length) ->
        trips.more(mac, vectors * rows * length).more(output, vectors * rows);
  }

  private static Decision dense(LayerWork work, boolean real) {
    if (work.filter().rank() != 2) {
      return new NotCovered("FULLY_CONNECTED needs a filter of rank 2");
    }
    long outputs = work.output().elements();
    long macs = outputs * work.filter().dim(1);
    TripCounter trips =
        new TripCounter("reference/fully_connected", "nested loops")
            .add(DENSE_CALL, 1)
            .weights(real ? macs : macs / 4, Long.MAX_VALUE);
    return real
        ? hybrid(trips, work).add(FLOAT_DENSE_MAC, macs).add(FLOAT_DENSE_OUTPUT, outputs).done()
        : trips.add(REF_DENSE_MAC, macs).add(REF_DENSE_OUTPUT, outputs).done();
  }

  private static Decision pooling(LayerWork work, boolean real) {
    if (work.input().rank() != 4 || work.output().rank() != 4) {
      return new NotCovered(work.operator() + " needs input and output of rank 4");
    }
    long taps = Taps.inside(work) * work.output().dim(3);
    long outputs = work.output().elements();
    TripCounter trips = new TripCounter("reference/" + label(work.operator()), "nested loops");
    boolean maximum = work.operator() == Operator.MAX_POOL_2D;
    if (real) {
      return trips
          .add(maximum ? FLOAT_MAXPOOL_TAP : FLOAT_POOL_TAP, taps)
          .add(FLOAT_POOL_OUTPUT, outputs)
          .done();
    }
    return maximum
        ? trips.add(MAXPOOL_TAP, taps).add(MAXPOOL_OUTPUT, outputs).done()
        : trips.add(POOL_TAP, taps).add(POOL_OUTPUT, outputs).done();
  }
}
