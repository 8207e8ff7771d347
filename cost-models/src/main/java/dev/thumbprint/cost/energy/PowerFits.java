package dev.thumbprint.cost.energy;

import dev.thumbprint.cost.Unit;
import dev.thumbprint.cost.board.ActivePower;
import dev.thumbprint.cost.board.ActivePower.Boundary;
import dev.thumbprint.cost.board.ActivePower.Workload;
import dev.thumbprint.cost.board.Citation;
import dev.thumbprint.cost.board.Regulator;
import dev.thumbprint.cost.yaml.Section;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** The fit that is built in, and the YAML form of a fit, version 1. */
public final class PowerFits {
  private static final String RESOURCE = "power-fit.yaml";

  private PowerFits() {}

  /** The fit to the built-in recordings, as {@code boards power} makes it. */
  public static PowerFit builtIn() {
    return Holder.BUILT_IN;
  }

  /** Read at first use. */
  private static final class Holder {
    static final PowerFit BUILT_IN = load();

    private static PowerFit load() {
      try (InputStream stream = PowerFits.class.getResourceAsStream(RESOURCE)) {
        if (stream == null) {
          throw new IllegalStateException("resource missing: " + RESOURCE);
        }
        return parse(RESOURCE, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Reads the YAML form of a fit.
   *
   * @throws dev.thumbprint.cost.BadDescription if it is damaged
   */
  public static PowerFit parse(String file, String text) {
    Section root = Section.parse(file, text);
    root.allow(
            "version",
            "data",
            "command",
            "network_spread",
            "layer_spread",
            "campaign_spread",
            "kind_ratio",
            "light_ratio",
            "figure_ratio",
            "levels")
        .version(1);
    return new PowerFit(
        root.sections("levels").stream().map(PowerFits::entry).toList(),
        ratios(root, "kind_ratio"),
        ratios(root, "light_ratio"),
        ratios(root, "figure_ratio"),
        root.number("network_spread", 0, 2),
        root.number("layer_spread", 0, 2),
        root.number("campaign_spread", 0, 2));
  }

  private static Map<String, Ratio> ratios(Section root, String key) {
    Section block = root.section(key);
    Map<String, Ratio> ratios = new TreeMap<>();
    for (String name : block.keys()) {
      Section one = block.section(name).allow("factor", "spread", "boards");
      ratios.put(
          name,
          new Ratio(
              one.number("factor", 0.01, 100),
              one.number("spread", 0, 3),
              one.integer("boards", 1, 10_000)));
    }
    return ratios;
  }

  private static PowerEntry entry(Section section) {
    section.allow(
        "board",
        "library",
        "kind",
        "clock",
        "supply",
        "regulator",
        "boundary",
        "current_ma",
        "power_mw",
        "networks",
        "rows",
        "spread");
    Set<String> kinds = new LinkedHashSet<>();
    for (KernelKind kind : KernelKind.values()) {
      kinds.add(kind.label());
    }
    boolean current = section.has("current_ma");
    double level = section.number(current ? "current_ma" : "power_mw", 1e-6, 1e6);
    Optional<Regulator> regulator =
        section.known("regulator")
            ? Optional.of(
                Regulator.valueOf(upper(section.word("regulator", Set.of("ldo", "smps")))))
            : Optional.empty();
    ActivePower figure =
        new ActivePower(
            Workload.INFERENCE,
            Math.round(section.quantity("clock", Unit.HERTZ, 1, 5e9)),
            section.known("supply")
                ? OptionalDouble.of(section.quantity("supply", Unit.VOLTS, 0.5, 6))
                : OptionalDouble.empty(),
            regulator,
            Boundary.valueOf(upper(section.word("boundary", Set.of("mcu", "board")))),
            current ? OptionalDouble.of(level) : OptionalDouble.empty(),
            current ? OptionalDouble.empty() : OptionalDouble.of(level),
            new Citation("fitted to recordings"));
    return new PowerEntry(
        section.text("board"),
        section.text("library"),
        KernelKind.ofLabel(section.word("kind", kinds)).orElseThrow(),
        figure,
        section.integer("networks", 1, 1_000_000),
        section.integer("rows", 1, 1_000_000),
        section.number("spread", 0, 3));
  }

  /**
   * The YAML form of a fit.
   *
   * @param fit the fit
   * @param data what it was fitted to, in a sentence
   * @param command the command that makes it
   */
  public static String write(PowerFit fit, String data, String command) {
    StringBuilder text = new StringBuilder();
    text.append("version: 1\n");
    text.append("data: \"").append(data).append("\"\n");
    text.append("command: \"").append(command).append("\"\n");
    text.append("network_spread: ").append(number(fit.networkSpread())).append('\n');
    text.append("layer_spread: ").append(number(fit.layerSpread())).append('\n');
    text.append("campaign_spread: ").append(number(fit.campaignSpread())).append('\n');
    writeRatios(text, "kind_ratio", fit.kindRatio());
    writeRatios(text, "light_ratio", fit.lightRatio());
    writeRatios(text, "figure_ratio", fit.figureRatio());
    text.append("levels:\n");
    for (PowerEntry entry : fit.entries()) {
      writeEntry(text, entry);
    }
    return text.toString();
  }

  private static void writeRatios(StringBuilder text, String key, Map<String, Ratio> ratios) {
    text.append(key).append(ratios.isEmpty() ? ": {}\n" : ":\n");
    new TreeMap<>(ratios)
        .forEach(
            (name, ratio) ->
                text.append(
                    "  %s: { factor: %s, spread: %s, boards: %d }\n"
                        .formatted(
                            name, number(ratio.factor()), number(ratio.spread()), ratio.boards())));
  }

  private static void writeEntry(StringBuilder text, PowerEntry entry) {
    ActivePower figure = entry.figure();
    List<String> parts =
        List.of(
            "board: " + entry.board(),
            "library: \"" + entry.library() + "\"",
            "kind: " + entry.kind().label(),
            "clock: " + figure.clockHz() + " Hz",
            "supply: "
                + (figure.volts().isPresent() ? figure.volts().getAsDouble() + " V" : "unknown"),
            "regulator: " + figure.regulator().map(Regulator::label).orElse("unknown"),
            "boundary: " + figure.boundary().label(),
            figure.currentMa().isPresent()
                ? "current_ma: " + number(figure.currentMa().getAsDouble())
                : "power_mw: " + number(figure.powerMw().orElseThrow()),
            "networks: " + entry.networks(),
            "rows: " + entry.rows(),
            "spread: " + number(entry.spread()));
    text.append("  - { ").append(String.join(", ", parts)).append(" }\n");
  }

  /** Four significant digits: more than the measurements carry. */
  private static String number(double value) {
    return new BigDecimal(value).round(new MathContext(4)).toPlainString();
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }
}
