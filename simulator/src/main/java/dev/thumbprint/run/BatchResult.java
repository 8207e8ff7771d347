package dev.thumbprint.run;

import java.util.OptionalDouble;

/**
 * What a set of samples gave.
 *
 * @param predicted class of each sample
 * @param confusion samples by label (row) and predicted class (column); empty without labels
 * @param accuracy share of samples whose class is their label, 0 to 1; empty without labels
 * @param loss mean cross entropy; empty without labels or where outputs are no probabilities
 * @param pace how fast it went
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by convention: as long as the set
public record BatchResult(
    int[] predicted, int[][] confusion, OptionalDouble accuracy, OptionalDouble loss, Pace pace) {

  /**
   * How fast a set went.
   *
   * @param threads that ran side by side
   * @param seconds wall time of all inferences, the first of which are slow until compiled
   * @param laterPerSecond inferences in a second over the later half of the set: what a longer set
   *     would come near to
   */
  public record Pace(int threads, double seconds, double laterPerSecond) {}

  static BatchResult of(
      LabelledSet set, int classes, int[] predicted, double[] confidence, Pace pace) {
    if (!set.labelled()) {
      return new BatchResult(
          predicted, new int[0][0], OptionalDouble.empty(), OptionalDouble.empty(), pace);
    }
    int[][] confusion = new int[classes][classes];
    int right = 0;
    double loss = 0;
    boolean probabilities = true;
    for (int i = 0; i < predicted.length; i++) {
      confusion[set.label(i)][predicted[i]]++;
      right += set.label(i) == predicted[i] ? 1 : 0;
      probabilities &= confidence[i] >= 0 && confidence[i] <= 1;
      loss += BatchRun.loss(confidence[i]);
    }
    return new BatchResult(
        predicted,
        confusion,
        OptionalDouble.of((double) right / predicted.length),
        probabilities ? OptionalDouble.of(loss / predicted.length) : OptionalDouble.empty(),
        pace);
  }

  /** Inferences in a second. */
  public double inferencesPerSecond() {
    return predicted.length / pace.seconds();
  }
}
