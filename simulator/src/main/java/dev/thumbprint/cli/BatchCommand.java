package dev.thumbprint.cli;

import dev.thumbprint.cli.OutputMixin.Format;
import dev.thumbprint.model.WholeFile;
import dev.thumbprint.report.TableForms;
import dev.thumbprint.report.TextTable;
import dev.thumbprint.report.TextTable.Align;
import dev.thumbprint.study.batch.BatchPlan;
import dev.thumbprint.study.batch.BatchRunner;
import dev.thumbprint.study.batch.BatchStore;
import dev.thumbprint.study.phase.DesignRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code batch PLAN.yaml}: a full factorial, failures as rows, resumable. */
@Command(
    name = "batch",
    description = {
      "Run every combination of boards, kernel libraries, flags, FPU, number forms and models.",
      "What does not work becomes a row that says why. With --store a run that was broken off goes"
          + " on where it stopped, and records.csv, layers.csv and batch.json are written there."
    })
final class BatchCommand implements Callable<Integer> {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final List<String> SHOWN =
      List.of(
          "model",
          "form",
          "board",
          "kernels",
          "opt",
          "fpu",
          "status",
          "latency_ms",
          "energy_uj",
          "arena_bytes",
          "binary_bytes");

  @Spec CommandSpec spec;
  @Mixin OutputMixin output;

  @Parameters(
      index = "0",
      paramLabel = "PLAN.yaml",
      description =
          "The plan: version, boards, kernels, opt, fpu, types (float32, mixed, int8), models;"
              + " inputs and labels for accuracy.")
  private Path plan;

  @Writes(
      value = Writes.Kind.MADE_FOLDER,
      names = "records\\.(csv|jsonl)|layers\\.csv|batch\\.json")
  @Option(
      names = "--store",
      paramLabel = "DIR",
      description = "Folder that keeps the rows; made where there is none.")
  private Path store;

  @Override
  public Integer call() throws IOException {
    output.require(Format.values());
    BatchPlan read = BatchPlan.read(plan);
    Places.requireOthers(spec, read.files());
    BatchRunner runner = new BatchRunner(read);
    String stamp =
        MAPPER.writeValueAsString(
            MAPPER
                .createObjectNode()
                .put("batch", DesignRecord.SCHEMA_VERSION)
                .put("version", Version.version())
                .put("commit", Version.commit())
                .put("inputs", read.inputs().map(Path::toString).orElse(""))
                .put("labels", read.labels().map(Path::toString).orElse("")));
    List<DesignRecord> records =
        runner.run(
            store == null ? BatchStore.inMemory() : BatchStore.open(store, stamp),
            SharedOptions.of(spec).progress(spec.commandLine().getErr()));
    String csv =
        DesignRecord.csvHeader()
            + records.stream().map(DesignRecord::csv).collect(Collectors.joining());
    if (store != null) {
      WholeFile.write(csv, store.resolve("records.csv"));
      WholeFile.write(layers(records), store.resolve("layers.csv"));
      WholeFile.write(metadata(read, records), store.resolve("batch.json"));
    }
    output.write(
        switch (output.format()) {
          case HTML -> TableForms.page("Batch " + plan, TableForms.html(table(records)));
          case TABLE -> table(records).render();
          case MD -> TableForms.markdown(table(records));
          case CSV -> csv;
          case JSON ->
              records.stream()
                  .map(DesignRecord::line)
                  .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
        },
        spec.commandLine().getOut());
    return ExitStatus.FINE;
  }

  private static TextTable table(List<DesignRecord> records) {
    TextTable table = new TextTable();
    SHOWN.forEach(column -> table.column(column, column.contains("_") ? Align.RIGHT : Align.LEFT));
    for (DesignRecord record : records) {
      table.row(SHOWN.stream().map(column -> cell(record, column)).toArray(String[]::new));
    }
    return table;
  }

  private static String cell(DesignRecord record, String column) {
    String text = record.text(column);
    boolean decimals = column.equals("latency_ms") || column.equals("energy_uj");
    return decimals && !text.isEmpty()
        ? dev.thumbprint.report.Numbers.significant(Double.parseDouble(text))
        : text;
  }

  private static String layers(List<DesignRecord> records) {
    List<String> keys = List.of("model", "form", "board", "kernels", "opt", "fpu");
    StringBuilder csv = new StringBuilder(String.join(",", keys));
    csv.append(',').append(String.join(",", DesignRecord.LAYER_COLUMNS)).append('\n');
    for (DesignRecord record : records) {
      csv.append(
          record.layersCsv(
              keys.stream()
                  .map(record::text)
                  .map(DesignRecord::quoted)
                  .collect(Collectors.joining(","))));
    }
    return csv.toString();
  }

  private String metadata(BatchPlan read, List<DesignRecord> records) {
    var node = MAPPER.createObjectNode();
    node.put("schema_version", DesignRecord.SCHEMA_VERSION);
    node.putObject("tool")
        .put("name", "thumbprint")
        .put("version", Version.version())
        .put("commit", Version.commit());
    node.put("plan", plan.toString()).put("rows", records.size());
    var statuses = node.putObject("status");
    records.stream()
        .collect(
            Collectors.groupingBy(
                record -> record.text("status"), java.util.TreeMap::new, Collectors.counting()))
        .forEach(statuses::put);
    read.inputs().ifPresent(inputs -> node.put("inputs", inputs.toString()));
    read.labels().ifPresent(labels -> node.put("labels", labels.toString()));
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
  }
}
