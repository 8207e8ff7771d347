package dev.thumbprint.firmware.engine;

/** Answers the loads and takes the stores of a range of addresses that is not memory. */
public interface IoHandler {
  /**
   * Answers a load.
   *
   * @param address an unsigned 32-bit number
   * @param size in bytes: 1, 2 or 4
   */
  int read(int address, int size);

  /**
   * Takes a store.
   *
   * @param address an unsigned 32-bit number
   * @param size in bytes: 1, 2 or 4
   * @param value of which the lowest {@code 8 * size} bits count
   */
  void write(int address, int size, int value);
}
