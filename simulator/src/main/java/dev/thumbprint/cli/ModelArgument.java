package dev.thumbprint.cli;

import dev.thumbprint.cost.Suggestion;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.LayerLists;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.model.Network;
import dev.thumbprint.model.TfliteReader;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.profile.Subject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** The model that a command works on: a file, a zoo name or standard input. */
final class ModelArgument {
  /** More than any microcontroller can address; keeps a wrong pipe from filling the memory. */
  private static final int STDIN_BYTES_MAX = 256 << 20;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description =
          "A .tflite file, a layer list (.json), a zoo name (see zoo list), or - for standard input.")
  private String model;

  /** The text that was given. */
  String text() {
    return model;
  }

  /**
   * Reads the model.
   *
   * @throws IOException if it cannot be read
   */
  Subject read() throws IOException {
    return read(model);
  }

  /**
   * Reads the model of a name, as the argument is read.
   *
   * @throws IOException if it cannot be read
   */
  static Subject read(String model) throws IOException {
    if (model.equals("-")) {
      return standardInput();
    }
    if (model.isEmpty()) {
      throw InputException.of("", "model", "an empty name", "a file, a zoo model or -");
    }
    if (model.endsWith(".json")) {
      return new Subject(LayerLists.read(Path.of(model)), Optional.empty());
    }
    Path file = Path.of(model);
    if (model.endsWith(".tflite") || Files.exists(file)) {
      return of(TfliteReader.read(file));
    }
    if (Zoo.has(model)) {
      return of(Zoo.graph(model));
    }
    throw InputException.of("", "model", "'" + model + "' is neither a file nor a zoo model", "")
        .withHint(
            Suggestion.hint(
                model,
                Zoo.list().stream().map(Zoo.Entry::name).toList(),
                "'thumbprint zoo list' shows the built-in models"));
  }

  private static Subject standardInput() throws IOException {
    byte[] bytes = readBounded(System.in);
    if (startsLikeJson(bytes)) {
      Network network = LayerLists.read("standard input", new ByteArrayInputStream(bytes));
      return new Subject(network, Optional.empty());
    }
    return of(TfliteReader.read(ByteBuffer.wrap(bytes), "stdin", "standard input"));
  }

  /**
   * The first byte of a .tflite can be a blank, so only a brace behind JSON's own blanks counts.
   */
  private static boolean startsLikeJson(byte[] bytes) {
    for (byte b : bytes) {
      if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
        return b == '{';
      }
    }
    return false;
  }

  private static byte[] readBounded(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(STDIN_BYTES_MAX + 1);
    if (bytes.length > STDIN_BYTES_MAX) {
      throw InputException.of(
          "standard input", "", "more than 256 MiB", "a .tflite file or a layer list");
    }
    return bytes;
  }

  private static Subject of(Graph graph) {
    return new Subject(Lowering.network(graph), Optional.of(graph));
  }
}
