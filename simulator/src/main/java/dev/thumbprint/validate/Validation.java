package dev.thumbprint.validate;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.calibration.Calibration;
import dev.thumbprint.cost.calibration.Sample;
import dev.thumbprint.cost.energy.KernelKind;
import dev.thumbprint.cost.energy.PowerModel;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.Pricer;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.recorded.Fold;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Splits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Predicts recordings. Built-in rows are predicted by models that have not seen them: the declared
 * splits hold out sweep values, networks, boards or sources, and every fold is fitted anew.
 */
public final class Validation {
  /** Folds of the split by sweep value. */
  static final int FOLDS = 5;

  private final List<Recording> rows;
  private final Map<Recording, Workload> workloads = new HashMap<>();
  private final Map<Recording, Sample> samples = new HashMap<>();
  private final Map<Recording, String> refused = new HashMap<>();
  private final Map<String, Map<String, Double>> works;

  /** Resolves the rows. */
  public Validation(List<Recording> rows, Samples resolver) {
    this.rows = rows;
    for (Recording row : rows) {
      try {
        workloads.put(row, resolver.workload(row));
        resolver.find(row).ifPresent(sample -> samples.put(row, sample));
      } catch (Refused e) {
        refused.put(row, String.valueOf(e.getMessage()));
      }
    }
    works = Baselines.byWork(samples);
  }

  /** Predicts rows that no coefficient was fitted to, with the shipped model. */
  List<Prediction> external(CostModel model, Baselines baselines) {
    Predictor predictor = new Predictor(model, baselines);
    List<Prediction> predictions = new ArrayList<>();
    for (Recording row : rows) {
      predictions.add(predictor.predict(row, true, Double.NaN));
    }
    return predictions;
  }

  /** Baselines fitted to all rows of this validation that may be fitted to. */
  Baselines baselines() {
    return new Baselines(rows.stream().filter(Validation::fittable).toList(), samples);
  }

  /**
   * Predicts every row once, held out: operators by sweep value, networks by network. A row that no
   * fold holds out is predicted with all rows and not scored.
   */
  List<Prediction> crossFitted(Consumer<String> progress) {
    Map<Recording, Prediction> found = new HashMap<>();
    List<Fold> folds = new ArrayList<>(Splits.bySweepValue(rows, FOLDS));
    folds.addAll(Splits.byNetwork(rows));
    Spreads spreads = new Spreads();
    Map<Recording, String> foldOf = new HashMap<>();
    for (Fold fold : folds) {
      boolean networks = fold.split().equals("network");
      List<Recording> test = fold.test().stream().filter(row -> row.isLayer() != networks).toList();
      if (test.isEmpty() || test.stream().noneMatch(samples::containsKey)) {
        continue;
      }
      progress.accept(fold.split() + " " + fold.name());
      Predictor predictor = predictor(fold.fit());
      for (Recording row : test) {
        Prediction prediction = predictor.predict(row, true, Double.NaN);
        found.put(row, prediction);
        foldOf.put(row, fold.split() + " " + fold.name());
        if (prediction.scored() && fittable(row)) {
          spreads.add(samples.get(row), prediction, foldOf.get(row));
        }
      }
    }
    progress.accept("all rows");
    Predictor all = predictor(rows);
    List<Prediction> predictions = new ArrayList<>();
    for (Recording row : rows) {
      Prediction prediction = found.get(row);
      if (prediction == null) {
        prediction = all.predict(row, false, Double.NaN);
      } else if (prediction.cycles().isPresent() && samples.containsKey(row)) {
        double spread = spreads.without(samples.get(row), prediction, foldOf.get(row));
        prediction = widened(prediction, spread);
      }
      predictions.add(prediction);
    }
    return predictions;
  }

  /** Predicts the rows that one split holds out, each from the fold that holds it out. */
  List<Prediction> split(List<Fold> folds, Set<String> only, Consumer<String> progress) {
    List<Prediction> predictions = new ArrayList<>();
    for (Fold fold : folds) {
      boolean wanted = only.isEmpty() || only.contains(fold.name());
      if (wanted && fold.test().stream().anyMatch(samples::containsKey)) {
        progress.accept(fold.split() + " " + fold.name());
        Predictor predictor = predictor(fold.fit());
        fold.test().forEach(row -> predictions.add(predictor.predict(row, true, Double.NaN)));
      }
    }
    return predictions;
  }

  /** Half-widths of intervals from the held-out residuals of all folds. */
  static Spreads spreads(List<Prediction> crossFitted, Map<Recording, Sample> samples) {
    Spreads spreads = new Spreads();
    for (Prediction prediction : crossFitted) {
      if (prediction.scored() && fittable(prediction.recording())) {
        spreads.add(samples.get(prediction.recording()), prediction, "");
      }
    }
    return spreads;
  }

  Map<Recording, Sample> samples() {
    return samples;
  }

  private Predictor predictor(List<Recording> fit) {
    List<Sample> fitted = new ArrayList<>();
    for (Recording row : fit) {
      if (fittable(row) && samples.containsKey(row)) {
        fitted.add(samples.get(row));
      }
    }
    return new Predictor(Calibration.run(fitted), new Baselines(fit, samples));
  }

  static boolean fittable(Recording row) {
    return Splits.apart(row).isEmpty();
  }

  private static Prediction widened(Prediction prediction, double spread) {
    if (Double.isNaN(spread)) {
      return prediction;
    }
    Estimate estimate = prediction.cycles().orElseThrow();
    double wide = Math.exp(spread);
    double value = estimate.value();
    Estimate own = new Estimate(value, value / wide, value * wide, estimate.source());
    return new Prediction(
        prediction.recording(),
        prediction.recordedCycles(),
        Optional.of(own),
        prediction.latencyMs(),
        prediction.energyUj(),
        prediction.reason(),
        prediction.heldOut(),
        prediction.apart(),
        prediction.baselines());
  }

  /** Rows refused by reason, most frequent first. */
  static Map<String, Integer> reasons(List<Prediction> predictions) {
    Map<String, Integer> counts = new HashMap<>();
    predictions.stream()
        .filter(p -> !p.reason().isEmpty())
        .forEach(p -> counts.merge(p.reason(), 1, Integer::sum));
    Map<String, Integer> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  /** Predicts rows with one model. */
  private final class Predictor {
    private final CostModel model;
    private final Baselines baselines;
    private final Map<Target, Pricer> pricers = new HashMap<>();
    private final Map<Target, PowerModel> powers = new HashMap<>();

    Predictor(CostModel model, Baselines baselines) {
      this.model = model;
      this.baselines = baselines;
    }

    Prediction predict(Recording row, boolean heldOut, double spread) {
      Workload workload = workloads.get(row);
      if (workload == null) {
        return refusal(row, refused.getOrDefault(row, ""), heldOut);
      }
      Metric cycles;
      try {
        Pricer pricer = pricers.computeIfAbsent(workload.target(), model::on);
        cycles =
            workload.network()
                ? pricer.network(workload.layers()).cycles()
                : pricer.layer(workload.layers().getFirst()).cycles();
      } catch (BadDescription e) {
        return refusal(row, "kernel library is not built in", heldOut);
      }
      return switch (cycles) {
        case Unavailable none -> refusal(row, none.reason(), heldOut);
        case Estimate estimate ->
            widened(
                new Prediction(
                    row,
                    row.cycles(),
                    Optional.of(estimate),
                    OptionalDouble.of(estimate.value() * 1e3 / workload.target().clockHz()),
                    energyUj(workload, estimate),
                    "",
                    heldOut,
                    Splits.apart(row),
                    baselines.of(row, workload, works)),
                spread);
      };
    }

    /** From the shipped power figures, whichever rows the cycles were fitted to. */
    private OptionalDouble energyUj(Workload workload, Estimate cycles) {
      PowerModel power = powers.computeIfAbsent(workload.target(), PowerModel::of);
      Metric timeMs = cycles.times(1e3 / workload.target().clockHz());
      LayerWork first = workload.layers().getFirst();
      Metric energy =
          workload.network()
              ? PowerModel.energyUj(
                  power.networkPowerMw(KernelKind.of(workload.target(), first.inputType())), timeMs)
              : power.layerEnergyUj(first, timeMs);
      return energy instanceof Estimate known
          ? OptionalDouble.of(known.value())
          : OptionalDouble.empty();
    }

    private Prediction refusal(Recording row, String reason, boolean heldOut) {
      return new Prediction(
          row,
          row.cycles(),
          Optional.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          reason,
          heldOut,
          Splits.apart(row),
          List.of(Double.NaN, Double.NaN, Double.NaN));
    }
  }
}
