package dev.thumbprint.study;

import java.util.ArrayList;
import java.util.List;

/**
 * Verdicts over all rows.
 *
 * @param statements statements in all
 * @param recorded those that the recordings show
 * @param kept those of them that the simulation shows too
 * @param missed those of them that the simulation denies, as {@code ROW statement}
 * @param failing statements that fail on either side
 */
public record Tally(int statements, int recorded, int kept, List<String> missed, int failing) {
  /** Counts the verdicts. */
  public static Tally of(List<Outcome> outcomes) {
    int statements = 0;
    int recorded = 0;
    int kept = 0;
    int failing = 0;
    List<String> missed = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      for (Statement statement : outcome.statements()) {
        statements++;
        boolean shown = statement.recordedVerdict() == Verdict.HOLDS;
        recorded += shown ? 1 : 0;
        kept += shown && statement.simulatedVerdict() == Verdict.HOLDS ? 1 : 0;
        if (statement.missed()) {
          missed.add(
              outcome.experiment().id()
                  + " "
                  + statement.id()
                  + (statement.missedBeyondRecordings()
                      ? ", in a case that nothing was recorded of"
                      : ""));
        }
        failing +=
            statement.recordedVerdict() == Verdict.FAILS
                    || statement.simulatedVerdict() == Verdict.FAILS
                ? 1
                : 0;
      }
    }
    return new Tally(statements, recorded, kept, missed, failing);
  }

  /** The counts in one line. */
  public String text() {
    return "%d statements; %d hold in the recordings, %d of these in the simulation too%s; %d fail on one side or both"
        .formatted(
            statements,
            recorded,
            kept,
            missed.isEmpty() ? "" : " (not: " + String.join("; ", missed) + ")",
            failing);
  }
}
