package dev.thumbprint.cost.memory;

/**
 * A range of addresses with one timing. Cycles are core clock cycles added to what the pipeline
 * model already counts for an access that hits; fractions are means, and are kept to a thousandth.
 *
 * @param name as in reports: flash, sram1, dtcm, xip
 * @param startAddress first address
 * @param sizeBytes how many
 * @param fetchBytes bytes of one read of the memory for code; a fetch from the bytes read last is
 *     free
 * @param fetchCycles added per read for code where no cache serves it, or per missing sector
 * @param readCycles added per data read where no cache serves it, or per missing sector
 * @param writeCycles added per data write that no cache takes
 * @param codeCached whether the code cache serves it
 * @param dataCached whether the data cache serves it
 */
public record MemoryRegion(
    String name,
    long startAddress,
    long sizeBytes,
    int fetchBytes,
    double fetchCycles,
    double readCycles,
    double writeCycles,
    boolean codeCached,
    boolean dataCached) {

  private static final long ADDRESS_END = 1L << 32;
  private static final int CYCLES_MAX = 1_000_000;

  /** Checks ranges. */
  public MemoryRegion {
    require(
        startAddress >= 0 && sizeBytes > 0 && startAddress + sizeBytes <= ADDRESS_END,
        name,
        "address range",
        startAddress + " + " + sizeBytes);
    require(
        Integer.bitCount(fetchBytes) == 1 && fetchBytes >= 2, name, "fetchBytes", "" + fetchBytes);
    require(fetchCycles >= 0 && fetchCycles <= CYCLES_MAX, name, "fetchCycles", "" + fetchCycles);
    require(readCycles >= 0 && readCycles <= CYCLES_MAX, name, "readCycles", "" + readCycles);
    require(writeCycles >= 0 && writeCycles <= CYCLES_MAX, name, "writeCycles", "" + writeCycles);
  }

  private static void require(boolean condition, String name, String what, String found) {
    if (!condition) {
      throw new IllegalArgumentException(
          "memory region " + name + ": " + what + " " + found + " is out of range");
    }
  }

  /** Memory that adds nothing: TCM, or SRAM at the core's speed. */
  public static MemoryRegion fast(String name, long startAddress, long sizeBytes) {
    return new MemoryRegion(name, startAddress, sizeBytes, 4, 0, 0, 0, false, false);
  }

  /** The same memory at another address. */
  public MemoryRegion at(String alias, long address) {
    return new MemoryRegion(
        alias,
        address,
        sizeBytes,
        fetchBytes,
        fetchCycles,
        readCycles,
        writeCycles,
        codeCached,
        dataCached);
  }

  /** Address behind the last. */
  public long endAddress() {
    return startAddress + sizeBytes;
  }

  /** Whether the address lies within. */
  public boolean contains(long address) {
    return address >= startAddress && address < endAddress();
  }
}
