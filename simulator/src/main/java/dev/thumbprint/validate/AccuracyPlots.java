package dev.thumbprint.validate;

import dev.thumbprint.report.chart.ScatterGrid;
import dev.thumbprint.report.chart.ScatterPanel;
import dev.thumbprint.report.chart.Series;
import dev.thumbprint.report.chart.Series.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Scored rows of the accuracy document as pictures: recorded against predicted cycles. */
final class AccuracyPlots {
  /** Points of a panel at most; more hide each other. */
  static final int POINTS_MAX = 400;

  private static final List<String> FAMILIES = List.of("cmsis-nn", "tflm-reference");
  private static final String OTHERS = "other libraries";

  private AccuracyPlots() {}

  /**
   * The picture of some rows.
   *
   * @param title what is shown
   * @param rows the rows; those that are not scored are left out
   * @param key which panel a row stands in
   */
  static String svg(String title, List<Prediction> rows, Function<Prediction, String> key) {
    return new ScatterGrid(
            title, "recorded cycles", "predicted cycles", caption(), panels(rows, key))
        .render();
  }

  /** What a reader has to know about the points. */
  static List<String> caption() {
    return List.of(
        "Scored rows alone; n and the mean absolute error are of all of them. Of more than",
        POINTS_MAX + " rows in a panel every k-th is drawn, in the order of recorded cycles.");
  }

  /** One panel for each key, in the order of the keys. */
  static List<ScatterPanel> panels(List<Prediction> rows, Function<Prediction, String> key) {
    Map<String, List<Prediction>> groups =
        rows.stream()
            .filter(Prediction::scored)
            .collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
    List<ScatterPanel> panels = new ArrayList<>();
    groups.forEach((name, members) -> panels.add(panel(name, members)));
    return panels;
  }

  private static ScatterPanel panel(String name, List<Prediction> rows) {
    Map<String, Series.Builder> families = new TreeMap<>();
    for (Prediction row : thinned(rows)) {
      String family = family(row);
      families
          .computeIfAbsent(family, AccuracyPlots::series)
          .add(row.recordedCycles().orElseThrow(), row.cycles().orElseThrow().value());
    }
    double error =
        Score.mean(rows.stream().mapToDouble(row -> 100 * Math.abs(row.error())).toArray());
    return new ScatterPanel(
        name,
        "n = " + rows.size() + ", mean error " + ValidationText.one(error) + " %",
        families.values().stream().map(Series.Builder::build).toList());
  }

  private static Series.Builder series(String family) {
    int at = FAMILIES.indexOf(family);
    return Series.of(family, Mark.DOTS, at < 0 ? FAMILIES.size() : at);
  }

  private static String family(Prediction row) {
    String library = row.recording().setting().library().name();
    return FAMILIES.contains(library) ? library : OTHERS;
  }

  /** Every k-th row in the order of recorded cycles, so that no more than the most are left. */
  static List<Prediction> thinned(List<Prediction> rows) {
    List<Prediction> sorted =
        rows.stream()
            .sorted(
                Comparator.comparingDouble((Prediction row) -> row.recordedCycles().orElseThrow())
                    .thenComparing(row -> row.recording().id()))
            .toList();
    int step = Math.max(1, Math.ceilDiv(sorted.size(), POINTS_MAX));
    List<Prediction> kept = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i += step) {
      kept.add(sorted.get(i));
    }
    return kept;
  }
}
