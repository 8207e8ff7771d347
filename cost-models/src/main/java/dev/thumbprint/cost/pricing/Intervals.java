package dev.thumbprint.cost.pricing;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.library.Term.Kind;
import dev.thumbprint.cost.work.Operator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Half-widths of 90 % intervals, as natural logarithms: the error that is expected of a cost, times
 * a factor. The expected error is a mean over kinds of work, weighted by their cycles: errors of
 * one kind go the same way in all layers, so that a hundred layers are no surer than one. Whole
 * networks of recorded builds have expected errors of their own, larger or smaller. The factor is
 * the quantile of held-out errors, in units of what was expected of them, at the same {@link
 * Nearness}. Immutable.
 *
 * @see dev.thumbprint.cost.calibration.IntervalFit
 */
public final class Intervals {
  /** Where nothing was recorded at all: a factor of 2.5 either way. */
  private static final double UNKNOWN = Math.log(2.5);

  /**
   * What is known of one nearness.
   *
   * @param errors expected error of each kind of work in a layer, as a logarithm
   * @param networkErrors the same in a whole network
   * @param factors what they are multiplied with
   */
  public record Band(Figures<Kind> errors, Figures<Kind> networkErrors, Factors factors) {
    /** Expected errors, of layers and networks alike, whose factors are not known yet. */
    public static Band unscaled(Figures<Kind> errors) {
      return unscaled(errors, errors);
    }

    /** Expected errors whose factors are not known yet. */
    public static Band unscaled(Figures<Kind> errors, Figures<Kind> networkErrors) {
      return new Band(errors, networkErrors, Factors.ONE);
    }

    /** These expected errors with factors. */
    public Band with(Factors others) {
      return new Band(errors, networkErrors, others);
    }
  }

  private static final Band NOTHING = Band.unscaled(Figures.none(Kind.class));

  /**
   * What a recording differs by when it is repeated, as a logarithm: 0.3 % at most between the
   * repeats of MLPerf Tiny, MicroNas of 2023 and arXiv:2104.10645. No estimate is surer.
   */
  private static final double REPEAT = 0.003;

  private final Map<Nearness, Band> bands;
  private final Map<String, Factors> builds;

  /**
   * Intervals of some bands.
   *
   * @param bands by nearness; where one is missing the next farther one holds
   * @param builds factors of recorded builds, by {@link #build(Nearness, String)}; where one is
   *     missing those of the band hold
   */
  public Intervals(Map<Nearness, Band> bands, Map<String, Factors> builds) {
    this.bands = bands.isEmpty() ? Map.of() : new EnumMap<>(bands);
    this.builds = Map.copyOf(builds);
  }

  /** Intervals where no error was ever looked at. */
  public static Intervals unknown() {
    return new Intervals(Map.of(), Map.of());
  }

  /** The name of a build on its board. */
  public static String build(Target target) {
    return "%s %s %s on %s"
        .formatted(
            target.kernels(),
            target.opt().label(),
            target.fpu() ? "fpu" : "soft-float",
            target.board().id());
  }

  /** The name of the factors of a build, by how well it was recorded on its board. */
  public static String build(Nearness nearness, String build) {
    return nearness == Nearness.HOME
        ? build
        : build + ", " + nearness.name().toLowerCase(Locale.ROOT);
  }

  /** The bands that are known. */
  public Map<Nearness, Band> bands() {
    return Map.copyOf(bands);
  }

  /** Factors by recorded build. */
  public Map<String, Factors> builds() {
    return builds;
  }

  /** Expected error of a kind of work, as a logarithm. */
  double error(Nearness nearness, Kind kind, boolean network) {
    Band band = band(nearness);
    return (network ? band.networkErrors() : band.errors()).getOr(kind, UNKNOWN);
  }

  /** What the expected error is multiplied with. */
  private double factor(Nearness nearness, Optional<Operator> layer, String build) {
    Factors own = builds.get(build(nearness, build));
    return (own == null ? band(nearness).factors() : own).of(layer);
  }

  /**
   * Expected error of an estimate, as a logarithm.
   *
   * @param network whether it is of a whole network
   */
  public double expected(Exposure exposure, boolean network) {
    double sum = 0;
    for (Nearness nearness : Nearness.values()) {
      for (Kind kind : Kind.values()) {
        sum += exposure.reach(nearness, kind) * error(nearness, kind, network);
      }
    }
    return sum;
  }

  /**
   * Half-width of the interval of an estimate.
   *
   * @param layer the operator of a layer, empty for a whole network
   */
  public double halfWidth(Exposure exposure, Optional<Operator> layer, String build) {
    return halfWidth(expected(exposure, layer.isEmpty()), exposure.farthest(), layer, build);
  }

  /** Half-width of the interval of an estimate whose expected error is known, as a logarithm. */
  double halfWidth(double expected, Nearness farthest, Optional<Operator> layer, String build) {
    return Math.hypot(expected * factor(farthest, layer, build), REPEAT);
  }

  private Band band(Nearness nearness) {
    for (Nearness each : Nearness.values()) {
      if (each.compareTo(nearness) >= 0 && bands.containsKey(each)) {
        return bands.get(each);
      }
    }
    return NOTHING;
  }
}
