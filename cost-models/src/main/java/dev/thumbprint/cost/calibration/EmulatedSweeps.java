package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Ram;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.counts.CountTable;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.library.Term.Kind;
import dev.thumbprint.cost.memory.CodeCache;
import dev.thumbprint.cost.pricing.CoefficientSet;
import dev.thumbprint.cost.pricing.Figures;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What compiled kernel libraries took on emulated cores, shape by shape: cycles without wait states
 * and reads of code that a cache does not serve. They give every term a value that rests on the
 * executed code and on no recording.
 */
final class EmulatedSweeps {
  /** Relative error that a coefficient twice its static count counts like. */
  private static final double PULL = 0.01;

  /** Rows that a build needs for its loops to be told apart. */
  private static final int ROWS_MIN = 20;

  /** Rows of one operator that a fit takes: the tables are denser than it needs. */
  private static final int OPERATOR_ROWS_MAX = 250;

  private static final Map<CodeCache, String> MISS_COLUMNS = missColumns();

  private EmulatedSweeps() {}

  private static Map<CodeCache, String> missColumns() {
    Map<CodeCache, String> columns = new EnumMap<>(CodeCache.class);
    columns.put(CodeCache.UNCACHED, "fetch8");
    columns.put(CodeCache.ONE_KIB, "l4_code_miss");
    columns.put(CodeCache.ART, "f4_code_miss");
    columns.put(CodeCache.TWO_KIB, "c2k_code_miss");
    return columns;
  }

  /** The builds that were executed, each with the machine that stands for its core. */
  static List<CoefficientSet> sets() {
    return Fitted.SETS;
  }

  /** Fits at first use. */
  private static final class Fitted {
    static final List<CoefficientSet> SETS = fit();
  }

  private static List<CoefficientSet> fit() {
    Map<Target, List<CountedRow>> builds = new LinkedHashMap<>();
    for (String file : CountTable.lines("fitted-sweeps.txt")) {
      for (CountedRow row : thinned(CountedRow.read("sweeps/" + file))) {
        builds.computeIfAbsent(home(row), key -> new ArrayList<>()).add(row);
      }
    }
    List<CoefficientSet> sets = new ArrayList<>();
    builds.forEach(
        (home, rows) -> {
          if (rows.size() >= ROWS_MIN) {
            sets.add(fit(home, rows));
          }
        });
    return List.copyOf(sets);
  }

  /**
   * Every so-many-th row of an operator, for a fit is made anew often; operators of few rows, such
   * as DEQUANTIZE, keep all of theirs.
   */
  private static List<CountedRow> thinned(List<CountedRow> rows) {
    Map<String, List<CountedRow>> operators = new LinkedHashMap<>();
    for (CountedRow row : rows) {
      operators
          .computeIfAbsent(row.get("op") + " " + row.get("type"), key -> new ArrayList<>())
          .add(row);
    }
    List<CountedRow> kept = new ArrayList<>();
    for (List<CountedRow> all : operators.values()) {
      int step = Math.ceilDiv(all.size(), OPERATOR_ROWS_MAX);
      for (int i = 0; i < all.size(); i++) {
        if (i % step == 0 || isRare(all.get(i))) {
          kept.add(all.get(i));
        }
      }
    }
    return kept;
  }

  /** Channel multipliers have a path of their own, which few rows take: all of them are needed. */
  private static boolean isRare(CountedRow row) {
    LayerWork work = row.layer();
    return work.operator() == Operator.DEPTHWISE_CONV_2D
        && work.input().dim(3) != work.output().dim(3);
  }

  private static CoefficientSet fit(Target home, List<CountedRow> rows) {
    Fitter fitter =
        new Fitter(home, InstructionCounts.staticCycles(home), PULL).fixing(fetchTerms());
    List<Sample> samples = new ArrayList<>();
    for (CountedRow row : rows) {
      Sample sample =
          new Sample(
              String.join(" ", row.get("op"), row.get("input"), row.get("filter")),
              List.of(row.layer()),
              false,
              home,
              row.number("cycles"),
              OptionalDouble.empty());
      samples.add(sample);
      fitter.add(sample);
    }
    CoefficientSet computing = fitter.set(Source.MODELLED);
    Map<Term, Double> cycles = computing.cycles().toMap();
    cycles.putAll(fetchTerms().toMap());
    // One call of a kernel was executed, without the interpreter around it: whole programs tell
    // that.
    cycles.remove(Term.OPERATOR);
    cycles.remove(Term.CONV_CALL);
    cycles.remove(Term.DENSE_CALL);
    cycles.remove(Term.QUANTIZE_CALL);
    cycles.remove(Term.DEQUANTIZE_CALL);
    Map<CodeCache, Figures<Term>> misses = new EnumMap<>(CodeCache.class);
    MISS_COLUMNS.forEach(
        (cache, column) -> {
          if (rows.stream().allMatch(row -> row.has(column))) {
            misses.put(cache, counts(home, samples, rows, row -> row.number(column)));
          }
        });
    return new CoefficientSet(
        home,
        Source.MODELLED,
        rows.size(),
        0,
        Figures.of(Term.class, cycles),
        misses,
        counts(home, samples, rows, row -> row.number("loads") - row.number("flash_reads")),
        Figures.none(Term.class),
        Double.NaN);
  }

  private static Figures<Term> counts(
      Target home,
      List<Sample> samples,
      List<CountedRow> rows,
      ToDoubleFunction<CountedRow> count) {
    Fitter counts = new Fitter(home, Figures.none(Term.class), 0);
    for (int i = 0; i < rows.size(); i++) {
      counts.addCount(samples.get(i), count.applyAsDouble(rows.get(i)));
    }
    return counts.counts();
  }

  private static Figures<Term> fetchTerms() {
    Map<Term, Double> fetch = new EnumMap<>(Term.class);
    for (Term term : Term.values()) {
      if (term.kind() == Kind.FETCH) {
        fetch.put(term, 0.0);
      }
    }
    return Figures.of(Term.class, fetch);
  }

  private static Target home(CountedRow row) {
    Core core = Core.ofLabel(row.get("core")).orElseThrow();
    TargetOptions.Builder options =
        TargetOptions.builder()
            .kernels(LibraryId.parse(row.get("library")))
            .opt(OptLevel.ofLabel(row.get("opt")).orElseThrow())
            .asserts(row.get("asserts").equals("on"))
            .waitStates(0);
    if (row.get("fpu").equals("off")) {
      options.fpu(false);
    }
    Board board = Boards.named(board(core));
    fastArena(board).ifPresent(ram -> options.arena(ram.name()));
    return Target.of(board, options.build());
  }

  /** Nothing waits for tensors where code is executed, as in a RAM beside the core. */
  private static Optional<Ram> fastArena(Board board) {
    return board.ram().stream().filter(ram -> ram.kind() == Ram.Kind.DTCM).findFirst();
  }

  /** A board that carries the core; nothing of it counts but the core. */
  private static String board(Core core) {
    return switch (core) {
      case CORTEX_M0, CORTEX_M0PLUS, CORTEX_M23 -> "nucleo-g0b1re";
      case CORTEX_M3 -> "nucleo-f207zg";
      case CORTEX_M4 -> "nucleo-l4r5zi";
      case CORTEX_M7 -> "nucleo-f767zi";
      case CORTEX_M33 -> "nucleo-l552ze-q";
      case CORTEX_M55, CORTEX_M85 -> "apollo510-evb";
    };
  }
}
