package dev.thumbprint.recorded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Reads recordings: the built-in ones, or any CSV file with the columns of docs/recordings.md.
 *
 * <p>The header may stand in any order; unknown columns are kept in {@link Recording#extra()}; an
 * empty cell is unknown, not zero. Files are bounded: 32 MiB, 500,000 rows, 200 columns, 20,000
 * characters in a cell.
 */
public final class Recordings {
  private Recordings() {}

  /** All built-in recordings, in the order of their tables; read once. */
  public static List<Recording> builtIn() {
    return BuiltIn.recordings();
  }

  /** The sources of the built-in recordings by key, in the order of their table. */
  public static Map<String, RecordedSource> sources() {
    Map<String, RecordedSource> sources = new LinkedHashMap<>();
    BuiltIn.table(
        "sources.csv",
        row -> {
          String key = row.required("source");
          sources.put(key, new RecordedSource(key, row.required("title"), row.required("url")));
        });
    return Collections.unmodifiableMap(sources);
  }

  /**
   * Reads a file of recordings. A table of this project itself, whose rows hold keys, is joined
   * with the built-in tables.
   *
   * @throws BadRecordingException where the file is missing, damaged, or has no figures; names line
   *     and column
   */
  public static List<Recording> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static BadRecordingException unreadable(Path file, IOException e) {
    boolean missing = e instanceof NoSuchFileException;
    return new BadRecordingException(
        file.toString(),
        0,
        "",
        missing ? "no such file" : String.valueOf(e.getMessage()),
        "a readable CSV file of recordings",
        "");
  }

  /**
   * Reads recordings from a stream.
   *
   * @param file name for messages
   * @throws BadRecordingException where the content is damaged or has no figures; names line and
   *     column
   * @throws IOException where the stream fails
   */
  public static List<Recording> read(String file, InputStream in) throws IOException {
    return read(
        file,
        in,
        (row, bad) -> {
          throw bad;
        });
  }

  /**
   * Reads a file of recordings and goes on behind a damaged row, of which everything but its
   * damaged cells is kept.
   *
   * @throws BadRecordingException where the file is missing, or as a whole no table of recordings
   */
  public static Tolerated readTolerantly(Path file) {
    Map<Recording, String> damaged = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(file)) {
      List<Recording> rows =
          read(file.toString(), in, (row, bad) -> damaged.put(row, bad.getMessage()));
      return new Tolerated(rows, damaged);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * The rows of a file some of which may be damaged.
   *
   * @param rows all rows in the order of the file; figures and shapes that are damaged are empty
   * @param damaged what is wrong with each damaged row: line, column, found, expected
   */
  public record Tolerated(List<Recording> rows, Map<Recording, String> damaged) {
    public Tolerated {
      rows = List.copyOf(rows);
      damaged = Collections.unmodifiableMap(new LinkedHashMap<>(damaged));
    }
  }

  private static List<Recording> read(
      String file, InputStream in, BiConsumer<Recording, BadRecordingException> damaged)
      throws IOException {
    List<Recording> recordings = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    Map<String, Integer> header =
        CsvTable.read(
            file,
            in,
            row -> {
              if (recordings.isEmpty()) {
                checkHeader(row);
              }
              Recording recording =
                  BuiltIn.isTable(row.header()) ? BuiltIn.recording(row) : recording(row);
              if (!ids.add(recording.id())) {
                throw row.bad("id", "an id that no earlier row has", "");
              }
              recordings.add(recording);
            },
            (row, bad) -> {
              if (bad.line() <= 1) {
                throw bad;
              }
              Recording rest = rest(row, bad, ids);
              ids.add(rest.id());
              recordings.add(rest);
              damaged.accept(rest, bad);
            });
    if (recordings.isEmpty()) {
      checkHeader(CsvRow.blank(file, 1, header));
    }
    return Collections.unmodifiableList(recordings);
  }

  /** What is left of a damaged row. */
  private static Recording rest(CsvRow damaged, BadRecordingException first, Set<String> ids) {
    CsvRow row = damaged;
    BadRecordingException bad = first;
    while (row.header().containsKey(bad.column()) && !row.text(bad.column()).isEmpty()) {
      row = row.without(bad.column());
      try {
        Recording rest = BuiltIn.isTable(row.header()) ? BuiltIn.recording(row) : recording(row);
        if (!ids.contains(rest.id())) {
          return rest;
        }
        bad = row.bad("id", "", "");
      } catch (BadRecordingException another) {
        bad = another;
      }
    }
    return told(CsvRow.blank(row.file(), row.line(), row.header()));
  }

  private static Recording recording(CsvRow row) {
    Work work = Columns.work(row);
    if (work.op().isEmpty() && work.network().isEmpty() && work.model().isEmpty()) {
      throw row.bad("op", "an operator, or a network or model in its column", "");
    }
    return told(row);
  }

  private static Recording told(CsvRow row) {
    Work work = Columns.work(row);
    Setting setting = Columns.setting(row);
    String place = row.text("source");
    int colon = place.indexOf(':');
    String id = row.text("id");
    return new Recording(
        id.isEmpty() ? "line-" + row.line() : id,
        new Origin(colon < 0 ? place : place.substring(0, colon), row.text("campaign"), place),
        setting,
        ShapeResolver.resolve(work, setting.library()),
        Columns.measured(row),
        Columns.trust(row),
        row.text("method"),
        row.text("notes"),
        Columns.extra(row, Set.of()));
  }

  private static void checkHeader(CsvRow row) {
    Map<String, Integer> header = row.header();
    boolean figures = Columns.FIGURES.stream().anyMatch(header::containsKey);
    boolean work = List.of("op", "network", "model").stream().anyMatch(header::containsKey);
    if (!figures || !work) {
      String names = String.join(",", header.keySet());
      throw new BadRecordingException(
          row.file(),
          1,
          "",
          "the columns '" + names + "'",
          figures ? "one of op, network, model" : "one of " + String.join(", ", Columns.FIGURES),
          names.indexOf(';') >= 0 || names.indexOf('\t') >= 0
              ? "cells are separated by commas"
              : "columns are described in docs/recordings.md");
    }
  }
}
