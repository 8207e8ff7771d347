package dev.thumbprint.study;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One of the four sweeps of the study, all on L4: one parameter varies, all else stays.
 *
 * @param title what varies
 * @param prefix beginning of the models' names in the recordings
 * @param letter letter of the parameter in the names
 * @param layer index of the operator that is looked at
 * @param first first value
 * @param last last value
 * @param kernels window sizes, or 0 alone where there is no window
 */
public record Sweep(
    String title,
    String prefix,
    String letter,
    int layer,
    int first,
    int last,
    List<Integer> kernels) {
  /** 440 to 499 inputs into 450 units: the first of two such layers. */
  public static final Sweep DENSE =
      new Sweep("inputs", "densesweep-01ec", "U", 3, 440, 499, List.of(0));

  /** 100 to 120 channels into 60 filters on 32x32. */
  public static final Sweep CONVOLUTION =
      new Sweep("channels", "convsweep-01dg", "F", 2, 100, 120, List.of(1, 3));

  /** 100 to 120 channels on 24x24. */
  public static final Sweep DEPTHWISE =
      new Sweep("channels", "dwsweep-01f", "C", 2, 100, 120, List.of(1, 3, 5));

  /** Four convolutions of 1 to 16 filters on 64x64. */
  public static final Sweep SMALL =
      new Sweep("filters", "convsweep-01de", "F", 1, 1, 16, List.of(1, 2, 3, 4, 5, 6, 7));

  /** The values of the parameter. */
  public List<Integer> values() {
    return IntStream.rangeClosed(first, last).boxed().toList();
  }

  /** Name of a member's model in the recordings. */
  public String model(int value, int kernel) {
    String window = kernel == 0 ? "" : "-K" + kernel;
    return "%s-%s%d%s-int8".formatted(prefix, letter, value, window);
  }
}
