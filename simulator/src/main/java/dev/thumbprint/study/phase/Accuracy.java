package dev.thumbprint.study.phase;

import dev.thumbprint.model.InputException;
import dev.thumbprint.run.BatchResult;
import dev.thumbprint.run.BatchRun;
import dev.thumbprint.run.LabelledSet;
import dev.thumbprint.run.Program;

/**
 * How a classifier does on a labelled set.
 *
 * @param samples number of samples
 * @param correct samples whose greatest output is that of their class
 * @param loss mean cross entropy, natural logarithm; NaN where the outputs are no probabilities
 * @param predicted class predicted for each sample
 */
@SuppressWarnings("ArrayRecordComponent") // as many as samples; never changed
public record Accuracy(int samples, int correct, double loss, int[] predicted) {
  /**
   * Runs every sample, on all processors.
   *
   * @throws InputException if there are no labels or the samples do not go into the model
   */
  public static Accuracy of(Program program, LabelledSet set) {
    if (!set.labelled()) {
      throw InputException.of("", "labels", "none", "a class for each sample");
    }
    int threads = Runtime.getRuntime().availableProcessors();
    BatchResult result = BatchRun.run(program, set, threads, done -> {});
    int correct = 0;
    for (int i = 0; i < set.count(); i++) {
      correct += result.predicted()[i] == set.label(i) ? 1 : 0;
    }
    return new Accuracy(set.count(), correct, result.loss().orElse(Double.NaN), result.predicted());
  }

  /** Share of samples that are right, in per cent. */
  public double percent() {
    return 100.0 * correct / samples;
  }

  /** Samples on which two classifiers differ. */
  public int divergence(Accuracy other) {
    int different = 0;
    for (int i = 0; i < predicted.length; i++) {
      different += predicted[i] != other.predicted[i] ? 1 : 0;
    }
    return different;
  }
}
