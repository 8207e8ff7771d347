package dev.thumbprint.validate;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.pricing.Exposure;
import dev.thumbprint.cost.pricing.Intervals;
import dev.thumbprint.cost.pricing.Mixture;
import dev.thumbprint.cost.work.Operator;
import java.util.List;
import java.util.Optional;

/**
 * A prediction, and what its error can come from.
 *
 * @param prediction the prediction
 * @param layer the operator of a layer, empty for a whole network
 * @param own what the prediction was made for; its figures are none where the row was refused
 * @param open the same for each build that the row may have run, where it does not tell
 */
record Made(Prediction prediction, Optional<Operator> layer, Case own, List<Case> open) {
  Made {
    open = List.copyOf(open);
  }

  /**
   * An estimate for one build.
   *
   * @param cycles the estimate
   * @param exposure what its error can come from
   * @param build as {@link Intervals#build} names it
   */
  record Case(Estimate cycles, Exposure exposure, String build) {
    private Mixture.Component component(Intervals intervals, Optional<Operator> layer) {
      return new Mixture.Component(cycles.value(), intervals.halfWidth(exposure, layer, build));
    }
  }

  /** The prediction with the interval that some intervals give it. */
  Prediction judged(Intervals intervals) {
    if (prediction.cycles().isEmpty()) {
      return prediction;
    }
    if (!open.isEmpty()) {
      return between(open.stream().map(each -> each.component(intervals, layer)).toList());
    }
    double wide = Math.exp(own.component(intervals, layer).halfWidth());
    return prediction.between(own.cycles().value() / wide, own.cycles().value() * wide);
  }

  /** The prediction with the interval of the model that made it. */
  Prediction asModelled() {
    return open.isEmpty()
        ? prediction
        : between(
            open.stream()
                .map(Case::cycles)
                .map(
                    each ->
                        new Mixture.Component(each.value(), Math.log(each.high() / each.value())))
                .toList());
  }

  private Prediction between(List<Mixture.Component> components) {
    Mixture mixture = new Mixture(components);
    return prediction.between(mixture.low(), mixture.high());
  }
}
