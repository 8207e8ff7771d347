package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.pricing.ClosedExpectation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Effects whose sum is the logarithm of a rate of a closed runtime against what is expected of open
 * kernels. Fitted by damped Gauss-Newton steps on the logarithms of totals, each effect drawn to
 * zero by the size that effects of its sort are taken to have.
 */
final class RuntimeEffects {
  /** Residual of a total, as a logarithm: what kinds of work do not tell of a network. */
  private static final double RESIDUAL = 0.03;

  // Sizes of effects, as logarithms: on all kinds of work together, and on one kind beyond that.
  private static final double ALL = 0.5;
  private static final double TERM = 0.2;
  private static final double FAMILY = 0.3;
  private static final double FAMILY_TERM = 0.3;
  private static final double VERSION = 0.2;
  private static final double VERSION_TERM = 0.1;
  private static final double CORE = 0.15;
  private static final double CORE_TERM = 0.15;
  private static final double FAMILY_CORE = 0.05;

  private static final int STEPS_MAX = 100;
  private static final double DAMPING_MAX = 1e8;
  private static final double ENOUGH = 1e-12;

  private final Map<String, List<String>> versions;
  private final Map<String, Integer> index = new LinkedHashMap<>();
  private final List<Double> sizes = new ArrayList<>();
  private final Map<String, int[][]> known = new HashMap<>();
  private double[] effects = {};

  /**
   * No effects yet.
   *
   * @param versions versions of each family, oldest first
   */
  RuntimeEffects(Map<String, List<String>> versions) {
    this.versions = versions;
  }

  /** The logarithm of a rate against what is expected; of versions that were fitted. */
  double logRate(LibraryId library, Core core, Term term) {
    double sum = 0;
    for (int effect : of(library, core)[ClosedExpectation.TERMS.indexOf(term)]) {
      sum += effect < effects.length ? effects[effect] : 0;
    }
    return sum;
  }

  /** The effects of each term of a build. */
  private int[][] of(LibraryId library, Core core) {
    return known.computeIfAbsent(library + " " + core.label(), key -> found(library, core));
  }

  private int[][] found(LibraryId library, Core core) {
    String family = library.family();
    int version = versions.get(family).indexOf(library.generation());
    int[][] all = new int[ClosedExpectation.TERMS.size()][];
    for (int i = 0; i < all.length; i++) {
      Term term = ClosedExpectation.TERMS.get(i);
      // Few totals hold much of these: versions and cores move them with all the rest.
      boolean told = term != Term.COARSE_ELEMENT && term != Term.OPERATOR;
      List<Integer> one = new ArrayList<>();
      one.add(effect("all", ALL));
      one.add(effect("term " + term, TERM));
      one.add(effect("family " + family, FAMILY));
      one.add(effect("core " + core, CORE));
      one.add(effect("family core " + family + core, FAMILY_CORE));
      for (int step = 0; step < version; step++) {
        one.add(effect("version " + family + step, VERSION));
      }
      one.add(effect("family term " + family + term, FAMILY_TERM));
      if (told) {
        one.add(effect("core term " + core + term, CORE_TERM));
        for (int step = 0; step < version; step++) {
          one.add(effect("version term " + family + step + term, VERSION_TERM));
        }
      }
      all[i] = one.stream().mapToInt(Integer::intValue).toArray();
    }
    return all;
  }

  private int effect(String name, double size) {
    Integer at = index.putIfAbsent(name, sizes.size());
    if (at == null) {
      sizes.add(size);
      return sizes.size() - 1;
    }
    return at;
  }

  /** Fits the effects. */
  void fit(List<RuntimeRow> rows) {
    rows.forEach(row -> of(row.target().kernels(), row.target().board().core()));
    effects = new double[sizes.size()];
    double cost = cost(rows, effects);
    double damping = 1;
    for (int step = 0; step < STEPS_MAX && damping < DAMPING_MAX; step++) {
      RealMatrix normal = MatrixUtils.createRealMatrix(effects.length, effects.length);
      RealVector gradient = MatrixUtils.createRealVector(new double[effects.length]);
      linearise(rows, normal, gradient);
      double before = cost;
      while (damping < DAMPING_MAX) {
        double[] next = stepped(normal, gradient, damping);
        double trial = cost(rows, next);
        if (trial < cost) {
          effects = next;
          cost = trial;
          damping /= 6;
          break;
        }
        damping *= 4;
      }
      if (before - cost < ENOUGH * before) {
        return;
      }
    }
  }

  private double[] stepped(RealMatrix normal, RealVector gradient, double damping) {
    RealMatrix damped = normal.copy();
    for (int i = 0; i < effects.length; i++) {
      damped.addToEntry(i, i, damping / (sizes.get(i) * sizes.get(i)));
    }
    RealVector step = new CholeskyDecomposition(damped).getSolver().solve(gradient);
    double[] next = effects.clone();
    for (int i = 0; i < next.length; i++) {
      next[i] += step.getEntry(i);
    }
    return next;
  }

  private double cost(List<RuntimeRow> rows, double[] at) {
    double cost = 0;
    for (RuntimeRow row : rows) {
      double error = Math.log(row.cycles() / total(parts(row, at), row)) / RESIDUAL;
      cost += row.weight() * error * error;
    }
    for (int i = 0; i < at.length; i++) {
      double size = at[i] / sizes.get(i);
      cost += size * size;
    }
    return cost;
  }

  private void linearise(List<RuntimeRow> rows, RealMatrix normal, RealVector gradient) {
    for (int i = 0; i < effects.length; i++) {
      double firmness = 1 / (sizes.get(i) * sizes.get(i));
      normal.addToEntry(i, i, firmness);
      gradient.addToEntry(i, -firmness * effects[i]);
    }
    for (RuntimeRow row : rows) {
      double[] parts = parts(row, effects);
      double total = total(parts, row);
      double error = Math.log(row.cycles() / total);
      double weight = row.weight() / (RESIDUAL * RESIDUAL);
      double[] slopes = new double[effects.length];
      int[][] terms = of(row.target().kernels(), row.target().board().core());
      for (int i = 0; i < parts.length; i++) {
        for (int effect : terms[i]) {
          slopes[effect] += parts[i] / total;
        }
      }
      for (int i = 0; i < slopes.length; i++) {
        if (slopes[i] != 0) {
          gradient.addToEntry(i, weight * slopes[i] * error);
          for (int j = 0; j < slopes.length; j++) {
            normal.addToEntry(i, j, weight * (slopes[i] * slopes[j]));
          }
        }
      }
    }
  }

  /** Cycles of each term of a row. */
  private double[] parts(RuntimeRow row, double[] at) {
    int[][] terms = of(row.target().kernels(), row.target().board().core());
    double[] parts = row.expected().clone();
    for (int i = 0; i < parts.length; i++) {
      double log = 0;
      for (int effect : terms[i]) {
        log += at[effect];
      }
      parts[i] *= Math.exp(log);
    }
    return parts;
  }

  private static double total(double[] parts, RuntimeRow row) {
    double total = row.waiting();
    for (double part : parts) {
      total += part;
    }
    return total;
  }
}
