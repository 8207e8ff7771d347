package dev.thumbprint.cost;

/**
 * A description from outside (a board, a library, a setting of a target) cannot be used: damaged,
 * out of range, or asking for something that the machine does not have. The message is meant for
 * the user: where, what was found, what was expected, and a hint.
 */
public final class BadDescription extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String where;
  private final String problem;
  private final String hint;

  /**
   * A problem at a place.
   *
   * @param where file with line and key, or the name of the setting
   * @param problem what was found and what was expected
   * @param hint what to do about it; may be empty
   */
  public BadDescription(String where, String problem, String hint) {
    super(where + ": " + problem + (hint.isEmpty() ? "" : "; hint: " + hint));
    this.where = where;
    this.problem = problem;
    this.hint = hint;
  }

  /** File with line and key, or the name of the setting. */
  public String where() {
    return where;
  }

  /** What was found and what was expected. */
  public String problem() {
    return problem;
  }

  /** What to do about it; may be empty. */
  public String hint() {
    return hint;
  }
}
