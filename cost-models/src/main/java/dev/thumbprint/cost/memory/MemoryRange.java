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

  /** The range as memory whose reads alone take longer than the pipeline counts. */
  MemoryRegion reading(double readCycles) {
    return new MemoryRegion(name, startAddress, sizeBytes, 4, 0, readCycles, 0, false, false);
  }
}
