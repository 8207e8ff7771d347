package dev.thumbprint.cost.memory;

/**
 * A named range of addresses.
 *
 * @param name as in reports
 * @param startAddress first address
 * @param sizeBytes how many
 */
public record MemoryRange(String name, long startAddress, long sizeBytes) {
  /** The range as memory that adds no cycles. */
  MemoryRegion fast() {
    return MemoryRegion.fast(name, startAddress, sizeBytes);
  }
}
