package dev.thumbprint.validate;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.calibration.Calibration;
import dev.thumbprint.cost.calibration.Sample;
import dev.thumbprint.cost.energy.KernelKind;
import dev.thumbprint.cost.energy.PowerModel;
import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.KernelLibrary;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.Exposure;
import dev.thumbprint.cost.pricing.Intervals;
import dev.thumbprint.cost.pricing.LayerCost;
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
import java.util.function.Supplier;

/**
 * Predicts recordings. Built-in rows are predicted by models that have not seen them: the declared
 * splits hold out sweep values, networks, boards or sources, and every fold is fitted anew.
 */
public final class Validation {
  /** Folds of the split by sweep value. */
  static final int FOLDS = 5;

  private final List<Recording> rows;
  private final Map<Recording, Workload> workloads = new HashMap<>();
  private final Map<Recording, Sample> samples = new LinkedHashMap<>();
  private final Map<Recording, String> refused = new HashMap<>();
  private final Map<String, Map<String, Double>> works;
  private final List<Sample> everyOpen = new ArrayList<>();

  /** Folds that hold out closed runtimes alone share one model of all the rest. */
  private final Supplier<CostModel> ofEveryOpen = new Once<>(() -> Calibration.open(everyOpen));

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
    for (Recording row : rows) {
      Sample sample = samples.get(row);
      if (sample != null && fittable(row) && !isClosed(sample)) {
        everyOpen.add(sample);
      }
    }
  }

  /** Predicts rows that no coefficient was fitted to, with the shipped model. */
  List<Prediction> external(CostModel model, Baselines baselines) {
    Predictor predictor = new Predictor(model, baselines);
    List<Prediction> predictions = new ArrayList<>();
    for (Recording row : rows) {
      predictions.add(predictor.predict(row, true).asModelled());
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
  List<Prediction> crossFitted(HeldOut heldOut) {
    Map<Recording, Prediction> found = new HashMap<>();
    heldOut
        .split("sweep", Recording::isLayer)
        .forEach(prediction -> found.put(prediction.recording(), prediction));
    heldOut
        .split("network", row -> !row.isLayer())
        .forEach(prediction -> found.put(prediction.recording(), prediction));
    Predictor all = predictor(rows, heldOut.intervals());
    return rows.stream()
        .map(row -> found.containsKey(row) ? found.get(row) : all.predict(row, false).asModelled())
        .toList();
  }

  /** Whether a fold holds out anything that can be priced. */
  boolean judges(Fold fold) {
    return fold.test().stream().anyMatch(samples::containsKey);
  }

  /** Predicts the rows that a fold holds out by a model of the rows that it may be fitted to. */
  List<Made> predict(Fold fold) {
    Predictor predictor = predictor(fold.fit(), Intervals.unknown());
    return fold.test().stream().map(row -> predictor.predict(row, true)).toList();
  }

  private Predictor predictor(List<Recording> fit, Intervals intervals) {
    List<Sample> fitted = new ArrayList<>();
    for (Recording row : fit) {
      if (fittable(row) && samples.containsKey(row)) {
        fitted.add(samples.get(row));
      }
    }
    List<Sample> open = fitted.stream().filter(sample -> !isClosed(sample)).toList();
    CostModel model = open.size() == everyOpen.size() ? ofEveryOpen.get() : Calibration.open(open);
    return new Predictor(
        Calibration.withRuntimes(model, fitted).with(intervals), new Baselines(fit, samples));
  }

  private static boolean isClosed(Sample sample) {
    return isClosed(sample.target().kernels());
  }

  /** Whether a row ran kernels that are known by totals only. */
  static boolean isClosed(Recording row) {
    var library = row.setting().library();
    return isClosed(new LibraryId(library.name(), library.generation()));
  }

  private static boolean isClosed(LibraryId library) {
    return KernelLibraries.find(library).map(KernelLibrary::coarse).orElse(false);
  }

  static boolean fittable(Recording row) {
    return Splits.apart(row).isEmpty();
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

  private static final class Once<T> implements Supplier<T> {
    private final Supplier<T> source;
    private T value;

    Once(Supplier<T> source) {
      this.source = source;
    }

    @Override
    public synchronized T get() {
      if (value == null) {
        value = source.get();
      }
      return value;
    }
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

    Made predict(Recording row, boolean heldOut) {
      Workload workload = workloads.get(row);
      if (workload == null) {
        return refusal(row, refused.getOrDefault(row, ""), heldOut);
      }
      Metric cycles;
      try {
        cycles = cycles(workload, workload.target());
      } catch (BadDescription e) {
        return refusal(row, "kernel library is not built in", heldOut);
      }
      return switch (cycles) {
        case Unavailable none -> refusal(row, none.reason(), heldOut);
        case Estimate estimate ->
            new Made(
                new Prediction(
                    row,
                    recorded(row, workload),
                    workload.besideCycles(),
                    Optional.of(estimate),
                    OptionalDouble.of(
                        (estimate.value() + workload.besideCycles())
                            * 1e3
                            / workload.target().clockHz()),
                    energyUj(workload, estimate),
                    "",
                    heldOut,
                    Splits.apart(row),
                    baselines.of(row, workload, works)),
                workload.network()
                    ? Optional.empty()
                    : Optional.of(workload.layers().getFirst().operator()),
                made(workload, workload.target(), estimate),
                open(row, workload));
      };
    }

    /** Of the inference, without what its source measured beside it. */
    private static OptionalDouble recorded(Recording row, Workload workload) {
      return row.cycles().stream()
          .map(cycles -> cycles - workload.besideCycles())
          .filter(cycles -> cycles > 0)
          .findFirst();
    }

    /** Under each build that the row leaves open. */
    private List<Made.Case> open(Recording row, Workload workload) {
      List<Made.Case> cases = new ArrayList<>();
      for (Target target : OpenSettings.of(row, workload.target())) {
        if (cycles(workload, target) instanceof Estimate estimate) {
          cases.add(made(workload, target, estimate));
        }
      }
      return cases;
    }

    private Made.Case made(Workload workload, Target target, Estimate estimate) {
      return new Made.Case(
          estimate, Exposure.of(layers(workload, target)), Intervals.build(target));
    }

    private Metric cycles(Workload workload, Target target) {
      List<LayerCost> layers = layers(workload, target);
      return workload.network()
          ? pricer(target).total(layers).cycles()
          : layers.getFirst().cycles();
    }

    private List<LayerCost> layers(Workload workload, Target target) {
      return workload.layers().stream().map(pricer(target)::layer).toList();
    }

    private Pricer pricer(Target target) {
      return pricers.computeIfAbsent(target, model::on);
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

    private Made refusal(Recording row, String reason, boolean heldOut) {
      return new Made(
          new Prediction(
              row,
              row.cycles(),
              0,
              Optional.empty(),
              OptionalDouble.empty(),
              OptionalDouble.empty(),
              reason,
              heldOut,
              Splits.apart(row),
              List.of(Double.NaN, Double.NaN, Double.NaN)),
          Optional.empty(),
          new Made.Case(Estimate.exact(0, Source.MODELLED), Exposure.of(List.of()), ""),
          List.of());
    }
  }
}
