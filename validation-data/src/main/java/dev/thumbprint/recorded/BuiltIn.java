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

  private BuiltIn() {}

  /** Every built-in recording; read once. */
  static List<Recording> recordings() {
    return All.RECORDINGS;
  }

  /**
   * Whether rows under this header are joined with the built-in tables of origins, settings and
   * methods.
   */
  static boolean isTable(Map<String, Integer> header) {
    return header.containsKey("origin")
        && header.containsKey("setting")
        && !header.containsKey("board_id");
  }

  /** The recording of a row of a built-in table. */
  static Recording recording(CsvRow row) {
    Setting setting = joined(row, "setting", Keys.SETTINGS);
    return new Recording(
        row.required("id"),
        joined(row, "origin", Keys.ORIGINS),
        Columns.withSupply(setting, row.number("supply_v", 0)),
        ShapeResolver.resolve(Columns.work(row), setting.library()),
        Columns.measured(row),
        Columns.trust(row),
        joined(row, "method", Keys.METHODS),
        row.text("notes"),
        Columns.extra(row, JOINS));
  }

  /** What the keys of a row lead to; read on first use. */
  private static final class Keys {
    static final Map<String, Origin> ORIGINS = new HashMap<>();
    static final Map<String, Setting> SETTINGS = new HashMap<>();
    static final Map<String, String> METHODS = new HashMap<>();

    static {
      table(
          "origins.csv",
          row ->
              ORIGINS.put(
                  row.required("origin"),
                  new Origin(row.required("source"), row.text("campaign"), row.required("place"))));
      table("settings.csv", row -> SETTINGS.put(row.required("setting"), Columns.setting(row)));
      table("methods.csv", row -> METHODS.put(row.required("method"), row.required("text")));
      METHODS.put("", "");
    }
  }

  /** All tables; a class of its own, so that reading one table does not read them all. */
  private static final class All {
    static final List<Recording> RECORDINGS;

    static {
      List<Recording> recordings = new ArrayList<>();
      for (String name : TABLES) {
        table(name, row -> recordings.add(recording(row)));
      }
      RECORDINGS = Collections.unmodifiableList(recordings);
    }
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
