package dev.thumbprint.run;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Arrays of bytes in the IDX format of the MNIST files: two zero bytes, a type (8: unsigned, 9:
 * signed bytes), the number of dimensions, the dimensions as big-endian 32-bit integers, the
 * contents (source: the page of the MNIST database, "file formats").
 */
final class Idx {
  private static final int UNSIGNED = 8;
  private static final int SIGNED = 9;
  private static final int RANK_MAX = 4;
  private static final int HEADER_BYTES = 4;

  private Idx() {}

  /**
   * Reads a file.
   *
   * @throws InputException if it is no IDX file of bytes or its length does not fit its header
   * @throws IOException if it cannot be read
   */
  static Npy read(Path file) throws IOException {
    if (Files.size(file) > Integer.MAX_VALUE - HEADER_BYTES * 4L) {
      throw InputException.of(file.toString(), "", "more than 2 GiB", "a smaller IDX file");
    }
    ByteBuffer bytes = Npy.contents(file).order(ByteOrder.BIG_ENDIAN);
    if (bytes.capacity() < HEADER_BYTES || bytes.getShort(0) != 0) {
      throw InputException.of(
          file.toString(), "byte 0", "no data file", "a .npy file or an IDX file of bytes");
    }
    int type = bytes.get(2);
    int rank = bytes.get(3);
    if (type != UNSIGNED && type != SIGNED) {
      throw InputException.of(
          file.toString(), "byte 2", "IDX type " + type, "8 (unsigned) or 9 (signed bytes)");
    }
    int start = HEADER_BYTES + rank * Integer.BYTES;
    if (rank < 1 || rank > RANK_MAX || bytes.capacity() < start) {
      throw InputException.of(
          file.toString(), "byte 3", rank + " dimensions", "1 to " + RANK_MAX + ", each told");
    }
    int[] dims = new int[rank];
    long elements = 1;
    for (int i = 0; i < rank; i++) {
      dims[i] = bytes.getInt(HEADER_BYTES + i * Integer.BYTES);
      elements = dims[i] < 1 ? -1 : elements * dims[i];
      if (elements < 1 || elements > Integer.MAX_VALUE) {
        throw InputException.of(
            file.toString(), "dimension " + i, Integer.toString(dims[i]), "a size that fits");
      }
    }
    if (bytes.capacity() - start != elements) {
      throw InputException.of(
          file.toString(),
          "contents",
          bytes.capacity() - start + " bytes",
          elements + " by the dimensions of the header");
    }
    return new Npy(
        type == SIGNED ? DataType.INT8 : DataType.UINT8,
        Shape.of(dims),
        bytes.slice(start, (int) elements));
  }
}
