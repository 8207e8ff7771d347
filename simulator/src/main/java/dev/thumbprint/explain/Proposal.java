package dev.thumbprint.explain;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.model.Network;
import dev.thumbprint.profile.Advice;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One change that would help, with what it does to network or target.
 *
 * @param advice the change in words, with its gain
 * @param options options of the command line that make the change; empty where the network changes
 * @param layers layers that change, by index; empty where the target changes
 * @param network the network after the change
 * @param target the target after the change
 * @param gainUj microjoules saved in one inference, NaN where the power is not known
 */
public record Proposal(
    Advice advice,
    List<String> options,
    Map<Integer, LayerWork> layers,
    Network network,
    Target target,
    double gainUj) {
  public Proposal {
    options = List.copyOf(options);
    layers = Collections.unmodifiableMap(new TreeMap<>(layers));
  }
}
