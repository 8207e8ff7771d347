package dev.thumbprint.explore.engine;

import dev.thumbprint.explore.engine.Design.Fits;
import dev.thumbprint.explore.engine.Design.Status;
import dev.thumbprint.explore.engine.Explorer.Opening;
import dev.thumbprint.explore.engine.Explorer.Output;
import dev.thumbprint.explore.pareto.Outcome;
import dev.thumbprint.explore.space.Constraint;
import dev.thumbprint.explore.space.Objective;
import dev.thumbprint.explore.space.Space;
import io.jenetics.Chromosome;
import io.jenetics.Genotype;
import io.jenetics.IntegerChromosome;
import io.jenetics.IntegerGene;
import io.jenetics.Mutator;
import io.jenetics.MutatorResult;
import io.jenetics.Phenotype;
import io.jenetics.UniformCrossover;
import io.jenetics.engine.Engine;
import io.jenetics.engine.EvolutionStream;
import io.jenetics.ext.moea.NSGA2Selector;
import io.jenetics.ext.moea.UFTournamentSelector;
import io.jenetics.ext.moea.Vec;
import io.jenetics.util.ISeq;
import io.jenetics.util.RandomRegistry;
import io.jenetics.util.Seq;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * The genetic search NSGA-II (K. Deb et al., IEEE Transactions on Evolutionary Computation 6(2),
 * 2002), with selection and crossover of the Jenetics library. Designs that break limits rank
 * behind all that do not. No design is priced twice: a child that was priced before is moved to a
 * neighbour that was not. The last tenth of the budget goes to the neighbours of what was found
 * best: the ends of a front are few designs, which crossover seldom hits.
 */
final class GeneticSearch {
  /** Behind every feasible design. */
  private static final double BROKEN = 1e30;

  /** Behind every design that exists. */
  private static final double IMPOSSIBLE = 1e40;

  private static final int NEIGHBOURS_TRIED = 30;

  /** Of so many parts of the budget, one is for the neighbours of the front. */
  private static final int FINISHING_SHARE = 10;

  /** Generations without a design that is new, after which the search has nothing left to see. */
  private static final int IDLE_GENERATIONS_MAX = 20;

  private final Space space;
  private final LocalEngine engine;
  private final Tally tally;
  private final LongConsumer progress;
  private final Genes genes;
  private final Random random;
  private final long budget;
  private final long evolving;
  private final Map<Long, Vec<double[]>> priced = new HashMap<>();
  private final Map<Long, Design> earlier = new LinkedHashMap<>();
  private final PointTable table;
  private Output output;
  private int idle;

  GeneticSearch(Space space, LocalEngine engine, Tally tally, LongConsumer progress) {
    this.space = space;
    this.engine = engine;
    this.tally = tally;
    this.progress = progress;
    this.genes = new Genes(space);
    this.random = new Random(space.sampler().seed());
    this.budget = space.sampler().points(space.size());
    this.evolving = budget - budget / FINISHING_SHARE;
    this.table = new PointTable(space, new Evaluator(space, 1));
  }

  /**
   * Searches until the budget is spent.
   *
   * @return designs that an earlier run had priced
   * @throws IOException if the output cannot be written
   */
  long run(Opening opening) throws IOException {
    try (Output opened =
        opening.open(
            part -> 1,
            rows ->
                rows.forEach(
                    row -> {
                      Design design = table.parse(row);
                      earlier.put(design.point(), design);
                    }))) {
      output = opened;
      RandomRegistry.with(new Random(space.sampler().seed())).run(this::evolve);
      opened.complete();
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
    return earlier.size();
  }

  private void evolve() {
    int population = (int) Math.min(space.sampler().population(), Math.max(4, budget));
    Engine<IntegerGene, Vec<double[]>> evolution =
        new Engine.Builder<>(this::evaluate, this::randomGenotype)
            .minimizing()
            // Parents and as many children compete: (mu + lambda), as NSGA-II has it.
            .populationSize(2 * population)
            .offspringFraction(0.5)
            .offspringSelector(UFTournamentSelector.<IntegerGene, double[], Vec<double[]>>ofVec())
            .survivorsSelector(NSGA2Selector.<IntegerGene, double[], Vec<double[]>>ofVec())
            .alterers(new UniformCrossover<>(0.8, 0.5), new StepMutator(genes))
            .maximalPhenotypeAge(Long.MAX_VALUE)
            .executor(Runnable::run)
            .build();
    EvolutionStream<IntegerGene, Vec<double[]>> stream = evolution.stream();
    stream
        .takeWhile(result -> priced.size() < evolving && idle < IDLE_GENERATIONS_MAX)
        .forEach(result -> {});
    Map<Long, Design> fresh = neighboursOfFront();
    while (!fresh.isEmpty()) {
      price(fresh);
      fresh = neighboursOfFront();
    }
  }

  /**
   * What was not priced of the designs that differ in one gene from the front: in any way from the
   * best by one objective, by one step from the others; as many as the budget leaves.
   */
  private Map<Long, Design> neighboursOfFront() {
    List<Outcome<Design>> front = tally.front().members();
    Map<Long, Design> fresh = new LinkedHashMap<>();
    for (int objective = 0; objective < space.objectives().size(); objective++) {
      int of = objective;
      front.stream()
          .min(Comparator.comparingDouble(one -> one.values()[of]))
          .ifPresent(best -> addNeighbours(best.item().point(), Integer.MAX_VALUE, fresh));
    }
    front.forEach(one -> addNeighbours(one.item().point(), 1, fresh));
    return fresh;
  }

  private void addNeighbours(long point, int steps, Map<Long, Design> fresh) {
    int[] values = genes.of(point);
    for (int gene = 0; gene < values.length; gene++) {
      int own = values[gene];
      for (int value = 0; value < genes.size(gene); value++) {
        values[gene] = value;
        long near = genes.point(values);
        if (Math.abs(value - own) <= steps
            && !seen(near, fresh)
            && priced.size() + fresh.size() < budget) {
          fresh.put(near, null);
        }
      }
      values[gene] = own;
    }
  }

  private Genotype<IntegerGene> randomGenotype() {
    IntegerGene[] all = new IntegerGene[genes.count()];
    for (int i = 0; i < all.length; i++) {
      all[i] = genes.gene(random.nextInt(genes.size(i)));
    }
    return Genotype.of(IntegerChromosome.of(all));
  }

  /** Prices what is new in a generation, all at once. */
  private ISeq<Phenotype<IntegerGene, Vec<double[]>>> evaluate(
      Seq<Phenotype<IntegerGene, Vec<double[]>>> population) {
    List<Phenotype<IntegerGene, Vec<double[]>>> all = new ArrayList<>(population.asList());
    Map<Long, Design> fresh = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      Phenotype<IntegerGene, Vec<double[]>> one = all.get(i);
      if (one.isEvaluated()) {
        continue;
      }
      int[] values = values(one);
      if (seen(genes.point(values), fresh)) {
        values = neighbour(values, fresh);
        all.set(i, Phenotype.of(genotype(values), one.generation()));
      }
      long point = genes.point(values);
      if (!seen(point, fresh) && priced.size() + fresh.size() < evolving) {
        fresh.put(point, null);
      }
    }
    idle = fresh.isEmpty() ? idle + 1 : 0;
    price(fresh);
    return all.stream()
        .map(one -> one.isEvaluated() ? one : one.withFitness(fitness(genes.point(values(one)))))
        .collect(ISeq.toISeq());
  }

  private boolean seen(long point, Map<Long, Design> fresh) {
    return priced.containsKey(point) || fresh.containsKey(point);
  }

  private static int[] values(Phenotype<IntegerGene, Vec<double[]>> one) {
    return one.genotype().chromosome().stream().mapToInt(IntegerGene::intValue).toArray();
  }

  private Genotype<IntegerGene> genotype(int[] values) {
    IntegerGene[] all = new IntegerGene[values.length];
    Arrays.setAll(all, i -> genes.gene(values[i]));
    return Genotype.of(IntegerChromosome.of(all));
  }

  /** A design near by that was not priced yet, or this one where none is found. */
  private int[] neighbour(int[] values, Map<Long, Design> fresh) {
    int[] moved = values.clone();
    for (int i = 0; i < NEIGHBOURS_TRIED; i++) {
      int gene = random.nextInt(moved.length);
      moved[gene] = StepMutator.step(moved[gene], genes.size(gene), random);
      if (!seen(genes.point(moved), fresh)) {
        return moved;
      }
    }
    return values;
  }

  /** What the budget did not reach ranks last. */
  private Vec<double[]> fitness(long point) {
    Vec<double[]> known = priced.get(point);
    return known == null ? worst(IMPOSSIBLE) : known;
  }

  private Vec<double[]> worst(double value) {
    double[] costs = new double[space.objectives().size()];
    Arrays.fill(costs, value);
    return Vec.of(costs);
  }

  private void price(Map<Long, Design> fresh) {
    long[] missing =
        fresh.keySet().stream().filter(p -> !earlier.containsKey(p)).mapToLong(p -> p).toArray();
    try {
      List<Design> designs = engine.designs(missing);
      designs.forEach(design -> fresh.put(design.point(), design));
      StringBuilder lines = new StringBuilder();
      List<Design> written = new ArrayList<>();
      for (Map.Entry<Long, Design> entry : fresh.entrySet()) {
        boolean known = entry.getValue() == null;
        Design design = known ? earlier.get(entry.getKey()) : entry.getValue();
        tally.add(design);
        priced.put(entry.getKey(), costs(design));
        if (!known) {
          written.add(design);
          if (output.sink().wantsText()) {
            table.append(lines, design);
          }
        }
      }
      output.sink().write(written, lines.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    progress.accept(tally.designs());
  }

  /** Feasible designs by their objectives, the others by how far they are from the limits. */
  private Vec<double[]> costs(Design design) {
    if (design.status() == Status.IMPOSSIBLE || design.status() == Status.UNKNOWN) {
      return worst(IMPOSSIBLE);
    }
    if (design.status() == Status.LIMITED) {
      return worst(BROKEN * (1 + excess(design)));
    }
    double[] costs = new double[space.objectives().size()];
    for (int i = 0; i < costs.length; i++) {
      Objective objective = space.objectives().get(i);
      costs[i] = objective.cost(design.figures().value(objective.measure()));
    }
    return Vec.of(costs);
  }

  private double excess(Design design) {
    double excess = design.fits() == Fits.YES || !space.mustFit() ? 0 : 1;
    List<Constraint> constraints = space.constraints();
    for (int i = 0; i < constraints.size(); i++) {
      Constraint constraint = constraints.get(i);
      if (design.unclear(i)) {
        excess += 1;
      } else if (design.breaks(i)) {
        double value = design.figures().value(constraint.measure());
        double scale = Math.max(Math.abs(constraint.limit()), 1e-9);
        excess += Math.min(1e6, Math.abs(value - constraint.limit()) / scale);
      }
    }
    return excess;
  }

  /** Changes about one gene of each design, by a small step or to any value. */
  private static final class StepMutator extends Mutator<IntegerGene, Vec<double[]>> {
    private final Genes genes;

    StepMutator(Genes genes) {
      super(Math.min(0.5, 1.0 / genes.count()));
      this.genes = genes;
    }

    @Override
    protected MutatorResult<Chromosome<IntegerGene>> mutate(
        Chromosome<IntegerGene> chromosome, double probability, RandomGenerator random) {
      IntegerGene[] all = new IntegerGene[chromosome.length()];
      int changed = 0;
      for (int i = 0; i < all.length; i++) {
        boolean hit = random.nextDouble() < probability;
        int value = chromosome.get(i).intValue();
        all[i] = genes.gene(hit ? step(value, genes.size(i), random) : value);
        changed += hit ? 1 : 0;
      }
      return new MutatorResult<>(IntegerChromosome.of(all), changed);
    }

    /** Another value of a gene: half the time next to it, else anywhere. */
    static int step(int value, int size, RandomGenerator random) {
      if (size < 2) {
        return value;
      }
      if (random.nextBoolean()) {
        int moved = value + (random.nextBoolean() ? 1 : -1);
        return moved < 0 || moved >= size ? value : moved;
      }
      return random.nextInt(size);
    }

    @Override
    public String toString() {
      return "StepMutator of " + genes.count() + " genes";
    }
  }
}
