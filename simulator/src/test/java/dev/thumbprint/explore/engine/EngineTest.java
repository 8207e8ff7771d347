package dev.thumbprint.explore.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.explore.engine.Design.Fits;
import dev.thumbprint.explore.engine.Design.Status;
import dev.thumbprint.explore.pareto.Hypervolume;
import dev.thumbprint.explore.pareto.Outcome;
import dev.thumbprint.explore.space.Inputs;
import dev.thumbprint.explore.space.Measure;
import dev.thumbprint.explore.space.Space;
import dev.thumbprint.explore.space.SpaceReader;
import dev.thumbprint.explore.space.SpaceRequest;
import dev.thumbprint.profile.Profile;
import dev.thumbprint.profile.Profiler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a design costs does not depend on order, caches, threads or interruptions. */
final class EngineTest {
  /** Large enough for several parts; holds impossible designs and such that break limits. */
  private static final String SPACE =
      """
      version: 1
      network:
        family: mobilenet-v1
        width: { from: 0.25, to: 0.95, step: 0.1 }
        resolution: [64, 96, 128]
        depth: [3, 5]
        classes: 2
      board: [nucleo-l4r5zi, nucleo-f446re, nucleo-f746zg, nucleo-l552ze-q]
      clock: [max, 150 MHz, 80 MHz]
      kernels: [cmsis-nn@2020-09, cmsis-nn@2026, tflm-reference@2026]
      opt: [Os, O2]
      fpu: [on, off]
      constraints: [latency <= 500 ms, ram <= 200 KiB]
      """;

  static Space space(String yaml) {
    return space(yaml, Map.of());
  }

  static Space space(String yaml, Map<String, String> sampler) {
    try {
      return SpaceReader.read(
          new SpaceRequest("test.yaml", yaml, Map.of(), "", sampler), Inputs.ofThisMachine());
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void designsCostWhatProfileSays(long seed) {
    Space space = space(SPACE);
    Random random = new Random(seed);
    Evaluator evaluator = new Evaluator(space, 2);
    int compared = 0;
    for (int i = 0; i < 60; i++) {
      long point = random.nextLong(space.size());
      Design design = evaluator.design(point);
      if (design.status() == Status.IMPOSSIBLE) {
        continue;
      }
      compared++;
      Profile profile =
          Profiler.profile(
              space.network(space.networkOf(point)),
              space.target(space.configurationOf(point)),
              false);
      same(design, Measure.CYCLES, profile.total().cycles(), seed);
      same(design, Measure.LATENCY, profile.total().inferenceTimeMs(), seed);
      same(design, Measure.ENERGY, profile.total().energyUj(), seed);
      same(design, Measure.ARENA, profile.total().arenaBytes(), seed);
      same(design, Measure.RAM, profile.total().ramBytes(), seed);
      same(design, Measure.FLASH, profile.total().flashBytes(), seed);
      assertThat(design.fits() == Fits.YES).isEqualTo(profile.fits());
    }
    assertThat(compared).isGreaterThan(20);
  }

  private static void same(Design design, Measure measure, Metric metric, long seed) {
    Figures figures = design.figures();
    if (metric instanceof Estimate estimate) {
      assertThat(figures.value(measure))
          .as("seed %d, point %d, %s", seed, design.point(), measure)
          .isEqualTo(Rounding.significant(estimate.value()));
      assertThat(figures.low(measure)).isEqualTo(Rounding.significant(estimate.low()));
      assertThat(figures.high(measure)).isEqualTo(Rounding.significant(estimate.high()));
    } else {
      assertThat(figures.known(measure)).isFalse();
    }
  }

  @Test
  void cachesChangeNothing() {
    Space space = space(SPACE);
    Evaluator used = new Evaluator(space, 1);
    PointTable usedTable = new PointTable(space, used);
    long[] points = new Random(9).longs(400, 0, space.size()).toArray();
    for (long point : points) {
      used.design(point);
    }
    for (int i = 0; i < 60; i++) {
      Evaluator fresh = new Evaluator(space, 1);
      assertThat(line(usedTable, used.design(points[i])))
          .isEqualTo(line(new PointTable(space, fresh), fresh.design(points[i])));
    }
  }

  @Test
  void resultIsTheSameForAnyNumberOfThreads(@TempDir Path folder) throws IOException {
    Space space = space(SPACE);
    assertThat(space.size()).isGreaterThan(Points.PART_MAX);
    Path one = folder.resolve("one.csv");
    Exploration first = new Explorer(space, 1).writing(one, "f", false).run();
    for (int threads : new int[] {2, 5}) {
      Path other = folder.resolve(threads + ".csv");
      Exploration again = new Explorer(space, threads).writing(other, "f", false).run();
      assertThat(Files.mismatch(one, other)).isEqualTo(-1);
      assertThat(ids(again)).isEqualTo(ids(first));
      assertThat(unclear(again)).isEqualTo(unclear(first));
      assertThat(again.stability()).isEqualTo(first.stability());
    }
    List<String> lines = Files.readAllLines(one);
    assertThat(lines).hasSize((int) space.size() + 1);
    assertThat(lines.stream().skip(1).map(line -> line.split(",")[0]).distinct().count())
        .isEqualTo(space.size());
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  void frontIsThatOfAllRows() throws IOException {
    Space space = space(SPACE);
    Exploration exploration = new Explorer(space, 2).run();
    Evaluator evaluator = new Evaluator(space, 1);
    List<Design> feasible =
        LongStream.range(0, space.size())
            .mapToObj(evaluator::design)
            .filter(design -> design.status() == Status.FEASIBLE)
            .toList();
    List<Long> literal = new ArrayList<>();
    for (Design one : feasible) {
      if (feasible.stream().noneMatch(other -> better(other, one))) {
        literal.add(one.point());
      }
    }
    assertThat(ids(exploration)).hasSameElementsAs(literal);
    assertThat(exploration.tally().count(Status.FEASIBLE)).isEqualTo(feasible.size());
    assertThat(exploration.tally().count(Status.IMPOSSIBLE)).isPositive();
  }

  private static boolean better(Design a, Design b) {
    double latency = a.figures().value(Measure.LATENCY) - b.figures().value(Measure.LATENCY);
    double energy = a.figures().value(Measure.ENERGY) - b.figures().value(Measure.ENERGY);
    return latency <= 0 && energy <= 0 && latency + energy < 0;
  }

  @Test
  void rowsReadBackAsTheDesignsTheyWere() {
    Space space = space(SPACE);
    Evaluator evaluator = new Evaluator(space, 1);
    PointTable table = new PointTable(space, evaluator);
    for (long point : new Random(4).longs(300, 0, space.size()).toArray()) {
      String line = line(table, evaluator.design(point));
      assertThat(line(table, table.parse(line.strip()))).isEqualTo(line);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void cutOffRunGoesOnWhereItWasAndEndsTheSame(int cut, @TempDir Path folder) throws IOException {
    for (Map<String, String> sampler :
        List.of(
            Map.<String, String>of(),
            Map.of("kind", "random", "budget", "5000"),
            Map.of("kind", "nsga2", "budget", "600"))) {
      Space space = space(SPACE, sampler);
      Path whole = folder.resolve("whole.csv");
      Exploration expected = new Explorer(space, 2).writing(whole, "print", false).run();
      Path resumed = folder.resolve("resumed.csv");
      byte[] bytes = Files.readAllBytes(whole);
      // Nothing but the header; a torn row; a whole row; nearly all.
      int header = PointTable.header().length();
      int length =
          switch (cut) {
            case 0 -> header;
            case 1 -> bytes.length / 2;
            case 2 -> new String(bytes, StandardCharsets.UTF_8).lastIndexOf('\n', bytes.length / 2);
            default -> bytes.length - 3;
          };
      Files.write(PointFile.draft(resumed), java.util.Arrays.copyOf(bytes, length));
      Files.writeString(folder.resolve("resumed.csv.part.id"), "print\n");
      Exploration again = new Explorer(space, 2).writing(resumed, "print", true).run();
      assertThat(Files.mismatch(whole, resumed)).as("%s, cut %d", sampler, cut).isEqualTo(-1);
      assertThat(ids(again)).isEqualTo(ids(expected));
      assertThat(unclear(again)).isEqualTo(unclear(expected));
      assertThat(again.tally().designs()).isEqualTo(expected.tally().designs());
      if (cut == 3) {
        assertThat(again.resumed()).isGreaterThan(expected.tally().designs() / 4);
      }
      Files.delete(whole);
      Files.delete(resumed);
      try (var files = Files.list(folder)) {
        assertThat(files).isEmpty();
      }
    }
  }

  @Test
  void draftOfAnotherSpaceIsNotTakenUp(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("points.csv");
    Files.writeString(PointFile.draft(file), "rows of something else\n");
    Files.writeString(folder.resolve("points.csv.part.id"), "other\n");
    assertThat(PointFile.resumable(file, "mine")).isFalse();
  }

  @Test
  void randomDesignsAreDifferentAndSpreadEvenly() {
    Space space = space(SPACE, Map.of("kind", "random", "budget", "4000", "seed", "7"));
    Points points = Points.of(space);
    List<Long> all = new ArrayList<>();
    for (long part = 0; part < points.parts(); part++) {
      for (long point : points.part(part)) {
        all.add(point);
      }
    }
    assertThat(all).hasSize(4000).doesNotHaveDuplicates();
    long firstHalf = all.stream().filter(point -> point < space.size() / 2).count();
    // Five standard deviations of a fair coin.
    assertThat(firstHalf).isBetween(2000L - 158, 2000L + 158);
  }

  /** The front of all designs of {@link #BIG}, priced once for all seeds. */
  private static List<double[]> exhaustiveFront() throws IOException {
    if (exhaustive.isEmpty()) {
      Exploration grid = new Explorer(space(BIG), Runtime.getRuntime().availableProcessors()).run();
      grid.tally().front().members().forEach(member -> exhaustive.add(member.values()));
    }
    return exhaustive;
  }

  private static final List<double[]> exhaustive = new ArrayList<>();

  /**
   * The genetic search with 5 % of the evaluations against all of them: 99 % of the volume that the
   * exhaustive front dominates, measured from the worst feasible figures.
   */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void geneticSearchFindsNearlyTheWholeFront(long seed) throws IOException {
    Space all = space(BIG);
    assertThat(all.size()).isBetween(100_000L, 120_000L);
    double[] worst = {-1e300, -1e300, -1e300};
    for (double[] member : exhaustiveFront()) {
      for (int i = 0; i < worst.length; i++) {
        // A tenth past the worst of the front, so that its ends count.
        worst[i] = Math.max(worst[i], member[i] + 0.1 * Math.abs(member[i]));
      }
    }
    long budget = all.size() / 20;
    Space few =
        space(BIG, Map.of("kind", "nsga2", "budget", Long.toString(budget), "seed", "" + seed));
    Exploration search = new Explorer(few, 2).run();
    assertThat(search.tally().designs()).isLessThanOrEqualTo(budget);
    List<double[]> found = search.tally().front().members().stream().map(Outcome::values).toList();
    double share = Hypervolume.of(found, worst) / Hypervolume.of(exhaustive, worst);
    System.out.printf(
        java.util.Locale.ROOT,
        "nsga2, seed %d: %d of %d designs, front %d of %d, hypervolume %.4f%n",
        seed,
        search.tally().designs(),
        all.size(),
        found.size(),
        exhaustive.size(),
        share);
    assertThat(share).isBetween(0.99, 1.0 + 1e-12);
  }

  /** 106,080 designs with a trade-off between latency, energy and the size of the network. */
  private static final String BIG =
      """
      version: 1
      network:
        family: ds-cnn
        filters: { from: 16, to: 112, step: 4 }
        depth: [2, 3, 4, 5]
        frames: [25, 33, 49]
        kernel: [3, 5]
        classes: 12
      board: [nucleo-l4r5zi, nucleo-f446re, nucleo-f746zg, nucleo-h743zi]
      clock: { from: 24 MHz, to: 80 MHz, step: 8 MHz }
      kernels: [cmsis-nn@2020-09, cmsis-nn@2026, tflm-reference@2026]
      opt: [Os, O2]
      objectives: [latency, energy, maximise macs]
      """;

  private static String line(PointTable table, Design design) {
    StringBuilder text = new StringBuilder();
    table.append(text, design);
    return text.toString();
  }

  private static List<Long> ids(Exploration exploration) {
    return exploration.tally().front().members().stream().map(Outcome::id).toList();
  }

  private static List<Long> unclear(Exploration exploration) {
    return exploration.tally().front().notSeparable().stream().map(Outcome::id).toList();
  }
}
