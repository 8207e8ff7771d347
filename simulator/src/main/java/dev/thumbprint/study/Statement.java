package dev.thumbprint.study;

import java.util.List;

/**
 * Something that a row of the study says, judged on the recordings and on the simulation apart.
 *
 * @param id stable name within the row
 * @param text the statement
 * @param recorded cases of the recordings
 * @param simulated cases of the simulation
 * @param reason why it fails or is not shown, where that is known; empty otherwise
 */
public record Statement(
    String id, String text, List<Check> recorded, List<Check> simulated, String reason) {
  private static final int FAILURES_SHOWN = 4;

  public Statement {
    recorded = List.copyOf(recorded);
    simulated = List.copyOf(simulated);
  }

  /** What the recordings say. */
  public Verdict recordedVerdict() {
    return Check.verdict(recorded);
  }

  /** What the simulation says. */
  public Verdict simulatedVerdict() {
    return Check.verdict(simulated);
  }

  /** Whether the recordings show it and the simulation does not. */
  public boolean missed() {
    return recordedVerdict() == Verdict.HOLDS && simulatedVerdict() == Verdict.FAILS;
  }

  /** Whether all cases that the simulation denies are cases that nothing was recorded of. */
  public boolean missedBeyondRecordings() {
    List<String> places = recorded.stream().map(Check::where).toList();
    return missed()
        && simulated.stream().noneMatch(check -> !check.held() && places.contains(check.where()));
  }

  /** Reason and first cases that contradict the statement, in words; empty where none do. */
  public String explanation() {
    StringBuilder text = new StringBuilder(reason);
    append(text, "recorded", recorded);
    append(text, "simulated", simulated);
    return text.toString();
  }

  private static void append(StringBuilder text, String side, List<Check> checks) {
    List<Check> failed = checks.stream().filter(check -> !check.held()).toList();
    if (failed.isEmpty()) {
      return;
    }
    text.append(text.isEmpty() ? "" : "; ").append(side).append(": ");
    for (int i = 0; i < Math.min(failed.size(), FAILURES_SHOWN); i++) {
      Check check = failed.get(i);
      text.append(i == 0 ? "" : ", ").append(check.where()).append(' ').append(check.figure());
    }
    if (failed.size() > FAILURES_SHOWN) {
      text.append(" and %d more".formatted(failed.size() - FAILURES_SHOWN));
    }
  }
}
