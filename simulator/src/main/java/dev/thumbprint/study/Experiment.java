package dev.thumbprint.study;

import java.util.function.BiConsumer;

/**
 * One row of the study.
 *
 * @param row number, from 1
 * @param id stable name for {@code --only}
 * @param title what is looked at
 * @param item where the paper has it
 * @param procedure fills in the outcome
 */
public record Experiment(
    int row, String id, String title, String item, BiConsumer<Lab, Outcome.Builder> procedure) {

  /** Runs it. */
  public Outcome run(Lab lab) {
    Outcome.Builder outcome = new Outcome.Builder();
    procedure.accept(lab, outcome);
    return outcome.build(this);
  }
}
