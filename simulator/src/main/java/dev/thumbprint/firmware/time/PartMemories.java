package dev.thumbprint.firmware.time;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where parts have their memories: {@code part-memories.csv}, every row with the vendor's header it
 * was taken from.
 */
final class PartMemories {
  /** Name of the memory that code runs from, inside of the part. */
  static final String FLASH = "flash";

  /** Name of the memory that code runs from, outside of the part. */
  static final String EXTERNAL_FLASH = "external flash";

  private static final String TABLE = "part-memories.csv";
  private static final List<Row> ROWS = read();

  /**
   * A row of the table.
   *
   * @param part beginning of the name of the part
   * @param memory as in board descriptions
   * @param address of its first byte
   * @param aliases further addresses of the same memory
   * @param source where it was found
   */
  record Row(String part, String memory, int address, List<Integer> aliases, String source) {
    private boolean isFor(String mcu, String name) {
      return mcu.startsWith(part) && memory.equalsIgnoreCase(name);
    }
  }

  private PartMemories() {}

  /** All rows. */
  static List<Row> rows() {
    return ROWS;
  }

  /** The row of a memory of a part; of several the one that names the part most closely. */
  static Optional<Row> find(String mcu, String memory) {
    Row best = null;
    for (Row row : ROWS) {
      if (row.isFor(mcu, memory) && (best == null || row.part.length() > best.part.length())) {
        best = row;
      }
    }
    return Optional.ofNullable(best);
  }

  private static List<Row> read() {
    try (InputStream in = PartMemories.class.getResourceAsStream(TABLE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .map(PartMemories::row)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(String line) {
    String[] cells = line.split(",", 5);
    List<Integer> aliases = new ArrayList<>();
    for (String alias : cells[3].split(" ")) {
      if (!alias.isEmpty()) {
        aliases.add((int) (long) Long.decode(alias));
      }
    }
    return new Row(cells[0], cells[1], (int) (long) Long.decode(cells[2]), aliases, cells[4]);
  }
}
