package dev.thumbprint.cost.library;

import static dev.thumbprint.cost.library.Term.*;

import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.cost.work.LayerWork;

/**
 * A runtime of which only totals of whole networks are known: multiply-accumulates and outputs per
 * operator family, no loops. A layer's time is a share of the total and marked so.
 */
final class CoarseRuntime implements KernelLibrary {
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
    TripCounter trips =
        new TripCounter(id.family() + "/coarse", "closed or unmodelled kernels: totals only");
    long macs = work.macs();
    long outputs = work.output().elements();
    return switch (work.operator()) {
      case CONV_2D -> {
        boolean point = work.window().height() == 1 && work.window().width() == 1;
        yield trips
            .add(point ? COARSE_POINTWISE_MAC : COARSE_CONV_MAC, macs)
            .add(COARSE_OUTPUT, outputs)
            .done();
      }
      case DEPTHWISE_CONV_2D -> trips.add(COARSE_DW_MAC, macs).add(COARSE_OUTPUT, outputs).done();
      case FULLY_CONNECTED, BATCH_MATMUL, TRANSPOSE_CONV ->
          trips.add(COARSE_DENSE_MAC, macs).add(COARSE_OUTPUT, outputs).done();
      case RESHAPE, SQUEEZE, EXPAND_DIMS -> trips.done();
      default -> trips.add(COARSE_ELEMENT, Math.max(outputs, work.input().elements())).done();
    };
  }
}
