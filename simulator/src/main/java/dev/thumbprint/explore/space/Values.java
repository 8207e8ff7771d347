package dev.thumbprint.explore.space;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.Suggestion;
import dev.thumbprint.cost.Unit;
import dev.thumbprint.cost.yaml.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads the values of axes: one, a list, or a range; the command line goes before the file. */
final class Values {
  private static final int COUNT_MAX = 1_000_000;
  private static final double NUMBER_MAX = 1e9;
  private static final String NUMBER = "[-+]?[0-9]+(\\.[0-9]*)?([eE][-+]?[0-9]{1,3})?";

  private final Map<String, List<String>> sweeps;
  private final Set<String> known = new LinkedHashSet<>();

  Values(Map<String, List<String>> sweeps) {
    this.sweeps = new LinkedHashMap<>(sweeps);
  }

  /** Whether an axis has values, in the file or on the command line. */
  boolean has(Section section, String key) {
    known.add(key);
    return sweeps.containsKey(key) || section.has(key);
  }

  /** Whether the command line gives values for an axis. */
  boolean swept(String key) {
    known.add(key);
    return sweeps.containsKey(key);
  }

  /** The values as texts. */
  List<String> texts(Section section, String key) {
    known.add(key);
    List<String> texts = sweeps.containsKey(key) ? sweeps.get(key) : list(section, key);
    if (texts.isEmpty()) {
      throw section.problem(key, "found an empty list, expected at least one value", "");
    }
    return texts;
  }

  /** One text or a list of texts. */
  static List<String> list(Section section, String key) {
    return section.isList(key) ? section.texts(key) : List.of(section.text(key));
  }

  /** The values of a setting; the board's own where nothing is said. */
  List<Choice> choices(Section root, Setting setting) {
    String key = setting.key();
    if (!has(root, key)) {
      return List.of(Choice.AUTO);
    }
    List<Choice> choices = new ArrayList<>();
    if (!swept(key) && root.isBlock(key)) {
      Unit unit =
          setting.unit().orElseThrow(() -> root.problem(key, "found a block, expected words", ""));
      for (double value : range(root.section(key), unit)) {
        choices.add(setting.of(value));
      }
    } else {
      for (String text : units(texts(root, key), setting.unit().isPresent())) {
        choices.add(checked(root, key, () -> setting.parse(text)));
      }
    }
    distinct(root, key, choices.stream().map(Choice::label).toList());
    return choices;
  }

  /** Quantities with a unit: one, a list or a range. */
  List<Double> quantities(Section section, String key, Unit unit, double min, double max) {
    known.add(key);
    if (!swept(key) && section.isBlock(key)) {
      return range(section.section(key), unit);
    }
    List<Double> values = new ArrayList<>();
    for (String text : units(texts(section, key), true)) {
      OptionalDouble value = unit.parse(text);
      if (value.isEmpty() || value.getAsDouble() < min || value.getAsDouble() > max) {
        throw problem(section, key, "found '%s', expected %s".formatted(text, unit.example()), "");
      }
      values.add(value.getAsDouble());
    }
    distinct(section, key, values.stream().map(Labels::plain).toList());
    return values;
  }

  /** Plain numbers: one, a list or a range. */
  List<Double> numbers(Section section, String key) {
    known.add(key);
    if (!swept(key) && section.isBlock(key)) {
      return range(section.section(key), null);
    }
    List<Double> values = new ArrayList<>();
    for (String text : texts(section, key)) {
      values.add(number(section, key, text));
    }
    distinct(section, key, values.stream().map(Labels::plain).toList());
    return values;
  }

  private double number(Section section, String key, String text) {
    if (text.length() > 40 || !text.matches(NUMBER)) {
      String hint =
          text.matches(".*[-+*/%(].*[A-Za-z].*|.*[A-Za-z].*[-+*/%(].*")
              ? "expressions are for layers"
              : "";
      String shown = text.length() > 60 ? text.substring(0, 57) + "..." : text;
      throw problem(section, key, "found '%s', expected a number".formatted(shown), hint);
    }
    double value = Double.parseDouble(text);
    if (Math.abs(value) > NUMBER_MAX) {
      throw problem(
          section, key, "found '%s', expected a number between -1e9 and 1e9".formatted(text), "");
    }
    return value;
  }

  private static List<Double> range(Section range, Unit unit) {
    range.allow("from", "to", "step");
    double from = bound(range, "from", unit);
    double to = bound(range, "to", unit);
    double step = range.has("step") ? bound(range, "step", unit) : unit == null ? 1 : 0;
    if (!(step > 0)) {
      throw range.problem("from", "no positive step, expected from, to and step", "");
    }
    if (to < from) {
      throw range.problem("to", "is below 'from'", "exchange the two");
    }
    // The last value is reached in spite of rounding.
    double count = Math.floor((to - from) / step + 1e-9) + 1;
    if (count > COUNT_MAX) {
      throw range.problem("step", "more than %d values".formatted(COUNT_MAX), "take a larger step");
    }
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // Steps of 0.05 shall give 0.15, not 0.15000000000000002.
      values.add(Math.rint((from + i * step) * 1e9) / 1e9);
    }
    return values;
  }

  private static double bound(Section range, String key, Unit unit) {
    return unit == null
        ? range.number(key, -NUMBER_MAX, NUMBER_MAX)
        : range.quantity(key, unit, 0, 1e12);
  }

  /** In {@code 64,80,120MHz} the unit of the last value holds for all that have none. */
  private static List<String> units(List<String> texts, boolean united) {
    String last = texts.getLast();
    String unit = last.replaceFirst("^[0-9.]+\\s*", "");
    if (!united || unit.equals(last) || unit.isEmpty()) {
      return texts;
    }
    return texts.stream().map(text -> text.matches("[0-9.]+") ? text + unit : text).toList();
  }

  private void distinct(Section section, String key, List<String> labels) {
    Set<String> seen = new LinkedHashSet<>();
    for (String label : labels) {
      if (!seen.add(label)) {
        throw problem(section, key, "'%s' twice".formatted(label), "keep one of the two");
      }
    }
  }

  private <T> T checked(Section section, String key, java.util.function.Supplier<T> reader) {
    try {
      return reader.get();
    } catch (IllegalArgumentException bad) {
      throw problem(section, key, bad.getMessage(), "");
    }
  }

  BadDescription problem(Section section, String key, String problem, String hint) {
    return sweeps.containsKey(key)
        ? new BadDescription("--sweep " + key, problem, hint)
        : section.problem(key, problem, hint);
  }

  /** Refuses axes on the command line that nothing has asked for. */
  void requireAllUsed() {
    for (String key : sweeps.keySet()) {
      if (!known.contains(key)) {
        throw new BadDescription(
            "--sweep " + key,
            "nothing of this name varies here",
            Suggestion.hint(key, known, "axes: " + String.join(", ", known)));
      }
    }
  }
}
