package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.counts.CountTable;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table of executed kernels that coefficients are fitted to.
 *
 * @param file its name
 * @param stage what its rows are, and so when it is fitted
 */
record FittedTable(String file, Stage stage) {
  /** Of a build the tables of one stage are fitted together, and keep what stages before told. */
  enum Stage {
    /** Calls of kernels; the only stage whose rows are all fitted. */
    KERNELS(""),
    /** Calls of kernels that share loops with those. */
    FURTHER_KERNELS("further kernels, every second row"),
    /** Calls of operators by the runtime. */
    CALLS("calls of the runtime, every second row");

    private final String mark;

    Stage(String mark) {
      this.mark = mark;
    }
  }

  /** Rows of one operator that a fit takes: the tables are denser than it needs. */
  private static final int OPERATOR_ROWS_MAX = 250;

  /** The tables of {@code fitted-sweeps.txt}, in its order. */
  static List<FittedTable> all() {
    return CountTable.lines("fitted-sweeps.txt").stream().map(FittedTable::parse).toList();
  }

  private static FittedTable parse(String line) {
    String[] parts = line.split(", ", 2);
    String mark = parts.length > 1 ? parts[1] : "";
    for (Stage stage : Stage.values()) {
      if (stage.mark.equals(mark)) {
        return new FittedTable(parts[0], stage);
      }
    }
    throw new IllegalStateException("fitted-sweeps.txt: no such mark: " + line);
  }

  /** The rows that are fitted. */
  List<CountedRow> rows() {
    List<CountedRow> rows = CountedRow.read("sweeps/" + file);
    return thinned(stage == Stage.KERNELS ? rows : everySecond(rows, false));
  }

  /**
   * Half of the rows of each operator and type of a table: the first, the third and so on are
   * fitted, the others judge.
   *
   * @param judging whether the others are asked for
   */
  static List<CountedRow> everySecond(List<CountedRow> rows, boolean judging) {
    Map<String, Integer> seen = new HashMap<>();
    List<CountedRow> half = new ArrayList<>();
    for (CountedRow row : rows) {
      int count = seen.merge(row.get("op") + " " + row.get("type"), 1, Integer::sum);
      if (count % 2 == (judging ? 0 : 1)) {
        half.add(row);
      }
    }
    return half;
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
}
