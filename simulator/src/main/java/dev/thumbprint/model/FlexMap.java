package dev.thumbprint.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The options of a custom operator: a FlexBuffer whose root is a map of scalars. Every offset is
 * checked before it is used (source of the format: flatbuffers.dev, FlexBuffers internals).
 */
public final class FlexMap {
  private static final int TYPE_INT = 1;
  private static final int TYPE_UINT = 2;
  private static final int TYPE_FLOAT = 3;
  private static final int TYPE_INDIRECT_INT = 6;
  private static final int TYPE_INDIRECT_UINT = 7;
  private static final int TYPE_INDIRECT_FLOAT = 8;
  private static final int TYPE_MAP = 9;
  private static final int TYPE_BOOL = 26;
  private static final int ENTRIES_MAX = 256;
  private static final int KEY_BYTES_MAX = 256;

  private final ByteBuffer bytes;
  private final Map<String, Number> values = new LinkedHashMap<>();

  private FlexMap(ByteBuffer bytes) {
    this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads a map; no bytes at all are an empty one.
   *
   * @throws InputException if the bytes are no FlexBuffer map of scalars
   */
  public static FlexMap read(ByteBuffer bytes) {
    FlexMap map = new FlexMap(bytes.slice());
    if (bytes.hasRemaining()) {
      map.readRoot();
    }
    return map;
  }

  /** The names in the map, in the order of the file, which is that of the alphabet. */
  public Set<String> keys() {
    return values.keySet();
  }

  /** Whether a name is in the map. */
  public boolean has(String key) {
    return values.containsKey(key);
  }

  /**
   * An integer; a truth value counts as 0 or 1, a real number is cut off.
   *
   * @throws InputException if the name is missing or the number does not fit 32 bits
   */
  public int integer(String key) {
    long value = number(key).longValue();
    if (value != (int) value && value != (value & 0xFFFF_FFFFL)) {
      throw InputException.of("", "custom options", key + " = " + value, "32 bits");
    }
    return (int) value;
  }

  /** A real number. */
  public float real(String key) {
    return number(key).floatValue();
  }

  /** Whether a number is not 0. */
  public boolean flag(String key) {
    return number(key).longValue() != 0;
  }

  private Number number(String key) {
    Number value = values.get(key);
    if (value == null) {
      throw InputException.of(
          "",
          "custom options",
          values.isEmpty() ? "no options" : "the options " + String.join(", ", values.keySet()),
          key + " among them");
    }
    return value;
  }

  private void readRoot() {
    int size = bytes.remaining();
    int width = size < 3 ? 0 : bytes.get(size - 1);
    int packed = size < 3 ? 0 : bytes.get(size - 2) & 0xFF;
    if (size < 3 || !isWidth(width) || packed >> 2 != TYPE_MAP) {
      throw damaged("no map at the end of " + size + " bytes");
    }
    int root = size - 2 - width;
    readMap(target(root, width), 1 << (packed & 3));
  }

  private void readMap(int at, int width) {
    int count = count(at, width);
    int keys = target(at - 3 * width, width);
    long keyWidth = unsigned(at - 2 * width, width);
    if (!isWidth(keyWidth) || count(keys, (int) keyWidth) != count) {
      throw damaged("a map whose keys do not match its values");
    }
    require(at + (long) count * width, count);
    for (int i = 0; i < count; i++) {
      String key = key(target(keys + i * (int) keyWidth, (int) keyWidth));
      int type = bytes.get(at + count * width + i) & 0xFF;
      values.put(key, scalar(key, at + i * width, width, type >> 2, 1 << (type & 3)));
    }
  }

  private Number scalar(String key, int at, int width, int type, int indirectWidth) {
    return switch (type) {
      case TYPE_INT -> signed(at, width);
      case TYPE_UINT, TYPE_BOOL -> unsigned(at, width);
      case TYPE_FLOAT -> real(at, width);
      case TYPE_INDIRECT_INT -> signed(target(at, width), indirectWidth);
      case TYPE_INDIRECT_UINT -> unsigned(target(at, width), indirectWidth);
      case TYPE_INDIRECT_FLOAT -> real(target(at, width), indirectWidth);
      default -> throw damaged("option " + key + " of FlexBuffer type " + type);
    };
  }

  private String key(int at) {
    int end = at;
    while (end < bytes.limit() && bytes.get(end) != 0) {
      end++;
      if (end - at > KEY_BYTES_MAX) {
        throw damaged("a name of more than " + KEY_BYTES_MAX + " bytes");
      }
    }
    byte[] name = new byte[end - at];
    bytes.get(at, name);
    return new String(name, StandardCharsets.UTF_8);
  }

  private int count(int at, int width) {
    long count = unsigned(at - width, width);
    if (count < 0 || count > ENTRIES_MAX) {
      throw damaged(Long.toUnsignedString(count) + " options");
    }
    return (int) count;
  }

  /** Offsets point back from where they stand. */
  private int target(int at, int width) {
    long offset = unsigned(at, width);
    if (offset < 0 || offset > at) {
      throw damaged("an offset out of the buffer");
    }
    return (int) (at - offset);
  }

  private Number real(int at, int width) {
    require(at, width);
    return switch (width) {
      case Float.BYTES -> bytes.getFloat(at);
      case Double.BYTES -> bytes.getDouble(at);
      default -> throw damaged("a real number of " + width + " bytes");
    };
  }

  private long signed(int at, int width) {
    int unused = Long.SIZE - Byte.SIZE * width;
    return unsigned(at, width) << unused >> unused;
  }

  private long unsigned(int at, int width) {
    require(at, width);
    return switch (width) {
      case 1 -> bytes.get(at) & 0xFFL;
      case 2 -> bytes.getShort(at) & 0xFFFFL;
      case 4 -> bytes.getInt(at) & 0xFFFF_FFFFL;
      default -> bytes.getLong(at);
    };
  }

  private void require(long at, int length) {
    if (at < 0 || at + length > bytes.limit()) {
      throw damaged("an offset out of the buffer");
    }
  }

  private static boolean isWidth(long width) {
    return width == 1 || width == 2 || width == 4 || width == 8;
  }

  private static InputException damaged(String found) {
    return InputException.of("", "custom options", found, "a FlexBuffer map of scalars");
  }
}
