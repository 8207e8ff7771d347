package dev.thumbprint.recorded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The built-in tables. Rows name their origin, setting and method by key; those stand once each in
 * tables of their own, so that a reader can review them.
 */
final class BuiltIn {
  static final List<String> TABLES =
      List.of(
          "heim2021.csv",
          "heim2021-float.csv",
          "micronas.csv",
          "mlperf-tiny.csv",
          "edgemark.csv",
          "microai.csv",
          "model-zoos.csv",
          "others.csv");

  private static final Set<String> JOINS = Set.of("origin", "setting", "method");

  static final List<Recording> RECORDINGS = load();

  private BuiltIn() {}

  private static List<Recording> load() {
    Map<String, Origin> origins = new HashMap<>();
    table(
        "origins.csv",
        row ->
            origins.put(
                row.required("origin"),
                new Origin(row.required("source"), row.text("campaign"), row.required("place"))));
    Map<String, Setting> settings = new HashMap<>();
    table("settings.csv", row -> settings.put(row.required("setting"), Columns.setting(row)));
    Map<String, String> methods = new HashMap<>();
    table("methods.csv", row -> methods.put(row.required("method"), row.required("text")));
    methods.put("", "");
    List<Recording> recordings = new ArrayList<>();
    for (String name : TABLES) {
      table(name, row -> recordings.add(recording(row, origins, settings, methods)));
    }
    return Collections.unmodifiableList(recordings);
  }

  private static Recording recording(
      CsvRow row,
      Map<String, Origin> origins,
      Map<String, Setting> settings,
      Map<String, String> methods) {
    Setting setting = joined(row, "setting", settings);
    return new Recording(
        row.required("id"),
        joined(row, "origin", origins),
        Columns.withSupply(setting, row.number("supply_v", 0)),
        ShapeResolver.resolve(Columns.work(row), setting.library()),
        Columns.measured(row),
        Columns.trust(row),
        joined(row, "method", methods),
        row.text("notes"),
        Columns.extra(row, JOINS));
  }

  private static <T> T joined(CsvRow row, String column, Map<String, T> table) {
    T value = table.get(row.text(column));
    if (value == null) {
      throw row.bad(column, "a key of " + column + "s.csv", "");
    }
    return value;
  }

  /** Reads a built-in table; a failure means that the jar is damaged. */
  static void table(String name, Consumer<CsvRow> rows) {
    try (InputStream in = BuiltIn.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new BadRecordingException(
            name, 0, "", "no such resource", "a built-in table", "is the build complete?");
      }
      CsvTable.read(name, in, rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
