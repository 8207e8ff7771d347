package dev.thumbprint.recorded;

import java.util.Optional;

/**
 * What the tables of the Heim sweeps leave empty because it follows from the model's name: the
 * shapes of QUANTIZE, RESHAPE, SOFTMAX and DEQUANTIZE, and the operator list of the whole networks
 * (arXiv:2104.10645).
 */
final class ShapeResolver {
  private static final Shape SCORES = Shape.of(1, Sweep.CLASSES);

  private ShapeResolver() {}

  /**
   * The same work with shapes or network filled in where the model's name tells them and the row
   * does not.
   */
  static Work resolve(Work work, LibraryId library) {
    if (!work.isLayer()) {
      return work.network().isEmpty()
          ? SweepNetworks.key(work.model(), library)
              .map(key -> with(work, key, work.input(), work.output()))
              .orElse(work)
          : work;
    }
    if (work.input().known() || work.output().known()) {
      return work;
    }
    return Sweep.of(work.model())
        .flatMap(sweep -> shapes(sweep, work.op()))
        .map(shapes -> with(work, work.network(), shapes.input(), shapes.output()))
        .orElse(work);
  }

  private record InOut(Shape input, Shape output) {}

  private static Work with(Work work, String network, Shape input, Shape output) {
    return new Work(
        network,
        work.model(),
        work.layer(),
        work.op(),
        input,
        work.filter(),
        output,
        work.stride(),
        work.padding(),
        work.macs());
  }

  private static Optional<InOut> shapes(Sweep sweep, String op) {
    return switch (op) {
      case "QUANTIZE" ->
          Optional.of(new InOut(SweepNetworks.image(sweep), SweepNetworks.image(sweep)));
      case "RESHAPE" -> {
        Shape features = SweepNetworks.features(sweep);
        Shape flat = Shape.of(1, Math.toIntExact(features.elements()));
        yield Optional.of(new InOut(features, flat));
      }
      case "SOFTMAX", "DEQUANTIZE" -> Optional.of(new InOut(SCORES, SCORES));
      default -> Optional.empty();
    };
  }
}
