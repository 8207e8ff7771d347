package dev.thumbprint.run;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.model.WholeInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the inputs of an inference come from. */
public sealed interface InputSource {
  /** All bytes 0. */
  record Zeros() implements InputSource {}

  /** Bytes drawn as TensorFlow Lite Micro's generic benchmark draws them. */
  record Drawn(int seed) implements InputSource {}

  /** A .npy file, or raw bytes. One file holds the only input, or all inputs one after another. */
  record Stored(Path file) implements InputSource {}

  /**
   * The source that an option names: {@code zeros}, {@code random:SEED} or a file.
   *
   * @throws InputException if the seed is no number
   */
  static InputSource parse(String text) {
    if (text.equals("zeros")) {
      return new Zeros();
    }
    if (text.startsWith("random:")) {
      try {
        return new Drawn((int) (long) Long.decode(text.substring(7)));
      } catch (NumberFormatException noNumber) {
        throw InputException.of(text, "", "a seed that is no number", "random:251")
            .causedBy(noNumber);
      }
    }
    return new Stored(Path.of(text));
  }

  /**
   * Fills all inputs.
   *
   * @throws InputException if a file does not fit the model
   * @throws IOException if a file cannot be read
   */
  static void fill(InputSource source, Interpreter run) throws IOException {
    switch (source) {
      case Zeros _ -> {
        for (int i = 0; i < run.inputs(); i++) {
          run.setInput(i, new byte[run.inputBytes(i)]);
        }
      }
      case Drawn drawn -> draw(new Mt19937(drawn.seed), run);
      case Stored stored -> load(stored.file, run);
    }
  }

  private static void draw(Mt19937 random, Interpreter run) {
    for (int i = 0; i < run.inputs(); i++) {
      byte[] bytes = new byte[run.inputBytes(i)];
      for (int k = 0; k < bytes.length; k++) {
        bytes[k] = random.nextByte();
      }
      run.setInput(i, bytes);
    }
  }

  private static void load(Path file, Interpreter run) throws IOException {
    long needed = 0;
    for (int i = 0; i < run.inputs(); i++) {
      needed += run.inputBytes(i);
    }
    ByteBuffer bytes;
    if (Files.isDirectory(file)) {
      throw InputException.of(file.toString(), "", "a folder", "a .npy file or raw bytes");
    }
    if (file.toString().endsWith(".npy")) {
      Npy array = Npy.read(file);
      requireType(file, array.type(), run.input(0));
      bytes = array.elements();
    } else {
      int bytesMax = (int) Math.max(needed, 64 << 20);
      bytes = ByteBuffer.wrap(WholeInput.bytes(file, bytesMax));
    }
    if (bytes.remaining() != needed) {
      throw InputException.of(
          file.toString(),
          "",
          bytes.remaining() + " bytes",
          needed
              + " bytes for "
              + run.inputs()
              + " input(s), the first ["
              + run.input(0).shape()
              + "] of "
              + run.input(0).type().label());
    }
    int at = bytes.position();
    for (int i = 0; i < run.inputs(); i++) {
      run.setInput(i, bytes.slice(at, run.inputBytes(i)));
      at += run.inputBytes(i);
    }
  }

  private static void requireType(Path file, DataType found, Tensor input) {
    if (found != input.type()) {
      throw InputException.of(
          file.toString(), "", found.label() + " elements", input.type().label());
    }
  }
}
