package dev.thumbprint.explore.report;

import dev.thumbprint.explore.space.Space;
import dev.thumbprint.explore.space.SpaceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command that shows one design layer by layer. */
public final class Reproduction {
  private final Space space;
  private final SpaceRequest request;

  public Reproduction(Space space, SpaceRequest request) {
    this.space = space;
    this.request = request;
  }

  /** The command for a design; for a shell. */
  public String command(long point) {
    long network = space.networkOf(point);
    long configuration = space.configurationOf(point);
    List<String> profile = new ArrayList<>(List.of("./thumbprint", "profile"));
    boolean named = space.namedNetwork(network);
    profile.add(named ? space.networkName(network) : "-");
    profile.addAll(List.of("-b", space.board(configuration).id()));
    profile.addAll(space.options(configuration));
    profile.addAll(space.dutyOptions(point));
    return named ? shell(profile) : shell(networkCommand(point)) + " | " + shell(profile);
  }

  /** The command that writes the layers of a design's network. */
  private List<String> networkCommand(long point) {
    List<String> command = new ArrayList<>(List.of("./thumbprint", "explore"));
    if (!request.file().isEmpty()) {
      command.add(request.file());
    }
    for (Map.Entry<String, List<String>> sweep : request.sweeps().entrySet()) {
      command.add("--sweep");
      command.add(sweep.getKey() + "=" + String.join(",", sweep.getValue()));
    }
    command.addAll(List.of("--network-of", Long.toString(point)));
    return command;
  }

  private static String shell(List<String> words) {
    return String.join(" ", words.stream().map(Reproduction::quoted).toList());
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=,@+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
