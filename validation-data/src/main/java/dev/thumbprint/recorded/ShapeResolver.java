package dev.thumbprint.recorded;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shapes that the tables of the Heim sweeps leave empty because they follow from the model's name:
 * those of QUANTIZE, RESHAPE, SOFTMAX and DEQUANTIZE (arXiv:2104.10645, section 4: four sweep
 * families, float input and output, 10 classes).
 */
final class ShapeResolver {
  private static final Pattern SWEEP =
      Pattern.compile(
          "(convsweep-01de-F|convsweep-01dg-F|dwsweep-01f-C|densesweep-01ec-U)(\\d{1,4})(-K\\d)?-int8");

  /** Outputs of every sweep network. */
  private static final Shape CLASSES = Shape.of(1, 10);

  /**
   * Filters of the second convolution of the sweep over 100 to 120 channels, whose output is
   * flattened.
   */
  private static final int SECOND_CONV_FILTERS = 60;

  private ShapeResolver() {}

  /**
   * The same work with the shapes filled in where the model's name tells them and the row does not.
   */
  static Work resolve(Work work) {
    if (work.input().known() || work.output().known()) {
      return work;
    }
    Matcher sweep = SWEEP.matcher(work.model());
    if (!sweep.matches()) {
      return work;
    }
    return shapes(sweep.group(1), Integer.parseInt(sweep.group(2)), work.op())
        .map(
            shapes ->
                new Work(
                    work.network(),
                    work.model(),
                    work.layer(),
                    work.op(),
                    shapes.input(),
                    work.filter(),
                    shapes.output(),
                    work.stride(),
                    work.padding(),
                    work.macs()))
        .orElse(work);
  }

  private record InOut(Shape input, Shape output) {}

  private static Optional<InOut> shapes(String family, int value, String op) {
    if (value < 1) {
      return Optional.empty();
    }
    Shape features = features(family, value);
    return switch (op) {
      case "QUANTIZE" -> Optional.of(new InOut(image(family), image(family)));
      case "RESHAPE" ->
          Optional.of(new InOut(features, Shape.of(1, Math.toIntExact(features.elements()))));
      case "SOFTMAX", "DEQUANTIZE" -> Optional.of(new InOut(CLASSES, CLASSES));
      default -> Optional.empty();
    };
  }

  /**
   * The network's input. The dense sweep takes 100 values; their arrangement is not told and costs
   * nothing.
   */
  private static Shape image(String family) {
    return switch (family) {
      case "convsweep-01de-F" -> Shape.of(1, 64, 64, 1);
      case "convsweep-01dg-F" -> Shape.of(1, 32, 32, 1);
      case "dwsweep-01f-C" -> Shape.of(1, 24, 24, 1);
      default -> Shape.of(1, 100);
    };
  }

  /** What RESHAPE flattens: the last feature map, in the dense sweep the input. */
  private static Shape features(String family, int value) {
    return switch (family) {
      case "convsweep-01de-F" -> Shape.of(1, 64, 64, value);
      case "convsweep-01dg-F" -> Shape.of(1, 32, 32, SECOND_CONV_FILTERS);
      case "dwsweep-01f-C" -> Shape.of(1, 24, 24, value);
      default -> Shape.of(1, 100);
    };
  }
}
