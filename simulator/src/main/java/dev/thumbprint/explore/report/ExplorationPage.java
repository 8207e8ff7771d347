package dev.thumbprint.explore.report;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.explore.engine.Design;
import dev.thumbprint.explore.engine.Design.Status;
import dev.thumbprint.explore.engine.Exploration;
import dev.thumbprint.explore.engine.Figures;
import dev.thumbprint.explore.pareto.Outcome;
import dev.thumbprint.explore.space.Measure;
import dev.thumbprint.explore.space.Objective;
import dev.thumbprint.explore.space.Space;
import dev.thumbprint.model.Layer;
import dev.thumbprint.model.Network;
import dev.thumbprint.profile.LayerProfile;
import dev.thumbprint.profile.Profile;
import dev.thumbprint.profile.Profiler;
import dev.thumbprint.profile.Subject;
import dev.thumbprint.report.Numbers;
import dev.thumbprint.report.Page;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An exploration as one page that works offline: scatter, parallel coordinates, table, filters, and
 * the layers of a design that is clicked. Holds the front, what cannot be told apart from it, and a
 * sample of the rest, so that its size does not grow with the space.
 */
public final class ExplorationPage {
  private static final int FRONT_MAX = 500;
  private static final int UNCLEAR_MAX = 500;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Exploration exploration;
  private final Space space;
  private final Reproduction reproduction;
  private final String tool;
  private final ObjectNode root = MAPPER.createObjectNode();
  private final Map<String, Integer> boards = new LinkedHashMap<>();
  private final Map<String, Integer> kernels = new LinkedHashMap<>();
  private final Map<String, Integer> paths = new LinkedHashMap<>();
  private final Map<Long, Integer> networks = new HashMap<>();
  private final ArrayNode networkNodes = MAPPER.createArrayNode();
  private final ArrayNode points = MAPPER.createArrayNode();

  /**
   * A page.
   *
   * @param tool version and commit of the tool
   */
  public ExplorationPage(Exploration exploration, Reproduction reproduction, String tool) {
    this.exploration = exploration;
    this.space = exploration.space();
    this.reproduction = reproduction;
    this.tool = tool;
  }

  /** What a design is to the page. */
  private enum Kind {
    FRONT(0),
    UNCLEAR(1),
    OTHER(2),
    LIMITED(3);

    /** What the script calls it. */
    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  /** The page. */
  public String render() {
    facts();
    embed();
    names("boards", boards);
    names("kernels", kernels);
    names("paths", paths);
    root.set("networks", networkNodes);
    root.set("points", points);
    String title = space.title().isEmpty() ? "Exploration" : space.title();
    return new Page(title + " - Thumbprint")
        .style(ExplorationPage.class, "explore.css")
        .body(ExplorationPage.class, "explore.html")
        .data("exploration", MAPPER.writeValueAsString(root))
        .script(ExplorationPage.class, "explore.js")
        .render();
  }

  private void facts() {
    ExplorationText text = new ExplorationText(exploration, reproduction);
    root.put("title", space.title());
    root.put("summary", text.summary());
    ArrayNode limits = root.putArray("limits");
    text.limits().lines().map(String::strip).forEach(limits::add);
    ArrayNode stability = root.putArray("stability");
    text.stability()
        .lines()
        .map(line -> line.strip().replaceFirst("^How firmly.*\\((.*)\\):$", "$1:"))
        .filter(line -> !line.isEmpty())
        .forEach(stability::add);
    root.put("tool", tool);
    ArrayNode measures = root.putArray("measures");
    for (Measure measure : Measure.all()) {
      String unit = unit(measure);
      measures
          .addObject()
          .put("title", measure.label() + (unit.isEmpty() ? "" : " (" + unit + ")"))
          .put("short", measure.label());
    }
    ArrayNode objectives = root.putArray("objectives");
    space.objectives().stream()
        .map(Objective::measure)
        .forEach(measure -> objectives.add(measure.place()));
  }

  private static String unit(Measure measure) {
    return switch (measure) {
      case LATENCY -> "ms";
      case ENERGY -> "uJ";
      case POWER -> "mW";
      case LIFE -> "days";
      case ARENA, RAM, FLASH, WEIGHTS -> "bytes";
      case CYCLES, MACS, PRICE -> "";
    };
  }

  private void embed() {
    List<Outcome<Design>> front = exploration.tally().front().members();
    List<Outcome<Design>> unclear = exploration.tally().front().notSeparable();
    Map<Long, Design> all = new LinkedHashMap<>();
    front.stream().limit(FRONT_MAX).forEach(one -> add(all, one.item(), Kind.FRONT));
    unclear.stream().limit(UNCLEAR_MAX).forEach(one -> add(all, one.item(), Kind.UNCLEAR));
    for (Design design : exploration.tally().sample()) {
      boolean limited = design.status() == Status.LIMITED;
      add(all, design, limited ? Kind.LIMITED : Kind.OTHER);
    }
    root.put(
        "embedded",
        "the page holds %s of %s designs: the front%s, %s that cannot be told apart from it, a sample of the rest"
            .formatted(
                Numbers.grouped(all.size()),
                Numbers.grouped(exploration.tally().designs()),
                front.size() > FRONT_MAX ? " (its first %d)".formatted(FRONT_MAX) : "",
                unclear.size() > UNCLEAR_MAX ? "%d of those".formatted(UNCLEAR_MAX) : "those"));
  }

  private void add(Map<Long, Design> all, Design design, Kind kind) {
    if (all.putIfAbsent(design.point(), design) != null) {
      return;
    }
    long point = design.point();
    long number = space.networkOf(point);
    Subject subject = space.network(number);
    Profile profile = Profiler.profile(subject, space.target(space.configurationOf(point)), true);
    ObjectNode node = points.addObject();
    node.put("id", point)
        .put("n", network(number, subject.network()))
        .put("b", place(boards, profile.target().board().id()))
        .put("k", place(kernels, profile.target().kernels().toString()))
        .put("kind", kind.code)
        .put("s", new ExplorationText(exploration, reproduction).setting(point))
        .put("cmd", reproduction.command(point));
    Double stays = exploration.stability().staysOnFront().get(point);
    if (stays == null) {
      node.putNull("stays");
    } else {
      node.put("stays", 100 * stays);
    }
    figures(node, design.figures());
    ArrayNode pathNumbers = node.putArray("paths");
    List<Metric> cycles = new ArrayList<>();
    List<Metric> times = new ArrayList<>();
    List<Metric> energies = new ArrayList<>();
    for (LayerProfile layer : profile.layers()) {
      pathNumbers.add(place(paths, layer.path()));
      cycles.add(layer.cycles());
      times.add(layer.inferenceTimeMs());
      energies.add(layer.energyUj());
    }
    metrics(node.putArray("cycles"), cycles);
    metrics(node.putArray("ms"), times);
    metrics(node.putArray("uj"), energies);
  }

  private void figures(ObjectNode node, Figures figures) {
    ArrayNode values = node.putArray("v");
    ArrayNode low = node.putArray("lo");
    ArrayNode high = node.putArray("hi");
    for (Measure measure : Measure.all()) {
      number(values, figures.value(measure));
      number(low, figures.low(measure));
      number(high, figures.high(measure));
    }
  }

  private static void metrics(ArrayNode node, List<Metric> metrics) {
    for (Metric metric : metrics) {
      // Five digits are more than a reader sees; they keep the page small.
      number(
          node,
          metric instanceof Estimate estimate
              ? Double.parseDouble(String.format(Locale.ROOT, "%.4e", estimate.value()))
              : Double.NaN);
    }
  }

  private static void number(ArrayNode node, double value) {
    if (Double.isNaN(value)) {
      node.addNull();
    } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      node.add((long) value);
    } else {
      node.add(value);
    }
  }

  private int network(long number, Network network) {
    return networks.computeIfAbsent(
        number,
        key -> {
          ObjectNode node = networkNodes.addObject();
          node.put("name", space.networkName(number))
              .put("parameters", space.networkParameters(number));
          ArrayNode layers = node.putArray("layers");
          for (Layer layer : network.layers()) {
            layers
                .addArray()
                .add(layer.work().operator().name())
                .add(layer.work().output().toString())
                .add(layer.work().macs());
          }
          return networkNodes.size() - 1;
        });
  }

  private static int place(Map<String, Integer> places, String name) {
    int next = places.size();
    return places.computeIfAbsent(name, key -> next);
  }

  private void names(String key, Map<String, Integer> places) {
    ArrayNode names = root.putArray(key);
    places.keySet().forEach(names::add);
  }
}
