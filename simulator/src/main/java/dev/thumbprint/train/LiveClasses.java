package dev.thumbprint.train;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Live;
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

  /**
   * Of the same ten scores: how many are not zero as DEQUANTIZE reads them, mean over the same
   * digits (1.64), whole scores.
   */
  public static final int LENET_SAID = 2;

  private static final int CLASSES = 10;

  private LiveClasses() {}

  /** The layers of the study's LeNet, int8, with what its SOFTMAX and DEQUANTIZE leave out. */
  public static List<LayerWork> ofLenet(List<LayerWork> layers) {
    return layers.stream().map(LiveClasses::ofLenet).toList();
  }

  private static LayerWork ofLenet(LayerWork work) {
    return switch (work.operator()) {
      case SOFTMAX -> work.with(new Live(1, LENET / (double) CLASSES));
      case DEQUANTIZE -> work.with(new Live(1, LENET_SAID / (double) CLASSES));
      default -> work;
    };
  }
}
