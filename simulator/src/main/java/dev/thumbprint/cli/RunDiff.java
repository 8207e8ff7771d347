package dev.thumbprint.cli;

import dev.thumbprint.report.TextTable;
import dev.thumbprint.report.TextTable.Align;
import dev.thumbprint.run.Departure;
import dev.thumbprint.run.Dialect;
import dev.thumbprint.run.InputSource;
import dev.thumbprint.run.Interpreter;
import dev.thumbprint.run.LibraryDiff;
import dev.thumbprint.run.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code run --diff}: where the bits of two kernel libraries part. */
record RunDiff(Program left, Program right, List<LibraryDiff.Finding> findings) {
  private static final String SCHEMA_VERSION = "1.0";

  /** Enough to see states that one library keeps and the other does not. */
  private static final int INFERENCES = 3;

  /** Runs both; drawn inputs are drawn anew for every inference, as the benchmark does. */
  static RunDiff of(Program left, Program right, InputSource source) throws IOException {
    try {
      return new RunDiff(
          left,
          right,
          LibraryDiff.compare(left, right, INFERENCES, (run, i) -> fill(source, run, i)));
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }

  private static void fill(InputSource source, Interpreter run, int inference) {
    try {
      InputSource.fill(
          source instanceof InputSource.Drawn drawn
              ? new InputSource.Drawn(drawn.seed() + inference)
              : source,
          run);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  boolean equal() {
    return findings.isEmpty();
  }

  private Set<String> departures() {
    Set<String> names = new TreeSet<>();
    for (Dialect dialect : List.of(left.options().dialect(), right.options().dialect())) {
      for (Departure departure : dialect.departures()) {
        boolean both =
            left.options().dialect().has(departure) && right.options().dialect().has(departure);
        if (!both) {
          names.add(departure.label());
        }
      }
    }
    return names;
  }

  String text() {
    String names =
        left.options().dialect().library() + " and " + right.options().dialect().library();
    if (equal()) {
      return "%s: every operator output is equal in %d inferences%n".formatted(names, INFERENCES);
    }
    TextTable table =
        new TextTable()
            .column("inference", Align.RIGHT)
            .column("operator", Align.RIGHT)
            .column("name", Align.LEFT)
            .column("", Align.LEFT)
            .column("differ", Align.RIGHT)
            .column("of", Align.RIGHT)
            .column("first at", Align.RIGHT)
            .column("left", Align.RIGHT)
            .column("right", Align.RIGHT)
            .column("greatest", Align.RIGHT);
    for (LibraryDiff.Finding f : findings) {
      table.row(
          String.valueOf(f.inference()),
          String.valueOf(f.node().index()),
          f.node().label(),
          f.departs() ? "departs" : "follows",
          String.valueOf(f.differing()),
          String.valueOf(f.elements()),
          String.valueOf(f.first()),
          number(f.left()),
          number(f.right()),
          number(f.greatest()));
    }
    return "%s differ:%n%s%nKnown departures of the one or the other: %s%n"
        .formatted(names, table.render(), String.join(", ", departures()));
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.6g", value);
  }

  String json() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema_version", SCHEMA_VERSION);
    document.put("model", left.graph().name());
    document.put("sha256", left.graph().sha256());
    document.put("left", left.options().dialect().library().toString());
    document.put("right", right.options().dialect().library().toString());
    document.put("inferences", INFERENCES);
    document.put("equal", equal());
    List<Map<String, Object>> rows = new ArrayList<>();
    for (LibraryDiff.Finding f : findings) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("inference", f.inference());
      row.put("operator", f.node().index());
      row.put("name", f.node().label());
      row.put("output", f.output());
      row.put("departs", f.departs());
      row.put("differing", f.differing());
      row.put("elements", f.elements());
      row.put("first_index", f.first());
      row.put("left_value", f.left());
      row.put("right_value", f.right());
      row.put("greatest_difference", f.greatest());
      rows.add(row);
    }
    document.put("differences", rows);
    document.put("known_departures", List.copyOf(departures()));
    return JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(document)
        + System.lineSeparator();
  }
}
