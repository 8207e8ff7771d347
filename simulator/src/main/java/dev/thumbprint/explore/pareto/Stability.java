package dev.thumbprint.explore.pareto;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How firmly a front and the rankings behind it stand when every figure is drawn anew from its
 * interval. Errors are drawn independently of each other.
 *
 * @param draws number of draws
 * @param outcomes outcomes that took part: the front and the nearest of what cannot be separated
 * @param staysOnFront for each outcome, by its id, the share of draws in which nothing dominates it
 * @param rankings one for each coordinate
 */
public record Stability(
    int draws, int outcomes, Map<Long, Double> staysOnFront, List<Ranking> rankings) {
  /** Outcomes that take part at most; the effort grows with the square. */
  public static final int OUTCOMES_MAX = 200;

  private static final int DRAWS = 200;

  /** Half width of a 90 % interval in standard deviations. */
  private static final double Z90 = 1.645;

  public Stability {
    staysOnFront = Map.copyOf(staysOnFront);
    rankings = List.copyOf(rankings);
  }

  /**
   * How firmly the ranking by one coordinate stands.
   *
   * @param tau mean of Kendall's tau-b between the ranking by best estimates and the drawn ones;
   *     NaN where there is nothing to rank
   * @param bestStaysBest share of draws in which the best stays best
   */
  public record Ranking(double tau, double bestStaysBest) {}

  /** The stability of a front, with draws from a seed. */
  public static <T> Stability of(Front<T> front, long seed) {
    List<Outcome<T>> all = new ArrayList<>(front.members());
    front.notSeparable().stream().limit(Math.max(0, OUTCOMES_MAX - all.size())).forEach(all::add);
    return of(all.size() > OUTCOMES_MAX ? all.subList(0, OUTCOMES_MAX) : all, seed);
  }

  /** The stability of a list of outcomes, with draws from a seed. */
  public static <T> Stability of(List<Outcome<T>> all, long seed) {
    int size = all.size();
    int coordinates = all.isEmpty() ? 0 : all.getFirst().size();
    List<Kendall> rankings = new ArrayList<>();
    int[] first = new int[coordinates];
    for (int c = 0; c < coordinates; c++) {
      double[] told = column(all, c);
      rankings.add(new Kendall(told));
      first[c] = best(told);
    }
    Random random = new Random(seed);
    int[] stays = new int[size];
    double[] tau = new double[coordinates];
    int[] best = new int[coordinates];
    for (int draw = 0; draw < DRAWS; draw++) {
      List<Outcome<T>> drawn = new ArrayList<>(size);
      for (Outcome<T> outcome : all) {
        drawn.add(drawn(outcome, random));
      }
      for (int i = 0; i < size; i++) {
        stays[i] += dominated(drawn.get(i), drawn) ? 0 : 1;
      }
      for (int c = 0; c < coordinates; c++) {
        double[] now = column(drawn, c);
        tau[c] += rankings.get(c).tau(now) / DRAWS;
        best[c] += first[c] == best(now) ? 1 : 0;
      }
    }
    Map<Long, Double> shares = new HashMap<>();
    for (int i = 0; i < size; i++) {
      shares.put(all.get(i).id(), (double) stays[i] / DRAWS);
    }
    List<Ranking> firm = new ArrayList<>();
    for (int c = 0; c < coordinates; c++) {
      firm.add(new Ranking(tau[c], (double) best[c] / DRAWS));
    }
    return new Stability(DRAWS, size, shares, firm);
  }

  private static <T> boolean dominated(Outcome<T> outcome, List<Outcome<T>> others) {
    for (Outcome<T> other : others) {
      if (Dominance.dominates(other, outcome)) {
        return true;
      }
    }
    return false;
  }

  private static <T> Outcome<T> drawn(Outcome<T> outcome, Random random) {
    double[] values = new double[outcome.size()];
    for (int i = 0; i < values.length; i++) {
      double z = random.nextGaussian();
      double width = z < 0 ? outcome.below(i) : outcome.above(i);
      values[i] = outcome.value(i) + z / Z90 * width;
    }
    return Outcome.exact(outcome.id(), outcome.item(), values);
  }

  private static <T> double[] column(List<Outcome<T>> outcomes, int coordinate) {
    return outcomes.stream().mapToDouble(outcome -> outcome.value(coordinate)).toArray();
  }

  private static int best(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] < values[best]) {
        best = i;
      }
    }
    return best;
  }
}
