package dev.thumbprint.explore.engine;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.explore.engine.Design.Fits;
import dev.thumbprint.explore.engine.Design.Status;
import dev.thumbprint.explore.space.Measure;
import dev.thumbprint.explore.space.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Designs as CSV with stable columns, units in their names; reads back what it wrote. */
public final class PointTable {
  private static final List<String> SETTINGS =
      List.of(
          "point",
          "network",
          "parameters",
          "board",
          "clock_hz",
          "wait_states",
          "kernels",
          "opt",
          "asserts",
          "fpu",
          "caches",
          "prefetch",
          "weights",
          "arena_region",
          "supply_v",
          "regulator",
          "period_s",
          "status");
  private static final List<String> COLUMNS = columns();
  private static final int STATUS = SETTINGS.size() - 1;

  private final Space space;
  private final Evaluator evaluator;

  /** A table of designs of a space; the evaluator knows their configurations. */
  public PointTable(Space space, Evaluator evaluator) {
    this.space = space;
    this.evaluator = evaluator;
  }

  /** The columns. */
  public static List<String> columns() {
    List<String> columns = new ArrayList<>(SETTINGS);
    for (Measure measure : Measure.all()) {
      columns.add(measure.column());
      if (measure.uncertain()) {
        columns.add(measure.column() + "_low");
        columns.add(measure.column() + "_high");
      }
    }
    columns.addAll(List.of("currency", "fits", "reason"));
    return columns;
  }

  /** The first line. */
  public static String header() {
    return String.join(",", COLUMNS) + "\n";
  }

  /** The cells of a design, as texts, empty where something is not known. */
  public List<String> cells(Design design) {
    List<String> cells = new ArrayList<>(COLUMNS.size());
    long point = design.point();
    long network = space.networkOf(point);
    cells.add(Long.toString(point));
    cells.add(space.networkName(network));
    cells.add(space.networkParameters(network));
    cells.add(space.board(space.configurationOf(point)).id());
    target(cells, evaluator.target(point));
    cells.add(space.periodS(space.periodOf(point)).map(PointTable::number).orElse(""));
    cells.add(design.status().label());
    Figures figures = design.figures();
    for (Measure measure : Measure.all()) {
      cells.add(number(figures.value(measure)));
      if (measure.uncertain()) {
        cells.add(number(figures.low(measure)));
        cells.add(number(figures.high(measure)));
      }
    }
    cells.add(figures.currency());
    cells.add(
        switch (design.fits()) {
          case YES -> "yes";
          case NO -> "no";
          case UNKNOWN -> "";
        });
    cells.add(design.reason());
    return cells;
  }

  private static void target(List<String> cells, Optional<Target> possible) {
    if (possible.isEmpty()) {
      for (int i = SETTINGS.indexOf("clock_hz"); i <= SETTINGS.indexOf("regulator"); i++) {
        cells.add("");
      }
      return;
    }
    Target target = possible.get();
    cells.add(Long.toString(target.clockHz()));
    cells.add(target.waitStates().isPresent() ? "" + target.waitStates().getAsInt() : "");
    cells.add(target.kernels().toString());
    cells.add(target.opt().label());
    cells.add(onOff(target.asserts()));
    cells.add(onOff(target.fpu()));
    cells.add(onOff(target.caches()));
    cells.add(onOff(target.prefetch()));
    cells.add(target.weights().label());
    cells.add(target.arena().name());
    cells.add(target.supplyVolts().isPresent() ? number(target.supplyVolts().getAsDouble()) : "");
    cells.add(target.regulator().map(regulator -> regulator.label()).orElse(""));
  }

  /** The line of a design. */
  public void append(StringBuilder text, Design design) {
    text.append(line(cells(design))).append('\n');
  }

  /** A line of cells, without its end. */
  public static String line(List<String> cells) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      if (i > 0) {
        text.append(',');
      }
      quote(text, cells.get(i));
    }
    return text.toString();
  }

  /**
   * The design of a line that {@link #append} wrote.
   *
   * @throws IllegalArgumentException if it is no such line
   */
  Design parse(String line) {
    List<String> cells = split(line);
    if (cells.size() != COLUMNS.size()) {
      throw new IllegalArgumentException(
          "%d cells, expected %d".formatted(cells.size(), COLUMNS.size()));
    }
    long point = Long.parseLong(cells.getFirst());
    String reason = cells.getLast();
    if (cells.get(STATUS).equals(Status.IMPOSSIBLE.label())) {
      return Design.impossible(point, reason);
    }
    Figures figures = new Figures();
    int column = STATUS + 1;
    for (Measure measure : Measure.all()) {
      double value = number(cells.get(column++));
      double low = measure.uncertain() ? number(cells.get(column++)) : value;
      double high = measure.uncertain() ? number(cells.get(column++)) : value;
      figures.set(measure, value, low, high);
    }
    figures.currency(cells.get(column++));
    Fits fits =
        switch (cells.get(column)) {
          case "yes" -> Fits.YES;
          case "no" -> Fits.NO;
          default -> Fits.UNKNOWN;
        };
    return Design.of(space, point, figures, fits, reason);
  }

  private static double number(String cell) {
    return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    // Whole numbers without a fraction, the rest as Java writes doubles: it reads back the same.
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String onOff(boolean on) {
    return on ? "on" : "off";
  }

  private static void quote(StringBuilder text, String cell) {
    boolean plain = true;
    for (int i = 0; i < cell.length() && plain; i++) {
      char c = cell.charAt(i);
      plain = c != ',' && c != '"' && c >= ' ';
    }
    if (plain) {
      text.append(cell);
      return;
    }
    // A line break inside a cell would make rows that a kill tears look whole.
    text.append('"').append(cell.replaceAll("\\s+", " ").replace("\"", "\"\"")).append('"');
  }

  /** The cells of a line. */
  public static List<String> split(String line) {
    List<String> cells = new ArrayList<>(COLUMNS.size());
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted) {
        if (c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
          cell.append('"');
          i++;
        } else if (c == '"') {
          quoted = false;
        } else {
          cell.append(c);
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == ',') {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
