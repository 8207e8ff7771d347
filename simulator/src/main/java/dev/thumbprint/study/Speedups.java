package dev.thumbprint.study;

import dev.thumbprint.study.Cases.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * Table 4: how much faster CMSIS-NN is than the reference kernels over a sweep, and cycles for each
 * multiply-accumulate as the authors count them.
 */
final class Speedups {
  /** Clock of L4 in kHz: cycles are milliseconds times this. */
  private static final double KHZ = 80_000;

  /** How near a speed-up has to come to the published and to the recorded one. */
  private static final double NEAR = 0.10;

  private static final List<String> CLASSES = List.of("all", "multiples of 4", "other even", "odd");
  private static final List<IntPredicate> MEMBERS =
      List.of(v -> true, v -> v % 4 == 0, v -> v % 4 == 2, v -> v % 2 != 0);

  private final SweepFigures optimised;
  private final SweepFigures reference;

  Speedups(SweepFigures optimised, SweepFigures reference) {
    this.optimised = optimised;
    this.reference = reference;
  }

  /** Mean speed-up over the values of a class, NaN where there is none. */
  private double mean(boolean simulation, int kind) {
    List<Integer> members = values(simulation, MEMBERS.get(kind));
    return members.stream().mapToDouble(v -> speedup(simulation, v)).average().orElse(Double.NaN);
  }

  /** Values that both sides of the ratio are known of. */
  private List<Integer> values(boolean simulation, IntPredicate wanted) {
    List<Integer> values = new ArrayList<>();
    for (int value : optimised.values()) {
      if (wanted.test(value) && !Double.isNaN(speedup(simulation, value))) {
        values.add(value);
      }
    }
    return values;
  }

  private double speedup(boolean simulation, int value) {
    return simulation
        ? reference.simulated(value) / optimised.simulated(value)
        : reference.recorded(value) / optimised.recorded(value);
  }

  /**
   * Adds the table, and the statements on the mean and its nearness.
   *
   * @param macs multiply-accumulates of a value as the authors count them
   */
  void report(Outcome.Builder outcome, String id, String what, double published, Macs macs) {
    List<List<String>> rows = new ArrayList<>();
    for (int kind = 0; kind < CLASSES.size(); kind++) {
      rows.add(
          List.of(
              CLASSES.get(kind),
              ratio(mean(false, kind)),
              ratio(mean(true, kind)),
              cyclesPerMac(false, kind, macs),
              cyclesPerMac(true, kind, macs)));
    }
    outcome.sheet(
        "CMSIS-NN against reference kernels: " + what,
        List.of(
            "values",
            "speed-up recorded",
            "simulated",
            "CMSIS-NN cycles/MAC recorded",
            "simulated"),
        rows);
    new Cases(v -> Finding.of(Math.abs(v[0] / published - 1) <= NEAR, "%.2fx", v[0]))
        .add("mean", Cases.of(mean(false, 0)), Cases.of(mean(true, 0)))
        .state(
            outcome,
            id + "-mean",
            String.format(
                Locale.ROOT,
                "%s: CMSIS-NN is %.1fx faster than reference kernels (mean, within 10 %%)",
                what,
                published));
    List<Check> near = new ArrayList<>();
    double off = mean(true, 0) / mean(false, 0) - 1;
    if (!Double.isNaN(off)) {
      String figure = String.format(Locale.ROOT, "%+.1f %%", 100 * off);
      near.add(new Check("mean speed-up", figure, Math.abs(off) <= NEAR));
    }
    outcome.state(
        id + "-near",
        what + ": goal, the simulated speed-up is within 10 % of the recorded one",
        List.of(),
        near);
  }

  /** States that speed-ups fall from multiples of four over even to odd values, class by class. */
  void parityOfMeans(Outcome.Builder outcome, String id, String what) {
    new Cases(v -> Finding.of(v[0] > v[1] && v[1] > v[2], "%.2fx %.2fx %.2fx", v[0], v[1], v[2]))
        .add(
            "means",
            Cases.of(mean(false, 1), mean(false, 2), mean(false, 3)),
            Cases.of(mean(true, 1), mean(true, 2), mean(true, 3)))
        .state(outcome, id, what + ": mean speed-up of multiples of 4 > other even > odd");
  }

  /** Multiply-accumulates by value of the parameter. */
  @FunctionalInterface
  interface Macs {
    double of(int value);
  }

  private String cyclesPerMac(boolean simulation, int kind, Macs macs) {
    return values(simulation, MEMBERS.get(kind)).stream()
        .mapToDouble(
            v -> (simulation ? optimised.simulated(v) : optimised.recorded(v)) * KHZ / macs.of(v))
        .average()
        .stream()
        .mapToObj(cycles -> String.format(Locale.ROOT, "%.2f", cycles))
        .findFirst()
        .orElse("");
  }

  private static String ratio(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.2fx", value);
  }
}
