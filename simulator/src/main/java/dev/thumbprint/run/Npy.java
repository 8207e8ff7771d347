package dev.thumbprint.run;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.WholeFile;
import dev.thumbprint.model.WholeInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Arrays in NumPy's .npy format, versions 1.0 to 3.0 (source: NumPy Enhancement Proposal 1), little
 * endian and in C order.
 *
 * @param type element type
 * @param shape outermost dimension first
 * @param elements little-endian contents
 */
public record Npy(DataType type, Shape shape, ByteBuffer elements) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAPPED_BYTES_MIN = 4 << 20;

  /** What is read of a pipe or a device. */
  private static final int STREAM_BYTES_MAX = 64 << 20;

  private static final int HEADER_BYTES_MAX = 64 << 10;
  private static final int RANK_MAX = 16;
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']{1,8})'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]{0,200})\\)");

  /**
   * Reads a file.
   *
   * @throws InputException if it is no .npy file, or holds a type or order that is not supported
   * @throws IOException if it cannot be read
   */
  public static Npy read(Path file) throws IOException {
    if (Files.size(file) > Integer.MAX_VALUE - 8) {
      throw InputException.of(file.toString(), "", "more than 2 GiB", "a smaller .npy file");
    }
    try {
      return parse(contents(file).order(ByteOrder.LITTLE_ENDIAN));
    } catch (InputException defect) {
      throw defect.inFile(file.toString());
    }
  }

  /** The bytes of a file; a large one is mapped, so that its samples are read by the threads. */
  static ByteBuffer contents(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) < MAPPED_BYTES_MIN) {
      return ByteBuffer.wrap(WholeInput.bytes(file, STREAM_BYTES_MAX));
    }
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    }
  }

  private static Npy parse(ByteBuffer bytes) {
    for (int i = 0; i < MAGIC.length; i++) {
      if (bytes.capacity() < 12 || bytes.get(i) != MAGIC[i]) {
        throw InputException.of("", "byte " + i, "no .npy file", "\\x93NUMPY");
      }
    }
    int major = bytes.get(6);
    int start = major == 1 ? 10 : 12;
    long length = major == 1 ? bytes.getShort(8) & 0xFFFF : bytes.getInt(8) & 0xFFFFFFFFL;
    if (major < 1 || major > 3) {
      throw InputException.of("", "header", "version " + major, "version 1, 2 or 3");
    }
    if (length > HEADER_BYTES_MAX || start + length > bytes.capacity()) {
      throw InputException.of(
          "",
          "header",
          "%d bytes in a file of %d".formatted(length, bytes.capacity()),
          "at most %d, and a whole file".formatted(HEADER_BYTES_MAX));
    }
    byte[] text = new byte[(int) length];
    bytes.get(start, text);
    String header = new String(text, StandardCharsets.ISO_8859_1);
    DataType type = type(find(DESCR, header, "descr"));
    if (find(ORDER, header, "fortran_order").equals("True")) {
      throw InputException.of("", "header", "Fortran order", "C order")
          .withHint("numpy.ascontiguousarray changes it");
    }
    Shape shape = shape(find(SHAPE, header, "shape"));
    ByteBuffer elements =
        bytes.slice(start + (int) length, bytes.capacity() - start - (int) length);
    long needed = bytes(type, shape);
    if (elements.remaining() != needed) {
      throw InputException.of(
          "",
          "contents",
          elements.remaining() + " bytes",
          needed + " for " + type.label() + " [" + shape + "]");
    }
    return new Npy(type, shape, elements.order(ByteOrder.LITTLE_ENDIAN));
  }

  private static long bytes(DataType type, Shape shape) {
    try {
      return type.bytes(shape.elements());
    } catch (ArithmeticException overflow) {
      throw InputException.of("", "header", "shape [" + shape + "]", "a size that fits")
          .causedBy(overflow);
    }
  }

  private static String find(Pattern pattern, String header, String key) {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw InputException.of("", "header", "no readable " + key, "a NumPy header");
    }
    return matcher.group(1);
  }

  private static DataType type(String descr) {
    return switch (descr) {
      case "|i1", "<i1", "i1" -> DataType.INT8;
      case "|u1", "<u1", "u1" -> DataType.UINT8;
      case "|b1" -> DataType.BOOL;
      case "<i2" -> DataType.INT16;
      case "<u2" -> DataType.UINT16;
      case "<i4" -> DataType.INT32;
      case "<u4" -> DataType.UINT32;
      case "<i8" -> DataType.INT64;
      case "<u8" -> DataType.UINT64;
      case "<f4" -> DataType.FLOAT32;
      default ->
          throw InputException.of(
                  "", "header", "element type " + descr, "a little-endian integer, bool or float32")
              .withHint("in NumPy, array.astype('float32') changes it");
    };
  }

  private static String descr(DataType type) {
    return switch (type) {
      case INT4, INT8 -> "|i1";
      case UINT8 -> "|u1";
      case BOOL -> "|b1";
      case INT16 -> "<i2";
      case UINT16, FLOAT16 -> "<u2";
      case INT32, RESOURCE -> "<i4";
      case UINT32 -> "<u4";
      case INT64 -> "<i8";
      case UINT64 -> "<u8";
      case FLOAT32 -> "<f4";
    };
  }

  private static Shape shape(String text) {
    List<Integer> dims = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        try {
          dims.add(Integer.parseInt(part.strip()));
        } catch (NumberFormatException tooLarge) {
          throw InputException.of("", "header", "extent " + part.strip(), "below 2^31")
              .causedBy(tooLarge);
        }
      }
    }
    if (dims.size() > RANK_MAX) {
      throw InputException.of("", "header", dims.size() + " dimensions", "at most " + RANK_MAX);
    }
    return Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
  }

  /**
   * Writes a file in version 1.0.
   *
   * @param elements little-endian, one per byte for INT4
   */
  public static void write(Path file, DataType type, Shape shape, byte[] elements)
      throws IOException {
    StringBuilder header = new StringBuilder();
    header
        .append("{'descr': '")
        .append(descr(type))
        .append("', 'fortran_order': False, 'shape': (");
    for (int dim : shape.toArray()) {
      header.append(dim).append(shape.rank() == 1 ? "," : ", ");
    }
    if (shape.rank() > 1) {
      header.setLength(header.length() - 2);
    }
    header.append("), }");
    while ((header.length() + 11) % 64 != 0) {
      header.append(' ');
    }
    header.append('\n');
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + header.length() + elements.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) header.length());
    bytes.put(header.toString().getBytes(StandardCharsets.ISO_8859_1)).put(elements);
    WholeFile.write(bytes.array(), file);
  }
}
