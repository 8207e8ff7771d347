package dev.thumbprint.model;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.recorded.BadRecordingException;
import dev.thumbprint.recorded.JsonProblem;
import dev.thumbprint.recorded.RecordedNetwork;
import dev.thumbprint.recorded.RecordedNetworks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads layer lists: networks without weights, as JSON. Two forms: one network with {@code layers}
 * (see {@link LayerListReader}), or an object of networks in the compact form of the recordings
 * (see {@link RecordedNetworks}).
 */
public final class LayerLists {
  private static final int BYTES_MAX = 32 << 20;
  private static final int DEPTH_MAX = 16;

  private static final JsonMapper MAPPER = StrictJson.mapper(DEPTH_MAX);

  private LayerLists() {}

  /**
   * Reads a file that holds one network, in either form.
   *
   * @throws InputException if the file is unreadable or damaged, or holds several networks
   */
  public static Network read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in);
    } catch (NoSuchFileException missing) {
      throw InputException.of(file.toString(), "", "no such file", "").causedBy(missing);
    } catch (IOException unreadable) {
      throw InputException.of(file.toString(), "", "unreadable: " + unreadable.getMessage(), "")
          .causedBy(unreadable);
    }
  }

  /**
   * Reads one network, in either form.
   *
   * @param file name for messages
   * @throws InputException if the content is damaged or holds several networks
   * @throws IOException if the stream fails
   */
  public static Network read(String file, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(BYTES_MAX + 1);
    if (bytes.length > BYTES_MAX) {
      throw InputException.of(file, "", "more than 32 MiB", "at most 32 MiB");
    }
    JsonNode root = parse(file, bytes);
    if (root.has("layers")) {
      try {
        return LayerListReader.read(root, file);
      } catch (InputException defect) {
        throw defect.inFile(file);
      }
    }
    return only(file, compact(file, bytes));
  }

  /**
   * The layers of a network that recordings name.
   *
   * @throws InputException if its operators lack shapes or the shapes contradict each other
   */
  public static Network network(RecordedNetwork recorded) {
    List<Layer> layers = new ArrayList<>();
    for (RecordedNetwork.Op op : recorded.ops()) {
      try {
        layers.add(new Layer(layers.size(), "", description(op).work()));
      } catch (InputException defect) {
        throw defect.within(recorded.name() + ", operator " + layers.size() + " (" + op.op() + ')');
      }
    }
    return new Network(recorded.name(), recorded.origin(), layers, OptionalLong.empty());
  }

  private static LayerDescription description(RecordedNetwork.Op op) {
    boolean stepped = op.stride().rank() == 2;
    return LayerDescription.of(
        op.op(),
        shape(op.input()),
        shape(op.filter()),
        shape(op.output()),
        stepped ? op.stride().dim(0) : 0,
        stepped ? op.stride().dim(1) : 0,
        op.padding().isEmpty() ? Optional.empty() : Optional.of(Padding.valueOf(op.padding())),
        op.type().isEmpty() ? Optional.empty() : Optional.of(type(op.type())));
  }

  /** The element type of a name such as {@code int8}. */
  static DataType type(String name) {
    List<String> known = new ArrayList<>();
    for (DataType type : DataType.values()) {
      if (type.label().equals(name.toLowerCase(Locale.ROOT))) {
        return type;
      }
      known.add(type.label());
    }
    throw InputException.of("", "", "type \"" + name + '"', String.join(", ", known));
  }

  private static Shape shape(dev.thumbprint.recorded.Shape shape) {
    return Shape.of(shape.toArray());
  }

  private static Map<String, RecordedNetwork> compact(String file, byte[] bytes)
      throws IOException {
    try {
      return RecordedNetworks.read(file, new ByteArrayInputStream(bytes));
    } catch (BadRecordingException bad) {
      throw InputException.of(bad.file(), bad.column(), bad.found(), bad.expected())
          .withHint("a layer list is {\"name\": ..., \"layers\": [...]}")
          .causedBy(bad);
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
  }

  private static Network only(String file, Map<String, RecordedNetwork> networks) {
    if (networks.size() != 1) {
      throw InputException.of(
          file, "", networks.size() + " networks", "one network, or \"layers\"");
    }
    try {
      return network(new LinkedHashMap<>(networks).firstEntry().getValue());
    } catch (InputException defect) {
      throw defect.inFile(file);
    }
  }

  private static JsonNode parse(String file, byte[] bytes) {
    try {
      JsonNode root = MAPPER.readTree(bytes);
      if (root == null || !root.isObject()) {
        throw InputException.of(file, "", "no JSON object", "{\"name\": ..., \"layers\": [...]}");
      }
      return root;
    } catch (JacksonException malformed) {
      String place = "line " + JsonProblem.line(malformed);
      throw InputException.of(file, place, JsonProblem.found(malformed), "valid JSON")
          .causedBy(malformed);
    }
  }
}
