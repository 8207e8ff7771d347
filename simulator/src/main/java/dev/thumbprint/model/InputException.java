package dev.thumbprint.model;

/**
 * An input file that cannot be used: unreadable, damaged, or holding something unsupported. The one
 * exception type for bad input; the command line maps it to exit status 3. The message names the
 * file, the place in it, what was found, what was expected, and a hint where there is one.
 */
public final class InputException extends RuntimeException {
  private static final int SHOWN_CHARACTERS_MAX = 400;

  private final String file;
  private final String place;
  private final String found;
  private final String expected;
  private final String hint;

  private InputException(
      String file, String place, String found, String expected, String hint, Throwable cause) {
    super(message(file, place, found, expected, hint), cause);
    this.file = file;
    this.place = place;
    this.found = found;
    this.expected = expected;
    this.hint = hint;
  }

  /**
   * A defect.
   *
   * @param file path or name of the input; empty where only the caller knows it (see {@link
   *     #inFile})
   * @param place where in the file: operator, tensor, line, key; may be empty
   * @param found what is there
   * @param expected what should be there; may be empty
   */
  public static InputException of(String file, String place, String found, String expected) {
    return new InputException(file, place, shown(found), shown(expected), "", null);
  }

  /** This defect with advice to the user. */
  public InputException withHint(String advice) {
    return new InputException(file, place, found, expected, advice, getCause());
  }

  /** This defect with the exception that revealed it. */
  public InputException causedBy(Throwable cause) {
    return new InputException(file, place, found, expected, hint, cause);
  }

  /** This defect, naming its file; unchanged where a file is already named. */
  public InputException inFile(String name) {
    return file.isEmpty()
        ? new InputException(name, place, found, expected, hint, getCause())
        : this;
  }

  /** This defect at an enclosing place, outermost first. */
  public InputException within(String outer) {
    String path = place.isEmpty() ? outer : outer + ", " + place;
    return new InputException(file, path, found, expected, hint, getCause());
  }

  /** Path or name of the input. */
  public String file() {
    return file;
  }

  /** Where in the file. */
  public String place() {
    return place;
  }

  /** What is there. */
  public String found() {
    return found;
  }

  /** What should be there; may be empty. */
  public String expected() {
    return expected;
  }

  /** Advice to the user; may be empty. */
  public String hint() {
    return hint;
  }

  private static String message(
      String file, String place, String found, String expected, String hint) {
    StringBuilder text = new StringBuilder();
    text.append(file.isEmpty() ? "" : file + ": ");
    text.append(place.isEmpty() ? "" : place + ": ");
    text.append(found);
    text.append(expected.isEmpty() ? "" : "; expected " + expected);
    text.append(hint.isEmpty() ? "" : "; hint: " + hint);
    return text.toString();
  }

  /** Text of the file itself may be hostile: control characters out, length bounded. */
  private static String shown(String text) {
    String cut =
        text.length() > SHOWN_CHARACTERS_MAX
            ? text.substring(0, SHOWN_CHARACTERS_MAX) + "..."
            : text;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
