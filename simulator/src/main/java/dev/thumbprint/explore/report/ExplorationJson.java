package dev.thumbprint.explore.report;

import dev.thumbprint.explore.engine.Design;
import dev.thumbprint.explore.engine.Design.Fits;
import dev.thumbprint.explore.engine.Design.Status;
import dev.thumbprint.explore.engine.Evaluator;
import dev.thumbprint.explore.engine.Exploration;
import dev.thumbprint.explore.engine.Figures;
import dev.thumbprint.explore.engine.Tally;
import dev.thumbprint.explore.pareto.Outcome;
import dev.thumbprint.explore.pareto.Stability.Ranking;
import dev.thumbprint.explore.space.Axis;
import dev.thumbprint.explore.space.Constraint;
import dev.thumbprint.explore.space.Measure;
import dev.thumbprint.explore.space.Objective;
import dev.thumbprint.explore.space.Space;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An exploration as JSON: counts, limits, the front and what cannot be told apart from it. */
public final class ExplorationJson {
  /** Version of the form; the minor part grows with new keys, the major one with changed ones. */
  public static final String SCHEMA_VERSION = "1.0";

  private static final int LABELS_MAX = 1_000;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Exploration exploration;
  private final Space space;
  private final Reproduction reproduction;
  private final Evaluator evaluator;
  private final String version;
  private final String commit;

  /**
   * A report.
   *
   * @param version version of the tool
   * @param commit commit of the tool
   */
  public ExplorationJson(
      Exploration exploration, Reproduction reproduction, String version, String commit) {
    this.exploration = exploration;
    this.space = exploration.space();
    this.reproduction = reproduction;
    this.evaluator = new Evaluator(space, 1);
    this.version = version;
    this.commit = commit;
  }

  /** The whole report, indented, with a line end. */
  public String render() {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree()) + "\n";
  }

  ObjectNode tree() {
    Tally tally = exploration.tally();
    ObjectNode root = MAPPER.createObjectNode();
    root.put("schema_version", SCHEMA_VERSION);
    root.putObject("tool").put("name", "thumbprint").put("version", version).put("commit", commit);
    root.put("title", space.title());
    root.set("space", space(space));
    ObjectNode counts = root.putObject("counts");
    counts.put("designs", tally.designs());
    for (Status status : Status.values()) {
      counts.put(status.label(), tally.count(status));
    }
    limits(root.putArray("limits"), tally);
    ObjectNode reasons = root.putObject("reasons");
    tally.reasons().forEach(reasons::put);
    ArrayNode objectives = root.putArray("objectives");
    for (int i = 0; i < space.objectives().size(); i++) {
      objective(objectives.addObject(), i);
    }
    ArrayNode front = root.putArray("front");
    tally.front().members().forEach(member -> design(front.addObject(), member));
    ArrayNode unclear = root.putArray("not_separable");
    tally.front().notSeparable().forEach(one -> design(unclear.addObject(), one));
    root.put("not_separable_unlisted", tally.front().unlisted());
    root.putObject("stability")
        .put("draws", exploration.stability().draws())
        .put("designs", exploration.stability().outcomes());
    return root;
  }

  /** The axes and the size of a space; of a {@code --dry-run} too. */
  public static ObjectNode space(Space space) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("designs", space.size());
    node.put("sampler", space.sampler().kind().label());
    node.put("points", space.sampler().points(space.size()));
    node.put("seed", space.sampler().seed());
    ArrayNode axes = node.putArray("axes");
    for (Axis axis : space.axes()) {
      ObjectNode one = axes.addObject().put("name", axis.name()).put("values", axis.size());
      ArrayNode labels = one.putArray("labels");
      axis.labels().stream().limit(LABELS_MAX).forEach(labels::add);
    }
    return node;
  }

  private void limits(ArrayNode limits, Tally tally) {
    if (space.mustFit()) {
      limit(limits.addObject().put("limit", "fits"), tally.fits());
    }
    for (int i = 0; i < space.constraints().size(); i++) {
      Constraint constraint = space.constraints().get(i);
      Tally.Limit limit = tally.limit(i);
      ObjectNode node = limits.addObject().put("limit", constraint.text());
      limit(node, limit);
      if (limit.nearestPoint() >= 0) {
        node.putObject("best")
            .put(constraint.measure().column(), limit.nearest())
            .put("point", limit.nearestPoint());
      }
    }
  }

  private static void limit(ObjectNode node, Tally.Limit limit) {
    node.put("removed", limit.broken() + limit.unknown())
        .put("removed_alone", limit.alone())
        .put("unknown", limit.unknown());
  }

  private void objective(ObjectNode node, int index) {
    Objective objective = space.objectives().get(index);
    node.put("measure", objective.measure().column())
        .put("direction", objective.maximise() ? "maximise" : "minimise");
    if (!exploration.stability().rankings().isEmpty()) {
      Ranking ranking = exploration.stability().rankings().get(index);
      if (!Double.isNaN(ranking.tau())) {
        node.put("kendall_tau", ranking.tau());
      }
      node.put("best_stays_best", ranking.bestStaysBest());
    }
  }

  private void design(ObjectNode node, Outcome<Design> outcome) {
    Design design = outcome.item();
    long point = design.point();
    long network = space.networkOf(point);
    node.put("point", point)
        .put("network", space.networkName(network))
        .put("parameters", space.networkParameters(network))
        .put("board", evaluator.board(point).id());
    evaluator
        .target(point)
        .ifPresent(
            target -> {
              node.put("clock_hz", target.clockHz())
                  .put("kernels", target.kernels().toString())
                  .put("opt", target.opt().label())
                  .put("fpu", target.fpu())
                  .put("weights", target.weights().label())
                  .put("arena_region", target.arena().name());
              target.supplyVolts().ifPresent(volts -> node.put("supply_v", volts));
            });
    space.periodS(space.periodOf(point)).ifPresent(seconds -> node.put("period_s", seconds));
    Figures figures = design.figures();
    for (Measure measure : Measure.all()) {
      if (figures.known(measure)) {
        ObjectNode figure = node.putObject(measure.column()).put("value", figures.value(measure));
        if (measure.uncertain()) {
          figure.put("low", figures.low(measure)).put("high", figures.high(measure));
        }
      }
    }
    if (!figures.currency().isEmpty()) {
      node.put("currency", figures.currency());
    }
    node.put("fits", design.fits() == Fits.YES);
    Double share = exploration.stability().staysOnFront().get(point);
    if (share != null) {
      node.put("stays_on_front", share);
    }
    node.put("command", reproduction.command(point));
  }
}
