package dev.thumbprint.recorded;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a source measured beside the inference: its own program between the start and the stop of
 * the timer. The table {@code measured-windows.csv} says what that program does and what executing
 * it takes on the board.
 *
 * @param library name of the library, without generation
 * @param source part of the source of a recording, in lower case, by which it is known
 * @param boardId board that the cycles are of
 * @param opt optimisation level that they are of, empty for any
 * @param onceCycles cycles for each inference
 * @param operatorCycles cycles for each operator
 * @param inputCycles cycles for each element of the input
 * @param outputCycles cycles for each element of the output
 * @param why where this was read and counted
 */
public record MeasuredWindow(
    String library,
    String source,
    String boardId,
    String opt,
    double onceCycles,
    double operatorCycles,
    double inputCycles,
    double outputCycles,
    String why) {

  /** The window of a recording of a whole network; empty where it is the inference. */
  public static Optional<MeasuredWindow> of(Recording row) {
    return Table.ROWS.stream()
        .filter(window -> window.library.equals(row.setting().library().name()))
        .filter(window -> row.origin().source().toLowerCase(Locale.ROOT).contains(window.source))
        .filter(window -> window.boardId.equals(row.setting().boardId()) && !row.isLayer())
        .filter(window -> window.opt.isEmpty() || window.opt.equals(row.setting().opt()))
        .findFirst();
  }

  /** The windows of the table. */
  public static List<MeasuredWindow> all() {
    return Table.ROWS;
  }

  /** Cycles beside the inference of a network. */
  public double cycles(long operators, long inputElements, long outputElements) {
    return onceCycles
        + operatorCycles * operators
        + inputCycles * inputElements
        + outputCycles * outputElements;
  }

  private static final class Table {
    static final List<MeasuredWindow> ROWS;

    static {
      List<MeasuredWindow> rows = new ArrayList<>();
      BuiltIn.table(
          "measured-windows.csv",
          row ->
              rows.add(
                  new MeasuredWindow(
                      row.required("library"),
                      row.required("source_contains"),
                      row.required("board_id"),
                      row.text("opt"),
                      row.number("cycles", 0).orElseThrow(),
                      row.number("cycles_per_operator", 0).orElseThrow(),
                      row.number("cycles_per_input", 0).orElseThrow(),
                      row.number("cycles_per_output", 0).orElseThrow(),
                      row.required("why"))));
      ROWS = List.copyOf(rows);
    }
  }
}
