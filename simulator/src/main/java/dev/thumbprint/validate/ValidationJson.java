package dev.thumbprint.validate;

import dev.thumbprint.cost.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A validation as JSON. */
final class ValidationJson {
  private static final String SCHEMA_VERSION = "1.0";

  private ValidationJson() {}

  static String of(Validated validated) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("schema_version", SCHEMA_VERSION);
    root.put("title", validated.title());
    root.put("known", score(validated.known()));
    root.put("tflm_on_built_in_boards", score(validated.tflm()));
    Map<String, Object> apart = new LinkedHashMap<>();
    validated.apart().forEach((reason, rows) -> apart.put(reason, score(rows)));
    root.put("apart", apart);
    List<Map<String, Object>> groups = new ArrayList<>();
    validated
        .groups()
        .forEach(
            (key, rows) -> {
              String[] parts = key.split("\t", -1);
              Map<String, Object> group = new LinkedHashMap<>();
              group.put("source", parts[0]);
              group.put("board", parts[1]);
              group.put("runtime", parts[2]);
              group.put("operator", parts[3]);
              group.putAll(score(rows));
              groups.add(group);
            });
    root.put("groups", groups);
    root.put("refused", Validation.reasons(validated.predictions()));
    root.put("fitted_constants", constants(validated));
    return JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(root)
        + "\n";
  }

  private static List<Map<String, Object>> constants(Validated validated) {
    List<Map<String, Object>> constants = new ArrayList<>();
    validated.model().sets().stream()
        .filter(set -> set.source() == Source.CALIBRATED)
        .forEach(set -> constants.add(Map.of("build", set.toString(), "constants", set.fitted())));
    validated
        .model()
        .transfer()
        .boards()
        .forEach((id, numbers) -> constants.add(Map.of("build", "board " + id, "constants", 2)));
    return constants;
  }

  private static Map<String, Object> score(List<Prediction> rows) {
    Score score = Score.of(rows);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("rows", score.rows());
    map.put("priced", score.priced());
    map.put("scored", score.scored());
    put(map, "mean_error_pct", score.meanPct());
    put(map, "median_error_pct", score.medianPct());
    put(map, "p90_error_pct", score.p90Pct());
    put(map, "bias_pct", score.biasPct());
    put(map, "within_5_pct", score.within5());
    put(map, "within_10_pct", score.within10());
    put(map, "kendall_tau", score.tau());
    put(map, "interval_coverage", score.coverage());
    put(map, "interval_half_width_pct", score.halfWidthPct());
    List<Map<String, Object>> baselines = new ArrayList<>();
    for (int i = 0; i < Baselines.NAMES.size(); i++) {
      Map<String, Object> baseline = new LinkedHashMap<>();
      baseline.put("name", Baselines.NAMES.get(i));
      put(baseline, "mean_error_pct", score.baselinesPct().get(i));
      put(baseline, "model_on_same_rows_pct", score.onBaselineRowsPct().get(i));
      baselines.add(baseline);
    }
    map.put("baselines", baselines);
    return map;
  }

  /** A figure, or null where there is none: NaN is no JSON. */
  private static void put(Map<String, Object> map, String key, double value) {
    map.put(key, Double.isNaN(value) ? null : value);
  }
}
