package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Placement;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.library.Term.Kind;
import dev.thumbprint.cost.memory.CodeCache;
import dev.thumbprint.cost.pricing.CoefficientSet;
import dev.thumbprint.cost.pricing.Factors;
import dev.thumbprint.cost.pricing.Figures;
import dev.thumbprint.cost.pricing.Intervals;
import dev.thumbprint.cost.pricing.Transfer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes coefficient files as {@link dev.thumbprint.cost.pricing.Coefficients} reads them. */
public final class CoefficientWriter {
  /** Digits of a figure: enough that a refit agrees to 1e-9. */
  private static final MathContext DIGITS = new MathContext(10);

  /**
   * Cycles below which a term was driven to nothing by a fit: written as 0, as a reader refuses
   * such small figures.
   */
  public static final double LEAST = 1e-6;

  private CoefficientWriter() {}

  /**
   * A file of coefficient sets.
   *
   * @param command what makes it
   */
  public static String write(String command, List<CoefficientSet> sets) {
    StringBuilder text = new StringBuilder("version: 1\n");
    text.append("command: \"").append(command).append("\"\nsets:\n");
    for (CoefficientSet set : sets) {
      write(text, set);
    }
    return text.toString();
  }

  private static void write(StringBuilder text, CoefficientSet set) {
    Target home = set.home();
    text.append("  - library: \"").append(home.kernels()).append("\"\n");
    line(text, "board", home.board().id());
    line(text, "clock_hz", Long.toString(home.clockHz()));
    line(
        text,
        "wait_states",
        home.waitStates().isPresent() ? Integer.toString(home.waitStates().getAsInt()) : "unknown");
    line(text, "opt", home.opt().label());
    line(text, "asserts", home.asserts() ? "on" : "off");
    if (home.arduino()) {
      line(text, "arduino", "on");
    }
    line(text, "fpu", home.fpu() ? "on" : "off");
    if (home.weights() != usual(home.board())) {
      line(text, "weights", home.weights().label());
    }
    if (!home.arena().equals(home.board().arena())) {
      line(text, "arena", home.arena().name());
    }
    line(text, "source", set.source().label());
    line(text, "rows", Integer.toString(set.rows()));
    if (set.networks() > 0) {
      line(text, "networks", Integer.toString(set.networks()));
    }
    if (!Double.isNaN(set.spread())) {
      line(text, "spread", number(set.spread()));
    }
    text.append("    cycles:");
    int start = text.length();
    for (Term term : Term.values()) {
      if (set.has(term)) {
        entry(text, term.label(), set.cyclesPerTrip(term));
      }
    }
    emptyIfUnchanged(text, start);
    text.append("    code_misses:");
    start = text.length();
    for (CodeCache cache : CodeCache.values()) {
      if (set.codeMisses().containsKey(cache)) {
        text.append("\n      ").append(cache.label()).append(": {");
        String comma = " ";
        for (Map.Entry<Term, Double> miss : set.codeMisses().get(cache).toMap().entrySet()) {
          text.append(comma).append(miss.getKey().label()).append(": ");
          text.append(number(miss.getValue()));
          comma = ", ";
        }
        text.append(" }");
      }
    }
    emptyIfUnchanged(text, start);
    if (set.ramReads().size() > 0) {
      text.append("    ram_reads:");
      set.ramReads().toMap().forEach((term, reads) -> entry(text, term.label(), reads));
      text.append('\n');
    }
    if (set.told().size() > 0) {
      text.append("    told:");
      set.told().toMap().forEach((term, share) -> entry(text, term.label(), share));
      text.append('\n');
    }
  }

  private static void emptyIfUnchanged(StringBuilder text, int start) {
    text.append(text.length() == start ? " {}\n" : "\n");
  }

  private static void entry(StringBuilder text, String key, double value) {
    text.append("\n      ").append(key).append(": ").append(number(value));
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append("    ").append(key).append(": ").append(value).append('\n');
  }

  /** A file of factors. */
  public static String write(String command, Transfer transfer) {
    StringBuilder text = new StringBuilder("version: 1\ncommand: \"" + command + "\"\nopt:\n");
    for (OptLevel level : OptLevel.values()) {
      text.append("  ").append(level.label()).append(":");
      kinds(text, transfer.optFactors(level));
    }
    text.append("core:\n");
    for (Core core : Core.values()) {
      text.append("  ").append(core.label()).append(":");
      kinds(text, transfer.coreFactors(core));
    }
    text.append("ram_read_cycles:\n");
    transfer
        .ramReads()
        .toMap()
        .forEach(
            (bus, cycles) ->
                text.append("  ")
                    .append(bus.label())
                    .append(": ")
                    .append(number(cycles))
                    .append('\n'));
    text.append("boards:\n");
    new TreeMap<>(transfer.boards())
        .forEach(
            (id, numbers) ->
                text.append(
                    "  %s: { code: %s, weights: %s, rows: %d }\n"
                        .formatted(
                            id,
                            number(numbers.code()),
                            number(numbers.weights()),
                            numbers.rows())));
    return text.toString();
  }

  /** A file of half-widths of intervals. */
  public static String write(String command, Intervals intervals) {
    StringBuilder text = new StringBuilder("version: 1\ncommand: \"" + command + "\"\nbands:\n");
    new TreeMap<>(intervals.bands())
        .forEach(
            (nearness, band) -> {
              text.append("  ").append(nearness.name().toLowerCase(Locale.ROOT)).append(":\n");
              text.append("    errors:");
              kinds(text, band.errors());
              text.append("    network_errors:");
              kinds(text, band.networkErrors());
              factors(text, "    ", band.factors());
            });
    text.append("builds:\n");
    new TreeMap<>(intervals.builds())
        .forEach(
            (build, factors) -> {
              text.append("  - build: \"").append(build).append("\"\n");
              factors(text, "    ", factors);
            });
    return text.toString();
  }

  private static void factors(StringBuilder text, String indent, Factors factors) {
    text.append(indent).append("layers: ").append(number(factors.layers())).append('\n');
    text.append(indent).append("networks: ").append(number(factors.networks())).append('\n');
    text.append(indent).append("operators:");
    if (factors.operators().isEmpty()) {
      text.append(" {}");
    }
    new TreeMap<>(factors.operators())
        .forEach(
            (operator, factor) ->
                text.append('\n')
                    .append(indent)
                    .append("  ")
                    .append(operator)
                    .append(": ")
                    .append(number(factor)));
    text.append('\n');
  }

  private static void kinds(StringBuilder text, Figures<Kind> factors) {
    text.append(" {");
    String comma = " ";
    for (Map.Entry<Kind, Double> factor : factors.toMap().entrySet()) {
      text.append(comma).append(factor.getKey().name().toLowerCase(Locale.ROOT)).append(": ");
      text.append(number(factor.getValue()));
      comma = ", ";
    }
    text.append(" }\n");
  }

  /** Where weights live on a board unless told otherwise. */
  private static Placement usual(Board board) {
    return Target.of(board, TargetOptions.builder().build()).weights();
  }

  private static String number(double value) {
    if (Math.abs(value) < LEAST) {
      return "0";
    }
    return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }
}
