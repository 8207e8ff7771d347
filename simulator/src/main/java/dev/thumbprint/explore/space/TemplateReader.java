package dev.thumbprint.explore.space;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.Suggestion;
import dev.thumbprint.cost.yaml.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;

/** Reads templates of networks. */
final class TemplateReader {
  private static final Set<String> ACTIVATIONS = Set.of("none", "relu", "relu6");
  private static final Set<String> PADDINGS = Set.of("same", "valid");
  private static final Set<String> TYPES = Set.of("int8", "float32");
  private static final String NAME_FORM = "[A-Za-z_][A-Za-z0-9_]{0,30}";

  private TemplateReader() {}

  /**
   * Reads a template; its parameters are read by the caller, which knows whether they are single
   * values or lists.
   *
   * @param defaults the parameters with their values
   * @throws BadDescription if it is damaged
   */
  static Template read(
      String name, String description, SequencedMap<String, Double> defaults, Section section) {
    for (String parameter : defaults.keySet()) {
      if (!parameter.matches(NAME_FORM)) {
        throw section.problem(
            "parameters",
            "found the name '%s', expected letters, digits and underscores".formatted(parameter),
            "");
      }
    }
    Set<String> names = new LinkedHashSet<>(defaults.keySet());
    List<Expression> input = new ArrayList<>();
    for (String extent : section.texts("input")) {
      input.add(checked(section, "input", () -> Expression.parse(extent, names)));
    }
    if (input.isEmpty() || input.size() == 2 || input.size() > 3) {
      throw section.problem(
          "input",
          "found %d numbers, expected [height, width, channels] or [length]"
              .formatted(input.size()),
          "");
    }
    boolean floating = section.has("type") && section.word("type", TYPES).equals("float32");
    return new Template(
        name, description, defaults, input, floating, steps(section, "layers", names));
  }

  private static List<Step> steps(Section parent, String key, Set<String> names) {
    List<Step> steps = new ArrayList<>();
    for (Section section : parent.sectionsOrWords(key)) {
      steps.add(step(section, names));
    }
    if (steps.isEmpty()) {
      throw parent.problem(key, "found an empty list, expected at least one layer", "");
    }
    return steps;
  }

  private static Step step(Section section, Set<String> names) {
    String first = section.filled("a layer, such as conv").keys().getFirst();
    return switch (first) {
      case "repeat" -> repeat(section.allow("repeat", "index", "layers"), names);
      case "each" -> each(section.allow("each", "layers"), names);
      case "when" -> when(section.allow("when", "layers", "otherwise"), names);
      default -> layer(section, first, names);
    };
  }

  private static Step repeat(Section section, Set<String> names) {
    Expression count = expression(section, "repeat", names);
    Set<String> inner = new LinkedHashSet<>(names);
    Optional<String> index =
        section.has("index") ? Optional.of(section.text("index")) : Optional.empty();
    index.ifPresent(inner::add);
    return new Step.Repeat(count, index, steps(section, "layers", inner), "repeat");
  }

  private static Step each(Section section, Set<String> names) {
    Section table = section.section("each");
    Map<String, List<Expression>> columns = new LinkedHashMap<>();
    Set<String> inner = new LinkedHashSet<>(names);
    int rows = -1;
    for (String column : table.keys()) {
      List<Expression> values = new ArrayList<>();
      for (String text : table.texts(column)) {
        values.add(checked(table, column, () -> Expression.parse(text, names)));
      }
      if (values.isEmpty() || (rows >= 0 && values.size() != rows)) {
        throw table.problem(
            column,
            "found %d values, expected %s"
                .formatted(values.size(), rows < 0 ? "at least one" : rows + " as in the others"),
            "");
      }
      rows = values.size();
      columns.put(column, values);
      inner.add(column);
    }
    if (columns.isEmpty()) {
      throw section.problem("each", "found no column, expected names with lists of values", "");
    }
    return new Step.Each(columns, steps(section, "layers", inner), "each");
  }

  private static Step when(Section section, Set<String> names) {
    return new Step.When(
        expression(section, "when", names),
        steps(section, "layers", names),
        section.has("otherwise") ? steps(section, "otherwise", names) : List.of());
  }

  private static Step layer(Section section, String label, Set<String> names) {
    section.allow(label, "from", "as");
    LayerKind kind =
        LayerKind.of(label)
            .orElseThrow(
                () -> {
                  List<String> known = new ArrayList<>(LayerKind.labels());
                  known.addAll(List.of("repeat", "each", "when"));
                  return section.problem(
                      label,
                      "found '%s', expected a layer".formatted(label),
                      Suggestion.hint(
                          label, known, "layers: " + String.join(", ", LayerKind.labels())));
                });
    Map<String, Expression> numbers = new HashMap<>();
    Map<String, String> words = new HashMap<>();
    List<String> with = new ArrayList<>();
    if (!section.isEmpty(label)) {
      arguments(section.section(label), kind, names, numbers, words, with);
    }
    kind.required()
        .filter(key -> key.equals("with") ? with.isEmpty() : !numbers.containsKey(key))
        .ifPresent(
            key -> {
              throw section.problem(label, "'%s' is missing".formatted(key), "");
            });
    String place = section.problem(label, "", "").where();
    return new Step.Layer(
        kind,
        numbers,
        words,
        with,
        section.has("from") ? Optional.of(section.text("from")) : Optional.empty(),
        section.has("as") ? Optional.of(section.text("as")) : Optional.empty(),
        place);
  }

  private static void arguments(
      Section section,
      LayerKind kind,
      Set<String> names,
      Map<String, Expression> numbers,
      Map<String, String> words,
      List<String> with) {
    section.allow(kind.keys().toArray(String[]::new));
    for (String key : section.keys()) {
      switch (key) {
        case "activation" -> words.put(key, section.word(key, ACTIVATIONS));
        case "padding" -> words.put(key, section.word(key, PADDINGS));
        case "with" ->
            with.addAll(section.isList(key) ? section.texts(key) : List.of(section.text(key)));
        default -> {
          if (section.isList(key)) {
            pair(section, key, names, numbers);
          } else {
            numbers.put(key, expression(section, key, names));
          }
        }
      }
    }
  }

  /** A kernel or size given as [height, width]. */
  private static void pair(
      Section section, String key, Set<String> names, Map<String, Expression> numbers) {
    List<String> both = section.texts(key);
    if (both.size() != 2 || !(key.equals("kernel") || key.equals("size"))) {
      throw section.problem(
          key,
          "found a list of %d, expected %s"
              .formatted(both.size(), key.equals("stride") ? "one number" : "[height, width]"),
          "");
    }
    numbers.put(
        key + "-height", checked(section, key, () -> Expression.parse(both.getFirst(), names)));
    numbers.put(
        key + "-width", checked(section, key, () -> Expression.parse(both.getLast(), names)));
  }

  private static Expression expression(Section section, String key, Set<String> names) {
    String text = section.text(key);
    return checked(section, key, () -> Expression.parse(text, names));
  }

  static <T> T checked(Section section, String key, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (IllegalArgumentException bad) {
      throw section.problem(key, bad.getMessage(), "");
    }
  }
}
