package dev.thumbprint.firmware.engine;

/** Hears of every data access in a range of addresses, in program order. */
@FunctionalInterface
public interface AccessProbe {
  /**
   * Called before the next block begins, before a device answers and before the run ends; an engine
   * may tell the accesses of a block together.
   *
   * @param address an unsigned 32-bit number
   * @param size in bytes: 1, 2, 4 or 8
   * @param write whether it is a store
   */
  void access(int address, int size, boolean write);

  /** Both, one after the other. */
  static AccessProbe both(AccessProbe first, AccessProbe second) {
    return (address, size, write) -> {
      first.access(address, size, write);
      second.access(address, size, write);
    };
  }
}
