package dev.thumbprint.explore.space;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.Suggestion;
import dev.thumbprint.cost.Unit;
import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.yaml.Section;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the YAML form of a space, version 1; the command line may replace what it varies. */
public final class SpaceReader {
  private static final int VERSION = 1;
  private static final double PERIOD_S_MAX = 1e9;
  private static final Set<String> YES_NO = Set.of("yes", "no", "on", "off", "true", "false");

  private final SpaceRequest request;
  private final Inputs inputs;
  private final Section root;
  private final Values values;

  private SpaceReader(SpaceRequest request, Inputs inputs) {
    this.request = request;
    this.inputs = inputs;
    boolean file = !request.yaml().isEmpty() || !request.file().isEmpty();
    this.root =
        file
            ? Section.parse(request.file(), request.yaml())
            : Section.parse("the command line", "version: 1");
    this.values = new Values(request.sweeps());
  }

  /**
   * Reads a space.
   *
   * @throws IOException if a file that it names cannot be read
   * @throws BadDescription if it is damaged: file, line, key, found, expected
   */
  public static Space read(SpaceRequest request, Inputs inputs) throws IOException {
    return new SpaceReader(request, inputs).space();
  }

  private Space space() throws IOException {
    Set<String> keys =
        new LinkedHashSet<>(List.of("version", "title", "network", "board", "period"));
    keys.addAll(Setting.keys());
    keys.addAll(List.of("battery", "must-fit", "constraints", "objectives", "sampler"));
    root.allow(keys.toArray(String[]::new)).version(VERSION);
    List<NetworkSource> networks = new NetworkReader(request.file(), inputs, values).read(root);
    List<Board> boards = boards();
    List<List<Choice>> settings = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      settings.add(values.choices(root, setting));
    }
    List<Double> periods =
        values.has(root, "period")
            ? values.quantities(root, "period", Unit.SECONDS, 0, PERIOD_S_MAX)
            : List.of();
    if (periods.stream().anyMatch(period -> period <= 0)) {
      throw root.problem("period", "found 0, expected a time such as 1 s", "");
    }
    values.requireAllUsed();
    Limits limits = limits();
    List<Objective> objectives = objectives();
    Optional<Battery> battery = battery();
    Space space =
        counted(
            networks, boards, settings, periods, battery, limits, objectives, sampler(), prices());
    requireFigures(space, periods.isEmpty());
    requireMemory(space.sampler(), space.size());
    return space;
  }

  private Space counted(
      List<NetworkSource> networks,
      List<Board> boards,
      List<List<Choice>> settings,
      List<Double> periods,
      Optional<Battery> battery,
      Limits limits,
      List<Objective> objectives,
      Sampler sampler,
      Prices prices) {
    try {
      return new Space(
          root.has("title") ? root.text("title") : "",
          networks,
          boards,
          settings,
          periods,
          battery,
          limits.constraints(),
          limits.mustFit(),
          objectives,
          sampler,
          prices);
    } catch (ArithmeticException overflow) {
      throw root.problem(
          "version", "more designs than a 64-bit number can count", "vary less at a time");
    }
  }

  private List<Board> boards() throws IOException {
    if (!values.has(root, "board")) {
      throw root.problem(
          "board",
          "no board, expected 'board: nucleo-l4r5zi' or a list",
          "'boards list' shows them");
    }
    List<Board> boards = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (String name : values.texts(root, "board")) {
      if (name.equals("all")) {
        boards.addAll(Boards.builtIn());
        continue;
      }
      Board board = board(name);
      boards.add(board);
    }
    for (Board board : boards) {
      if (!seen.add(board.id())) {
        throw root.problem(
            "board", "board '%s' twice".formatted(board.id()), "keep one of the two");
      }
    }
    return boards;
  }

  private Board board(String name) throws IOException {
    boolean file = name.endsWith(".yaml") || name.endsWith(".yml") || name.contains("/");
    if (file) {
      String path = resolve(request.file(), name);
      return Boards.recognised(
          Boards.parse(path, new String(inputs.read(path), StandardCharsets.UTF_8)));
    }
    try {
      return Boards.named(name);
    } catch (BadDescription unknown) {
      throw root.problem("board", unknown.problem(), unknown.hint());
    }
  }

  /** A path in a file is relative to the folder of that file. */
  static String resolve(String spaceFile, String name) {
    Path folder = spaceFile.isEmpty() ? null : Path.of(spaceFile).getParent();
    return folder == null ? name : folder.resolve(name).normalize().toString();
  }

  private record Limits(List<Constraint> constraints, boolean mustFit) {}

  private Limits limits() {
    boolean mustFit = true;
    if (root.has("must-fit")) {
      String word = root.word("must-fit", YES_NO);
      mustFit = word.equals("yes") || word.equals("on") || word.equals("true");
    }
    List<Constraint> constraints = new ArrayList<>();
    if (root.has("constraints")) {
      for (String text : Values.list(root, "constraints")) {
        if (!text.strip().equals("fits")) {
          constraints.add(
              TemplateReader.checked(root, "constraints", () -> Constraint.parse(text)));
        }
      }
    }
    return new Limits(constraints, mustFit);
  }

  private List<Objective> objectives() {
    List<Objective> objectives = new ArrayList<>();
    if (!root.has("objectives")) {
      return List.of(new Objective(Measure.LATENCY, false), new Objective(Measure.ENERGY, false));
    }
    for (String text : Values.list(root, "objectives")) {
      Objective objective = TemplateReader.checked(root, "objectives", () -> Objective.parse(text));
      if (objectives.stream().anyMatch(other -> other.measure() == objective.measure())) {
        throw root.problem(
            "objectives",
            "'%s' twice".formatted(objective.measure().label()),
            "keep one of the two");
      }
      objectives.add(objective);
    }
    if (objectives.isEmpty()) {
      throw root.problem("objectives", "found an empty list, expected at least one", "");
    }
    return List.copyOf(objectives);
  }

  private Optional<Battery> battery() {
    if (!root.has("battery")) {
      return Optional.empty();
    }
    Section section = root.section("battery").allow("charge", "voltage");
    return Optional.of(
        new Battery(
            section.quantity("charge", Unit.AMPERE_HOURS, 1e-6, 1e6) * 1e3,
            section.quantity("voltage", Unit.VOLTS, 0.1, 1000)));
  }

  private Sampler sampler() {
    Map<String, String> told = new LinkedHashMap<>();
    if (root.has("sampler")) {
      if (root.isBlock("sampler")) {
        Section section = root.section("sampler").allow("kind", "budget", "seed", "population");
        section.keys().forEach(key -> told.put(key, section.text(key)));
      } else {
        told.put("kind", root.text("sampler"));
      }
    }
    told.putAll(request.sampler());
    String kind = told.getOrDefault("kind", "grid");
    if (!Sampler.Kind.labels().contains(kind)) {
      throw root.problem(
          "sampler",
          "found '%s', expected one of %s"
              .formatted(kind, String.join(", ", Sampler.Kind.labels())),
          Suggestion.hint(kind, Sampler.Kind.labels(), ""));
    }
    OptionalLong budget =
        told.containsKey("budget")
            ? OptionalLong.of(whole(told.get("budget"), "budget", 1, Long.MAX_VALUE / 4))
            : OptionalLong.empty();
    long seed = whole(told.getOrDefault("seed", "1"), "seed", 0, Long.MAX_VALUE / 4);
    String fallback = Integer.toString(Sampler.DEFAULT_POPULATION);
    long population = whole(told.getOrDefault("population", fallback), "population", 4, 100_000);
    return new Sampler(
        Sampler.Kind.valueOf(kind.toUpperCase(java.util.Locale.ROOT)),
        budget,
        seed,
        (int) population);
  }

  private void requireMemory(Sampler sampler, long size) {
    if (sampler.points(size) > sampler.pointsMax(size)) {
      throw root.problem(
          "sampler",
          "found budget '%d', expected at most %d for %s"
              .formatted(sampler.points(size), sampler.pointsMax(size), sampler.kind().label()),
          "grid keeps nothing and looks at any number");
    }
  }

  private long whole(String text, String key, long min, long max) {
    String digits = text.replace("_", "");
    if (!digits.matches("[0-9]{1,18}")
        || Long.parseLong(digits) < min
        || Long.parseLong(digits) > max) {
      throw root.problem(
          "sampler",
          "found %s '%s', expected a whole number from %d".formatted(key, text, min),
          "");
    }
    return Long.parseLong(digits);
  }

  private Prices prices() throws IOException {
    return request.prices().isEmpty()
        ? Prices.NONE
        : Prices.parse(
            request.prices(), new String(inputs.read(request.prices()), StandardCharsets.UTF_8));
  }

  /** What is optimised or limited has to be known at all. */
  private void requireFigures(Space space, boolean noPeriod) {
    Set<Measure> asked =
        space.constraints().stream()
            .map(Constraint::measure)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    space.objectives().forEach(objective -> asked.add(objective.measure()));
    boolean averaged = asked.contains(Measure.POWER) || asked.contains(Measure.LIFE);
    if (averaged && noPeriod) {
      throw root.problem(
          "objectives",
          "power and life depend on how often the network runs, and no period is given",
          "add 'period: 60 s'");
    }
    if (asked.contains(Measure.LIFE) && space.battery().isEmpty()) {
      throw root.problem(
          "objectives",
          "life depends on the battery, and none is given",
          "add 'battery: { charge: 220 mAh, voltage: 3 V }'");
    }
    Set<String> currencies =
        space.boards().stream()
            .flatMap(board -> space.price(board).stream())
            .map(Prices.Amount::currency)
            .collect(Collectors.toSet());
    if (space.asksForPrice() && currencies.isEmpty()) {
      throw root.problem(
          "objectives",
          "no price is known of " + names(space.boards()),
          "give them with --prices FILE.csv (board,price,currency)");
    }
    if (space.asksForPrice() && currencies.size() > 1) {
      throw root.problem(
          "objectives",
          "prices are in %s, expected one currency"
              .formatted(String.join(" and ", currencies.stream().sorted().toList())),
          "give them with --prices FILE.csv");
    }
    for (Constraint constraint : space.constraints()) {
      Optional<String> wanted = constraint.currency();
      if (wanted.isPresent() && !currencies.isEmpty() && !currencies.contains(wanted.get())) {
        throw root.problem(
            "constraints",
            "the limit is in %s, prices are in %s"
                .formatted(
                    wanted.get(), String.join(" and ", currencies.stream().sorted().toList())),
            "amounts are not converted: write the limit in the currency of the prices");
      }
    }
  }

  private static String names(Collection<Board> boards) {
    List<String> ids = boards.stream().map(Board::id).toList();
    return ids.size() > 4
        ? String.join(", ", ids.subList(0, 4)) + " and others"
        : String.join(", ", ids);
  }
}
