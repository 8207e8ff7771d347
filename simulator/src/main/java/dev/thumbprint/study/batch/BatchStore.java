package dev.thumbprint.study.batch;

import dev.thumbprint.model.InputException;
import dev.thumbprint.study.phase.DesignRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A folder with the rows of a batch, so that a run that was broken off goes on where it stopped:
 * {@code records.jsonl} tells in its first line which release made it and holds one row in each
 * further line. A last line that was not finished is dropped and computed again.
 */
public final class BatchStore {
  private static final String FILE = "records.jsonl";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Optional<Path> file;
  private final Map<String, DesignRecord> records = new LinkedHashMap<>();

  private BatchStore(Optional<Path> file) {
    this.file = file;
  }

  /**
   * Opens a folder, and makes it where there is none.
   *
   * @param stamp one line of JSON: what the rows depend on besides their combination; rows of
   *     another stamp are refused
   * @throws InputException if the folder holds rows of another stamp, or damaged ones
   * @throws IOException if it cannot be read or written
   */
  public static BatchStore open(Path folder, String stamp) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw InputException.of(folder.toString(), "", "a file", "a folder for the rows");
    }
    Files.createDirectories(folder);
    Path file = folder.resolve(FILE);
    BatchStore store = new BatchStore(Optional.of(file));
    if (Files.exists(file)) {
      store.load(file, stamp);
    } else {
      Files.writeString(file, stamp + "\n");
    }
    return store;
  }

  /** Keeps rows as long as the program runs. */
  public static BatchStore inMemory() {
    return new BatchStore(Optional.empty());
  }

  private void load(Path file, String stamp) throws IOException {
    String text = Files.readString(file);
    int end = text.lastIndexOf('\n') + 1;
    List<String> lines = text.substring(0, end).lines().toList();
    if (lines.isEmpty() || !lines.getFirst().equals(stamp)) {
      throw InputException.of(
              file.toString(), "line 1", "rows of another release or set", "rows of this one")
          .withHint("name another folder, or remove this one");
    }
    for (int i = 1; i < lines.size(); i++) {
      String place = file + ", line " + (i + 1);
      try {
        JsonNode row = MAPPER.readTree(lines.get(i));
        String record = MAPPER.writeValueAsString(row.path("record"));
        records.put(row.path("key").asString(""), DesignRecord.parse(place, record));
      } catch (JacksonException damaged) {
        throw InputException.of(
                place, "", "no JSON: " + damaged.getOriginalMessage(), "a row of a batch")
            .withHint("remove the line, and it is computed again")
            .causedBy(damaged);
      }
    }
    if (end < text.length()) {
      Files.writeString(file, text.substring(0, end));
    }
  }

  /** The row of a combination, if it is known. */
  Optional<DesignRecord> find(String key) {
    return Optional.ofNullable(records.get(key));
  }

  /** Adds a row. */
  void add(String key, DesignRecord record) throws IOException {
    records.put(key, record);
    String line =
        "{\"key\":%s,\"record\":%s}\n".formatted(MAPPER.writeValueAsString(key), record.line());
    if (file.isPresent()) {
      Files.write(file.get(), line.getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
    }
  }

  /** Number of rows. */
  public int size() {
    return records.size();
  }
}
