package dev.thumbprint.recorded;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * One row of a CSV file with its place, so that every bad cell can be named. An absent column reads
 * as an empty cell.
 */
record CsvRow(String file, long line, Map<String, Integer> header, List<String> cells) {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][+-]?\\d{1,3})?");
  private static final double LONG_LIMIT = 9.2e18;

  /** A row that tells nothing. */
  static CsvRow blank(String file, long line, Map<String, Integer> header) {
    return new CsvRow(file, line, header, Collections.nCopies(header.size(), ""));
  }

  /** This row without what stands in one column. */
  CsvRow without(String column) {
    List<String> others = new ArrayList<>(cells);
    others.set(header.get(column), "");
    return new CsvRow(file, line, header, others);
  }

  /** The cell without surrounding blanks; empty where it is empty or the column is absent. */
  String text(String column) {
    Integer index = header.get(column);
    return index == null ? "" : cells.get(index).strip();
  }

  /** A number of at least {@code min}. */
  OptionalDouble number(String column, double min) {
    String text = text(column);
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (!NUMBER.matcher(text).matches()) {
      throw bad(
          column,
          "a number",
          "a decimal point, no unit, no thousands separator; empty where unknown");
    }
    double value = Double.parseDouble(text);
    if (value < min || Double.isInfinite(value)) {
      throw bad(column, "a finite number of at least " + min, "");
    }
    return OptionalDouble.of(value);
  }

  /** A whole number of at least 0; {@code 12.0} and {@code 1e6} are whole. */
  OptionalLong whole(String column) {
    OptionalDouble value = number(column, 0);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    if (value.getAsDouble() > LONG_LIMIT) {
      throw bad(column, "a whole number below 9.2e18", "");
    }
    try {
      return OptionalLong.of(new BigDecimal(text(column)).longValueExact());
    } catch (ArithmeticException e) {
      throw bad(column, "a whole number", "");
    }
  }

  /** A shape such as {@code 1x32x32x3}. */
  Shape shape(String column) {
    try {
      return Shape.parse(text(column));
    } catch (IllegalArgumentException e) {
      throw bad(
          column,
          "a shape such as 1x32x32x3",
          "1 to 8 dimensions of at least 1, empty where unknown");
    }
  }

  /** One of {@code allowed}, in exactly this spelling, or empty. */
  String oneOf(String column, List<String> allowed) {
    String text = text(column);
    if (!text.isEmpty() && !allowed.contains(text)) {
      throw bad(column, "one of " + String.join(", ", allowed), "empty where unknown");
    }
    return text;
  }

  /** A cell that must not be empty. */
  String required(String column) {
    String text = text(column);
    if (text.isEmpty()) {
      throw bad(column, "a value", "");
    }
    return text;
  }

  /** The error that the cell in {@code column} is. */
  BadRecordingException bad(String column, String expected, String hint) {
    String text = text(column);
    return new BadRecordingException(
        file, line, column, text.isEmpty() ? "nothing" : "'" + text + "'", expected, hint);
  }
}
