package dev.thumbprint.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The cases of a statement, looked at with the recorded and with the simulated figures alike. */
final class Cases {
  /** Decides a statement from the figures of one case. */
  @FunctionalInterface
  interface Judge {
    Finding judge(double... figures);
  }

  /**
   * What was found.
   *
   * @param held whether the statement is true
   * @param figure the figure that decides it
   */
  record Finding(boolean held, String figure) {
    static Finding of(boolean held, String pattern, double... figures) {
      Object[] boxed = Arrays.stream(figures).boxed().toArray();
      return new Finding(held, String.format(Locale.ROOT, pattern, boxed));
    }
  }

  private final Judge judge;
  private final List<Check> recorded = new ArrayList<>();
  private final List<Check> simulated = new ArrayList<>();

  Cases(Judge judge) {
    this.judge = judge;
  }

  /** A case; a side with an unknown figure (NaN) is left out. */
  Cases add(String where, double[] recordedFigures, double[] simulatedFigures) {
    look(where, recordedFigures, recorded);
    look(where, simulatedFigures, simulated);
    return this;
  }

  private void look(String where, double[] figures, List<Check> checks) {
    for (double figure : figures) {
      if (Double.isNaN(figure)) {
        return;
      }
    }
    Finding finding = judge.judge(figures);
    checks.add(new Check(where, finding.figure(), finding.held()));
  }

  /** States it. */
  void state(Outcome.Builder outcome, String id, String text) {
    state(outcome, id, text, "");
  }

  /** States it, with the reason why it may fail. */
  void state(Outcome.Builder outcome, String id, String text, String reason) {
    outcome.state(id, text, recorded, simulated, reason);
  }

  /** A recorded figure, NaN where there is none. */
  static double orNan(OptionalDouble figure) {
    return figure.orElse(Double.NaN);
  }

  /** Figures in a row. */
  static double[] of(double... figures) {
    return figures;
  }
}
