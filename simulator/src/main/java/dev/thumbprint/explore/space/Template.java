package dev.thumbprint.explore.space;

import dev.thumbprint.model.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A family of networks: layers whose numbers are expressions over parameters.
 *
 * @param name name of the family
 * @param description what it is, for lists
 * @param defaults values of the parameters unless told otherwise
 * @param input shape of the input, batch left out
 * @param floating whether it computes in float32 and not in int8
 * @param steps its layers
 */
record Template(
    String name,
    String description,
    SequencedMap<String, Double> defaults,
    List<Expression> input,
    boolean floating,
    List<Step> steps) {

  Template {
    defaults = new LinkedHashMap<>(defaults);
    input = List.copyOf(input);
    steps = List.copyOf(steps);
  }

  /**
   * The network for some parameters.
   *
   * @param label name for reports
   * @param values parameters that differ from the defaults
   * @throws dev.thumbprint.model.InputException if they give no network
   */
  Network network(String label, Map<String, Double> values) {
    Map<String, Double> all = new LinkedHashMap<>(defaults);
    all.putAll(values);
    return new TemplateRun(this, all).network(label);
  }
}
