package dev.thumbprint.report;

import dev.thumbprint.cost.library.Decision;
import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.KernelLibrary;
import dev.thumbprint.cost.library.NotCovered;
import dev.thumbprint.cost.library.Trips;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.memory.MemoryPlan;
import dev.thumbprint.memory.RuntimeBuild;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Layer;
import dev.thumbprint.model.Network;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The analysis of a model as JSON. */
public final class AnalysisJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Analysis analysis;
  private final String version;
  private final String commit;

  /**
   * The report of an analysis.
   *
   * @param version version of the tool
   * @param commit commit of the tool
   */
  public AnalysisJson(Analysis analysis, String version, String commit) {
    this.analysis = analysis;
    this.version = version;
    this.commit = commit;
  }

  /** The whole report, indented, with a line end. */
  public String render() {
    Network network = analysis.subject().network();
    ObjectNode root = MAPPER.createObjectNode();
    root.put("schema_version", JsonReport.SCHEMA_VERSION);
    root.putObject("tool").put("name", "thumbprint").put("version", version).put("commit", commit);
    ObjectNode model = root.putObject("model").put("name", network.name());
    analysis.subject().graph().ifPresent(graph -> file(model, graph));
    model.put("macs", network.macs());
    network.parameters().ifPresent(parameters -> model.put("parameters", parameters));
    root.put("kernels", analysis.library().id().toString()).put("core", analysis.core().label());
    ArrayNode layers = root.putArray("layers");
    network.layers().forEach(layer -> layer(layers.addObject(), layer));
    ObjectNode arena = root.putObject("arena");
    analysis
        .plan()
        .ifPresentOrElse(
            plan -> {
              arena(arena, plan);
              advice(arena.putArray("advice"));
              if (!analysis.planNote().isEmpty()) {
                arena.put("note", analysis.planNote());
              }
            },
            () -> arena.put("availability", "unavailable").put("reason", analysis.planNote()));
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static void file(ObjectNode model, Graph graph) {
    model.put("sha256", graph.sha256()).put("bytes", graph.fileBytes());
  }

  private void layer(ObjectNode node, Layer layer) {
    LayerWork work = layer.work();
    node.put("index", layer.index()).put("op", work.operator().name()).put("name", layer.name());
    node.put("type", work.inputType().label());
    shape(node.putArray("input_shape"), work.input());
    shape(node.putArray("filter_shape"), work.filter());
    shape(node.putArray("output_shape"), work.output());
    node.put("macs", work.macs()).put("constant_bytes", work.constantBytes());
    ObjectNode libraries = node.putObject("libraries");
    for (KernelLibrary library : KernelLibraries.all()) {
      decision(libraries.putObject(library.id().toString()), analysis.decide(library, work));
    }
  }

  private static void decision(ObjectNode node, Decision decision) {
    switch (decision) {
      case Trips trips ->
          node.put("priced", true).put("path", trips.path()).put("reason", trips.reason());
      case NotCovered none -> node.put("priced", false).put("reason", none.reason());
    }
  }

  private static void arena(ObjectNode node, MemoryPlan plan) {
    node.put("build", plan.build().label())
        .put("arena_used_bytes", plan.arenaUsedBytes())
        .put("allocate_bytes", plan.arenaBytesToAllocate())
        .put("minimum_bytes", plan.minimumArenaBytes())
        .put("head_bytes", plan.headBytes())
        .put("tail_bytes", plan.tailBytes());
    ArrayNode steps = node.putArray("steps");
    long[] live = plan.liveBytes();
    for (int step = 0; step < live.length; step++) {
      steps.addObject().put("name", plan.steps().get(step)).put("live_bytes", live[step]);
    }
    ArrayNode buffers = node.putArray("buffers");
    plan.buffers()
        .forEach(
            buffer ->
                buffers
                    .addObject()
                    .put("name", buffer.name())
                    .put("offset", buffer.offset())
                    .put("bytes", buffer.bytes())
                    .put("first", buffer.first())
                    .put("last", buffer.last())
                    .put("scratch", buffer.scratch()));
    ArrayNode tail = node.putArray("tail");
    plan.tailByCategory()
        .forEach(
            (category, sum) ->
                tail.addObject()
                    .put("category", category.label())
                    .put("used_bytes", sum.usedBytes())
                    .put("requested_bytes", sum.requestedBytes())
                    .put("count", sum.count()));
    node.put("peak_step", plan.peakStep())
        .put("lowest_possible_head_bytes", plan.lowestPossibleHeadBytes())
        .put("generation", RuntimeBuild.GENERATION);
    plan.unknown().forEach(node.putArray("unknown")::add);
  }

  private void advice(ArrayNode node) {
    analysis
        .advice()
        .forEach(
            advice ->
                node.addObject()
                    .put("id", advice.id())
                    .put("gain_bytes", advice.gainBytes())
                    .put("message", advice.message()));
  }

  private static void shape(ArrayNode node, Shape shape) {
    for (int dim : shape.toArray()) {
      node.add(dim);
    }
  }
}
