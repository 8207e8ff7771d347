package dev.thumbprint.validate;

import dev.thumbprint.cost.calibration.Sample;
import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.recorded.Recording;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What some recordings speak of.
 *
 * @param rows the recordings
 */
record RecordedScope(List<Recording> rows) {
  RecordedScope {
    rows = List.copyOf(rows);
  }

  /** What the scored rows of known build speak of. */
  static RecordedScope scored(List<Prediction> predictions) {
    return new RecordedScope(
        predictions.stream()
            .filter(row -> row.scored() && row.apart().isEmpty())
            .map(Prediction::recording)
            .toList());
  }

  /** Whether a row ran on a core with vectors. */
  static boolean hasVectors(Recording row) {
    return Core.ofLabel(row.setting().core()).stream().anyMatch(c -> c.simd() == SimdUnit.MVE);
  }

  /** What the rows name, in order. */
  Set<String> names(Function<Recording, String> key) {
    return rows.stream().map(key).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The rows of a kind. */
  RecordedScope where(Predicate<Recording> wanted) {
    return new RecordedScope(rows.stream().filter(wanted).toList());
  }

  int count(Predicate<Recording> wanted) {
    return where(wanted).rows().size();
  }

  /** Operators with rows of their own. */
  Set<String> operators() {
    return where(Recording::isLayer).names(row -> row.work().op());
  }

  /** Operators of the networks that ran as a whole. */
  Set<String> inNetworks() {
    Samples samples = new Samples();
    return rows.stream()
        .filter(row -> !row.isLayer())
        .flatMap(row -> samples.find(row).map(Sample::layers).stream())
        .flatMap(List::stream)
        .map(LayerWork::operator)
        .map(Operator::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
