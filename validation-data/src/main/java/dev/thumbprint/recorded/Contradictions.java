package dev.thumbprint.recorded;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Rows that other rows of their own source contradict. Their figures stand as published; they are
 * never fitted and are scored apart, with the reason. The list is {@code contradicted.csv}; a test
 * holds it against the data.
 */
public final class Contradictions {
  private static final Map<String, String> WHY_BY_ID_PREFIX = read();

  private Contradictions() {}

  /** What contradicts the row, if anything does. */
  public static Optional<String> of(Recording recording) {
    for (Map.Entry<String, String> entry : WHY_BY_ID_PREFIX.entrySet()) {
      if (recording.id().startsWith(entry.getKey())) {
        return Optional.of(entry.getValue());
      }
    }
    return Optional.empty();
  }

  private static Map<String, String> read() {
    Map<String, String> why = new LinkedHashMap<>();
    BuiltIn.table(
        "contradicted.csv", row -> why.put(row.required("id_prefix"), row.required("why")));
    return why;
  }
}
