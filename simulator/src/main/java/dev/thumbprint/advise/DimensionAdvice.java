package dev.thumbprint.advise;

import dev.thumbprint.cost.work.LayerWork;
import java.util.List;

/**
 * A change of dimensions with what it gains.
 *
 * @param layer index of the layer that changes
 * @param id stable name of the kind of change
 * @param message the change, in words
 * @param gainMs simulated latency saved in one inference, in ms
 * @param changed the network after the change
 */
public record DimensionAdvice(
    int layer, String id, String message, double gainMs, List<LayerWork> changed) {
  public DimensionAdvice {
    changed = List.copyOf(changed);
  }
}
