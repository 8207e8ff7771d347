package dev.thumbprint.explore.space;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Which points are looked at.
 *
 * @param kind how they are chosen
 * @param budget points at most; empty where the grid is walked whole
 * @param seed seed of what is drawn
 * @param population designs in a generation of a genetic search
 */
public record Sampler(Kind kind, OptionalLong budget, long seed, int population) {
  /** Points of a random or genetic search unless told otherwise. */
  public static final long DEFAULT_BUDGET = 10_000;

  /** Designs that a random sample has at most: their numbers are kept. */
  public static final long RANDOM_MAX = 10_000_000;

  /** Designs that a genetic search looks at at most: it knows each of them again. */
  public static final long GENETIC_MAX = 1_000_000;

  /** Seed unless told otherwise. */
  public static final long DEFAULT_SEED = 1;

  /** Designs in a generation unless told otherwise. */
  public static final int DEFAULT_POPULATION = 200;

  /** Every point in turn. */
  public static final Sampler GRID =
      new Sampler(Kind.GRID, OptionalLong.empty(), DEFAULT_SEED, DEFAULT_POPULATION);

  /** How points are chosen. */
  public enum Kind {
    /** Every point in turn. */
    GRID,
    /** Different points, each as likely as any other. */
    RANDOM,
    /** The genetic search NSGA-II. */
    NSGA2;

    /** The name in files. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    static List<String> labels() {
      return Arrays.stream(values()).map(Kind::label).toList();
    }
  }

  /** Points beyond which this sampler would fill the memory, for a space of a size. */
  long pointsMax(long size) {
    return switch (kind) {
      case GRID -> size;
      case RANDOM -> points(size) == size ? size : RANDOM_MAX;
      case NSGA2 -> GENETIC_MAX;
    };
  }

  /** Points at most of a space of a size. */
  public long points(long size) {
    long most = kind == Kind.GRID ? budget.orElse(size) : budget.orElse(DEFAULT_BUDGET);
    return Math.min(size, most);
  }
}
