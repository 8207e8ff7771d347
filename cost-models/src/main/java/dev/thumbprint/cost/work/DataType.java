package dev.thumbprint.cost.work;

import java.util.Locale;

/** Element types that TensorFlow Lite Micro knows. */
public enum DataType {
  FLOAT32(32),
  FLOAT16(16),
  INT4(4),
  INT8(8),
  UINT8(8),
  INT16(16),
  UINT16(16),
  INT32(32),
  UINT32(32),
  INT64(64),
  UINT64(64),
  BOOL(8),
  /** A handle of a resource variable, 32 bits on the target. */
  RESOURCE(32);

  private final int bits;

  DataType(int bits) {
    this.bits = bits;
  }

  /** Width of one element in bits; two INT4 share a byte. */
  public int bits() {
    return bits;
  }

  /** Bytes that {@code elements} elements occupy, rounded up to whole bytes. */
  public long bytes(long elements) {
    return Math.ceilDiv(Math.multiplyExact(elements, bits), 8);
  }

  /** The name used in files and reports, such as {@code int8}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
