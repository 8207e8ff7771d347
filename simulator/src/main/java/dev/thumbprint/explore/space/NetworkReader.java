package dev.thumbprint.explore.space;

import dev.thumbprint.cost.Suggestion;
import dev.thumbprint.cost.yaml.Section;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.LayerLists;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.model.TfliteReader;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.profile.Subject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads the networks of a space: names, files, families and templates. */
final class NetworkReader {
  private static final int NETWORKS_OF_SEVERAL_SOURCES_MAX = 100_000;

  private final String spaceFile;
  private final Inputs inputs;
  private final Values values;

  NetworkReader(String spaceFile, Inputs inputs, Values values) {
    this.spaceFile = spaceFile;
    this.inputs = inputs;
    this.values = values;
  }

  List<NetworkSource> read(Section root) throws IOException {
    if (!values.has(root, "network")) {
      throw root.problem(
          "network", "no network, expected 'network: kws', a file, a family or a template", "");
    }
    List<NetworkSource> sources = new ArrayList<>();
    if (values.swept("network") || !(root.isBlock("network") || root.isListOfBlocks("network"))) {
      for (String name : values.texts(root, "network")) {
        sources.add(fixed(root, "network", name));
      }
    } else if (root.isBlock("network")) {
      sources.add(source(root.section("network")));
    } else {
      for (Section section : root.sectionsOrWords("network")) {
        sources.add(source(section));
      }
    }
    requireCount(root, sources);
    return sources;
  }

  private static void requireCount(Section root, List<NetworkSource> sources) {
    try {
      long count = sources.stream().mapToLong(NetworkSource::count).reduce(0, Math::addExact);
      if (sources.size() > 1 && count > NETWORKS_OF_SEVERAL_SOURCES_MAX) {
        throw root.problem(
            "network",
            "%d networks of several sources, expected at most %d"
                .formatted(count, NETWORKS_OF_SEVERAL_SOURCES_MAX),
            "explore one family at a time");
      }
    } catch (ArithmeticException overflow) {
      throw root.problem(
          "network", "more networks than a 64-bit number can count", "vary less at a time");
    }
  }

  private NetworkSource source(Section section) throws IOException {
    section.filled("zoo, file, family or template");
    if (section.has("family")) {
      return family(section);
    }
    if (section.has("template")) {
      return template(section);
    }
    for (String key : List.of("zoo", "file")) {
      if (section.has(key)) {
        section.allow(key);
        return fixed(section, key, section.text(key));
      }
    }
    String only = section.keys().getFirst();
    if (section.keys().size() == 1 && section.isEmpty(only)) {
      return fixed(section, only, only);
    }
    section.allow("family", "template", "zoo", "file");
    throw section.problem("network", "expected zoo, file, family or template", "");
  }

  private NetworkSource family(Section section) {
    String name = section.text("family");
    if (!Families.names().contains(name)) {
      throw section.problem(
          "family",
          "found '%s', expected a built-in family".formatted(name),
          Suggestion.hint(
              name, Families.names(), "families: " + String.join(", ", Families.names())));
    }
    Template template = Families.template(name);
    List<String> keys = new ArrayList<>(List.of("family"));
    keys.addAll(template.defaults().keySet());
    section.allow(keys.toArray(String[]::new));
    SequencedMap<String, List<Double>> parameters = new LinkedHashMap<>();
    for (String parameter : template.defaults().keySet()) {
      if (values.has(section, parameter)) {
        parameters.put(parameter, values.numbers(section, parameter));
      }
    }
    return new TemplateNetworks(template, parameters);
  }

  private NetworkSource template(Section section) {
    section.allow("template", "parameters", "input", "type", "layers");
    SequencedMap<String, List<Double>> parameters = new LinkedHashMap<>();
    if (section.has("parameters")) {
      Section block = section.section("parameters");
      for (String key : block.keys()) {
        parameters.put(key, values.numbers(block, key));
      }
    }
    SequencedMap<String, Double> first = new LinkedHashMap<>();
    parameters.forEach((name, all) -> first.put(name, all.getFirst()));
    String name = section.text("template");
    return new TemplateNetworks(TemplateReader.read(name, name, first, section), parameters);
  }

  /** A network of the zoo, a .tflite or a layer list. */
  private NetworkSource fixed(Section section, String key, String name) throws IOException {
    String path = SpaceReader.resolve(spaceFile, name);
    if (name.endsWith(".json")) {
      return new FixedNetwork(
          path,
          new Subject(
              LayerLists.read(path, new ByteArrayInputStream(inputs.read(path))),
              Optional.empty()));
    }
    if (name.endsWith(".tflite") || (!Zoo.has(name) && inputs.exists(path))) {
      String file = Path.of(path).getFileName().toString();
      String plain = file.endsWith(".tflite") ? file.substring(0, file.length() - 7) : file;
      Graph graph = TfliteReader.read(ByteBuffer.wrap(inputs.read(path)), plain, path);
      return new FixedNetwork(path, new Subject(Lowering.network(graph), Optional.of(graph)));
    }
    if (Zoo.has(name)) {
      Graph graph = Zoo.graph(name);
      return new FixedNetwork(name, new Subject(Lowering.network(graph), Optional.of(graph)));
    }
    List<String> known = new ArrayList<>(Zoo.list().stream().map(Zoo.Entry::name).toList());
    Map<String, String> families = new LinkedHashMap<>();
    Families.names().forEach(family -> families.put(family, "family: " + family));
    if (families.containsKey(name)) {
      throw values.problem(
          section,
          key,
          "'%s' is a family".formatted(name),
          "write 'network: { family: %s }'".formatted(name));
    }
    throw values.problem(
        section,
        key,
        "'%s' is neither a file nor a network of the zoo".formatted(name),
        Suggestion.hint(name, known, "'zoo list' shows the built-in networks"));
  }
}
