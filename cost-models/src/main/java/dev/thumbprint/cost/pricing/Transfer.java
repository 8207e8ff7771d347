package dev.thumbprint.cost.pricing;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.library.Term.Kind;
import dev.thumbprint.cost.memory.RamBus;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * How cycles carry over from one build, core or board to another. Factors act on kinds of work.
 * Immutable.
 */
public final class Transfer {
  private final Map<OptLevel, Figures<Kind>> opt;
  private final Map<Core, Figures<Kind>> core;
  private final Figures<RamBus> ramReads;
  private final Map<String, BoardNumbers> boards;

  /**
   * Factors relative to -Ofast and to a Cortex-M4.
   *
   * @param opt cycles of a kind of work relative to -Ofast
   * @param core zero-wait cycles of a kind of work relative to a Cortex-M4
   * @param ramReads cycles of a read of RAM beyond those of the pipeline, where recordings tell
   * @param boards the two calibrated numbers of boards that have them
   */
  public Transfer(
      Map<OptLevel, Figures<Kind>> opt,
      Map<Core, Figures<Kind>> core,
      Figures<RamBus> ramReads,
      Map<String, BoardNumbers> boards) {
    this.opt = new EnumMap<>(OptLevel.class);
    this.opt.putAll(opt);
    this.core = new EnumMap<>(Core.class);
    this.core.putAll(core);
    this.ramReads = ramReads;
    this.boards = Map.copyOf(boards);
  }

  /**
   * The two calibrated numbers of a board.
   *
   * @param code waiting for code relative to what the documents say, 1 where nothing is known
   * @param weights waiting for weights relative to what the documents say
   * @param rows recordings they rest on
   */
  public record BoardNumbers(double code, double weights, int rows) {
    /** A board without recordings. */
    public static final BoardNumbers NONE = new BoardNumbers(1, 1, 0);
  }

  /** Cycles at a level relative to another. */
  public double opt(Kind kind, OptLevel from, OptLevel to) {
    return optFactors(to).getOr(kind, 1) / optFactors(from).getOr(kind, 1);
  }

  /** Zero-wait cycles on a core relative to another. */
  public double core(Kind kind, Core from, Core to) {
    return coreFactors(to).getOr(kind, 1) / coreFactors(from).getOr(kind, 1);
  }

  /**
   * Cycles of a read of RAM beyond those of the pipeline. Where no recording tells, the mean of the
   * other ways to a RAM; {@link RamBus#DIRECT} is the one without.
   */
  public double ramReadCycles(RamBus bus) {
    if (bus == RamBus.DIRECT) {
      return 0;
    }
    return ramReads.has(bus) ? ramReads.get(bus) : meanOfOthers(bus);
  }

  private double meanOfOthers(RamBus bus) {
    Map<RamBus, Double> others = ramReads.toMap();
    others.remove(bus);
    others.put(RamBus.DIRECT, 0.0);
    return others.values().stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /** What recordings tell of reads of RAM. */
  public Figures<RamBus> ramReads() {
    return ramReads;
  }

  /** This transfer with the cycles of a read of RAM replaced for one way to it. */
  public Transfer withRamReadCycles(RamBus bus, double cycles) {
    Map<RamBus, Double> all = ramReads.toMap();
    all.put(bus, cycles);
    return new Transfer(opt, core, Figures.of(RamBus.class, all), boards);
  }

  /** The two numbers of a board. */
  public BoardNumbers board(String id) {
    return boards.getOrDefault(id, BoardNumbers.NONE);
  }

  /** All boards with numbers of their own. */
  public Map<String, BoardNumbers> boards() {
    return boards;
  }

  /** This transfer with the numbers of one board replaced. */
  public Transfer withBoard(String id, BoardNumbers numbers) {
    Map<String, BoardNumbers> all = new HashMap<>(boards);
    all.put(id, numbers);
    return new Transfer(opt, core, ramReads, all);
  }

  /** This transfer with the factors of one optimisation level replaced. */
  public Transfer withOpt(OptLevel level, Figures<Kind> factors) {
    Map<OptLevel, Figures<Kind>> all = new EnumMap<>(opt);
    all.put(level, factors);
    return new Transfer(all, core, ramReads, boards);
  }

  /** This transfer with the factors of one core replaced. */
  public Transfer withCore(Core of, Figures<Kind> factors) {
    Map<Core, Figures<Kind>> all = new EnumMap<>(Core.class);
    all.putAll(core);
    all.put(of, factors);
    return new Transfer(opt, all, ramReads, boards);
  }

  /** Factors of an optimisation level. */
  public Figures<Kind> optFactors(OptLevel level) {
    return opt.getOrDefault(level, Figures.none(Kind.class));
  }

  /** Factors of a core. */
  public Figures<Kind> coreFactors(Core of) {
    return core.getOrDefault(of, Figures.none(Kind.class));
  }
}
