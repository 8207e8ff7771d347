package dev.thumbprint.firmware.engine;

import java.util.Optional;

/**
 * Executes the instructions of a Cortex-M processor. It knows memory and registers and nothing
 * else: exceptions, devices and time belong to its user, who is told whenever one of them is due
 * ({@link Stop}).
 *
 * <p>An engine is used by one thread at a time. Addresses and register values are unsigned 32-bit
 * numbers in an {@code int}.
 */
public interface Engine extends AutoCloseable {

  /** What a piece of memory permits. */
  enum Access {
    /** Code and constants. A store is a fault. */
    READ_EXECUTE,
    /** Everything. */
    READ_WRITE_EXECUTE
  }

  /** The processor that is executed. */
  Cpu cpu();

  /** Name and version of what executes, for reports. */
  String version();

  /** The granularity of memory in bytes: addresses and sizes of mappings are multiples of it. */
  int pageBytes();

  /**
   * Puts zeroed memory at an address.
   *
   * @throws EngineException if it is not aligned to {@link #pageBytes()}, or overlaps
   */
  void mapMemory(int address, long bytes, Access access);

  /** Makes the memory mapped at {@code original} appear at {@code address} as well. */
  void mapAlias(int address, int original, long bytes, Access access);

  /** Lets a handler answer a range of addresses. */
  void mapIo(int address, long bytes, IoHandler handler);

  /** Lets a handler answer the loads of a range of addresses; a store to it faults. */
  void mapReadOnlyIo(int address, long bytes, IoHandler handler);

  /**
   * Writes memory, read-only memory too.
   *
   * @throws EngineException if some of it is not mapped
   */
  void write(int address, byte[] data);

  /**
   * Reads memory.
   *
   * @throws EngineException if some of it is not mapped
   */
  byte[] read(int address, int bytes);

  /** Reads a little-endian word. */
  default int readWord(int address) {
    byte[] b = read(address, 4);
    return (b[0] & 0xff) | (b[1] & 0xff) << 8 | (b[2] & 0xff) << 16 | (b[3] & 0xff) << 24;
  }

  /** Writes a little-endian word. */
  default void writeWord(int address, int value) {
    write(
        address,
        new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)});
  }

  /** Whether every byte of the range is memory (not a device). */
  boolean isMemory(int address, long bytes);

  /** Reads a register. */
  int get(Register register);

  /** Writes a register. */
  void set(Register register, int value);

  /**
   * Reads a single-precision register.
   *
   * @param number 0 to 31
   */
  int getFloatBits(int number);

  /** Writes a single-precision register. */
  void setFloatBits(int number, int bits);

  /** Sets the probe that hears of every block; there is one. */
  void observeBlocks(BlockProbe probe);

  /**
   * A table in which the engine counts known ways from block to block without calling the probe of
   * blocks; to be asked for before that probe is set. Empty where the engine has none. It counts
   * nothing once data accesses are observed, which have their place between the blocks.
   */
  default Optional<EdgeTable> edgeTable() {
    return Optional.empty();
  }

  /**
   * Adds a probe for the data accesses between two addresses, both included. Observation slows
   * every access down, those outside of the range too.
   */
  void observeAccesses(int first, int last, AccessProbe probe);

  /**
   * Executes from the PC on until something happens. Exceptions thrown by probes and handlers come
   * out of here.
   */
  Stop run();

  /** Ends {@link #run()} at the next block; for probes and handlers. */
  void stop();

  /** Forgets translated code; needed after code was overwritten other than by {@link #write}. */
  void forgetCode();

  @Override
  void close();
}
