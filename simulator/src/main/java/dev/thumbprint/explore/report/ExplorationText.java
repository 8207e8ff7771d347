package dev.thumbprint.explore.report;

import dev.thumbprint.explore.engine.Design;
import dev.thumbprint.explore.engine.Design.Status;
import dev.thumbprint.explore.engine.Exploration;
import dev.thumbprint.explore.engine.Figures;
import dev.thumbprint.explore.engine.Tally;
import dev.thumbprint.explore.pareto.Outcome;
import dev.thumbprint.explore.pareto.Stability;
import dev.thumbprint.explore.space.Constraint;
import dev.thumbprint.explore.space.Measure;
import dev.thumbprint.explore.space.Objective;
import dev.thumbprint.explore.space.Space;
import dev.thumbprint.report.Numbers;
import dev.thumbprint.report.TableForms;
import dev.thumbprint.report.TextTable;
import dev.thumbprint.report.TextTable.Align;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** An exploration for a terminal. */
public final class ExplorationText {
  private static final int ROWS_MAX = 40;

  private final Exploration exploration;
  private final Space space;
  private final Tally tally;
  private final Reproduction reproduction;

  public ExplorationText(Exploration exploration, Reproduction reproduction) {
    this.exploration = exploration;
    this.space = exploration.space();
    this.tally = exploration.tally();
    this.reproduction = reproduction;
  }

  /** The whole report for a terminal. */
  public String render() {
    return render(false);
  }

  /** The whole report as Markdown. */
  public String markdown() {
    return render(true);
  }

  private String render(boolean markdown) {
    StringBuilder text = new StringBuilder();
    if (!space.title().isEmpty()) {
      text.append(markdown ? "## " : "").append(space.title()).append(markdown ? "\n\n" : "\n");
    }
    text.append(summary()).append('\n');
    String limits = limits();
    text.append(markdown && !limits.isEmpty() ? "\n" + list(limits) : limits).append('\n');
    List<Outcome<Design>> front = tally.front().members();
    if (front.isEmpty()) {
      text.append("No design is left.\n");
      return text.append(markdown ? list(advice()) : advice()).toString();
    }
    List<String> goals = space.objectives().stream().map(Objective::toString).toList();
    text.append("Pareto front (%s): %d\n\n".formatted(String.join(", ", goals), front.size()));
    text.append(table(front, markdown)).append('\n');
    List<Outcome<Design>> unclear = tally.front().notSeparable();
    if (!unclear.isEmpty()) {
      text.append(
          "Not separable from the front, the 90 %% intervals overlap: %s%s\n\n"
              .formatted(
                  Numbers.grouped(unclear.size()),
                  tally.front().unlisted() == 0
                      ? ""
                      : " and up to %s more".formatted(Numbers.grouped(tally.front().unlisted()))));
      text.append(table(unclear, markdown)).append('\n');
    }
    text.append(markdown ? list(stability()) : stability());
    String command = reproduction.command(front.getFirst().id());
    text.append("\nLayer by layer, the first of the front:\n")
        .append(markdown ? "\n```\n" + command + "\n```\n" : "  " + command + "\n");
    return text.toString();
  }

  /** Indented lines as a list, what is indented more as a list below. */
  private static String list(String lines) {
    StringBuilder text = new StringBuilder();
    for (String line : lines.lines().toList()) {
      boolean entry = line.startsWith(" ");
      String item = line.replaceFirst("^  ( *)", "$1- ") + "\n";
      boolean first = entry && !text.isEmpty() && !text.toString().contains("\n- ");
      text.append(entry ? (first ? "\n" : "") + item : line + "\n");
    }
    return text.toString();
  }

  /** How many designs there are, in one line. */
  String summary() {
    return "%s of %s designs looked at; %s keep all limits"
        .formatted(
            Numbers.grouped(tally.designs()),
            Numbers.grouped(space.size()),
            Numbers.grouped(tally.count(Status.FEASIBLE)));
  }

  /** What each limit did, line by line. */
  String limits() {
    StringBuilder text = new StringBuilder();
    long impossible = tally.count(Status.IMPOSSIBLE);
    if (impossible > 0) {
      text.append("  not possible: ").append(Numbers.grouped(impossible)).append('\n');
    }
    if (tally.fits().broken() + tally.fits().unknown() > 0) {
      text.append(limit("fits the board", tally.fits(), ""));
    }
    for (int i = 0; i < space.constraints().size(); i++) {
      Constraint constraint = space.constraints().get(i);
      Tally.Limit limit = tally.limit(i);
      String nearest =
          limit.nearestPoint() < 0
              ? ""
              : "; best %s".formatted(figure(constraint.measure(), limit.nearest()));
      text.append(limit(constraint.text(), limit, nearest));
    }
    if (tally.count(Status.UNKNOWN) > 0) {
      text.append(
          "  not ranked, a figure is not known: %s\n"
              .formatted(Numbers.grouped(tally.count(Status.UNKNOWN))));
    }
    tally
        .reasons()
        .forEach(
            (reason, count) ->
                text.append("    %s  %s\n".formatted(Numbers.grouped(count), reason)));
    return text.toString();
  }

  private static String limit(String name, Tally.Limit limit, String nearest) {
    return "  %s: removes %s, %s of them alone%s%s\n"
        .formatted(
            name,
            Numbers.grouped(limit.broken() + limit.unknown()),
            Numbers.grouped(limit.alone()),
            limit.unknown() == 0
                ? ""
                : "; of %s it is not known".formatted(Numbers.grouped(limit.unknown())),
            nearest);
  }

  /** What would leave designs, where none is left. */
  private String advice() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < space.constraints().size(); i++) {
      Constraint constraint = space.constraints().get(i);
      Tally.Limit limit = tally.limit(i);
      if (limit.alone() > 0) {
        text.append(
            "  without '%s' %s would be left\n"
                .formatted(constraint.text(), Numbers.grouped(limit.alone())));
      }
      if (constraint.measure() == Measure.PRICE && limit.unknown() > 0) {
        text.append("  hint: give prices with --prices FILE.csv (board,price,currency)\n");
      }
    }
    if (tally.fits().alone() > 0) {
      text.append(
          "  without 'fits the board' %s would be left (must-fit: no)\n"
              .formatted(Numbers.grouped(tally.fits().alone())));
    }
    if (tally.count(Status.IMPOSSIBLE) == tally.designs()) {
      return "  no limit is to blame: none of the designs is possible\n";
    }
    contradictions(text);
    return text.isEmpty()
        ? "  no single limit is to blame: more than one has to give\n"
        : text.toString();
  }

  /** Limits that no figure can keep both of. */
  private void contradictions(StringBuilder text) {
    for (Constraint most : space.constraints()) {
      for (Constraint least : space.constraints()) {
        boolean apart =
            most.measure() == least.measure()
                && most.upper()
                && !least.upper()
                && most.limit() < least.limit();
        if (apart) {
          text.append("  '%s' and '%s' exclude each other\n".formatted(most.text(), least.text()));
        }
      }
    }
  }

  private String table(List<Outcome<Design>> outcomes, boolean markdown) {
    Set<Measure> measures = new LinkedHashSet<>();
    space.objectives().forEach(objective -> measures.add(objective.measure()));
    space.constraints().forEach(constraint -> measures.add(constraint.measure()));
    boolean parameters =
        outcomes.stream()
            .anyMatch(o -> !space.networkParameters(space.networkOf(o.id())).isEmpty());
    TextTable table = new TextTable().column("point", Align.RIGHT).column("network", Align.LEFT);
    if (parameters) {
      table.column("parameters", Align.LEFT);
    }
    table.column("board", Align.LEFT).column("setting", Align.LEFT);
    for (Measure measure : measures) {
      table.column(heading(measure), Align.RIGHT);
      if (measure.uncertain()) {
        table.column("90 % interval", Align.RIGHT);
      }
    }
    table.column("on front", Align.RIGHT);
    for (Outcome<Design> outcome : outcomes.subList(0, Math.min(ROWS_MAX, outcomes.size()))) {
      table.row(row(outcome.item(), measures, parameters).toArray(String[]::new));
    }
    String cut =
        outcomes.size() > ROWS_MAX
            ? "%s... and %s more\n"
                .formatted(markdown ? "\n" : "", Numbers.grouped(outcomes.size() - ROWS_MAX))
            : "";
    return (markdown ? TableForms.markdown(table) : table.render()) + cut;
  }

  private List<String> row(Design design, Set<Measure> measures, boolean parameters) {
    long point = design.point();
    List<String> cells = new ArrayList<>();
    cells.add(Long.toString(point));
    cells.add(space.networkName(space.networkOf(point)));
    if (parameters) {
      cells.add(space.networkParameters(space.networkOf(point)).replace(';', ' '));
    }
    cells.add(space.board(space.configurationOf(point)).id());
    cells.add(setting(point));
    Figures figures = design.figures();
    for (Measure measure : measures) {
      cells.add(figure(measure, figures.value(measure)));
      if (measure.uncertain()) {
        cells.add(
            figures.known(measure)
                ? figure(measure, figures.low(measure))
                    + " .. "
                    + figure(measure, figures.high(measure))
                : "");
      }
    }
    Double share = exploration.stability().staysOnFront().get(point);
    cells.add(share == null ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * share));
    return cells;
  }

  /** What is set, and not left to the board. */
  String setting(long point) {
    List<String> options = space.options(space.configurationOf(point));
    List<String> words = new ArrayList<>();
    for (int i = 0; i < options.size(); i += 2) {
      String name = options.get(i).substring(2);
      String value = options.get(i + 1);
      words.add(value.matches("on|off|[0-9]+") ? name + " " + value : value);
    }
    space.periodS(space.periodOf(point)).ifPresent(s -> words.add("every " + seconds(s)));
    return String.join(" ", words);
  }

  private static String seconds(double seconds) {
    return (seconds == Math.rint(seconds) ? Long.toString((long) seconds) : "" + seconds) + " s";
  }

  private static String heading(Measure measure) {
    return switch (measure) {
      case CYCLES -> "cycles";
      case LATENCY -> "ms";
      case ENERGY -> "uJ";
      case POWER -> "mW";
      case LIFE -> "days";
      case ARENA, RAM, FLASH -> measure.label();
      case PRICE -> "price";
      case MACS -> "MACs";
      case WEIGHTS -> "constants";
    };
  }

  private static String figure(Measure measure, double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return switch (measure) {
      case ARENA, RAM, FLASH, WEIGHTS -> Numbers.bytes(value);
      case CYCLES, MACS -> Numbers.grouped(Math.round(value));
      default -> Numbers.significant(value);
    };
  }

  /** How firmly front and rankings stand. */
  String stability() {
    Stability stability = exploration.stability();
    StringBuilder text = new StringBuilder();
    text.append(
        "How firmly the ranking stands (%d draws from the intervals of %d designs):\n"
            .formatted(stability.draws(), stability.outcomes()));
    for (int i = 0; i < space.objectives().size(); i++) {
      Stability.Ranking ranking = stability.rankings().get(i);
      String tau =
          Double.isNaN(ranking.tau())
              ? "nothing to rank"
              : String.format(Locale.ROOT, "Kendall's tau %.2f", ranking.tau());
      text.append(
          "  %s: %s; the best stays best in %.0f %%\n"
              .formatted(
                  space.objectives().get(i).measure().label(), tau, 100 * ranking.bestStaysBest()));
    }
    return text.toString();
  }
}
