package dev.thumbprint.profile;

import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.work.LayerWork;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One layer of a profile.
 *
 * @param index position in the network, from 0
 * @param name name of the layer in the model, may be empty
 * @param work what the layer asks for
 * @param path path of the kernel library that is taken, such as {@code convolve_s8/im2col}
 * @param cycles clock cycles of one inference
 * @param inferenceTimeMs milliseconds of one inference
 * @param energyUj microjoules of one inference
 * @param share part of the network's cycles, 0 to 1; empty where the layer or the total is not
 *     known
 * @param notes what a reader should know of this figure
 */
public record LayerProfile(
    int index,
    String name,
    LayerWork work,
    String path,
    Metric cycles,
    Metric inferenceTimeMs,
    Metric energyUj,
    OptionalDouble share,
    List<String> notes) {

  public LayerProfile {
    notes = List.copyOf(notes);
  }

  /** Why the layer has no price; empty where it has one. */
  public Optional<String> notPriced() {
    return cycles instanceof Unavailable none ? Optional.of(none.reason()) : Optional.empty();
  }
}
