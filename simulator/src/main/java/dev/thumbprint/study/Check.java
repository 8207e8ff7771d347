package dev.thumbprint.study;

import java.util.List;

/**
 * A statement looked at in one case.
 *
 * @param where the case, such as {@code L4 LeNet -Os}
 * @param figure what was found there
 * @param held whether the statement is true of it
 */
public record Check(String where, String figure, boolean held) {
  /** What the cases say together. */
  public static Verdict verdict(List<Check> checks) {
    if (checks.isEmpty()) {
      return Verdict.NOT_SHOWN;
    }
    return checks.stream().allMatch(Check::held) ? Verdict.HOLDS : Verdict.FAILS;
  }

  /** Number of cases in which the statement is true. */
  public static long held(List<Check> checks) {
    return checks.stream().filter(Check::held).count();
  }

  /** The verdict with its counts, such as {@code holds 20/20}. */
  public static String summary(List<Check> checks) {
    Verdict verdict = verdict(checks);
    return checks.isEmpty()
        ? verdict.label()
        : "%s %d/%d".formatted(verdict.label(), held(checks), checks.size());
  }
}
