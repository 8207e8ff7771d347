package dev.thumbprint.cli;

import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.counts.CountTable;
import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.KernelLibrary;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.pricing.CoefficientSet;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.report.Numbers;
import dev.thumbprint.report.TextTable;
import dev.thumbprint.report.TextTable.Align;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kernels}: the kernel libraries that are modelled, by generation. */
@Command(
    name = "kernels",
    subcommands = {KernelCountsCommand.class, KernelSweepsCommand.class},
    description = "The kernel libraries that are modelled, and what is known of each build.")
final class KernelsCommand implements Callable<Integer> {
  private static final String SCHEMA_VERSION = "1.0";

  @Mixin OutputMixin output;

  @Override
  public Integer call() throws IOException {
    return list(output);
  }

  @Command(
      name = "list",
      description = "List the kernel libraries and their generations; so does kernels alone.")
  int list(@Mixin OutputMixin form) throws IOException {
    String remark =
        "\nKnown by totals of whole networks only: "
            + String.join(", ", KernelLibraries.coarseFamilies())
            + "\nof these recorded: "
            + String.join(", ", recordedTotals())
            + "\n";
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema_version", SCHEMA_VERSION);
    document.put("kernels", summaries());
    document.put("coarse", KernelLibraries.coarseFamilies());
    form.write(new Listing("Kernel libraries", table(), remark, document));
    return ExitStatus.FINE;
  }

  @Command(
      name = "show",
      description = "Show the origin of a library and the cycles per trip of its builds.")
  int show(
      @Parameters(paramLabel = "NAME", description = "Such as cmsis-nn@2022.") String name,
      @Mixin OutputMixin.TextOrJson form)
      throws IOException {
    KernelLibrary library = KernelName.library(name);
    List<CoefficientSet> sets =
        CostModel.shipped().sets().stream()
            .filter(set -> set.library().equals(library.id()))
            .toList();
    form.write(() -> text(library, sets), () -> document(library, sets));
    return ExitStatus.FINE;
  }

  /** Versions of closed runtimes that networks were recorded of. */
  private static List<String> recordedTotals() {
    return CostModel.shipped().sets().stream()
        .map(CoefficientSet::library)
        .filter(id -> KernelLibraries.find(id).map(KernelLibrary::coarse).orElse(false))
        .map(Object::toString)
        .distinct()
        .toList();
  }

  private static TextTable table() {
    TextTable table =
        new TextTable()
            .column("name", Align.LEFT)
            .column("builds recorded", Align.RIGHT)
            .column("rows", Align.RIGHT)
            .column("source", Align.LEFT);
    for (Map<String, Object> row : summaries()) {
      table.row(
          row.get("name").toString(),
          row.get("builds").toString(),
          row.get("rows").toString(),
          row.get("origin").toString());
    }
    return table;
  }

  private static List<Map<String, Object>> summaries() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (KernelLibrary library : KernelLibraries.all()) {
      List<CoefficientSet> sets =
          CostModel.shipped().sets().stream()
              .filter(set -> set.library().equals(library.id()))
              // The others are carried over from builds like them, and their rows are not theirs.
              .filter(set -> set.source() == Source.CALIBRATED)
              .toList();
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", library.id().toString());
      row.put("builds", sets.size());
      row.put("rows", sets.stream().mapToInt(CoefficientSet::rows).sum());
      row.put("origin", library.origin());
      rows.add(row);
    }
    return rows;
  }

  private static String text(KernelLibrary library, List<CoefficientSet> sets) {
    StringBuilder text = new StringBuilder();
    text.append(library.id()).append("\n  source: ").append(library.origin()).append('\n');
    if (library.coarse()) {
      text.append("  known by totals of whole networks only\n");
    }
    tables(library)
        .forEach(row -> text.append("  counted: kernels sweeps ").append(row).append('\n'));
    for (CoefficientSet set : sets) {
      text.append("\n%s: %s, %d rows%n".formatted(set, set.source().label(), set.rows()));
      TextTable table =
          new TextTable()
              .column("  trip", Align.LEFT)
              .column("of", Align.LEFT)
              .column("cycles", Align.RIGHT)
              .column("what", Align.LEFT);
      for (Term term : set.cycles().toMap().keySet()) {
        table.row(
            "  " + term.label(),
            term.unit(),
            Numbers.significant(set.cyclesPerTrip(term)),
            term.meaning());
      }
      text.append(table.render());
    }
    return text.toString();
  }

  /** Names of the stored tables of counts of a library. */
  private static List<String> tables(KernelLibrary library) {
    return CountTable.rows("sweeps/builds.csv").stream()
        .filter(row -> row.get("library").equals(library.id().toString()))
        .map(row -> row.get("table").replace(".csv", ""))
        .toList();
  }

  private static Map<String, Object> document(KernelLibrary library, List<CoefficientSet> sets) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema_version", SCHEMA_VERSION);
    document.put("name", library.id().toString());
    document.put("origin", library.origin());
    document.put("coarse", library.coarse());
    document.put("sweeps", tables(library));
    List<Map<String, Object>> builds = new ArrayList<>();
    for (CoefficientSet set : sets) {
      Map<String, Object> build = new LinkedHashMap<>();
      build.put("build", set.toString());
      build.put("source", set.source().label());
      build.put("rows", set.rows());
      Map<String, Double> cycles = new LinkedHashMap<>();
      set.cycles().toMap().forEach((term, value) -> cycles.put(term.label(), value));
      build.put("cycles_per_trip", cycles);
      builds.add(build);
    }
    document.put("builds", builds);
    return document;
  }
}
