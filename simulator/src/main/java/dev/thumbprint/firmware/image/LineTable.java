package dev.thumbprint.firmware.image;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Source positions of code, from the debug information of a program. */
public final class LineTable {
  /** No source positions. */
  public static final LineTable NONE = new LineTable(List.of());

  /**
   * Where the code from an address on comes from.
   *
   * @param address of the first instruction
   * @param end one past the last, as an unsigned number
   */
  record Row(int address, int end, String file, int line) {}

  /** A place in a source file; the line counts from 1. */
  public record Position(String file, int line) {
    @Override
    public String toString() {
      return file + ":" + line;
    }
  }

  private final Row[] rows;

  LineTable(List<Row> rows) {
    this.rows =
        rows.stream()
            .sorted(Comparator.comparingLong(row -> Integer.toUnsignedLong(row.address())))
            .toArray(Row[]::new);
  }

  /** Number of rows; 0 where the program has no debug information. */
  public int size() {
    return rows.length;
  }

  /** Every source line that has code, each once. */
  public Set<Position> positions() {
    Set<Position> all = new HashSet<>();
    for (Row row : rows) {
      all.add(new Position(row.file(), row.line()));
    }
    return all;
  }

  /** The source position of the instruction at an address. */
  public Optional<Position> at(int address) {
    Row key = new Row(address, 0, "", 0);
    int i =
        Arrays.binarySearch(rows, key, (a, b) -> Integer.compareUnsigned(a.address(), b.address()));
    int index = i >= 0 ? i : -i - 2;
    if (index < 0 || Integer.compareUnsigned(address, rows[index].end()) >= 0) {
      return Optional.empty();
    }
    return Optional.of(new Position(rows[index].file(), rows[index].line()));
  }
}
