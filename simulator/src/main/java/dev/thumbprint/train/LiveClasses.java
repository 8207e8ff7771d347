package dev.thumbprint.train;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Live;
import dev.thumbprint.cost.work.Operator;
import java.util.List;

/**
 * How many classes the int8 SOFTMAX of a trained network computes an exponential of. It leaves out
 * those whose score lies far below the best one: by more than 31 x m, where m in [0.5, 1) is the
 * mantissa of beta x scale of the scores. Shapes do not tell how many those are, nor do weights:
 * they follow from what the network was trained to say.
 */
public final class LiveClasses {
  /**
   * Of the ten classes of the study's LeNet: mean over the 10,000 test digits with the network that
   * the trainer made (7.35), whole classes. {@code LiveClassesTest} counts them.
   */
  public static final int LENET = 7;

  private static final int CLASSES = 10;

  private LiveClasses() {}

  /** The layers of the study's LeNet, int8, with what its SOFTMAX leaves out. */
  public static List<LayerWork> ofLenet(List<LayerWork> layers) {
    Live live = new Live(1, LENET / (double) CLASSES);
    return layers.stream()
        .map(work -> work.operator() == Operator.SOFTMAX ? work.with(live) : work)
        .toList();
  }
}
