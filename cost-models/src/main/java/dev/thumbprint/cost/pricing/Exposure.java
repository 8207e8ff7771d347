package dev.thumbprint.cost.pricing;

import dev.thumbprint.cost.library.Term.Kind;
import java.util.List;

/**
 * What the error of an estimate can come from: its cycles by kind of work and by how near the
 * recordings are that tell them. Immutable.
 */
public final class Exposure {
  private static final int KINDS = Kind.values().length;

  private final double[] cycles = new double[Nearness.count() * KINDS];
  private final double[] reached = new double[Nearness.count() * KINDS];
  private final double[] byNearness = new double[Nearness.count()];

  private Exposure() {}

  /** That of one layer, or of a network that ends in one sum. */
  public static Exposure of(List<LayerCost> layers) {
    Exposure exposure = new Exposure();
    layers.forEach(layer -> layer.addTo(exposure));
    return exposure;
  }

  @SuppressWarnings("EnumOrdinal") // an index within one run, never stored
  void add(Nearness nearness, Kind kind, double amount, double reach) {
    cycles[nearness.ordinal() * KINDS + kind.ordinal()] += amount;
    reached[nearness.ordinal() * KINDS + kind.ordinal()] += amount * reach;
    byNearness[nearness.ordinal()] += amount;
  }

  /** Share of the cycles, 0 to 1. */
  @SuppressWarnings("EnumOrdinal") // an index within one run, never stored
  public double share(Nearness nearness, Kind kind) {
    double part = cycles[nearness.ordinal() * KINDS + kind.ordinal()];
    return part == 0 ? 0 : part / total();
  }

  /** Share of the cycles, each as heavy as the way is far that its recordings came. */
  @SuppressWarnings("EnumOrdinal") // an index within one run, never stored
  public double reach(Nearness nearness, Kind kind) {
    double part = reached[nearness.ordinal() * KINDS + kind.ordinal()];
    return part == 0 ? 0 : part / total();
  }

  /** The farthest recordings that a tenth of the cycles rests on. */
  public Nearness farthest() {
    return Nearness.farthest(byNearness);
  }

  private double total() {
    double total = 0;
    for (double part : byNearness) {
      total += part;
    }
    return total;
  }
}
