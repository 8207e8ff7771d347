package dev.thumbprint.cost.yaml;

import java.util.List;
import java.util.Map;

/** A node of a YAML document with the line on which it stands. */
sealed interface YamlNode {

  /** Line of the node, from 1. */
  int line();

  /** What the node is, for an error message. */
  String describe();

  /** A scalar as written; empty text where the value was left out. */
  record Scalar(String text, int line) implements YamlNode {
    @Override
    public String describe() {
      return text.isEmpty() ? "nothing" : "'" + shortened(text) + "'";
    }
  }

  /** Keys with their values, in the order of the file. */
  record Mapping(Map<String, Entry> entries, int line) implements YamlNode {
    @Override
    public String describe() {
      return "a block with keys " + shortened(String.join(", ", entries.keySet()));
    }
  }

  /** Values in the order of the file. */
  record Sequence(List<YamlNode> items, int line) implements YamlNode {
    @Override
    public String describe() {
      return "a list of " + items.size();
    }
  }

  /** A value and the line of its key. */
  record Entry(int keyLine, YamlNode value) {}

  /** A text cut to what an error message can hold, control characters made visible. */
  static String shortened(String text) {
    String cut = text.length() > 60 ? text.substring(0, 57) + "..." : text;
    StringBuilder plain = new StringBuilder();
    cut.chars().forEach(c -> plain.append(Character.isISOControl(c) ? '?' : (char) c));
    return plain.toString();
  }
}
