package dev.thumbprint.recorded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.dataformat.csv.CsvFactory;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;

/** Reads a CSV file with a header, row by row, within fixed bounds. */
final class CsvTable {
  /**
   * Bounds that no honest file of recordings meets: the built-in ones are under 1 MiB and 30
   * columns.
   */
  static final int BYTES_MAX = 32 << 20;

  static final int ROWS_MAX = 500_000;
  static final int COLUMNS_MAX = 200;
  static final int CELL_CHARS_MAX = 20_000;

  private static final CsvMapper MAPPER =
      CsvMapper.builder(
              CsvFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(CELL_CHARS_MAX).build())
                  .build())
          .enable(CsvReadFeature.SKIP_EMPTY_LINES)
          .build();

  private CsvTable() {}

  /**
   * Passes every row after the header to {@code rows}, and what is wrong with a row to {@code
   * badRows}; without that, a bad row ends the reading.
   *
   * @param file name for messages
   * @throws BadRecordingException where the file is no UTF-8, no CSV, too large, or a row does not
   *     fit its header
   * @throws IOException where reading the stream fails
   */
  static void read(String file, InputStream in, Consumer<CsvRow> rows) throws IOException {
    read(
        file,
        in,
        rows,
        (row, bad) -> {
          throw bad;
        });
  }

  /** The same; gives the columns of the header with their positions. */
  static Map<String, Integer> read(
      String file,
      InputStream in,
      Consumer<CsvRow> rows,
      BiConsumer<CsvRow, BadRecordingException> badRows)
      throws IOException {
    String text = decode(file, in.readNBytes(BYTES_MAX + 1));
    Map<String, Integer> header = Map.of();
    int count = 0;
    try (JsonParser parser = MAPPER.createParser(text)) {
      while (parser.nextToken() == JsonToken.START_ARRAY) {
        List<String> cells = new ArrayList<>();
        long line = cells(file, parser, cells);
        if (header.isEmpty()) {
          header = header(file, line, cells);
          continue;
        }
        if (cells.size() != header.size()) {
          badRows.accept(
              CsvRow.blank(file, line, header),
              new BadRecordingException(
                  file,
                  line,
                  "",
                  cells.size() + " cells",
                  header.size() + " as in the header",
                  "a comma inside a cell needs quotes around the cell"));
          continue;
        }
        if (++count > ROWS_MAX) {
          throw new BadRecordingException(
              file, line, "", "more rows", "at most " + ROWS_MAX, "split the file");
        }
        CsvRow row = new CsvRow(file, line, header, cells);
        try {
          rows.accept(row);
        } catch (BadRecordingException bad) {
          badRows.accept(row, bad);
        }
      }
    } catch (JacksonException e) {
      throw new BadRecordingException(
          file,
          JsonProblem.line(e),
          "",
          "text that is no CSV, or a cell of more than " + CELL_CHARS_MAX + " characters",
          "a CSV file",
          "is a quote left open?");
    }
    if (header.isEmpty()) {
      throw new BadRecordingException(
          file, 0, "", "an empty file", "a header and rows", "see docs/recordings.md");
    }
    return header;
  }

  private static String decode(String file, byte[] bytes) {
    if (bytes.length > BYTES_MAX) {
      throw new BadRecordingException(
          file, 0, "", "more than 32 MiB", "at most 32 MiB", "split the file");
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new BadRecordingException(
          file, 0, "", "bytes that are no UTF-8", "a text file in UTF-8", "");
    }
  }

  /** Reads one row into {@code cells} and gives the line it starts on. */
  private static long cells(String file, JsonParser parser, List<String> cells) {
    long line = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (line == 0) {
        line = parser.currentTokenLocation().getLineNr();
      }
      if (parser.currentToken() == null) {
        throw new BadRecordingException(file, line, "", "the end of the file", "a whole row", "");
      }
      if (cells.size() == COLUMNS_MAX) {
        throw new BadRecordingException(file, line, "", "more cells", "at most " + COLUMNS_MAX, "");
      }
      cells.add(parser.getString());
    }
    return line;
  }

  private static Map<String, Integer> header(String file, long line, List<String> cells) {
    Map<String, Integer> header = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      String name = cells.get(i).strip().toLowerCase(Locale.ROOT);
      if (name.isEmpty()) {
        throw new BadRecordingException(
            file, line, "number " + (i + 1), "no name", "a column name", "");
      }
      if (header.put(name, i) != null) {
        throw new BadRecordingException(
            file, line, name, "the column twice", "each column once", "");
      }
    }
    return header;
  }
}
