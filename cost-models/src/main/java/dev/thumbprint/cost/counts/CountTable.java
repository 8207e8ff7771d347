package dev.thumbprint.cost.counts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the shipped tables of counts. */
public final class CountTable {
  private static final String FOLDER = "/dev/thumbprint/cost/calibration/";

  /** The path of rows whose input was executed with every value zero. */
  public static final String ZEROS = "zeros";

  /** The path of rows of float kernels whose input was executed with every second value zero. */
  public static final String HALF_ZEROS = "half-zeros";

  private CountTable() {}

  /**
   * The rows of a table, each with its cells by the name of their column, in the order of the
   * columns; the header line is none of them.
   *
   * @param name relative to the folder of the tables, such as {@code sweeps/builds.csv}
   * @throws IllegalStateException if there is no such table, or a row has not as many cells as the
   *     header
   */
  public static List<Map<String, String>> rows(String name) {
    List<String> lines = lines(name);
    String[] header = lines.getFirst().split(",", -1);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      if (cells.length != header.length) {
        throw new IllegalStateException(
            "%s: %d cells, expected %d: %s".formatted(name, cells.length, header.length, line));
      }
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < header.length; i++) {
        row.put(header[i], cells[i]);
      }
      rows.add(row);
    }
    return rows;
  }

  /**
   * The lines of a shipped text that are neither blank nor comments.
   *
   * @throws IllegalStateException if there is no such text
   */
  public static List<String> lines(String name) {
    try (InputStream stream = CountTable.class.getResourceAsStream(FOLDER + name)) {
      if (stream == null) {
        throw new IllegalStateException("resource missing: " + FOLDER + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
