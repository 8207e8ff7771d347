package dev.thumbprint.cost.energy;

import dev.thumbprint.cost.board.ActivePower;
import dev.thumbprint.cost.board.ActivePower.Boundary;
import dev.thumbprint.cost.board.ActivePower.Workload;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.energy.PowerScaling.Configuration;
import dev.thumbprint.cost.energy.PowerScaling.Scaled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the power of a configuration in what is known, the nearest measurement first: the same
 * library on this board, another library of the kind, another kind, a figure in the description of
 * the board, a figure of the data sheet times a learnt factor.
 */
final class PowerLevel {
  /** Spread below which nobody measures power: probe, temperature, sample of the part. */
  private static final double SPREAD_MIN = 0.015;

  /** Networks that the spread of all boards weighs against the own spread of a board. */
  private static final int POOL_WEIGHT = 4;

  /** 95 % quantile of Student's distribution with seven degrees of freedom over the normal one. */
  private static final double STUDENT = 1.895 / PowerScaling.Z90;

  /** Supplies this near count as the same: a board's 3.3 V is measured as 3.29 to 3.31 V. */
  private static final double SUPPLY_TOLERANCE = 0.05;

  private final Target target;
  private final PowerFit fit;
  private final Configuration configuration;

  PowerLevel(Target target, PowerFit fit) {
    this.target = target;
    this.fit = fit;
    this.configuration =
        new Configuration(target.clockHz(), target.supplyVolts(), target.regulator());
  }

  /**
   * Power of a network.
   *
   * @param milliwatts power in mW
   * @param spread standard deviation of its logarithm
   * @param measured whether it was measured on this board and library
   * @param basis what it rests on
   */
  record Level(double milliwatts, double spread, boolean measured, String basis) {}

  Optional<Level> at(KernelKind kind) {
    List<PowerEntry> entries = fit.of(target.board().id());
    String library = kind == KernelKind.FLOAT ? "float" : target.kernels().toString();
    String family = kind == KernelKind.FLOAT ? "float" : target.kernels().family();
    List<PowerEntry> sameKind = entries.stream().filter(entry -> entry.kind() == kind).toList();
    List<PowerEntry> same =
        sameKind.stream().filter(entry -> entry.library().equals(library)).toList();
    List<PowerEntry> related =
        sameKind.stream().filter(entry -> entry.family().equals(family)).toList();
    if (!same.isEmpty()) {
      return measured(same, 0, 1, true);
    }
    if (!related.isEmpty()) {
      return measured(related, fit.campaignSpread(), 1, true);
    }
    if (!sameKind.isEmpty()) {
      return measured(sameKind, fit.campaignSpread(), 1, false);
    }
    if (!entries.isEmpty()) {
      KernelKind other = entries.getFirst().kind();
      Ratio to = fit.kindRatio(target.board().core(), kind);
      Ratio from = fit.kindRatio(target.board().core(), other);
      double spread = Math.hypot(Math.hypot(to.spread(), from.spread()), fit.campaignSpread());
      return measured(
          entries.stream().filter(entry -> entry.kind() == other).toList(),
          spread,
          to.factor() / from.factor(),
          false);
    }
    return described(kind);
  }

  /** The mean of entries, carried to the configuration. */
  private Optional<Level> measured(
      List<PowerEntry> entries, double extraSpread, double factor, boolean measured) {
    List<PowerEntry> usable = sameBoundary(entries);
    Optional<Level> between = interpolated(usable, extraSpread, factor, measured);
    if (between.isPresent()) {
      return between;
    }
    double sum = 0;
    double spread = 0;
    int count = 0;
    for (PowerEntry entry : nearest(usable)) {
      Optional<Scaled> scaled = PowerScaling.carry(entry.figure(), configuration);
      if (scaled.isPresent()) {
        sum += Math.log(scaled.get().milliwatts());
        spread = Math.max(spread, Math.hypot(scaled.get().spread(), spreadOf(entry)));
        count++;
      }
    }
    if (count == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Level(
            factor * Math.exp(sum / count),
            Math.hypot(spread, extraSpread),
            measured && nearest(usable).stream().anyMatch(this::asMeasured),
            basis(usable)));
  }

  /** Whether a measurement was made at this clock and supply, and nothing had to be carried. */
  private boolean asMeasured(PowerEntry entry) {
    ActivePower figure = entry.figure();
    if (figure.clockHz() != configuration.clockHz()) {
      return false;
    }
    if (figure.boundary() == Boundary.BOARD) {
      return true;
    }
    boolean sameSupply =
        figure.volts().isEmpty()
            || configuration.volts().isEmpty()
            || Math.abs(figure.volts().getAsDouble() / configuration.volts().getAsDouble() - 1)
                <= SUPPLY_TOLERANCE;
    boolean sameRegulator =
        figure.regulator().isEmpty()
            || configuration.regulator().isEmpty()
            || figure.regulator().equals(configuration.regulator());
    return sameSupply && sameRegulator;
  }

  /** Two clocks around the one asked for: power is static plus dynamic x clock between them. */
  private Optional<Level> interpolated(
      List<PowerEntry> entries, double extraSpread, double factor, boolean measured) {
    long clockHz = configuration.clockHz();
    Comparator<PowerEntry> byClock = Comparator.comparingLong(entry -> entry.figure().clockHz());
    Optional<PowerEntry> below =
        entries.stream().filter(entry -> entry.figure().clockHz() < clockHz).max(byClock);
    Optional<PowerEntry> above =
        entries.stream().filter(entry -> entry.figure().clockHz() > clockHz).min(byClock);
    boolean exact = entries.stream().anyMatch(entry -> entry.figure().clockHz() == clockHz);
    if (exact || below.isEmpty() || above.isEmpty()) {
      return Optional.empty();
    }
    Optional<Scaled> low = atOwnClock(below.get());
    Optional<Scaled> high = atOwnClock(above.get());
    if (low.isEmpty() || high.isEmpty()) {
      return Optional.empty();
    }
    double from = below.get().figure().clockHz();
    double share = (clockHz - from) / (above.get().figure().clockHz() - from);
    double milliwatts = low.get().milliwatts() * (1 - share) + high.get().milliwatts() * share;
    double spread = Math.hypot(spreadOf(above.get()), fit.campaignSpread());
    return Optional.of(
        new Level(factor * milliwatts, Math.hypot(spread, extraSpread), measured, basis(entries)));
  }

  private Optional<Scaled> atOwnClock(PowerEntry entry) {
    return PowerScaling.carry(
        entry.figure(),
        new Configuration(
            entry.figure().clockHz(), configuration.volts(), configuration.regulator()));
  }

  /** Figures in the description of the board, the ones nearest to a measurement first. */
  private Optional<Level> described(KernelKind kind) {
    Ratio kindRatio = fit.kindRatio(target.board().core(), kind);
    for (Workload workload : Workload.values()) {
      Ratio ratio = fit.figureRatio(workload);
      List<Level> levels = new ArrayList<>();
      for (ActivePower figure : target.board().active()) {
        Optional<Scaled> scaled = PowerScaling.carry(figure, configuration);
        if (figure.workload() == workload && ratio != null && scaled.isPresent()) {
          double milliwatts = scaled.get().milliwatts() * ratio.factor() * kindRatio.factor();
          double spread =
              Math.hypot(
                  Math.hypot(scaled.get().spread(), ratio.spread()),
                  Math.hypot(kindRatio.spread(), fit.networkSpread()));
          String basis = workload.label() + " figure: " + figure.source().text();
          levels.add(new Level(milliwatts, spread, false, basis));
        }
      }
      Optional<Level> best = levels.stream().min(Comparator.comparingDouble(Level::spread));
      if (best.isPresent()) {
        return best;
      }
    }
    return Optional.empty();
  }

  /** The part alone where it was measured, else the whole board. */
  private static List<PowerEntry> sameBoundary(List<PowerEntry> entries) {
    List<PowerEntry> part =
        entries.stream().filter(entry -> entry.figure().boundary() == Boundary.MCU).toList();
    return part.isEmpty() ? entries : part;
  }

  /** Entries at the clock nearest to the one asked for. */
  private List<PowerEntry> nearest(List<PowerEntry> entries) {
    long distance = entries.stream().mapToLong(this::distance).min().orElse(0);
    return entries.stream().filter(entry -> distance(entry) == distance).toList();
  }

  private long distance(PowerEntry entry) {
    return Math.abs(entry.figure().clockHz() - configuration.clockHz());
  }

  /**
   * Spread between networks: that of this entry, drawn towards that of all boards, and wider where
   * few networks stand behind the mean, which is itself uncertain.
   */
  private double spreadOf(PowerEntry entry) {
    double own = entry.spread();
    double pooled = fit.networkSpread();
    int freedom = entry.networks() - 1;
    double drawn =
        Math.sqrt((freedom * own * own + POOL_WEIGHT * pooled * pooled) / (freedom + POOL_WEIGHT));
    return Math.max(SPREAD_MIN, drawn) * STUDENT * Math.sqrt(1 + 1.0 / entry.networks());
  }

  private static String basis(List<PowerEntry> entries) {
    int networks = entries.stream().mapToInt(PowerEntry::networks).sum();
    PowerEntry first = entries.getFirst();
    return "%d network%s measured on %s with %s%s, %s"
        .formatted(
            networks,
            networks == 1 ? "" : "s",
            first.board(),
            first.library(),
            entries.size() > 1 ? " and others" : "",
            first.figure().boundary() == Boundary.MCU ? "the part alone" : "the whole board");
  }
}
