package dev.thumbprint.study.phase;

import dev.thumbprint.model.InputException;
import dev.thumbprint.model.WholeInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is known of one design: a superset of the study's record. Every phase adds its part; a part
 * that a phase has not filled in is absent, never zero. docs/schema/design-record.schema.json
 * describes the form.
 */
public final class DesignRecord {
  /** Version of the form. */
  public static final String SCHEMA_VERSION = "1.0";

  /** Longer files are no record. */
  private static final int BYTES_MAX = 16 << 20;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Columns of the CSV form: every part but the layers. */
  static final List<String> COLUMNS =
      List.of(
          "time",
          "status",
          "reason",
          "model",
          "model_sha256",
          "form",
          "weight_type",
          "activation_type",
          "input_type",
          "input_shape",
          "output_type",
          "output_shape",
          "macs",
          "parameters",
          "model_bytes",
          "original_model_bytes",
          "model_reduction_pct",
          "supported",
          "samples",
          "original_accuracy_pct",
          "original_loss",
          "host_accuracy_pct",
          "host_loss",
          "host_divergence",
          "target_accuracy_pct",
          "target_loss",
          "target_divergence",
          "board",
          "mcu",
          "core",
          "clock_hz",
          "kernels",
          "opt",
          "fpu",
          "asserts",
          "weights",
          "supply_v",
          "arena_bytes",
          "ram_bytes",
          "binary_bytes",
          "fits",
          "latency_ms",
          "latency_low_ms",
          "latency_high_ms",
          "latency_deviation_ms",
          "energy_uj",
          "energy_low_uj",
          "energy_high_uj",
          "power_mw",
          "current_ma",
          "figures");

  private final ObjectNode node;

  private DesignRecord(ObjectNode node) {
    this.node = node;
  }

  /** An empty record. */
  public static DesignRecord empty() {
    return new DesignRecord(MAPPER.createObjectNode().put("schema_version", SCHEMA_VERSION));
  }

  /**
   * Reads a record that a phase has written; an absent file is an empty record.
   *
   * @throws InputException if the file holds no record
   * @throws IOException if it cannot be read
   */
  public static DesignRecord read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return empty();
    }
    return parse(file.toString(), WholeInput.text(file, BYTES_MAX));
  }

  /**
   * Reads a record from its JSON text.
   *
   * @throws InputException if it is none
   */
  public static DesignRecord parse(String file, String text) {
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode found
          && SCHEMA_VERSION.equals(found.path("schema_version").asString(""))) {
        return new DesignRecord(found);
      }
    } catch (JacksonException damaged) {
      throw InputException.of(
              file, "", "no JSON: " + damaged.getOriginalMessage(), "a design record")
          .causedBy(damaged);
    }
    throw InputException.of(
        file, "schema_version", "another kind of file", "a design record " + SCHEMA_VERSION);
  }

  /** Sets a part. */
  public DesignRecord put(String key, String value) {
    node.put(checked(key), value);
    return this;
  }

  /** Sets a part. */
  public DesignRecord put(String key, double value) {
    node.put(checked(key), value);
    return this;
  }

  /** Sets a part. */
  public DesignRecord put(String key, long value) {
    node.put(checked(key), value);
    return this;
  }

  /** Sets a part. */
  public DesignRecord put(String key, boolean value) {
    node.put(checked(key), value);
    return this;
  }

  /** A part as text, empty where it is absent. */
  public String text(String key) {
    JsonNode found = node.get(key);
    return found == null ? "" : found.asString();
  }

  /** The parts that are filled in, in the order of the columns; the layers are left out. */
  public Map<String, String> filled() {
    Map<String, String> parts = new LinkedHashMap<>();
    COLUMNS.stream().filter(node::has).forEach(column -> parts.put(column, text(column)));
    return parts;
  }

  /** Sets every part that this record has in another one. */
  public void copyTo(DesignRecord other) {
    node.properties().forEach(part -> other.node.set(part.getKey(), part.getValue().deepCopy()));
  }

  /** Starts the list of layers anew. */
  ArrayNode layers() {
    return node.putArray("layers");
  }

  private static String checked(String key) {
    if (!COLUMNS.contains(key)) {
      throw new IllegalArgumentException("no part of a record: " + key);
    }
    return key;
  }

  /** The record as one line of JSON. */
  public String line() {
    return MAPPER.writeValueAsString(node);
  }

  /** The record as indented JSON. */
  public String json() {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
  }

  /** Titles of the columns. */
  public static String csvHeader() {
    return String.join(",", COLUMNS) + "\n";
  }

  /** The record as a line of CSV; the layers are left out. */
  public String csv() {
    return COLUMNS.stream()
        .map(this::text)
        .map(DesignRecord::quoted)
        .collect(Collectors.joining(",", "", "\n"));
  }

  /** Layers as lines of CSV, each after the given cells; empty where there are none. */
  public String layersCsv(String cells) {
    StringBuilder csv = new StringBuilder();
    for (JsonNode layer : node.path("layers")) {
      csv.append(cells);
      for (String column : LAYER_COLUMNS) {
        csv.append(',').append(quoted(layer.path(column).asString("")));
      }
      csv.append('\n');
    }
    return csv.toString();
  }

  /** Columns of the layers. */
  public static final List<String> LAYER_COLUMNS =
      List.of(
          "index",
          "op",
          "path",
          "macs",
          "latency_ms",
          "share",
          "voltage_v",
          "current_ma",
          "power_mw",
          "energy_uj");

  /** A cell of CSV. */
  public static String quoted(String text) {
    String safe = text.replace('\n', ' ').replace('\r', ' ');
    return safe.contains(",") || safe.contains("\"")
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }
}
