package dev.thumbprint.validate;

import dev.thumbprint.cost.calibration.Sample;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.recorded.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The simple models that a cost model has to beat, fitted on the same rows. */
final class Baselines {
  /** What they are, in the order of {@link #of}. */
  static final List<String> NAMES =
      List.of(
          "MACs x constant per board",
          "MACs x constant per operator and board",
          "another board's recording x one scalar");

  private final Map<String, Double> perBoard;
  private final Map<String, Double> perOperator;
  private final Map<String, Map<String, Double>> works = new HashMap<>();
  private final Map<String, Double> scalars = new HashMap<>();

  /** Baselines of rows that may be fitted to. */
  Baselines(List<Recording> fit, Map<Recording, Sample> samples) {
    Map<String, List<Double>> board = new HashMap<>();
    Map<String, List<Double>> operator = new HashMap<>();
    for (Recording row : fit) {
      Sample sample = samples.get(row);
      if (sample == null) {
        continue;
      }
      works
          .computeIfAbsent(work(row), key -> new HashMap<>())
          .merge(row.setting().boardId(), sample.cycles(), (a, b) -> a);
      double macs = macs(sample.layers());
      if (macs > 0) {
        double each = sample.cycles() / macs;
        board.computeIfAbsent(row.setting().boardId(), key -> new ArrayList<>()).add(each);
        operator.computeIfAbsent(operatorKey(row), key -> new ArrayList<>()).add(each);
      }
    }
    perBoard = medians(board);
    perOperator = medians(operator);
    scalars(fit);
  }

  private void scalars(List<Recording> fit) {
    Map<String, List<Double>> ratios = new HashMap<>();
    for (Recording row : fit) {
      Map<String, Double> boards = works.getOrDefault(work(row), Map.of());
      Double here = boards.get(row.setting().boardId());
      if (here != null) {
        boards.forEach(
            (other, cycles) -> {
              if (!other.equals(row.setting().boardId())) {
                ratios
                    .computeIfAbsent(pair(other, row), key -> new ArrayList<>())
                    .add(here / cycles);
              }
            });
      }
    }
    scalars.putAll(medians(ratios));
  }

  /**
   * What each baseline says about a row in cycles; NaN where it has nothing to say.
   *
   * @param others recordings that may be looked at on other boards, by work
   */
  List<Double> of(Recording row, Workload workload, Map<String, Map<String, Double>> others) {
    double macs = macs(workload.layers());
    double first = Double.NaN;
    double second = Double.NaN;
    if (macs > 0) {
      first = macs * perBoard.getOrDefault(row.setting().boardId(), Double.NaN);
      second = macs * perOperator.getOrDefault(operatorKey(row), Double.NaN);
    }
    double third = Double.NaN;
    for (Map.Entry<String, Double> other : others.getOrDefault(work(row), Map.of()).entrySet()) {
      Double scalar = scalars.get(pair(other.getKey(), row));
      if (scalar != null && !other.getKey().equals(row.setting().boardId())) {
        third = other.getValue() * scalar;
      }
    }
    return List.of(first, second, third);
  }

  /** The work and build of a row, the board aside. */
  static String work(Recording row) {
    var setting = row.setting();
    String what = row.isLayer() ? row.work().signature() : "network " + row.work().network();
    return String.join(
        "|",
        what,
        setting.type(),
        setting.library().toString(),
        setting.opt(),
        setting.fpu().name());
  }

  /** Recorded cycles of each work on each board. */
  static Map<String, Map<String, Double>> byWork(Map<Recording, Sample> samples) {
    Map<String, Map<String, Double>> works = new HashMap<>();
    samples.forEach(
        (row, sample) ->
            works
                .computeIfAbsent(work(row), key -> new java.util.TreeMap<>())
                .merge(row.setting().boardId(), sample.cycles(), (a, b) -> a));
    return works;
  }

  private static String pair(String other, Recording row) {
    return other + "|" + row.setting().boardId();
  }

  private static String operatorKey(Recording row) {
    return row.setting().boardId() + "|" + (row.isLayer() ? row.work().op() : "network");
  }

  private static double macs(List<LayerWork> layers) {
    return layers.stream().mapToDouble(LayerWork::macs).sum();
  }

  private static Map<String, Double> medians(Map<String, List<Double>> lists) {
    Map<String, Double> medians = new HashMap<>();
    lists.forEach(
        (key, list) -> {
          double[] sorted = list.stream().mapToDouble(Double::doubleValue).toArray();
          Arrays.sort(sorted);
          medians.put(key, Score.quantile(sorted, 0.5));
        });
    return medians;
  }
}
