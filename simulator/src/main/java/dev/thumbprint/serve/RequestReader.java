package dev.thumbprint.serve;

import dev.thumbprint.cost.Suggestion;
import dev.thumbprint.model.StrictJson;
import dev.thumbprint.recorded.JsonProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/** Reads requests: one JSON object each, its size bounded by whoever read the text. */
final class RequestReader {
  private static final int DEPTH_MAX = 20;
  private static final int SHOWN_MAX = 80;
  private static final String MODEL = "model";
  private static final List<String> OWN_KEYS = List.of("id", MODEL, "detail", "ignore-unknown");

  private static final JsonMapper MAPPER = StrictJson.mapper(DEPTH_MAX);

  private final List<String> optionNames;

  RequestReader(List<String> optionNames) {
    this.optionNames = List.copyOf(optionNames);
  }

  /**
   * Reads a request.
   *
   * @throws Refusal if it is no request
   */
  Request read(String text) {
    JsonNode root = tree(text);
    JsonNode id = id(root);
    try {
      return request(root, id);
    } catch (Refusal refusal) {
      throw refusal.of(id);
    }
  }

  private static JsonNode tree(String text) {
    try {
      JsonNode root = MAPPER.readTree(text);
      if (root == null || !root.isObject()) {
        throw new Refusal("found no JSON object, expected {\"model\": ..., \"board\": ...}");
      }
      return root;
    } catch (JacksonException malformed) {
      throw new Refusal("found %s, expected valid JSON".formatted(JsonProblem.found(malformed)));
    }
  }

  private static JsonNode id(JsonNode root) {
    JsonNode id = root.path("id");
    if (id.isContainer()) {
      throw new Refusal("id: found an array or an object, expected text or a number");
    }
    return id.isMissingNode() ? NullNode.getInstance() : id;
  }

  private Request request(JsonNode root, JsonNode id) {
    JsonNode model = root.path(MODEL);
    if (!model.isObject() && !model.isString()) {
      throw new Refusal("model: expected a name, a path or a layer list");
    }
    SortedMap<String, String> options = new TreeMap<>();
    Detail detail = Detail.FULL;
    boolean ignoreUnknown = false;
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      String key = entry.getKey().replace('_', '-');
      switch (key) {
        case "id", MODEL -> {}
        case "detail" -> detail = Detail.of(scalar(key, entry.getValue()));
        case "ignore-unknown" -> ignoreUnknown = flag(key, entry.getValue());
        default -> {
          requireKnown(key);
          if (options.put(key, scalar(key, entry.getValue())) != null) {
            throw new Refusal(key + ": given twice");
          }
        }
      }
    }
    Optional<byte[]> layers =
        model.isObject() ? Optional.of(MAPPER.writeValueAsBytes(model)) : Optional.empty();
    String name = model.isObject() ? "" : model.stringValue();
    return new Request(id, name, layers, options, detail, ignoreUnknown);
  }

  private void requireKnown(String key) {
    if (optionNames.contains(key)) {
      return;
    }
    List<String> known = new ArrayList<>(OWN_KEYS);
    known.addAll(optionNames);
    String hint = Suggestion.hint(key, known, "keys are " + String.join(", ", known));
    throw new Refusal("unknown key \"%s\": %s".formatted(shown(key), hint));
  }

  private static boolean flag(String key, JsonNode value) {
    if (!value.isBoolean()) {
      throw new Refusal(key + ": expected true or false");
    }
    return value.booleanValue();
  }

  /** A value as the command line takes it: true and false are on and off there. */
  private static String scalar(String key, JsonNode value) {
    if (value.isBoolean()) {
      return value.booleanValue() ? "on" : "off";
    }
    if (value.isString() || value.isNumber()) {
      return value.asString();
    }
    throw new Refusal(key + ": expected text, a number, true or false");
  }

  private static String shown(String text) {
    String cut = text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "..." : text;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
