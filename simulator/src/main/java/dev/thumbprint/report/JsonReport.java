package dev.thumbprint.report;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.memory.Fit;
import dev.thumbprint.profile.Advice;
import dev.thumbprint.profile.LayerProfile;
import dev.thumbprint.profile.ModelFacts;
import dev.thumbprint.profile.Profile;
import dev.thumbprint.profile.Totals;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A profile as JSON; the form is the interface that other programs rely on. */
public final class JsonReport {
  /** Version of the form; the minor part grows with new keys, the major one with changed ones. */
  public static final String SCHEMA_VERSION = "1.0";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Profile profile;
  private final String version;
  private final String commit;

  /**
   * A report of a profile.
   *
   * @param version version of the tool
   * @param commit commit of the tool
   */
  public JsonReport(Profile profile, String version, String commit) {
    this.profile = profile;
    this.version = version;
    this.commit = commit;
  }

  /** The whole report, indented, with a line end. */
  public String render() {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(toNode()) + "\n";
  }

  /** The report as a tree, for reports that hold more than a profile. */
  public ObjectNode toNode() {
    ObjectNode root = summaryNode();
    ArrayNode layers = root.putArray("layers");
    profile.layers().forEach(layer -> layer(layers.addObject(), layer));
    ArrayNode fit = root.putArray("fit");
    profile
        .fit()
        .ifPresent(found -> found.regions().forEach(region -> region(fit.addObject(), region)));
    ArrayNode remedies = root.putArray("remedies");
    profile.fit().ifPresent(found -> found.remedies().forEach(remedies::add));
    ArrayNode advice = root.putArray("advice");
    profile.advice().forEach(one -> advice(advice.addObject(), one));
    ArrayNode provenance = root.putArray("provenance");
    profile.provenance().forEach(provenance::add);
    return root;
  }

  /** The part of the report that does not grow with the network: model, target and total. */
  public ObjectNode summaryNode() {
    ObjectNode root = root(version, commit);
    model(root.putObject("model"), profile.model());
    target(root.putObject("target"), profile.target());
    total(root.putObject("total"), profile);
    return root;
  }

  /** A report with its version and that of the tool. */
  static ObjectNode root(String version, String commit) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("schema_version", SCHEMA_VERSION);
    root.putObject("tool").put("name", "thumbprint").put("version", version).put("commit", commit);
    return root;
  }

  static void advice(ObjectNode node, Advice advice) {
    node.put("layer", advice.layer())
        .put("id", advice.id())
        .put("gain_ms", advice.gainMs())
        .put("message", advice.message());
  }

  static void model(ObjectNode node, ModelFacts model) {
    node.put("name", model.name());
    model.sha256().ifPresent(hash -> node.put("sha256", hash));
    model.fileBytes().ifPresent(bytes -> node.put("bytes", bytes));
    node.put("macs", model.macs());
    model.parameters().ifPresent(parameters -> node.put("parameters", parameters));
  }

  static void target(ObjectNode node, Target target) {
    node.put("board", target.board().id())
        .put("core", target.board().core().label())
        .put("clock_hz", target.clockHz());
    target.waitStates().ifPresent(waits -> node.put("wait_states", waits));
    node.put("caches", target.caches())
        .put("prefetch", target.prefetch())
        .put("kernels", target.kernels().toString())
        .put("opt", target.opt().label())
        .put("asserts", target.asserts())
        .put("arduino", target.arduino())
        .put("fpu", target.fpu())
        .put("weights", target.weights().label())
        .put("arena", target.arena().name());
    target.supplyVolts().ifPresent(volts -> node.put("supply_v", volts));
    target.regulator().ifPresent(regulator -> node.put("regulator", regulator.label()));
  }

  static void total(ObjectNode node, Profile profile) {
    Totals total = profile.total();
    metric(node.putObject("cycles"), whole(total.cycles()), "");
    metric(node.putObject("inference_time"), total.inferenceTimeMs(), "ms");
    metric(node.putObject("energy"), total.energyUj(), "uJ");
    metric(node.putObject("arena"), total.arenaBytes(), "bytes");
    metric(node.putObject("ram"), total.ramBytes(), "bytes");
    metric(node.putObject("flash"), total.flashBytes(), "bytes");
    if (profile.partial()) {
      node.put("partial", true);
    }
    if (!profile.notPriced().isEmpty()) {
      ArrayNode missing = node.putArray("not_priced");
      profile.notPriced().forEach(layer -> missing(missing.addObject(), layer));
    }
  }

  private static void missing(ObjectNode node, LayerProfile layer) {
    node.put("index", layer.index())
        .put("op", layer.work().operator().name())
        .put("reason", layer.notPriced().orElse(""));
  }

  static void layer(ObjectNode node, LayerProfile layer) {
    node.put("index", layer.index())
        .put("op", layer.work().operator().name())
        .put("name", layer.name());
    shape(node.putArray("input_shape"), layer.work().input());
    shape(node.putArray("filter_shape"), layer.work().filter());
    shape(node.putArray("output_shape"), layer.work().output());
    node.put("macs", layer.work().macs()).put("path", layer.path());
    metric(node.putObject("cycles"), whole(layer.cycles()), "");
    metric(node.putObject("inference_time"), layer.inferenceTimeMs(), "ms");
    metric(node.putObject("energy"), layer.energyUj(), "uJ");
    layer.share().ifPresent(share -> node.put("share", share));
    ArrayNode notes = node.putArray("notes");
    layer.notes().forEach(notes::add);
  }

  static void region(ObjectNode node, Fit.Region region) {
    node.put("kind", region.kind())
        .put("region", region.name())
        .put("needed_bytes", region.neededBytes())
        .put("available_bytes", region.availableBytes())
        .put("fits", region.fits());
    ArrayNode parts = node.putArray("parts");
    region
        .parts()
        .forEach(part -> parts.addObject().put("what", part.what()).put("bytes", part.bytes()));
  }

  static void shape(ArrayNode node, Shape shape) {
    for (int dim : shape.toArray()) {
      node.add(dim);
    }
  }

  /** A figure with its unit, or why there is none. */
  public static void metric(ObjectNode node, Metric metric, String unit) {
    switch (metric) {
      case Estimate e -> {
        number(node, "value", e.value());
        number(node, "low", e.low());
        number(node, "high", e.high());
        if (!unit.isEmpty()) {
          node.put("unit", unit);
        }
        node.put("source", e.source().label());
      }
      case Unavailable none -> node.put("availability", "unavailable").put("reason", none.reason());
    }
  }

  /** Cycles are counted: nobody wants their fractions. */
  private static Metric whole(Metric cycles) {
    return cycles instanceof Estimate e
        ? new Estimate(Math.rint(e.value()), Math.rint(e.low()), Math.rint(e.high()), e.source())
        : cycles;
  }

  /** Whole numbers stand without a fraction. */
  private static void number(ObjectNode node, String key, double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
      node.put(key, (long) value);
    } else {
      node.put(key, value);
    }
  }
}
