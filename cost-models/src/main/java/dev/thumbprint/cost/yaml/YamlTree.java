package dev.thumbprint.cost.yaml;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.yaml.YamlNode.Entry;
import dev.thumbprint.cost.yaml.YamlNode.Mapping;
import dev.thumbprint.cost.yaml.YamlNode.Scalar;
import dev.thumbprint.cost.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Builds the nodes of one document from the tokens of the YAML parser; bounded on every side. */
final class YamlTree {
  private static final int DEPTH_MAX = 16;
  private static final int NODES_MAX = 50_000;
  private static final YAMLFactory FACTORY = new YAMLFactory();

  private final String file;
  private int nodes;

  private YamlTree(String file) {
    this.file = file;
  }

  /**
   * Reads one document.
   *
   * @throws BadDescription if it is not YAML, too deep, too large, or uses anchors
   */
  static YamlNode parse(String file, String text) {
    return new YamlTree(file).document(text);
  }

  private YamlNode document(String text) {
    try (YAMLParser parser = (YAMLParser) FACTORY.createParser(ObjectReadContext.empty(), text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new BadDescription(
            file, "the file is empty, expected a YAML document", "start with 'version: 1'");
      }
      YamlNode root = node(parser, first, 0);
      if (parser.nextToken() != null) {
        throw at(line(parser), "a second document, expected one", "remove what follows '---'");
      }
      return root;
    } catch (JacksonException e) {
      TokenStreamLocation location = e.getLocation();
      String message = e.getOriginalMessage() == null ? "" : e.getOriginalMessage();
      throw at(
          location == null ? 1 : location.getLineNr(),
          "not YAML: " + YamlNode.shortened(firstLine(message)),
          "check indentation, colons and quotes around this line");
    }
  }

  private YamlNode node(YAMLParser parser, JsonToken token, int depth) {
    int line = line(parser);
    if (++nodes > NODES_MAX) {
      throw at(line, "more than " + NODES_MAX + " values", "");
    }
    if (depth > DEPTH_MAX) {
      throw at(line, "nested deeper than " + DEPTH_MAX + " levels", "");
    }
    if (parser.isCurrentAlias()) {
      throw at(line, "an anchor or alias (& or *), expected plain values", "write it out");
    }
    return switch (token) {
      case START_OBJECT -> mapping(parser, line, depth);
      case START_ARRAY -> sequence(parser, line, depth);
      case VALUE_NULL -> new Scalar("", line);
      default -> new Scalar(printable(parser.getString(), line), line);
    };
  }

  private Mapping mapping(YAMLParser parser, int line, int depth) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      int keyLine = line(parser);
      String key = printable(parser.currentName(), keyLine);
      JsonToken token = parser.nextToken();
      Entry before = entries.put(key, new Entry(keyLine, node(parser, token, depth + 1)));
      if (before != null) {
        throw at(
            keyLine,
            "key '%s' again, first on line %d".formatted(YamlNode.shortened(key), before.keyLine()),
            "keep one of the two");
      }
    }
    return new Mapping(Collections.unmodifiableMap(entries), line);
  }

  private Sequence sequence(YAMLParser parser, int line, int depth) {
    List<YamlNode> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(node(parser, token, depth + 1));
    }
    return new Sequence(List.copyOf(items), line);
  }

  /** No name, file or number has a NUL, and the system takes none in a path. */
  private String printable(String text, int line) {
    if (text.indexOf('\0') >= 0) {
      String found = "a NUL character in '%s', expected a text".formatted(YamlNode.shortened(text));
      throw at(line, found, "remove \\0 or \\x00");
    }
    return text;
  }

  private BadDescription at(int line, String problem, String hint) {
    return new BadDescription(file + ":" + Math.max(1, line), problem, hint);
  }

  private static int line(YAMLParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
