package dev.thumbprint.study;

import java.util.ArrayList;
import java.util.List;

/**
 * What one row of the study came to.
 *
 * @param experiment the row
 * @param comparisons recorded beside simulated figures
 * @param sheets further tables
 * @param plots pictures
 * @param statements what the row says, with verdicts
 * @param notes what a reader has to know
 */
public record Outcome(
    Experiment experiment,
    List<Comparison> comparisons,
    List<Sheet> sheets,
    List<Plot> plots,
    List<Statement> statements,
    List<String> notes) {

  /** Collects the parts of an outcome. */
  public static final class Builder {
    private final List<Comparison> comparisons = new ArrayList<>();
    private final List<Sheet> sheets = new ArrayList<>();
    private final List<Plot> plots = new ArrayList<>();
    private final List<Statement> statements = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** Adds a figure, recorded and simulated. */
    public Builder compare(Comparison comparison) {
      comparisons.add(comparison);
      return this;
    }

    /** Adds a table. */
    public Builder sheet(String title, List<String> columns, List<List<String>> rows) {
      sheets.add(new Sheet(title, columns, rows));
      return this;
    }

    /** Adds a picture. */
    public Builder plot(String name, String title, String svg) {
      plots.add(new Plot(name, title, svg));
      return this;
    }

    /** Adds a statement with the cases that decide it. */
    public Builder state(String id, String text, List<Check> recorded, List<Check> simulated) {
      return state(id, text, recorded, simulated, "");
    }

    /** Adds a statement with the cases that decide it, and why it fails or is not shown. */
    public Builder state(
        String id, String text, List<Check> recorded, List<Check> simulated, String reason) {
      statements.add(new Statement(id, text, recorded, simulated, reason));
      return this;
    }

    /** Adds a remark. */
    public Builder note(String note) {
      notes.add(note);
      return this;
    }

    /** The figures so far. */
    public List<Comparison> comparisons() {
      return List.copyOf(comparisons);
    }

    Outcome build(Experiment experiment) {
      return new Outcome(
          experiment,
          List.copyOf(comparisons),
          List.copyOf(sheets),
          List.copyOf(plots),
          List.copyOf(statements),
          List.copyOf(notes));
    }
  }
}
