package dev.thumbprint.model;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * A validated model.
 *
 * @param name short name for reports: the file name without its ending, or the zoo name
 * @param sha256 hash of the file in lower-case hex
 * @param fileBytes size of the file
 * @param subgraphs the main one first
 * @param metadata named metadata buffers (read-only, little-endian)
 */
public record Graph(
    String name,
    String sha256,
    long fileBytes,
    List<Subgraph> subgraphs,
    Map<String, ByteBuffer> metadata) {

  public Graph {
    subgraphs = List.copyOf(subgraphs);
    metadata = Map.copyOf(metadata);
  }

  /** The subgraph that an inference runs. */
  public Subgraph main() {
    return subgraphs.getFirst();
  }
}
