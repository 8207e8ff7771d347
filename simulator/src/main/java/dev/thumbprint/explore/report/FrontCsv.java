package dev.thumbprint.explore.report;

import dev.thumbprint.explore.engine.Design;
import dev.thumbprint.explore.engine.Evaluator;
import dev.thumbprint.explore.engine.Exploration;
import dev.thumbprint.explore.engine.PointTable;
import dev.thumbprint.explore.pareto.Outcome;
import java.util.List;

/** The front and what cannot be told apart from it as CSV: which of the two, then all columns. */
public final class FrontCsv {
  private final Exploration exploration;
  private final PointTable table;

  public FrontCsv(Exploration exploration) {
    this.exploration = exploration;
    this.table = new PointTable(exploration.space(), new Evaluator(exploration.space(), 1));
  }

  /** Header and one line for each design. */
  public String render() {
    StringBuilder text = new StringBuilder("pareto," + PointTable.header());
    append(text, "front", exploration.tally().front().members());
    append(text, "not_separable", exploration.tally().front().notSeparable());
    return text.toString();
  }

  private void append(StringBuilder text, String pareto, List<Outcome<Design>> outcomes) {
    for (Outcome<Design> outcome : outcomes) {
      table.append(text.append(pareto).append(','), outcome.item());
    }
  }
}
