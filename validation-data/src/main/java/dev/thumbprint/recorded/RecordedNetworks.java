package dev.thumbprint.recorded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads operator lists: an object from network name to {@code {"origin", "inputs", "macs", "size",
 * "ops": [...]}}, each operator with {@code op}, {@code inp}, {@code out} and, where it has them,
 * {@code filter} (or {@code k}, {@code cin}, {@code cout}, for SVDF {@code wf}), {@code stride},
 * {@code pad}, {@code itype}, {@code macs}, {@code const_bytes}.
 */
public final class RecordedNetworks {
  private static final int BYTES_MAX = 32 << 20;
  private static final int NETWORKS_MAX = 10_000;
  private static final int OPS_MAX = 10_000;
  private static final int DEPTH_MAX = 16;
  private static final int TEXT_CHARS_MAX = 4_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxNumberLength(30)
                          .maxStringLength(TEXT_CHARS_MAX)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private RecordedNetworks() {}

  /**
   * The operator lists of the built-in table by name; read once. Those of the sweep networks are
   * not in it, see {@link #find}.
   */
  public static Map<String, RecordedNetwork> builtIn() {
    return Holder.NETWORKS;
  }

  /**
   * The network that a built-in recording names in {@link Work#network()}, if its operator list is
   * known here.
   */
  public static Optional<RecordedNetwork> find(String name) {
    RecordedNetwork network = Holder.NETWORKS.get(name);
    return network == null ? SweepNetworks.network(name) : Optional.of(network);
  }

  /**
   * Reads a file of operator lists.
   *
   * @throws BadRecordingException where the file is missing or damaged; names network, operator and
   *     key
   */
  public static Map<String, RecordedNetwork> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in);
    } catch (NoSuchFileException e) {
      throw bad(file.toString(), "", "no such file", "a JSON file of networks");
    } catch (IOException e) {
      throw bad(file.toString(), "", String.valueOf(e.getMessage()), "a readable JSON file");
    }
  }

  /**
   * Reads operator lists from a stream.
   *
   * @param file name for messages
   * @throws BadRecordingException where the content is damaged; names network, operator and key
   * @throws IOException where the stream fails
   */
  public static Map<String, RecordedNetwork> read(String file, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(BYTES_MAX + 1);
    if (bytes.length > BYTES_MAX) {
      throw bad(file, "", "more than 32 MiB", "at most 32 MiB");
    }
    JsonNode root;
    try {
      root = MAPPER.readTree(bytes);
    } catch (JacksonException e) {
      throw new BadRecordingException(
          file, JsonProblem.line(e), "", JsonProblem.found(e), "valid JSON", "");
    }
    if (!root.isObject() || root.size() > NETWORKS_MAX) {
      throw bad(file, "", root.getNodeType() + " of " + root.size(), "an object of networks");
    }
    Map<String, RecordedNetwork> networks = new LinkedHashMap<>();
    root.properties()
        .forEach(
            entry ->
                networks.put(
                    entry.getKey(),
                    network(new Place(file, entry.getKey()), entry.getKey(), entry.getValue())));
    return Collections.unmodifiableMap(networks);
  }

  /** Loads on first use. */
  private static final class Holder {
    static final Map<String, RecordedNetwork> NETWORKS = load();

    private static Map<String, RecordedNetwork> load() {
      try (InputStream in = RecordedNetworks.class.getResourceAsStream("networks.json")) {
        if (in == null) {
          throw bad("networks.json", "", "no such resource", "the built-in networks");
        }
        return read("networks.json", in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Where in a file we are. */
  private record Place(String file, String where) {
    Place at(String part) {
      return new Place(file, where + "." + part);
    }

    BadRecordingException bad(String found, String expected) {
      return RecordedNetworks.bad(file, where, found, expected);
    }
  }

  private static BadRecordingException bad(
      String file, String where, String found, String expected) {
    return new BadRecordingException(file, 0, where, found, expected, "");
  }

  private static RecordedNetwork network(Place place, String name, JsonNode node) {
    if (!node.isObject()) {
      throw place.bad(String.valueOf(node.getNodeType()), "an object with ops");
    }
    JsonNode list = node.path("ops");
    if (!list.isArray() || list.isEmpty() || list.size() > OPS_MAX) {
      throw place.at("ops").bad(list.getNodeType() + " of " + list.size(), "1 to 10000 operators");
    }
    List<RecordedNetwork.Input> inputs = new ArrayList<>();
    for (JsonNode input : node.path("inputs")) {
      inputs.add(
          new RecordedNetwork.Input(
              shape(place.at("inputs"), input.path(0)), text(place.at("inputs"), input.path(1))));
    }
    List<RecordedNetwork.Op> ops = new ArrayList<>();
    for (JsonNode op : list) {
      ops.add(op(place.at("ops[" + ops.size() + "]"), op));
    }
    return new RecordedNetwork(
        name,
        text(place.at("origin"), node.path("origin")),
        inputs,
        whole(place.at("macs"), node.path("macs")),
        whole(place.at("size"), node.path("size")),
        ops);
  }

  private static RecordedNetwork.Op op(Place place, JsonNode node) {
    String name = text(place.at("op"), node.path("op"));
    if (name.isEmpty()) {
      throw place.at("op").bad("nothing", "an operator such as CONV_2D");
    }
    String padding = text(place.at("pad"), node.path("pad"));
    if (!List.of("", "SAME", "VALID").contains(padding)) {
      throw place.at("pad").bad("'" + padding + "'", "SAME or VALID");
    }
    return new RecordedNetwork.Op(
        name,
        shape(place.at("inp"), node.path("inp")),
        shape(place.at("out"), node.path("out")),
        filter(place, name, node),
        shape(place.at("stride"), node.path("stride")),
        padding,
        text(place.at("itype"), node.path("itype")),
        whole(place.at("macs"), node.path("macs")),
        whole(place.at("const_bytes"), node.path("const_bytes")));
  }

  /** The filter as written, or put together from window and channels. */
  private static Shape filter(Place place, String op, JsonNode node) {
    Shape filter = shape(place.at("filter"), node.path("filter"));
    if (filter.known()) {
      return filter;
    }
    if (op.equals("SVDF")) {
      return shape(place.at("wf"), node.path("wf"));
    }
    Shape window = shape(place.at("k"), node.path("k"));
    OptionalLong in = whole(place.at("cin"), node.path("cin"));
    OptionalLong out = whole(place.at("cout"), node.path("cout"));
    if (in.isEmpty() || out.isEmpty()) {
      return window;
    }
    int channelsIn = dimension(place.at("cin"), in.getAsLong());
    int channelsOut = dimension(place.at("cout"), out.getAsLong());
    if (op.equals("FULLY_CONNECTED")) {
      return Shape.of(channelsOut, channelsIn);
    }
    if (window.rank() != 2) {
      return window;
    }
    return op.equals("DEPTHWISE_CONV_2D")
        ? Shape.of(1, window.dim(0), window.dim(1), channelsOut)
        : Shape.of(channelsOut, window.dim(0), window.dim(1), channelsIn);
  }

  private static int dimension(Place place, long value) {
    if (value < 1 || value > Shape.DIM_MAX) {
      throw place.bad(String.valueOf(value), "1 to " + Shape.DIM_MAX);
    }
    return (int) value;
  }

  private static Shape shape(Place place, JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return Shape.UNKNOWN;
    }
    if (!node.isArray() || node.size() > Shape.MAX_RANK) {
      throw place.bad(node.getNodeType() + " of " + node.size(), "a list of up to 8 dimensions");
    }
    List<Integer> dims = new ArrayList<>();
    for (JsonNode dim : node) {
      dims.add(dimension(place, whole(place, dim).orElse(0)));
    }
    return new Shape(dims);
  }

  private static OptionalLong whole(Place place, JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return OptionalLong.empty();
    }
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < 0) {
      throw place.bad(node.toString(), "a whole number of at least 0");
    }
    return OptionalLong.of(node.asLong());
  }

  private static String text(Place place, JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return "";
    }
    if (!node.isString()) {
      throw place.bad(node.toString(), "a text");
    }
    return node.asString();
  }
}
