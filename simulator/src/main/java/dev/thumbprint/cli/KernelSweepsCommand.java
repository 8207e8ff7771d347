package dev.thumbprint.cli;

import dev.thumbprint.cli.OutputMixin.Format;
import dev.thumbprint.cost.counts.CountTable;
import dev.thumbprint.firmware.monitor.OperatorCounts;
import dev.thumbprint.firmware.retime.CountsReader;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.model.Network;
import dev.thumbprint.model.TfliteReader;
import dev.thumbprint.report.TextTable;
import dev.thumbprint.report.TextTable.Align;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kernels sweeps}: the stored tables of counts of single kernels over shapes. */
@Command(
    name = "sweeps",
    description = {
      "Stored counts of single kernels over thousands of shapes (docs/sweeps.md).",
      "Without TABLE: the tables, and what was compiled for each. With TABLE: its rows. With a file"
          + " of emulate --counts: the operators of that run in the same columns."
    })
final class KernelSweepsCommand implements Callable<Integer> {
  private static final String SCHEMA_VERSION = "1.0";
  private static final String BUILDS = "sweeps/builds.csv";

  /** Columns that fit beside each other; json and csv have all. */
  private static final List<String> SHOWN =
      List.of(
          "op",
          "input",
          "filter",
          "output",
          "stride",
          "padding",
          "type",
          "instructions",
          "cycles",
          "loads",
          "stores");

  @Parameters(
      arity = "0..1",
      paramLabel = "TABLE|COUNTS",
      description = "Name of a table, as the list shows it; or a file of emulate --counts.")
  private String table = "";

  @Option(names = "--op", paramLabel = "NAME", description = "Only rows of this operator.")
  private String op = "";

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "The .tflite that the run of COUNTS executed: tells the shapes.")
  private Path model;

  @Mixin private OutputMixin output;

  @Override
  public Integer call() throws IOException {
    List<Map<String, String>> builds = CountTable.rows(BUILDS);
    if (table.isEmpty()) {
      output.write(list(builds));
      return ExitStatus.FINE;
    }
    if (CountsReader.isCounts(Path.of(table))) {
      output.write(rows(ofRun(), table));
      return ExitStatus.FINE;
    }
    String file = table.endsWith(".csv") ? table : table + ".csv";
    Map<String, String> build =
        builds.stream()
            .filter(row -> row.get("table").equals(file))
            .findAny()
            .orElseThrow(
                () ->
                    InputException.of(
                            "", "table", table, "one of the " + builds.size() + " stored tables")
                        .withHint("kernels sweeps lists them"));
    output.write(rows(CountTable.rows("sweeps/" + file), build.get("table")));
    return ExitStatus.FINE;
  }

  private Listing list(List<Map<String, String>> builds) {
    TextTable text =
        new TextTable()
            .column("table", Align.LEFT)
            .column("library", Align.LEFT)
            .column("rows", Align.RIGHT)
            .column("commit", Align.LEFT)
            .column("ELF sha256", Align.LEFT)
            .column("flags", Align.LEFT);
    boolean whole = output.format() != Format.TABLE;
    for (Map<String, String> build : builds) {
      text.row(
          build.get("table").replace(".csv", ""),
          build.get("library"),
          build.get("rows"),
          build.get("repository") + " " + start(build.get("commit"), whole),
          start(build.get("elf_sha256"), whole),
          build.get("flags"));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema_version", SCHEMA_VERSION);
    document.put("tables", builds);
    String compiler =
        String.join(", ", builds.stream().map(build -> build.get("compiler")).distinct().toList());
    return new Listing("Stored counts", text, "\nCompiled by " + compiler + "\n", document);
  }

  private static String start(String hash, boolean whole) {
    return whole ? hash : hash.substring(0, 12);
  }

  private List<Map<String, String>> ofRun() throws IOException {
    Optional<Network> network =
        model == null ? Optional.empty() : Optional.of(Lowering.network(TfliteReader.read(model)));
    return OperatorCounts.rows(CountsReader.read(Path.of(table)), network);
  }

  private Listing rows(List<Map<String, String>> all, String title) {
    List<Map<String, String>> rows =
        all.stream().filter(row -> op.isEmpty() || op.equalsIgnoreCase(row.get("op"))).toList();
    List<String> columns =
        output.format() == Format.TABLE ? SHOWN : List.copyOf(all.getFirst().keySet());
    TextTable text = new TextTable();
    for (String column : columns) {
      boolean number = !rows.isEmpty() && rows.getFirst().get(column).matches("\\d+");
      text.column(column, number ? Align.RIGHT : Align.LEFT);
    }
    rows.forEach(row -> text.row(columns.stream().map(row::get).toArray(String[]::new)));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema_version", SCHEMA_VERSION);
    document.put("rows", rows);
    return new Listing(title, text, "\nAll columns: --format csv; docs/sweeps.md\n", document);
  }
}
