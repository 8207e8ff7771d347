package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.pricing.CoefficientSet;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.Pricer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Fits one build of a kernel library on one board to one's own recordings. How freely is decided by
 * networks left out: not at all, by one factor for each kind of work, or term by term.
 *
 * @param set the coefficients, with the interval that networks left out ask for
 * @param freedom how freely the coefficients depart from what is known beforehand
 * @param rows recordings that were fitted
 * @param groups groups that were left out in turn
 * @param beforePct mean absolute error without the fit, in per cent
 * @param afterPct mean absolute error on groups that the fit had not seen, in per cent
 */
public record LibraryFit(
    CoefficientSet set, Freedom freedom, int rows, int groups, double beforePct, double afterPct) {

  private static final double KIND_PULL = 0.05;

  /** How freely coefficients depart from what is known beforehand. */
  public enum Freedom {
    /** Not at all. */
    NONE(100),
    /** One factor for each kind of work. */
    KINDS(100),
    /** Every term, drawn firmly. */
    TERMS(0.3);

    private final double pull;

    Freedom(double pull) {
      this.pull = pull;
    }
  }

  /**
   * Fits a build.
   *
   * @param rows recordings that the model can price, all of one board and build
   * @throws IllegalArgumentException if they are too few or of several builds; the message says why
   */
  public static LibraryFit of(CostModel model, List<BoardFit.Row> rows) {
    Set<String> groups = new LinkedHashSet<>();
    rows.forEach(row -> groups.add(row.group()));
    if (rows.size() < BoardFit.ROWS_MIN || groups.size() < 2) {
      throw new IllegalArgumentException(BoardFit.tooFew(rows.size(), groups.size()));
    }
    Target home = rows.getFirst().sample().target();
    for (BoardFit.Row row : rows) {
      if (!row.sample().target().equals(home)) {
        throw new IllegalArgumentException(
            "rows of several builds (%s; %s), expected one"
                .formatted(name(home), name(row.sample().target())));
      }
    }
    OwnError before = new OwnError();
    errors(model, home, rows, before);
    // Least squares end in an exception that names no row.
    if (!Double.isFinite(before.meanPct())) {
      before.requireSense();
    }
    Freedom best = Freedom.NONE;
    OwnError lowest = before;
    for (Freedom freedom : List.of(Freedom.KINDS, Freedom.TERMS)) {
      OwnError error = new OwnError();
      for (String group : groups) {
        List<BoardFit.Row> seen = rows.stream().filter(row -> !row.group().equals(group)).toList();
        List<BoardFit.Row> left = rows.stream().filter(row -> row.group().equals(group)).toList();
        errors(model.with(List.of(fit(model, home, seen, freedom))), home, left, error);
      }
      if (error.meanPct() < lowest.meanPct()) {
        lowest = error;
        best = freedom;
      }
    }
    lowest.requireSense();
    CoefficientSet set = fit(model, home, rows, best).withSpread(lowest.halfWidth());
    return new LibraryFit(
        set, best, rows.size(), groups.size(), before.meanPct(), lowest.meanPct());
  }

  private static String name(Target target) {
    return "%s -%s at %d MHz"
        .formatted(target.kernels(), target.opt().label(), target.clockHz() / 1_000_000);
  }

  private static CoefficientSet fit(
      CostModel model, Target home, List<BoardFit.Row> rows, Freedom freedom) {
    Fitter fitter = new Fitter(home, model.on(home).cyclesPerTrip(), freedom.pull);
    if (freedom != Freedom.NONE) {
      fitter.scalingKinds(KIND_PULL);
    }
    rows.forEach(row -> fitter.add(row.sample()));
    return fitter.set(Source.CALIBRATED);
  }

  private static void errors(
      CostModel model, Target home, List<BoardFit.Row> rows, OwnError errors) {
    Pricer pricer = model.on(home);
    for (BoardFit.Row row : rows) {
      if (pricer.network(row.sample().layers()).cycles() instanceof Estimate estimate) {
        errors.add(row.group(), estimate.value() / row.sample().cycles());
      }
    }
  }
}
