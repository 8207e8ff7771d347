package dev.thumbprint.explore.space;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.Suggestion;
import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Price;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prices of boards: from a file of the user, else from the board's description. */
public final class Prices {
  /** Nothing but what the boards themselves say. */
  public static final Prices NONE = new Prices(Map.of());

  private static final int LINES_MAX = 10_000;
  private static final List<String> COLUMNS = List.of("board", "price", "currency");
  private static final List<String> OPTIONAL = List.of("date", "source");

  private final Map<String, Amount> own;

  private Prices(Map<String, Amount> own) {
    this.own = Map.copyOf(own);
  }

  /**
   * An amount of money.
   *
   * @param amount how much
   * @param currency ISO 4217 code
   */
  public record Amount(double amount, String currency) {}

  /** The price of a board, or empty where nobody says. */
  public Optional<Amount> of(Board board) {
    Amount told = own.get(board.id());
    return told == null
        ? board.price().map((Price price) -> new Amount(price.amount(), price.currency()))
        : Optional.of(told);
  }

  /**
   * Reads a CSV with the columns board, price and currency; date and source may follow.
   *
   * @throws BadDescription if it is damaged: file, line, found, expected
   */
  static Prices parse(String file, String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || lines.size() > LINES_MAX) {
      throw new BadDescription(
          file, "%d lines, expected 1 to %d".formatted(lines.size(), LINES_MAX), "");
    }
    List<String> header = cells(lines.getFirst());
    for (String column : COLUMNS) {
      if (!header.contains(column)) {
        throw new BadDescription(
            file + ":1",
            "column '%s' is missing".formatted(column),
            "the first line is board,price,currency");
      }
    }
    for (String column : header) {
      if (!COLUMNS.contains(column) && !OPTIONAL.contains(column)) {
        List<String> known = new ArrayList<>(COLUMNS);
        known.addAll(OPTIONAL);
        throw new BadDescription(
            file + ":1",
            "unknown column '%s'".formatted(column),
            Suggestion.hint(column, known, "columns: " + String.join(", ", known)));
      }
    }
    Map<String, Amount> own = new HashMap<>();
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        row(file + ":" + (i + 1), header, cells(lines.get(i)), own);
      }
    }
    return new Prices(own);
  }

  private static void row(
      String place, List<String> header, List<String> cells, Map<String, Amount> own) {
    if (cells.size() != header.size()) {
      throw new BadDescription(
          place, "%d cells, expected %d".formatted(cells.size(), header.size()), "");
    }
    String board = cells.get(header.indexOf("board"));
    String price = cells.get(header.indexOf("price"));
    String currency = cells.get(header.indexOf("currency"));
    if (!price.matches("[0-9]{1,9}(\\.[0-9]{1,9})?") || !currency.matches("[A-Z]{3}")) {
      throw new BadDescription(
          place,
          "found price '%s' and currency '%s', expected a number and a code such as EUR"
              .formatted(price, currency),
          "");
    }
    // A board in a file of the user keeps the id that the file gives it.
    String id = Boards.isBuiltIn(board) ? Boards.named(board).id() : board;
    if (own.put(id, new Amount(Double.parseDouble(price), currency)) != null) {
      throw new BadDescription(place, "a second price of " + board, "keep one of the two");
    }
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    for (String cell : line.split(",", -1)) {
      cells.add(cell.strip());
    }
    return cells;
  }
}
