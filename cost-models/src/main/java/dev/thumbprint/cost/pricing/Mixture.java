package dev.thumbprint.cost.pricing;

import java.util.List;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * The interval of a figure that was made under one of several settings, nobody knows which: each is
 * as likely as another, and under each the logarithm of the figure is normal.
 */
public final class Mixture {
  private static final double TAIL = 0.05;
  private static final NormalDistribution NORMAL = new NormalDistribution();

  /** Standard deviations to the end of a 90 % interval. */
  private static final double DEVIATIONS = NORMAL.inverseCumulativeProbability(1 - TAIL);

  private static final int HALVINGS = 60;

  /** Narrowest component that the search can tell from a point. */
  private static final double WIDTH_MIN = 1e-9;

  private final List<Component> components;

  /** Settings, each as likely as another; at least one. */
  public Mixture(List<Component> components) {
    this.components = List.copyOf(components);
  }

  /**
   * What one setting says.
   *
   * @param value best estimate
   * @param halfWidth half-width of its 90 % interval, as a natural logarithm
   */
  public record Component(double value, double halfWidth) {
    private double share(double logarithm) {
      double deviation = Math.max(halfWidth, WIDTH_MIN) / DEVIATIONS;
      return NORMAL.cumulativeProbability((logarithm - Math.log(value)) / deviation);
    }
  }

  /** The value that a twentieth lies below. */
  public double low() {
    return quantile(TAIL);
  }

  /** The value that a twentieth lies above. */
  public double high() {
    return quantile(1 - TAIL);
  }

  private double quantile(double share) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Component component : components) {
      // Five per cent of each lie beyond its own ends, so that the ends of all hold the quantile.
      low = Math.min(low, Math.log(component.value()) - component.halfWidth());
      high = Math.max(high, Math.log(component.value()) + component.halfWidth());
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      double below =
          components.stream().mapToDouble(each -> each.share(middle)).average().orElseThrow();
      if (below < share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.exp((low + high) / 2);
  }
}
