package dev.thumbprint.study;

import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.report.chart.BarChart;
import dev.thumbprint.study.Setup.Kernels;
import dev.thumbprint.study.Setup.StudyBoard;
import dev.thumbprint.study.batch.BatchPlan;
import dev.thumbprint.study.batch.BatchRunner;
import dev.thumbprint.study.batch.BatchStore;
import dev.thumbprint.study.phase.DesignRecord;
import dev.thumbprint.train.NumberForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The study's full factorial in one run. */
final class BatchTable {
  /** What the study records of every run, in the names of our record. */
  private static final List<String> STUDY_RECORD =
      List.of(
          "time",
          "mcu",
          "model",
          "kernels",
          "arena_bytes",
          "opt",
          "fpu",
          "macs",
          "parameters",
          "weight_type",
          "activation_type",
          "model_bytes",
          "model_reduction_pct",
          "binary_bytes",
          "input_type",
          "input_shape",
          "output_type",
          "output_shape",
          "host_accuracy_pct",
          "host_loss",
          "target_accuracy_pct",
          "target_loss",
          "latency_ms",
          "latency_deviation_ms");

  private static final List<String> STUDY_LAYER =
      List.of("latency_ms", "share", "voltage_v", "current_ma", "power_mw", "energy_uj");

  private BatchTable() {}

  static void run(Lab lab, Outcome.Builder outcome) {
    BatchPlan plan =
        new BatchPlan(
            Arrays.stream(StudyBoard.values()).map(StudyBoard::id).toList(),
            Arrays.stream(Kernels.values()).map(Kernels::library).toList(),
            List.of(OptLevel.OFAST, OptLevel.OS),
            List.of(true, false),
            List.of(NumberForm.FLOAT32, NumberForm.MIXED, NumberForm.INT8),
            List.of("lenet", "resnet20"),
            Optional.empty(),
            Optional.empty());
    List<DesignRecord> records;
    try {
      records = new BatchRunner(plan).run(BatchStore.inMemory(), step -> {});
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    Map<String, Long> statuses =
        records.stream()
            .collect(
                Collectors.groupingBy(
                    record -> record.text("status"), TreeMap::new, Collectors.counting()));
    outcome.state(
        "one-table",
        "Every combination of board, flags, FPU, library, number form and model is one row",
        List.of(),
        List.of(
            new Check(
                "rows",
                records.size() + " of " + plan.cells(),
                records.size() == plan.cells()
                    && records.stream().noneMatch(record -> record.text("status").isEmpty()))));
    outcome.state(
        "failures",
        "Failures are rows with their reason",
        List.of(),
        records.stream()
            .filter(record -> !record.text("status").equals("ok"))
            .map(
                record ->
                    new Check(
                        "%s %s %s"
                            .formatted(
                                record.text("board"), record.text("model"), record.text("form")),
                        record.text("status"),
                        !record.text("reason").isEmpty()))
            .toList());
    outcome.state(
        "superset",
        "The record is a superset of the study's",
        List.of(),
        List.of(
            holds("whole", DesignRecord.csvHeader().strip().split(","), STUDY_RECORD),
            holds("layer", DesignRecord.LAYER_COLUMNS.toArray(String[]::new), STUDY_LAYER)));
    outcome.sheet(
        "Rows by outcome",
        List.of("status", "rows"),
        statuses.entrySet().stream()
            .map(entry -> List.of(entry.getKey(), String.valueOf(entry.getValue())))
            .toList());
    BarChart chart = new BarChart("Rows by outcome", "rows", List.of("rows"));
    statuses.forEach((status, rows) -> chart.group(status, rows));
    outcome.plot("batch", "Rows by outcome", chart.render());
    outcome.note(
        "The same for any plan, resumable, with accuracies: ./thumbprint batch PLAN.yaml --store"
            + " DIR.");
  }

  private static Check holds(String what, String[] ours, List<String> wanted) {
    List<String> missing =
        wanted.stream().filter(column -> !List.of(ours).contains(column)).toList();
    return new Check(what, missing.isEmpty() ? "" : "without " + missing, missing.isEmpty());
  }
}
