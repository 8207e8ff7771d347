package dev.thumbprint.explore.engine;

import dev.thumbprint.explore.space.Inputs;
import dev.thumbprint.explore.space.Space;
import dev.thumbprint.explore.space.SpaceRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Explores on many machines. Found through {@link java.util.ServiceLoader}: what it needs is not
 * part of the program (see the module {@code cluster}).
 */
public interface ClusterEngine {
  /**
   * Explores; front and rows are those of {@link Explorer}.
   *
   * @param request where the space came from: other machines read it again
   * @param inputs the files that were read for it
   * @param fingerprint what the rows depend on
   * @param master the cluster, empty for what the environment says, else this machine
   * @param output a CSV, or a folder whose name ends in {@code .parquet}; empty for none
   * @param progress is told the number of designs so far
   * @throws IOException if the output cannot be written
   */
  Exploration run(
      Space space,
      SpaceRequest request,
      Inputs inputs,
      String fingerprint,
      Optional<String> master,
      Optional<Path> output,
      LongConsumer progress)
      throws IOException;
}
