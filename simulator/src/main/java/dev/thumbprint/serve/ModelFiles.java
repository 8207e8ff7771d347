package dev.thumbprint.serve;

import dev.thumbprint.model.InputException;
import dev.thumbprint.profile.Subject;
import java.io.IOException;

/** Reads a model by a name that is not in the zoo. */
@FunctionalInterface
public interface ModelFiles {
  /** Where files are not for the asking. */
  ModelFiles NONE =
      name -> {
        throw InputException.of(
            "", "model", "'" + name + "'", "a name of the zoo, a layer list or an upload");
      };

  /**
   * Reads a model.
   *
   * @throws IOException if it cannot be read
   */
  Subject read(String name) throws IOException;
}
