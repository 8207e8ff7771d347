package dev.thumbprint.run;

import com.google.flatbuffers.FlexBuffersBuilder;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/** Options of custom operators, written by the published FlexBuffers library. */
final class FlexBytes {
  private FlexBytes() {}

  /** A map of Integer, Boolean and Float values, keys in the order of the alphabet. */
  static ByteBuffer of(Map<String, ?> values) {
    FlexBuffersBuilder builder = new FlexBuffersBuilder(ByteBuffer.allocate(1024));
    int start = builder.startMap();
    for (Map.Entry<String, ?> entry : new TreeMap<>(values).entrySet()) {
      switch (entry.getValue()) {
        case Boolean flag -> builder.putBoolean(entry.getKey(), flag);
        case Float real -> builder.putFloat(entry.getKey(), real);
        case Integer number -> builder.putInt(entry.getKey(), number);
        default -> throw new IllegalArgumentException(entry.toString());
      }
    }
    builder.endMap(null, start);
    ByteBuffer bytes = builder.finish();
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return ByteBuffer.wrap(copy);
  }
}
