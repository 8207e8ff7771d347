package dev.thumbprint.recorded;

/**
 * A file of recordings or networks is damaged. Names the place, what was found, what was expected,
 * and what helps.
 */
public final class BadRecordingException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int FOUND_CHARS_MAX = 60;

  private final String file;
  private final long line;
  private final String column;
  private final String found;
  private final String expected;
  private final String hint;

  BadRecordingException(
      String file, long line, String column, String found, String expected, String hint) {
    super(message(file, line, column, found, expected, hint));
    this.file = file;
    this.line = line;
    this.column = column;
    this.found = shortened(found);
    this.expected = expected;
    this.hint = hint;
  }

  private static String message(
      String file, long line, String column, String found, String expected, String hint) {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(", line ").append(line);
    }
    if (!column.isEmpty()) {
      text.append(", column ").append(column);
    }
    text.append(": found ").append(shortened(found)).append(", expected ").append(expected);
    if (!hint.isEmpty()) {
      text.append(" (").append(hint).append(')');
    }
    return text.toString();
  }

  /** A damaged file may hold anything: what is shown of it is short and printable. */
  private static String shortened(String found) {
    StringBuilder text = new StringBuilder();
    int length = Math.min(found.length(), FOUND_CHARS_MAX);
    for (int i = 0; i < length; i++) {
      char c = found.charAt(i);
      text.append(Character.isISOControl(c) || !Character.isDefined(c) ? '?' : c);
    }
    return text.append(length < found.length() ? "..." : "").toString();
  }

  /** File as the caller named it. */
  public String file() {
    return file;
  }

  /** Line, counted from 1; 0 where the whole file is meant. */
  public long line() {
    return line;
  }

  /** Column by its header, empty where the whole line is meant. */
  public String column() {
    return column;
  }

  /** What stands there, shortened. */
  public String found() {
    return found;
  }

  /** What should stand there. */
  public String expected() {
    return expected;
  }

  /** What helps, possibly empty. */
  public String hint() {
    return hint;
  }
}
