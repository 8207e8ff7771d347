package dev.thumbprint.validate;

import dev.thumbprint.cost.calibration.IntervalFit;
import dev.thumbprint.cost.calibration.IntervalFit.HeldOutError;
import dev.thumbprint.cost.pricing.Intervals;
import dev.thumbprint.cost.pricing.Nearness;
import dev.thumbprint.recorded.Fold;
import dev.thumbprint.recorded.Groups;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Splits;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Every row of every declared split predicted by a model that had not seen it, and the intervals
 * that follow from the errors. The interval of a row comes from errors of rows that are not held
 * out with it: other sweep values, networks, boards or sources.
 */
final class HeldOut {
  private final List<FoldErrors> folds;

  private HeldOut(List<FoldErrors> folds) {
    this.folds = folds;
  }

  private record FoldErrors(Fold fold, List<Made> made) {}

  /** Holds out the folds of all splits, several at a time. */
  static HeldOut of(List<Recording> rows, Validation validation, Consumer<String> progress) {
    List<Fold> folds = new ArrayList<>(Splits.bySweepValue(rows, Validation.FOLDS));
    folds.addAll(Splits.byNetwork(rows));
    folds.addAll(Splits.byBoard(rows));
    folds.addAll(Splits.bySource(rows));
    folds.addAll(Splits.byBuild(rows));
    folds.addAll(Splits.byVersion(rows));
    return new HeldOut(
        folds.parallelStream()
            .filter(validation::judges)
            .map(
                fold -> {
                  progress.accept(fold.split() + " " + fold.name());
                  return new FoldErrors(fold, validation.predict(fold));
                })
            .toList());
  }

  /** The intervals that all errors ask for. */
  Intervals intervals() {
    return IntervalFit.of(errors(row -> true));
  }

  /**
   * The predictions of one split, each with its interval.
   *
   * @param wanted which of the rows
   */
  List<Prediction> split(String split, Predicate<Recording> wanted) {
    return folds.parallelStream()
        .filter(each -> each.fold().split().equals(split))
        .map(each -> judged(each, wanted))
        .flatMap(List::stream)
        .toList();
  }

  private List<Prediction> judged(FoldErrors held, Predicate<Recording> wanted) {
    List<Made> judged =
        held.made().stream().filter(made -> wanted.test(made.prediction().recording())).toList();
    if (judged.isEmpty()) {
      return List.of();
    }
    Intervals intervals = IntervalFit.of(errors(unrelated(held.fold())));
    return judged.stream().map(made -> made.judged(intervals)).toList();
  }

  /** The rows that tell nothing of those that a fold holds out. */
  private static Predicate<Recording> unrelated(Fold fold) {
    return switch (fold.split()) {
      case "network" -> row -> !Groups.network(row).equals(fold.name());
      case "board" -> row -> !row.setting().boardId().equals(fold.name());
      case "source" -> row -> !row.origin().source().equals(fold.name());
      default -> {
        Set<String> units = fold.test().stream().map(HeldOut::unit).collect(Collectors.toSet());
        yield row -> !units.contains(unit(row));
      }
    };
  }

  private List<HeldOutError> errors(Predicate<Recording> wanted) {
    List<HeldOutError> errors = new ArrayList<>();
    for (FoldErrors held : folds) {
      for (Made made : held.made()) {
        Prediction prediction = made.prediction();
        Recording row = prediction.recording();
        if (prediction.scored() && speaks(held.fold(), made) && wanted.test(row)) {
          errors.add(
              new HeldOutError(
                  made.own().exposure(),
                  Math.abs(Math.log1p(prediction.error())),
                  made.layer(),
                  made.own().build(),
                  unit(row)));
        }
      }
    }
    return errors;
  }

  /**
   * Whether an error is of the right kind: at home a layer's shape or a network is what was not
   * seen; elsewhere it is the build, whatever the split. Of what is recorded nowhere hardly a row
   * has all settings told; there rows that leave one open speak as well.
   */
  private static boolean speaks(Fold fold, Made made) {
    Nearness nearness = made.own().exposure().farthest();
    Prediction prediction = made.prediction();
    if (IntervalFit.isHome(nearness)) {
      return prediction.apart().isEmpty()
          && fold.split().equals(isNetwork(prediction) ? "network" : "sweep");
    }
    return prediction.apart().isEmpty()
        || (nearness == Nearness.NOTHING && Splits.fittable(prediction.recording()));
  }

  private static boolean isNetwork(Prediction prediction) {
    return !prediction.recording().isLayer();
  }

  /** What is the same work: the shape group of a layer, the network of a network. */
  private static String unit(Recording row) {
    return row.isLayer() ? Groups.shape(row) : Groups.network(row);
  }
}
