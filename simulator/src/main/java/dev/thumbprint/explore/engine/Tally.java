package dev.thumbprint.explore.engine;

import dev.thumbprint.explore.engine.Design.Fits;
import dev.thumbprint.explore.engine.Design.Status;
import dev.thumbprint.explore.pareto.Front;
import dev.thumbprint.explore.space.Constraint;
import dev.thumbprint.explore.space.Measure;
import dev.thumbprint.explore.space.Space;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** What becomes of a stream of designs: counts, who broke which limit, the front. */
public final class Tally implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Different reasons that are kept; a space of nonsense shall not fill the memory. */
  private static final int REASONS_MAX = 20;

  /** Designs that are kept to show what the rest looks like. */
  private static final int SAMPLE_MAX = 1_000;

  /** The same designs whatever the order in which they come: those whose mixed number is least. */
  private static final Comparator<Design> BY_CHANCE = new ByChance();

  /** Not sent along: what comes from another machine is only ever merged. */
  private final transient Space space;

  private final PriorityQueue<Design> sample = new PriorityQueue<>(new ByChance().reversed());
  private final Front<Design> front = new Front<>();
  private final EnumMap<Status, Long> counts = new EnumMap<>(Status.class);
  private final ArrayList<Limit> limits = new ArrayList<>();
  private final Limit fits = new Limit();
  private final LinkedHashMap<String, Long> reasons = new LinkedHashMap<>();
  private long designs;

  /** An empty tally. */
  public Tally(Space space) {
    this.space = space;
    for (Status status : Status.values()) {
      counts.put(status, 0L);
    }
    space.constraints().forEach(constraint -> limits.add(new Limit()));
  }

  /** What one limit did. */
  public static final class Limit implements Serializable {
    private static final long serialVersionUID = 1L;

    private long broken;
    private long alone;
    private long unknown;
    private double nearest = Double.NaN;
    private long nearestPoint = -1;

    /** Designs that break it. */
    public long broken() {
      return broken;
    }

    /** Designs that break it and nothing else. */
    public long alone() {
      return alone;
    }

    /** Designs of which nobody knows whether they keep it. */
    public long unknown() {
      return unknown;
    }

    /**
     * The figure nearest to the limit on the wrong side of it, or past it; NaN if there is none.
     */
    public double nearest() {
      return nearest;
    }

    /** The design of that figure, -1 if there is none. */
    public long nearestPoint() {
      return nearestPoint;
    }

    private void nearer(double value, boolean upper, long point) {
      boolean better = Double.isNaN(nearest) || (upper ? value < nearest : value > nearest);
      if (!Double.isNaN(value) && better) {
        nearest = value;
        nearestPoint = point;
      }
    }

    private void add(Limit later, boolean upper) {
      broken += later.broken;
      alone += later.alone;
      unknown += later.unknown;
      if (later.nearestPoint >= 0) {
        nearer(later.nearest, upper, later.nearestPoint);
      }
    }
  }

  /** Takes the next design. */
  public void add(Design design) {
    designs++;
    counts.merge(design.status(), 1L, Long::sum);
    if (design.status() == Status.IMPOSSIBLE) {
      reason(design.reason());
      return;
    }
    if (design.status() == Status.FEASIBLE) {
      front.add(design.outcome(space));
    } else if (design.status() == Status.UNKNOWN) {
      reason(design.reason());
    }
    limits(design);
    sample(design);
  }

  private void sample(Design design) {
    boolean room = sample.size() < SAMPLE_MAX;
    if (room || BY_CHANCE.compare(design, sample.peek()) < 0) {
      sample.add(design);
      if (!room) {
        sample.poll();
      }
    }
  }

  /** Orders designs by a number that looks drawn. */
  private static final class ByChance implements Comparator<Design>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(Design a, Design b) {
      int order = Long.compare(mixed(a.point()), mixed(b.point()));
      return order == 0 ? Long.compare(a.point(), b.point()) : order;
    }
  }

  /** The finalizer of SplitMix64 (Steele et al., OOPSLA 2014): neighbours come out far apart. */
  private static long mixed(long point) {
    long z = (point ^ (point >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  private void limits(Design design) {
    List<Constraint> constraints = space.constraints();
    boolean misfit = space.mustFit() && design.fits() == Fits.NO;
    boolean unfit = space.mustFit() && design.fits() == Fits.UNKNOWN;
    int failures = misfit || unfit ? 1 : 0;
    for (int i = 0; i < constraints.size(); i++) {
      failures += design.breaks(i) || design.unclear(i) ? 1 : 0;
    }
    fits.broken += misfit ? 1 : 0;
    fits.unknown += unfit ? 1 : 0;
    fits.alone += misfit && failures == 1 ? 1 : 0;
    for (int i = 0; i < constraints.size(); i++) {
      Constraint constraint = constraints.get(i);
      Limit limit = limits.get(i);
      limit.broken += design.breaks(i) ? 1 : 0;
      limit.unknown += design.unclear(i) ? 1 : 0;
      limit.alone += design.breaks(i) && failures == 1 ? 1 : 0;
      limit.nearer(judged(design, constraint), constraint.upper(), design.point());
    }
  }

  private static double judged(Design design, Constraint constraint) {
    Measure measure = constraint.measure();
    Figures figures = design.figures();
    if (!constraint.surely()) {
      return figures.value(measure);
    }
    return constraint.upper() ? figures.high(measure) : figures.low(measure);
  }

  private void reason(String reason) {
    if (reasons.containsKey(reason) || reasons.size() < REASONS_MAX) {
      reasons.merge(reason, 1L, Long::sum);
    } else {
      reasons.merge("other reasons", 1L, Long::sum);
    }
  }

  /** Takes a later part of the stream. */
  public void merge(Tally later) {
    designs += later.designs;
    later.counts.forEach((status, count) -> counts.merge(status, count, Long::sum));
    for (int i = 0; i < limits.size(); i++) {
      limits.get(i).add(later.limits.get(i), space.constraints().get(i).upper());
    }
    fits.add(later.fits, true);
    later.reasons.forEach(
        (reason, count) -> {
          boolean room = reasons.containsKey(reason) || reasons.size() < REASONS_MAX;
          reasons.merge(room ? reason : "other reasons", count, Long::sum);
        });
    front.merge(later.front);
    later.sample.forEach(this::sample);
  }

  /** The space. */
  public Space space() {
    return space;
  }

  /** Designs so far. */
  public long designs() {
    return designs;
  }

  /** Designs of a status. */
  public long count(Status status) {
    return counts.get(status);
  }

  /** What a limit did, by its place in the space. */
  public Limit limit(int constraint) {
    return limits.get(constraint);
  }

  /** What the limit did that a network has to fit its board. */
  public Limit fits() {
    return fits;
  }

  /** Why designs are impossible or without figures, with counts. */
  public Map<String, Long> reasons() {
    return new LinkedHashMap<>(reasons);
  }

  /** A sample of the designs that exist, by number; whatever the order in which they came. */
  public List<Design> sample() {
    return sample.stream().sorted(Comparator.comparingLong(Design::point)).toList();
  }

  /** The front. */
  public Front<Design> front() {
    return front;
  }
}
