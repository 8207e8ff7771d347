package dev.thumbprint.explore.engine;

import dev.thumbprint.explore.pareto.Outcome;
import dev.thumbprint.explore.space.Constraint;
import dev.thumbprint.explore.space.Measure;
import dev.thumbprint.explore.space.Objective;
import dev.thumbprint.explore.space.Space;
import java.io.Serializable;
import java.util.List;

/** A design with its figures and how it does against the limits. Immutable. */
public final class Design implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long point;
  private final Figures figures;
  private final Fits fits;
  private final String reason;
  private final long failed;
  private final long unknown;
  private final Status status;

  /** Whether a network fits its board. */
  public enum Fits {
    YES,
    NO,
    UNKNOWN
  }

  /** What became of a design. */
  public enum Status {
    /** It keeps all limits. */
    FEASIBLE("feasible"),
    /** It breaks a limit, or it is not known whether it does. */
    LIMITED("limited"),
    /** It keeps the limits, but what is optimised is not known of it. */
    UNKNOWN("unknown"),
    /** There is no such design: the board cannot run this way, the network cannot be built. */
    IMPOSSIBLE("impossible");

    private final String label;

    Status(String label) {
      this.label = label;
    }

    /** The name in files. */
    public String label() {
      return label;
    }
  }

  private Design(
      long point,
      Figures figures,
      Fits fits,
      String reason,
      long failed,
      long unknown,
      Status status) {
    this.point = point;
    this.figures = figures;
    this.fits = fits;
    this.reason = reason;
    this.failed = failed;
    this.unknown = unknown;
    this.status = status;
  }

  /** A design that does not exist, and why. */
  static Design impossible(long point, String reason) {
    return new Design(point, new Figures(), Fits.UNKNOWN, reason, 0, 0, Status.IMPOSSIBLE);
  }

  /** A design with its figures. */
  static Design of(Space space, long point, Figures figures, Fits fits, String reason) {
    long failed = 0;
    long unknown = 0;
    List<Constraint> constraints = space.constraints();
    for (int i = 0; i < constraints.size(); i++) {
      Constraint constraint = constraints.get(i);
      Measure measure = constraint.measure();
      boolean known =
          figures.known(measure)
              && constraint.currency().map(figures.currency()::equals).orElse(true);
      if (!known) {
        unknown |= 1L << i;
      } else if (!constraint.holds(
          figures.value(measure), figures.low(measure), figures.high(measure))) {
        failed |= 1L << i;
      }
    }
    boolean misfit = space.mustFit() && fits != Fits.YES;
    boolean limited = failed != 0 || unknown != 0 || misfit;
    boolean ranked = true;
    for (Objective objective : space.objectives()) {
      ranked &= figures.known(objective.measure());
    }
    Status status = limited ? Status.LIMITED : ranked ? Status.FEASIBLE : Status.UNKNOWN;
    return new Design(point, figures, fits, reason, failed, unknown, status);
  }

  /** Its number in the space. */
  public long point() {
    return point;
  }

  /** Its figures. */
  public Figures figures() {
    return figures;
  }

  /** Whether the network fits the board. */
  public Fits fits() {
    return fits;
  }

  /** Why it is impossible, or why figures are missing; may be empty. */
  public String reason() {
    return reason;
  }

  /** What became of it. */
  public Status status() {
    return status;
  }

  /** Whether it breaks a limit, by the place of the limit in the space. */
  public boolean breaks(int constraint) {
    return (failed >>> constraint & 1) != 0;
  }

  /** Whether it is not known whether it keeps a limit. */
  public boolean unclear(int constraint) {
    return (unknown >>> constraint & 1) != 0;
  }

  /** The design as dominance sees it. */
  public Outcome<Design> outcome(Space space) {
    List<Objective> objectives = space.objectives();
    double[] values = new double[objectives.size()];
    double[] low = new double[values.length];
    double[] high = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      Objective objective = objectives.get(i);
      Measure measure = objective.measure();
      double below = objective.cost(figures.low(measure));
      double above = objective.cost(figures.high(measure));
      values[i] = objective.cost(figures.value(measure));
      low[i] = Math.min(below, above);
      high[i] = Math.max(below, above);
    }
    return Outcome.of(point, this, values, low, high);
  }
}
