package dev.thumbprint.explore.space;

import dev.thumbprint.profile.Subject;
import java.util.List;

/**
 * A network as it is.
 *
 * @param name what reports call it, and what a command line takes
 * @param subject the network
 */
record FixedNetwork(String name, Subject subject) implements NetworkSource {
  @Override
  public List<Axis> axes() {
    return List.of();
  }

  @Override
  public Subject network(long index) {
    return subject;
  }
}
