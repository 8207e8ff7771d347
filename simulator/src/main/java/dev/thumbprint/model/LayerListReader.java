package dev.thumbprint.model;

import dev.thumbprint.cost.Suggestion;
import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Live;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * Reads the full form of a layer list:
 *
 * <pre>{@code
 * {"name": "...", "layers": [{"op": "CONV_2D", "input": [1,32,32,16], "filter": [16,3,3,16],
 *   "output": [1,32,32,16], "stride": [1,1], "padding": "SAME", "type": "int8"}]}
 * }</pre>
 *
 * <p>Optional keys of a layer: {@code name}, {@code inputs} (a list of shapes, in place of {@code
 * input}), {@code output} where it follows from the rest, {@code dilation}, {@code activation},
 * {@code weight_type}, {@code output_type}, {@code bias}, {@code per_channel}, {@code live} (input
 * and output channels that have weights, of SOFTMAX the classes that it computes, of DEQUANTIZE the
 * values that are not zero; all where not told), {@code zeros} (share of the values of a float
 * input that are zero, which software floating point leaves early; none where not told). Unknown
 * keys are errors.
 */
final class LayerListReader {
  private static final int LAYERS_MAX = 10_000;
  private static final int RANK_MAX = 8;
  private static final int INPUTS_MAX = 64;
  private static final List<String> NETWORK_KEYS = List.of("name", "layers", "provenance");
  private static final List<String> LAYER_KEYS =
      List.of(
          "op",
          "name",
          "input",
          "inputs",
          "filter",
          "output",
          "stride",
          "dilation",
          "padding",
          "activation",
          "type",
          "weight_type",
          "output_type",
          "bias",
          "per_channel",
          "live",
          "zeros");

  private final JsonNode node;

  private LayerListReader(JsonNode node) {
    this.node = node;
  }

  static Network read(JsonNode root, String file) {
    requireKeys(root, NETWORK_KEYS);
    LayerListReader reader = new LayerListReader(root);
    String name = reader.text("name").orElse("network");
    JsonNode list = root.get("layers");
    if (!list.isArray() || list.isEmpty() || list.size() > LAYERS_MAX) {
      throw InputException.of(
          "", "layers", list.size() + " elements", "a list of 1 to " + LAYERS_MAX + " layers");
    }
    List<Layer> layers = new ArrayList<>();
    for (JsonNode layer : list) {
      String place = "layer " + layers.size();
      try {
        layers.add(new LayerListReader(layer).layer(layers.size()));
      } catch (InputException defect) {
        throw defect.within(place + label(layer));
      }
    }
    String provenance = reader.text("provenance").orElse("layer list " + file);
    return new Network(name, provenance, layers, OptionalLong.empty());
  }

  private static String label(JsonNode layer) {
    return layer.path("op").isString() ? " (" + layer.get("op").stringValue() + ')' : "";
  }

  private Layer layer(int index) {
    if (!node.isObject()) {
      throw InputException.of("", "", "no JSON object", "{\"op\": ..., \"input\": [...]}");
    }
    requireKeys(node, LAYER_KEYS);
    String operator =
        text("op").orElseThrow(() -> InputException.of("", "op", "nothing", "an operator"));
    int[] stride = pair("stride", 0);
    int[] dilation = pair("dilation", 1);
    LayerDescription description =
        new LayerDescription(
            operator,
            inputs(),
            shape("filter"),
            shape("output"),
            stride[0],
            stride[1],
            dilation[0],
            dilation[1],
            word("padding", Padding.class),
            type("type"),
            type("weight_type"),
            type("output_type"),
            word("activation", Activation.class).orElse(Activation.NONE),
            flag("bias"),
            flag("per_channel"));
    LayerWork work = description.work();
    return new Layer(
        index, text("name").orElse(""), work.with(live(work).withZeros(share("zeros"))));
  }

  private double share(String key) {
    JsonNode value = node.path(key);
    if (value.isMissingNode()) {
      return 0;
    }
    if (!value.isNumber() || !(value.doubleValue() >= 0 && value.doubleValue() <= 1)) {
      throw InputException.of("", key, shown(value), "a share from 0 to 1");
    }
    return value.doubleValue();
  }

  private Live live(LayerWork work) {
    if (!node.has("live")) {
      return Live.ALL;
    }
    int[] channels = pair("live", 0);
    int inputs = channels(work.input());
    int outputs = channels(work.output());
    if (channels[0] > inputs || channels[1] > outputs) {
      throw InputException.of(
          "",
          "live",
          channels[0] + " and " + channels[1] + " channels",
          "at most %d input and %d output channels".formatted(inputs, outputs));
    }
    return new Live(channels[0] / (double) inputs, channels[1] / (double) outputs);
  }

  private static int channels(Shape shape) {
    return shape.rank() == 0 ? 1 : Math.max(1, shape.dim(-1));
  }

  private List<Shape> inputs() {
    if (!node.has("inputs")) {
      return List.of(shape("input"));
    }
    JsonNode list = node.get("inputs");
    if (node.has("input") || !list.isArray() || list.isEmpty() || list.size() > INPUTS_MAX) {
      throw InputException.of("", "inputs", "not understood", "\"input\", or a list of shapes");
    }
    List<Shape> shapes = new ArrayList<>();
    for (JsonNode shape : list) {
      shapes.add(shape("inputs", shape));
    }
    return shapes;
  }

  private Shape shape(String key) {
    return node.has(key) ? shape(key, node.get(key)) : Shape.SCALAR;
  }

  private static Shape shape(String key, JsonNode list) {
    if (!list.isArray() || list.size() > RANK_MAX) {
      throw InputException.of("", key, shown(list), "a list of up to 8 dimensions");
    }
    int[] dims = new int[list.size()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = positive(key, list.get(i));
    }
    return Shape.of(dims);
  }

  private static int positive(String key, JsonNode number) {
    if (!number.isIntegralNumber() || !number.canConvertToInt() || number.intValue() < 1) {
      throw InputException.of("", key, shown(number), "a whole number of at least 1");
    }
    return number.intValue();
  }

  /** A pair [height, width], or one number for both. */
  private int[] pair(String key, int absent) {
    if (!node.has(key)) {
      return new int[] {absent, absent};
    }
    JsonNode value = node.get(key);
    if (value.isArray() && value.size() == 2) {
      return new int[] {positive(key, value.get(0)), positive(key, value.get(1))};
    }
    int both = positive(key, value);
    return new int[] {both, both};
  }

  private Optional<String> text(String key) {
    if (!node.has(key)) {
      return Optional.empty();
    }
    if (!node.get(key).isString()) {
      throw InputException.of("", key, shown(node.get(key)), "a text");
    }
    return Optional.of(node.get(key).stringValue());
  }

  private Optional<Boolean> flag(String key) {
    if (!node.has(key)) {
      return Optional.empty();
    }
    if (!node.get(key).isBoolean()) {
      throw InputException.of("", key, shown(node.get(key)), "true or false");
    }
    return Optional.of(node.get(key).booleanValue());
  }

  private Optional<DataType> type(String key) {
    try {
      return text(key).map(LayerLists::type);
    } catch (InputException unknown) {
      throw unknown.within(key);
    }
  }

  private <E extends Enum<E>> Optional<E> word(String key, Class<E> words) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    for (E word : words.getEnumConstants()) {
      if (word.name().equals(text.get().toUpperCase(Locale.ROOT))) {
        return Optional.of(word);
      }
    }
    String expected = Arrays.toString(words.getEnumConstants());
    throw InputException.of("", key, '"' + text.get() + '"', "one of " + expected);
  }

  private static void requireKeys(JsonNode object, List<String> known) {
    for (String key : object.propertyNames()) {
      if (!known.contains(key)) {
        throw InputException.of("", "", "unknown key \"" + key + '"', String.join(", ", known))
            .withHint(Suggestion.hint(key, known, ""));
      }
    }
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() > 60 ? text.substring(0, 60) + "..." : text;
  }
}
