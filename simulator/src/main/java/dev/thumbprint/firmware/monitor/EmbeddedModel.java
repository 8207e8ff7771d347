package dev.thumbprint.firmware.monitor;

import dev.thumbprint.firmware.image.Image;
import dev.thumbprint.firmware.image.Symbol;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.TfliteReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the model inside of a program: an array that begins like a .tflite file. */
public final class EmbeddedModel {
  private static final byte[] IDENTIFIER = {'T', 'F', 'L', '3'};
  private static final int CANDIDATES_MAX = 16;

  private EmbeddedModel() {}

  /** The only model of a program; empty where there is none, or several. */
  public static Optional<Graph> find(Image image) {
    List<Graph> found = new ArrayList<>();
    int candidates = 0;
    for (Image.Segment segment : image.segments()) {
      byte[] bytes = segment.bytes();
      for (int at = 0; at + 8 <= bytes.length && candidates < CANDIDATES_MAX; at += 4) {
        if (isModel(bytes, at)) {
          candidates++;
          int length = length(image, segment.address() + at, bytes.length - at);
          read(bytes, at, length).ifPresent(found::add);
        }
      }
    }
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  private static boolean isModel(byte[] bytes, int at) {
    for (int i = 0; i < IDENTIFIER.length; i++) {
      if (bytes[at + 4 + i] != IDENTIFIER[i]) {
        return false;
      }
    }
    return true;
  }

  /** A symbol says where the array ends; without one the rest of the segment is taken. */
  private static int length(Image image, int address, int rest) {
    return image.symbols().all().stream()
        .filter(symbol -> symbol.address() == address && symbol.size() > 0)
        .mapToInt(Symbol::size)
        .max()
        .orElse(rest);
  }

  private static Optional<Graph> read(byte[] bytes, int at, int length) {
    try {
      ByteBuffer model = ByteBuffer.wrap(bytes, at, Math.min(length, bytes.length - at)).slice();
      return Optional.of(TfliteReader.read(model, "model", "model in the firmware"));
    } catch (InputException noModel) {
      return Optional.empty();
    }
  }
}
