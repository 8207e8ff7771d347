package dev.thumbprint.recorded;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One published or own measurement: what ran, on which machine and build, what was measured, and
 * where it stands.
 *
 * @param id stable name of the row, unique in its file
 * @param origin where it was published
 * @param setting machine and build
 * @param work operator or network
 * @param measured the figures
 * @param trust how far to believe them
 * @param method how it was measured, in words
 * @param notes remarks of this row
 * @param extra columns that this program does not know, in the order of the file
 */
public record Recording(
    String id,
    Origin origin,
    Setting setting,
    Work work,
    Measured measured,
    Trust trust,
    String method,
    String notes,
    Map<String, String> extra) {
  public Recording {
    extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
  }

  /** Cycles as recorded, or latency times clock. */
  public OptionalDouble cycles() {
    return measured.cyclesAt(setting.clockHz());
  }

  /** Whether this row is one operator or layer rather than a whole network. */
  public boolean isLayer() {
    return work.isLayer();
  }
}
