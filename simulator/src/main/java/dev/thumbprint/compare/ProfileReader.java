package dev.thumbprint.compare;

import dev.thumbprint.model.InputException;
import dev.thumbprint.recorded.JsonProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what {@code profile --json} writes; keys that it does not know are passed over. */
public final class ProfileReader {
  private static final int BYTES_MAX = 64 << 20;
  private static final int DEPTH_MAX = 32;
  private static final int LAYERS_MAX = 100_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxNumberLength(40)
                          .maxStringLength(20_000)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String file;

  private ProfileReader(String file) {
    this.file = file;
  }

  /**
   * Reads a report.
   *
   * @throws InputException if the file is missing, damaged, or no report of a profile
   */
  public static ProfileDocument read(Path file) {
    ProfileReader reader = new ProfileReader(file.toString());
    try (InputStream in = Files.newInputStream(file)) {
      return reader.document(in.readNBytes(BYTES_MAX + 1));
    } catch (NoSuchFileException missing) {
      throw reader.bad("", "no such file", "a report of 'profile --json'").causedBy(missing);
    } catch (IOException unreadable) {
      throw reader
          .bad("", "unreadable: " + unreadable.getMessage(), "a report of 'profile --json'")
          .causedBy(unreadable);
    }
  }

  private ProfileDocument document(byte[] bytes) {
    if (bytes.length > BYTES_MAX) {
      throw bad("", "more than 64 MiB", "at most 64 MiB");
    }
    JsonNode root;
    try {
      root = MAPPER.readTree(bytes);
    } catch (JacksonException malformed) {
      throw bad("line " + JsonProblem.line(malformed), JsonProblem.found(malformed), "valid JSON")
          .causedBy(malformed);
    }
    if (root == null || !root.isObject()) {
      throw bad("", "no JSON object", "a report of 'profile --json'");
    }
    String version = text(root, "schema_version", "schema_version");
    if (!version.matches("1\\.[0-9]{1,6}")) {
      throw bad("schema_version", "'" + version + "'", "1.x")
          .withHint("write both reports with this version of the program");
    }
    return new ProfileDocument(
        text(object(root, "model"), "name", "model.name"),
        target(object(root, "target")),
        totals(object(root, "total")),
        layers(root.path("layers")));
  }

  private static Map<String, String> target(JsonNode node) {
    Map<String, String> settings = new LinkedHashMap<>();
    node.properties()
        .forEach(
            setting -> {
              if (setting.getValue().isValueNode()) {
                settings.put(setting.getKey(), setting.getValue().asString());
              }
            });
    return settings;
  }

  private Map<String, OptionalDouble> totals(JsonNode node) {
    Map<String, OptionalDouble> totals = new LinkedHashMap<>();
    for (String key : ProfileDocument.TOTALS) {
      totals.put(key, metric(node.path(key), "total." + key));
    }
    return totals;
  }

  private List<ProfileDocument.Layer> layers(JsonNode list) {
    if (!list.isArray() || list.size() > LAYERS_MAX) {
      throw bad("layers", found(list), "a list of layers");
    }
    List<ProfileDocument.Layer> layers = new ArrayList<>();
    for (JsonNode node : list) {
      String place = "layers[" + layers.size() + "]";
      if (!node.isObject()) {
        throw bad(place, found(node), "a layer");
      }
      layers.add(
          new ProfileDocument.Layer(
              node.path("index").asInt(layers.size()),
              text(node, "op", place + ".op"),
              node.path("input_shape")
                  + " "
                  + node.path("filter_shape")
                  + " "
                  + node.path("output_shape"),
              node.path("path").asString(""),
              metric(node.path("inference_time"), place + ".inference_time"),
              metric(node.path("energy"), place + ".energy")));
    }
    return layers;
  }

  private OptionalDouble metric(JsonNode node, String place) {
    if (node.path("availability").asString("").equals("unavailable")) {
      return OptionalDouble.empty();
    }
    JsonNode value = node.path("value");
    if (!value.isNumber() || !Double.isFinite(value.doubleValue()) || value.doubleValue() < 0) {
      throw bad(place + ".value", found(value), "a finite number of at least 0");
    }
    return OptionalDouble.of(value.doubleValue());
  }

  private JsonNode object(JsonNode root, String key) {
    if (!root.path(key).isObject()) {
      throw bad(key, found(root.path(key)), "an object");
    }
    return root.get(key);
  }

  private String text(JsonNode node, String key, String place) {
    if (!node.path(key).isString()) {
      throw bad(place, found(node.path(key)), "a text");
    }
    return node.get(key).stringValue();
  }

  private static String found(JsonNode node) {
    return node.isMissingNode() ? "nothing" : node.toString();
  }

  private InputException bad(String place, String found, String expected) {
    return InputException.of(file, place, found, expected);
  }
}
