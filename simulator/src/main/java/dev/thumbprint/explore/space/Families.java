package dev.thumbprint.explore.space;

import dev.thumbprint.cost.yaml.Section;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The families of networks that are built in: templates in files of the same form as a user's. */
public final class Families {
  private static final List<String> NAMES =
      List.of("mobilenet-v1", "mobilenet-v2", "ds-cnn", "resnet", "lenet", "autoencoder");
  private static final double VALUE_MAX = 1e9;

  private Families() {}

  /** Their names. */
  public static List<String> names() {
    return NAMES;
  }

  /** One line on a family: what it is, and its parameters with their values. */
  public static String describe(String name) {
    Template template = template(name);
    return template.description() + "; parameters " + template.defaults();
  }

  static Template template(String name) {
    Section root =
        Section.parse("built-in family " + name, resource(name + ".yaml"))
            .version(1)
            .allow("version", "description", "parameters", "input", "type", "layers");
    Section section = root.section("parameters");
    SequencedMap<String, Double> defaults = new LinkedHashMap<>();
    for (String key : section.keys()) {
      defaults.put(key, section.number(key, 0, VALUE_MAX));
    }
    return TemplateReader.read(name, root.text("description"), defaults, root);
  }

  private static String resource(String name) {
    try (InputStream stream = Families.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("resource missing: " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
