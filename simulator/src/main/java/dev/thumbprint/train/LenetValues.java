package dev.thumbprint.train;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Live;
import java.util.List;
import java.util.Map;

/**
 * What the values of a trained LeNet spare its layers. Shapes do not tell it, nor do weights: it
 * follows from what the network was trained to say, and from its images. All but the pixels are
 * counted on the network that the trainer makes ({@code LenetValuesTest}), none is taken from a
 * recording.
 */
public final class LenetValues {
  /**
   * Of ten classes, how many the int8 SOFTMAX computes an exponential of: mean over the 10,000 test
   * digits (7.35), whole classes. It leaves out those whose score lies far below the best one: by
   * more than 31 x m, where m in [0.5, 1) is the mantissa of beta x scale of the scores.
   */
  public static final int CLASSES = 7;

  /** Of ten scores, how many are not zero as DEQUANTIZE reads them: mean (1.64), whole scores. */
  public static final int SCORES = 2;

  /**
   * Share of zeros in what a layer of the float network reads, by the elements of its input.
   *
   * <p>The image is MNIST's, of whose 28 x 28 pixels 19.1 % are not zero (Y. LeCun, C. Cortes, C.
   * Burges, the MNIST database), padded to 32 x 32. The others are means over the same digits.
   */
  public static final Map<Long, Double> ZEROS =
      Map.of(1024L, 0.85, 1350L, 0.26, 576L, 0.47, 120L, 0.60, 84L, 0.51);

  private static final double ALL_CLASSES = 10;

  private LenetValues() {}

  /** The layers of the study's LeNet, int8 or float, with what their values spare them. */
  public static List<LayerWork> of(List<LayerWork> layers) {
    return layers.stream().map(LenetValues::of).toList();
  }

  private static LayerWork of(LayerWork work) {
    boolean real = work.inputType() == DataType.FLOAT32;
    return switch (work.operator()) {
      case SOFTMAX -> real ? work : work.with(new Live(1, CLASSES / ALL_CLASSES));
      case DEQUANTIZE -> work.with(new Live(1, SCORES / ALL_CLASSES));
      case CONV_2D, FULLY_CONNECTED, QUANTIZE ->
          real
              ? work.with(work.live().withZeros(ZEROS.getOrDefault(work.input().elements(), 0.0)))
              : work;
      default -> work;
    };
  }
}
