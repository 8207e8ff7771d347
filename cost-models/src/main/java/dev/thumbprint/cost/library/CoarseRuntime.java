package dev.thumbprint.cost.library;

import static dev.thumbprint.cost.library.Term.*;

import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;

/**
 * A runtime of which only totals of whole networks are known: multiply-accumulates and outputs per
 * operator family, no loops. A layer's time is a share of the total and marked so. Some leave dead
 * channels out ({@link DeadChannels}).
 */
final class CoarseRuntime implements KernelLibrary {
  private static final int WORD_BYTES = 4;

  private final LibraryId id;
  private final String origin;

  CoarseRuntime(LibraryId id, String origin) {
    this.id = id;
    this.origin = origin;
  }

  @Override
  public LibraryId id() {
    return id;
  }

  @Override
  public String origin() {
    return origin;
  }

  @Override
  public boolean coarse() {
    return true;
  }

  @Override
  public Decision decide(LayerWork work, SimdUnit build) {
    if (work.inputType() == DataType.FLOAT32 && work.operator() != Operator.QUANTIZE) {
      return new NotCovered("only int8 networks of " + id.family() + " were recorded");
    }
    boolean prunes = DeadChannels.leftOutBy(id) && work.liveShare() < 1;
    double live = prunes ? work.liveShare() : 1;
    double liveOutputs = prunes ? work.live().outputs() : 1;
    TripCounter trips =
        new TripCounter(id.family() + "/coarse", "closed or unmodelled kernels: totals only");
    if (prunes) {
      trips.note("channels without weights are left out: %.0f %% remain".formatted(100 * live));
    }
    long macs = Math.round(work.macs() * live);
    long outputs = Math.round(work.output().elements() * liveOutputs);
    return switch (work.operator()) {
      case CONV_2D ->
          trips
              .add(isPoint(work) ? COARSE_POINTWISE_MAC : COARSE_CONV_MAC, macs)
              .add(COARSE_OUTPUT, outputs)
              .weights(words(work, live), Long.MAX_VALUE)
              .done();
      case DEPTHWISE_CONV_2D ->
          trips
              .add(COARSE_DW_MAC, macs)
              .add(COARSE_OUTPUT, outputs)
              .weights(words(work, live), Long.MAX_VALUE)
              .done();
      case FULLY_CONNECTED, BATCH_MATMUL, TRANSPOSE_CONV, SVDF, UNIDIRECTIONAL_SEQUENCE_LSTM ->
          trips
              .add(COARSE_DENSE_MAC, macs)
              .add(COARSE_OUTPUT, outputs)
              .weights(words(work, live), Long.MAX_VALUE)
              .done();
      case RESHAPE, SQUEEZE, EXPAND_DIMS -> trips.done();
      default -> trips.add(COARSE_ELEMENT, Math.max(outputs, work.input().elements())).done();
    };
  }

  private static boolean isPoint(LayerWork work) {
    return work.window().height() == 1 && work.window().width() == 1;
  }

  /** Weights are read once: what a closed runtime keeps of them in which cache is not known. */
  private static long words(LayerWork work, double live) {
    return Math.round(work.filterBytes() * live / WORD_BYTES);
  }
}
