package dev.thumbprint.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One table of a FlatBuffer, read with every offset, vector and string checked against the buffer
 * before it is touched. A damaged file gives an {@link InputException}, never an exception of the
 * buffer and never a read outside it.
 *
 * <p>Layout (flatbuffers.dev, "Internals"): a table starts with a signed 32-bit distance back to
 * its vtable; the vtable holds two 16-bit sizes (its own, the table's), then one 16-bit field
 * offset per slot, 0 where the field is absent. References are unsigned 32-bit distances forward.
 */
final class FlatTable {
  private static final int OFFSET_BYTES = 4;
  private static final int VTABLE_HEADER_BYTES = 4;
  private static final int STRING_BYTES_MAX = 65_536;

  /** A small file can name one vector from thousands of tables; this bounds what is read of it. */
  private static final int ELEMENTS_MAX = 4_000_000;

  /** A table costs the memory of about so many numbers. */
  private static final int TABLE_ELEMENTS = 16;

  /** Elements that may still be read from one file. */
  private static final class Budget {
    private int left = ELEMENTS_MAX;
  }

  /** A table without any field: what an absent options table means. */
  static final FlatTable EMPTY =
      root(ByteBuffer.wrap(new byte[] {8, 0, 0, 0, 4, 0, 4, 0, 4, 0, 0, 0}), "");

  private final ByteBuffer buffer;
  private final Budget budget;
  private final String place;
  private final int start;
  private final int tableBytes;
  private final int vtable;
  private final int vtableBytes;

  private FlatTable(ByteBuffer buffer, Budget budget, int start, String place) {
    this.buffer = buffer;
    this.budget = budget;
    this.start = start;
    this.place = place;
    requireInside(start, OFFSET_BYTES, "table");
    long vtableStart = (long) start - buffer.getInt(start);
    requireInside(vtableStart, VTABLE_HEADER_BYTES, "vtable");
    vtable = (int) vtableStart;
    vtableBytes = Short.toUnsignedInt(buffer.getShort(vtable));
    tableBytes = Short.toUnsignedInt(buffer.getShort(vtable + 2));
    if (vtableBytes < VTABLE_HEADER_BYTES || vtableBytes % 2 != 0) {
      throw damaged("a vtable of " + vtableBytes + " bytes", "an even size of at least 4");
    }
    requireInside(vtable, vtableBytes, "vtable");
    requireInside(start, Math.max(tableBytes, OFFSET_BYTES), "table");
  }

  /** The root table of a whole buffer. */
  static FlatTable root(ByteBuffer bytes, String place) {
    ByteBuffer buffer = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (buffer.capacity() < OFFSET_BYTES) {
      throw InputException.of(
          "", place, buffer.capacity() + " bytes", "a FlatBuffer of at least 8 bytes");
    }
    long offset = Integer.toUnsignedLong(buffer.getInt(0));
    if (offset > buffer.capacity() - OFFSET_BYTES) {
      throw InputException.of(
          "", place, "the root table at byte " + offset, "inside " + buffer.capacity() + " bytes");
    }
    return new FlatTable(buffer, new Budget(), (int) offset, place);
  }

  String place() {
    return place;
  }

  boolean has(int slot) {
    return fieldOffset(slot) != 0;
  }

  byte int8(int slot, int absent) {
    int at = scalar(slot, 1);
    return at < 0 ? (byte) absent : buffer.get(at);
  }

  int int32(int slot, int absent) {
    int at = scalar(slot, 4);
    return at < 0 ? absent : buffer.getInt(at);
  }

  /** An unsigned 32-bit field. */
  long uint32(int slot) {
    int at = scalar(slot, 4);
    return at < 0 ? 0 : Integer.toUnsignedLong(buffer.getInt(at));
  }

  /** A 64-bit field, 0 where absent. */
  long int64(int slot) {
    int at = scalar(slot, 8);
    return at < 0 ? 0 : buffer.getLong(at);
  }

  float float32(int slot) {
    int at = scalar(slot, 4);
    return at < 0 ? 0f : buffer.getFloat(at);
  }

  boolean bool(int slot, boolean absent) {
    return int8(slot, absent ? 1 : 0) != 0;
  }

  /** A table field, or null where absent. */
  FlatTable table(int slot, String name) {
    int at = scalar(slot, OFFSET_BYTES);
    return at < 0 ? null : new FlatTable(buffer, budget, follow(at, name), inner(name));
  }

  /** A string field, empty where absent. */
  String string(int slot, String name) {
    ByteBuffer bytes = vector(slot, 1, name);
    if (bytes == null) {
      return "";
    }
    charge(bytes.remaining(), STRING_BYTES_MAX, name);
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  /**
   * A read-only little-endian slice over a vector of fixed-size elements, or null where absent.
   *
   * @param elementBytes size of one element
   */
  ByteBuffer vector(int slot, int elementBytes, String name) {
    int at = scalar(slot, OFFSET_BYTES);
    if (at < 0) {
      return null;
    }
    int vector = follow(at, name);
    requireInside(vector, OFFSET_BYTES, "the vector " + name);
    long bytes = Integer.toUnsignedLong(buffer.getInt(vector)) * elementBytes;
    requireInside((long) vector + OFFSET_BYTES, bytes, "the vector " + name);
    return slice(vector + OFFSET_BYTES, (int) bytes);
  }

  /** A vector of 32-bit integers, empty where absent. */
  List<Integer> int32s(int slot, String name, int countMax) {
    ByteBuffer bytes = vector(slot, 4, name);
    List<Integer> values = new ArrayList<>();
    if (bytes != null) {
      charge(bytes.remaining() / 4, countMax, name);
      while (bytes.hasRemaining()) {
        values.add(bytes.getInt());
      }
    }
    return values;
  }

  /** A vector of tables, empty where absent. The place of element i reads "name i". */
  List<FlatTable> tables(int slot, String name, int countMax) {
    int at = scalar(slot, OFFSET_BYTES);
    List<FlatTable> tables = new ArrayList<>();
    if (at < 0) {
      return tables;
    }
    ByteBuffer offsets = vector(slot, OFFSET_BYTES, name);
    int count = offsets.remaining() / OFFSET_BYTES;
    charge(count, countMax, name);
    budget.left -= count * TABLE_ELEMENTS;
    int first = follow(at, name) + OFFSET_BYTES;
    for (int i = 0; i < count; i++) {
      int element = follow(first + i * OFFSET_BYTES, name + " " + i);
      tables.add(new FlatTable(buffer, budget, element, inner(name + " " + i)));
    }
    return tables;
  }

  InputException damaged(String found, String expected) {
    return InputException.of("", place, found, expected);
  }

  /**
   * Refuses more than {@code countMax} elements, and counts them against the budget of the file.
   */
  void charge(int count, int countMax, String name) {
    if (count > countMax) {
      throw damaged(count + " elements in " + name, "at most " + countMax);
    }
    budget.left -= count;
    if (budget.left < 0) {
      throw damaged(
          "lists that repeat each other to more than " + ELEMENTS_MAX + " elements",
          "a model whose tables do not overlap");
    }
  }

  private String inner(String name) {
    return place.isEmpty() ? name : place + ", " + name;
  }

  private int fieldOffset(int slot) {
    int entry = VTABLE_HEADER_BYTES + 2 * slot;
    return entry + 2 > vtableBytes ? 0 : Short.toUnsignedInt(buffer.getShort(vtable + entry));
  }

  /** Position of a fixed-size field, or -1 where it is absent. */
  private int scalar(int slot, int bytes) {
    int offset = fieldOffset(slot);
    if (offset == 0) {
      return -1;
    }
    if (offset < OFFSET_BYTES || offset + bytes > tableBytes) {
      throw damaged(
          "field " + slot + " at byte " + offset + " of its table",
          "inside the table's " + tableBytes + " bytes");
    }
    return start + offset;
  }

  private int follow(int at, String name) {
    long target = at + Integer.toUnsignedLong(buffer.getInt(at));
    requireInside(target, OFFSET_BYTES, name);
    return (int) target;
  }

  private ByteBuffer slice(int from, int bytes) {
    return buffer.slice(from, bytes).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private void requireInside(long from, long bytes, String what) {
    if (from < 0 || bytes < 0 || from + bytes > buffer.capacity()) {
      throw damaged(
          what + " at bytes " + from + ".." + (from + bytes),
          "inside the file's " + buffer.capacity() + " bytes");
    }
  }
}
