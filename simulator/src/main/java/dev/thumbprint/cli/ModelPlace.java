package dev.thumbprint.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model file and where firmware looks for it.
 *
 * @param address a number or a symbol; empty where the model is in the firmware already
 */
record ModelPlace(Path file, Optional<String> address) {

  /** {@code FILE} or {@code FILE@ADDR}; a file may have an {@code @} in its own name. */
  static ModelPlace parse(String text) {
    int at = text.lastIndexOf('@');
    if (at < 0 || Files.exists(Path.of(text))) {
      return new ModelPlace(Path.of(text), Optional.empty());
    }
    return new ModelPlace(Path.of(text.substring(0, at)), Optional.of(text.substring(at + 1)));
  }
}
