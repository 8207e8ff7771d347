package dev.thumbprint.serve;

import dev.thumbprint.model.Graph;
import dev.thumbprint.model.LayerLists;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.profile.Subject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/** The model that a request names, read once for as long as it is asked for. */
final class Models {
  private static final int KEPT = 64;

  private final Recent<String, Subject> zoo = new Recent<>(KEPT);
  private final ModelFiles files;

  Models(ModelFiles files) {
    this.files = files;
  }

  /**
   * The model of a request.
   *
   * @throws IOException if a file cannot be read
   */
  Subject of(Request request) throws IOException {
    if (request.layers().isPresent()) {
      return new Subject(
          LayerLists.read("model", new ByteArrayInputStream(request.layers().get())),
          Optional.empty());
    }
    String name = request.model();
    return Zoo.has(name) ? zoo.get(name, () -> of(Zoo.graph(name))) : files.read(name);
  }

  /** A graph with its layers. */
  static Subject of(Graph graph) {
    return new Subject(Lowering.network(graph), Optional.of(graph));
  }
}
