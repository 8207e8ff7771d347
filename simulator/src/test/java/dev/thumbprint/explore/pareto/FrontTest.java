package dev.thumbprint.explore.pareto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fronts against the definition, taken literally, on random outcomes. */
final class FrontTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void frontAndUnclearOutcomesFollowTheirDefinition(long seed) {
    List<Outcome<String>> all = random(seed, 400);
    Front<String> front = Front.of(all);
    assertThat(ids(front.members())).as("seed %d", seed).hasSameElementsAs(ids(literalFront(all)));
    List<Outcome<String>> unclear = front.notSeparable();
    assertThat(unclear).isNotEmpty();
    assertThat(front.unlisted()).isZero();
    for (Outcome<String> outcome : all) {
      boolean dominated = all.stream().anyMatch(other -> Dominance.dominates(other, outcome));
      boolean surely = all.stream().anyMatch(other -> Dominance.surely(other, outcome));
      boolean byFront = front.members().stream().anyMatch(m -> Dominance.surely(m, outcome));
      if (dominated && !surely) {
        assertThat(ids(unclear)).as("seed %d", seed).contains(outcome.id());
      }
      if (byFront || !dominated) {
        assertThat(ids(unclear)).as("seed %d", seed).doesNotContain(outcome.id());
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13, 14})
  void partsMergedInOrderGiveTheFrontOfTheWhole(long seed) {
    List<Outcome<String>> all = random(seed, 500);
    Front<String> merged = new Front<>();
    for (int from = 0; from < all.size(); from += 100) {
      merged.merge(Front.of(all.subList(from, from + 100)));
    }
    Front<String> whole = Front.of(all);
    assertThat(ids(merged.members())).isEqualTo(ids(whole.members()));
    for (Outcome<String> outcome : all) {
      boolean dominated = all.stream().anyMatch(other -> Dominance.dominates(other, outcome));
      boolean surely = all.stream().anyMatch(other -> Dominance.surely(other, outcome));
      if (dominated && !surely) {
        assertThat(ids(merged.notSeparable())).contains(outcome.id());
      }
    }
  }

  @Test
  void equalDesignsStandSideBySide() {
    Front<String> front = Front.of(List.of(exact(1, 2, 2), exact(2, 2, 2), exact(3, 3, 3)));
    assertThat(ids(front.members())).containsExactly(1L, 2L);
    assertThat(front.notSeparable()).isEmpty();
  }

  @Test
  void overlappingIntervalsAreNotSeparable() {
    Outcome<String> near =
        Outcome.of(2, "", new double[] {11, 11}, new double[] {10, 10}, new double[] {12, 12});
    Outcome<String> far =
        Outcome.of(3, "", new double[] {20, 20}, new double[] {19, 19}, new double[] {21, 21});
    Outcome<String> best =
        Outcome.of(1, "", new double[] {10, 10}, new double[] {9, 9}, new double[] {11, 11});
    Front<String> front = Front.of(List.of(best, near, far));
    assertThat(ids(front.members())).containsExactly(1L);
    assertThat(ids(front.notSeparable())).containsExactly(2L);
  }

  @Test
  void memoryIsBoundedWhereNothingCanBeToldApart() {
    Front<String> front = new Front<>();
    int count = 5 * Front.LISTED_MAX;
    for (int i = 0; i < count; i++) {
      double value = 1 + i * 1e-6;
      front.add(Outcome.of(i, "", new double[] {value}, new double[] {0}, new double[] {9}));
    }
    assertThat(ids(front.members())).containsExactly(0L);
    assertThat(front.notSeparable()).hasSizeBetween(Front.LISTED_MAX, 2 * Front.LISTED_MAX);
    assertThat(front.notSeparable().size() + front.unlisted()).isEqualTo(count - 1);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {21, 22, 23, 24, 25, 26})
  void hypervolumeCountsTheCellsThatAreDominated(long seed) {
    Random random = new Random(seed);
    int dimensions = 1 + random.nextInt(4);
    int side = 8;
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      points.add(random.ints(dimensions, 0, side + 2).asDoubleStream().toArray());
    }
    double[] reference = new double[dimensions];
    java.util.Arrays.fill(reference, side);
    long cells = 0;
    for (int cell = 0; cell < Math.pow(side, dimensions); cell++) {
      int[] corner = new int[dimensions];
      for (int d = 0, rest = cell; d < dimensions; d++, rest /= side) {
        corner[d] = rest % side;
      }
      cells += points.stream().anyMatch(point -> covers(point, corner)) ? 1 : 0;
    }
    assertThat(Hypervolume.of(points, reference)).as("seed %d", seed).isEqualTo((double) cells);
  }

  @Test
  void stabilityIsCertainWithoutIntervalsAndDoubtfulWithThem() {
    List<Outcome<String>> exact = List.of(exact(1, 1, 5), exact(2, 5, 1), exact(3, 6, 6));
    Stability certain = Stability.of(exact, 7);
    assertThat(certain.staysOnFront()).containsEntry(1L, 1.0).containsEntry(3L, 0.0);
    assertThat(certain.rankings().getFirst().tau()).isBetween(0.9999, 1.0001);
    assertThat(certain.rankings().getFirst().bestStaysBest()).isEqualTo(1);
    Stability doubtful = Stability.of(random(7, 50), 7);
    assertThat(doubtful.rankings().getFirst().tau()).isBetween(0.5, 0.99);
    assertThat(doubtful).isEqualTo(Stability.of(random(7, 50), 7));
  }

  private static boolean covers(double[] point, int[] corner) {
    for (int d = 0; d < corner.length; d++) {
      if (point[d] > corner[d]) {
        return false;
      }
    }
    return true;
  }

  private static Outcome<String> exact(long id, double... values) {
    return Outcome.exact(id, "", values);
  }

  /** Coarse values, so that ties occur, along a trade-off; intervals of different widths. */
  private static List<Outcome<String>> random(long seed, int count) {
    Random random = new Random(seed);
    int size = 2 + (int) (seed % 2);
    List<Outcome<String>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] values = new double[size];
      double[] low = new double[size];
      double[] high = new double[size];
      for (int c = 0; c < size; c++) {
        values[c] = c == 0 ? 10 + random.nextInt(40) : 60 - values[0] + random.nextInt(30);
        double width = values[c] * 0.2 * random.nextDouble();
        low[c] = values[c] - width;
        high[c] = values[c] + 2 * width;
      }
      all.add(Outcome.of(i, "", values, low, high));
    }
    return all;
  }

  private static List<Outcome<String>> literalFront(List<Outcome<String>> all) {
    return all.stream()
        .filter(one -> all.stream().noneMatch(other -> Dominance.dominates(other, one)))
        .toList();
  }

  private static List<Long> ids(List<Outcome<String>> outcomes) {
    return outcomes.stream().map(Outcome::id).toList();
  }
}
