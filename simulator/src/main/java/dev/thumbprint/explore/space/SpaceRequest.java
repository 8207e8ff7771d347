package dev.thumbprint.explore.space;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a user asked for, as text: enough to read the same space again in another process.
 *
 * @param file name of the space file, for messages and relative paths; empty where there is none
 * @param yaml its content; empty where everything comes from the command line
 * @param sweeps values of axes that replace those of the file, by name
 * @param prices name of a CSV of prices, empty where there is none
 * @param sampler kind of sampler, budget, seed and population that replace those of the file, by
 *     key
 */
public record SpaceRequest(
    String file,
    String yaml,
    Map<String, List<String>> sweeps,
    String prices,
    Map<String, String> sampler)
    implements Serializable {

  /** Seen when the form of a serialised request changes. */
  private static final long serialVersionUID = 1L;

  public SpaceRequest {
    sweeps = new LinkedHashMap<>(sweeps);
    sampler = new LinkedHashMap<>(sampler);
  }

  /** A request that a file answers alone. */
  public static SpaceRequest of(String file, String yaml) {
    return new SpaceRequest(file, yaml, Map.of(), "", Map.of());
  }
}
