package dev.thumbprint.recorded;

import java.util.Optional;

/**
 * Shapes that the tables of the Heim sweeps leave empty because they follow from the model's name:
 * those of QUANTIZE, RESHAPE, SOFTMAX and DEQUANTIZE (arXiv:2104.10645: four sweep families, float
 * input and output, 10 classes).
 */
final class ShapeResolver {
  private static final Shape SCORES = Shape.of(1, Sweep.CLASSES);

  /** Values that the dense sweep takes; their arrangement is not told and costs nothing. */
  private static final Shape DENSE_INPUT = Shape.of(1, 100);

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
    return Sweep.of(work.model())
        .flatMap(sweep -> shapes(sweep, work.op()))
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

  private static Optional<InOut> shapes(Sweep sweep, String op) {
    return switch (op) {
      case "QUANTIZE" -> Optional.of(new InOut(image(sweep), image(sweep)));
      case "RESHAPE" -> {
        Shape features = features(sweep);
        Shape flat = Shape.of(1, Math.toIntExact(features.elements()));
        yield Optional.of(new InOut(features, flat));
      }
      case "SOFTMAX", "DEQUANTIZE" -> Optional.of(new InOut(SCORES, SCORES));
      default -> Optional.empty();
    };
  }

  /** The network's input. */
  private static Shape image(Sweep sweep) {
    return switch (sweep.family()) {
      case SMALL_CONV -> Shape.of(1, 64, 64, 1);
      case CONV -> Shape.of(1, 32, 32, 1);
      case DEPTHWISE -> Shape.of(1, 24, 24, 1);
      case DENSE -> DENSE_INPUT;
    };
  }

  /** What RESHAPE flattens: the last feature map, in the dense sweep the input. */
  private static Shape features(Sweep sweep) {
    return switch (sweep.family()) {
      case SMALL_CONV -> Shape.of(1, 64, 64, sweep.value());
      case CONV -> Shape.of(1, 32, 32, SECOND_CONV_FILTERS);
      case DEPTHWISE -> Shape.of(1, 24, 24, sweep.value());
      case DENSE -> DENSE_INPUT;
    };
  }
}
