package dev.thumbprint.report;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.explain.Explanation;
import dev.thumbprint.explain.Explanation.LayerWhy;
import dev.thumbprint.explain.Parts;
import dev.thumbprint.explain.Proposal;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An explanation as JSON. */
public final class ExplainJson {
  private final Explanation explanation;

  public ExplainJson(Explanation explanation) {
    this.explanation = explanation;
  }

  /** The explanation as a tree, for a command to add what it knows besides. */
  public ObjectNode tree(String version, String commit) {
    ObjectNode root = JsonReport.root(version, commit);
    JsonReport.model(root.putObject("model"), explanation.profile().model());
    JsonReport.target(root.putObject("target"), explanation.profile().target());
    ObjectNode total = root.putObject("total");
    JsonReport.total(total, explanation.profile());
    parts(total.putObject("parts"), explanation.total());
    ArrayNode layers = root.putArray("layers");
    explanation.layers().forEach(layer -> layer(layers.addObject(), layer));
    ArrayNode advice = root.putArray("advice");
    explanation.proposals().forEach(proposal -> advice(advice.addObject(), proposal));
    ArrayNode provenance = root.putArray("provenance");
    explanation.profile().provenance().forEach(provenance::add);
    return root;
  }

  private static void layer(ObjectNode node, LayerWhy layer) {
    JsonReport.layer(node, layer.profile());
    parts(node.putObject("parts"), layer.parts());
    ArrayNode why = node.putArray("why");
    layer.why().forEach(why::add);
  }

  private static void parts(ObjectNode node, Parts parts) {
    parts.toMap().forEach((name, cycles) -> node.put(name + "_cycles", Math.round(cycles)));
  }

  private static void advice(ObjectNode node, Proposal proposal) {
    JsonReport.advice(node, proposal.advice());
    if (!Double.isNaN(proposal.gainUj())) {
      node.put("gain_uj", proposal.gainUj());
    }
    ArrayNode options = node.putArray("options");
    proposal.options().forEach(options::add);
    ArrayNode changes = node.putArray("changes");
    for (Map.Entry<Integer, LayerWork> change : proposal.layers().entrySet()) {
      ObjectNode changed = changes.addObject().put("index", change.getKey());
      JsonReport.shape(changed.putArray("input_shape"), change.getValue().input());
      JsonReport.shape(changed.putArray("filter_shape"), change.getValue().filter());
      JsonReport.shape(changed.putArray("output_shape"), change.getValue().output());
    }
  }
}
