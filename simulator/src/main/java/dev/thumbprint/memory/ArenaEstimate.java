package dev.thumbprint.memory;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.work.LayerWork;
import java.util.List;

/**
 * The arena of a network of which only the layers are known, as in a search for architectures. It
 * is modelled, not exact: connections and small constant tensors are guessed.
 */
public final class ArenaEstimate {
  private static final long FILE_BYTES = 800;
  private static final long FILE_BYTES_PER_LAYER = 520;

  /** A 4-byte scale and an 8-byte zero point. */
  private static final long QUANTISED_CHANNEL_BYTES = 12;

  private ArenaEstimate() {}

  /**
   * The plan of layers in execution order.
   *
   * @throws MemoryException if a layer's memory does not follow from its shapes, or the library is
   *     unknown
   */
  public static MemoryPlan of(String name, List<LayerWork> layers, LibraryId library, Core core) {
    return ArenaPlanner.plan(LayerGraph.of(name, layers), library, core);
  }

  /**
   * The plan of layers in execution order for a runtime that is set up in a given way.
   *
   * @throws MemoryException if a layer's memory does not follow from its shapes
   */
  public static MemoryPlan of(String name, List<LayerWork> layers, PlanOptions options) {
    return ArenaPlanner.plan(LayerGraph.of(name, layers), options);
  }

  /**
   * Bytes of the .tflite file of such layers: constants; 12 bytes (a scale and a zero point) for
   * each channel of weights and of bias where they are quantised by channel; and what the file
   * format adds, which is fitted to the 108 quantised files whose size is in networks.json (mean
   * error of the file size 1.6 %, largest 9.5 %).
   */
  public static long modelBytes(List<LayerWork> layers) {
    long bytes = FILE_BYTES;
    for (LayerWork layer : layers) {
      long channels = layer.perChannel() ? layer.output().dim(-1) : 0;
      bytes +=
          FILE_BYTES_PER_LAYER + layer.constantBytes() + 2 * QUANTISED_CHANNEL_BYTES * channels;
    }
    return bytes;
  }
}
