package dev.thumbprint.cost.yaml;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.Suggestion;
import dev.thumbprint.cost.Unit;
import dev.thumbprint.cost.yaml.YamlNode.Entry;
import dev.thumbprint.cost.yaml.YamlNode.Mapping;
import dev.thumbprint.cost.yaml.YamlNode.Scalar;
import dev.thumbprint.cost.yaml.YamlNode.Sequence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A block of keys in one of our YAML files, read with checks. Every key is required; what is not
 * known is written {@code unknown}, what is not there {@code none}. Errors name file, line and key.
 */
public final class Section {
  /** Larger files are refused unread. */
  public static final int FILE_BYTES_MAX = 1 << 20;

  private static final int TEXT_MAX = 2000;

  private final Source source;
  private final String path;
  private final Mapping mapping;

  private Section(Source source, String path, Mapping mapping) {
    this.source = source;
    this.path = path;
    this.mapping = mapping;
  }

  /** What all sections of one file share: its name, and the keys said to be unknown. */
  private record Source(String file, List<String> unknown) {}

  /**
   * Reads a file of at most {@link #FILE_BYTES_MAX} bytes.
   *
   * @throws IOException if the file cannot be read
   * @throws BadDescription if it is damaged
   */
  public static Section read(Path file) throws IOException {
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(FILE_BYTES_MAX + 1);
    }
    if (content.length > FILE_BYTES_MAX) {
      throw new BadDescription(
          file.toString(),
          "more than %1$d bytes, expected at most %1$d".formatted(FILE_BYTES_MAX),
          "is this the right file?");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return parse(file.toString(), text);
    } catch (CharacterCodingException e) {
      throw new BadDescription(
          file.toString(), "not UTF-8 text, expected a YAML file", "is this the right file?");
    }
  }

  /**
   * Reads a text; {@code file} names it in errors.
   *
   * @throws BadDescription if it is damaged
   */
  public static Section parse(String file, String text) {
    if (YamlTree.parse(file, text) instanceof Mapping mapping) {
      return new Section(new Source(file, new ArrayList<>()), "", mapping);
    }
    throw new BadDescription(
        file + ":1", "no keys, expected a block of 'key: value'", "start with 'version: 1'");
  }

  /** Refuses any key that is not among these, with the one that was probably meant. */
  public Section allow(String... keys) {
    List<String> known = List.of(keys);
    for (Map.Entry<String, Entry> entry : mapping.entries().entrySet()) {
      String key = entry.getKey();
      if (!known.contains(key)) {
        throw error(
            entry.getValue().keyLine(),
            key,
            "unknown key",
            Suggestion.hint(key, known, "keys here: " + String.join(", ", known)));
      }
    }
    return this;
  }

  /** Refuses a block without any key, such as {@code {}}. */
  public Section filled(String expected) {
    if (mapping.entries().isEmpty()) {
      String place = path.endsWith(".") ? path.substring(0, path.length() - 1) : path;
      throw new BadDescription(
          place(mapping.line(), place), "found an empty block, expected " + expected, "");
    }
    return this;
  }

  /** Checks {@code version}, the first thing to look at. */
  public Section version(int expected) {
    int found = integer("version", 0, 1_000_000);
    if (found != expected) {
      throw problem(
          "version", "found " + found + ", expected " + expected, "written for another release?");
    }
    return this;
  }

  /** Keys said to be {@code unknown} in what was read of this file so far. */
  public List<String> unknown() {
    return List.copyOf(source.unknown());
  }

  /** Whether the key has a value other than {@code unknown}; a missing key is an error. */
  public boolean known(String key) {
    boolean known = !isWord(key, "unknown");
    if (!known) {
      source.unknown().add(path + key);
    }
    return known;
  }

  /** Whether the value of the key is this single word; a missing key is an error. */
  public boolean isWord(String key, String word) {
    return entry(key).value() instanceof Scalar scalar && scalar.text().equals(word);
  }

  /** Whether the key is there at all, for keys that may be left out. */
  public boolean has(String key) {
    return mapping.entries().containsKey(key);
  }

  /** Whether the value of the key is a list. */
  public boolean isList(String key) {
    return entry(key).value() instanceof Sequence;
  }

  /** Whether the value of the key is a list whose first item is a block of keys. */
  public boolean isListOfBlocks(String key) {
    return entry(key).value() instanceof Sequence sequence
        && !sequence.items().isEmpty()
        && sequence.items().getFirst() instanceof Mapping;
  }

  /** Whether the value of the key is a block of keys. */
  public boolean isBlock(String key) {
    return entry(key).value() instanceof Mapping;
  }

  /** Whether nothing stands behind the key. */
  public boolean isEmpty(String key) {
    return entry(key).value() instanceof Scalar scalar && scalar.text().isBlank();
  }

  /** A text of 1 to 2,000 characters. */
  public String text(String key) {
    if (entry(key).value() instanceof Scalar scalar && !scalar.text().isBlank()) {
      int length = scalar.text().length();
      if (length > TEXT_MAX) {
        throw problem(
            key, "a text of %d characters, expected at most %d".formatted(length, TEXT_MAX), "");
      }
      return scalar.text().strip();
    }
    throw expected(key, "a text");
  }

  /** One of some words. */
  public String word(String key, Set<String> words) {
    if (!(entry(key).value() instanceof Scalar scalar)) {
      throw expected(key, "one of " + String.join(", ", words));
    }
    if (!words.contains(scalar.text())) {
      throw problem(
          key,
          "found %s, expected one of %s".formatted(scalar.describe(), String.join(", ", words)),
          Suggestion.hint(scalar.text(), words, ""));
    }
    return scalar.text();
  }

  /** A whole number in a range, bounds included. */
  public int integer(String key, int min, int max) {
    if (entry(key).value() instanceof Scalar scalar
        && scalar.text().matches("-?[0-9]{1,9}")
        && Integer.parseInt(scalar.text()) >= min
        && Integer.parseInt(scalar.text()) <= max) {
      return Integer.parseInt(scalar.text());
    }
    throw expected(key, "a whole number from %d to %d".formatted(min, max));
  }

  /** A plain number without unit in a range, bounds included. */
  public double number(String key, double min, double max) {
    if (entry(key).value() instanceof Scalar scalar
        && scalar.text().matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?([eE][-+]?[0-9]{1,3})?")) {
      double value = Double.parseDouble(scalar.text());
      if (value >= min && value <= max) {
        return value;
      }
    }
    throw expected(key, "a number from %s to %s".formatted(min, max));
  }

  /** A number with its unit, in the unit without prefix, within a range. */
  public double quantity(String key, Unit unit, double min, double max) {
    if (entry(key).value() instanceof Scalar scalar) {
      OptionalDouble value = unit.parse(scalar.text());
      if (value.isPresent() && value.getAsDouble() >= min && value.getAsDouble() <= max) {
        return value.getAsDouble();
      }
      if (value.isPresent()) {
        throw problem(
            key,
            "found %s, expected %s to %s %s"
                .formatted(scalar.describe(), plain(min), plain(max), unit.symbol()),
            "is the prefix of the unit right?");
      }
    }
    throw expected(key, unit.example());
  }

  /** A block of keys. */
  public Section section(String key) {
    if (entry(key).value() instanceof Mapping block) {
      return new Section(source, path + key + ".", block);
    }
    throw expected(key, "a block of keys");
  }

  /** A list of blocks; may be empty. */
  public List<Section> sections(String key) {
    List<Section> sections = new ArrayList<>();
    for (YamlNode item : items(key)) {
      if (!(item instanceof Mapping block)) {
        throw error(
            item.line(), key, "found %s, expected a block of keys".formatted(item.describe()), "");
      }
      sections.add(new Section(source, path + key + "[" + sections.size() + "].", block));
    }
    return List.copyOf(sections);
  }

  /** A list of blocks, where a word alone stands for a block of that key with nothing behind it. */
  public List<Section> sectionsOrWords(String key) {
    List<Section> sections = new ArrayList<>();
    for (YamlNode item : items(key)) {
      Mapping block =
          switch (item) {
            case Mapping mapped -> mapped;
            case Scalar word when !word.text().isBlank() ->
                new Mapping(
                    Map.of(
                        word.text().strip(), new Entry(word.line(), new Scalar("", word.line()))),
                    word.line());
            default ->
                throw error(
                    item.line(),
                    key,
                    "found %s, expected a word or a block of keys".formatted(item.describe()),
                    "");
          };
      sections.add(new Section(source, path + key + "[" + sections.size() + "].", block));
    }
    return List.copyOf(sections);
  }

  /** A list of texts; may be empty. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (YamlNode item : items(key)) {
      if (!(item instanceof Scalar scalar) || scalar.text().isBlank()) {
        throw error(item.line(), key, "found %s, expected a text".formatted(item.describe()), "");
      }
      texts.add(scalar.text().strip());
    }
    return List.copyOf(texts);
  }

  /** The keys of this block in the order of the file, where they are data themselves. */
  public List<String> keys() {
    return List.copyOf(mapping.entries().keySet());
  }

  /** An error about a key of this block. */
  public BadDescription problem(String key, String problem, String hint) {
    Entry entry = mapping.entries().get(key);
    return error(entry == null ? mapping.line() : entry.value().line(), key, problem, hint);
  }

  private List<YamlNode> items(String key) {
    if (entry(key).value() instanceof Sequence sequence) {
      return sequence.items();
    }
    throw expected(key, "a list");
  }

  private Entry entry(String key) {
    Entry entry = mapping.entries().get(key);
    if (entry == null) {
      throw error(
          mapping.line(), key, "missing", "write '" + key + ": unknown' where it is not known");
    }
    return entry;
  }

  private BadDescription expected(String key, String what) {
    YamlNode value = entry(key).value();
    String hint =
        value instanceof Scalar scalar && scalar.text().equals("unknown")
            ? "this one has to be known"
            : "";
    return error(
        value.line(), key, "found %s, expected %s".formatted(value.describe(), what), hint);
  }

  private BadDescription error(int line, String key, String problem, String hint) {
    return new BadDescription(place(line, path + key), problem, hint);
  }

  private String place(int line, String whole) {
    return "%s:%d: %s".formatted(source.file(), line, YamlNode.shortened(whole));
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
