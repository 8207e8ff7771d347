package dev.thumbprint.firmware.engine;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Ways from block to block that an engine counts by itself, and the time that they take: a {@link
 * BlockProbe} is called for all others, for the first block of a run, and from the deadline on.
 *
 * <p>Blocks have numbers from 0 on, chosen by the user; a way is known by the address and size of
 * the block it leads to. It must not be used after the engine was closed.
 */
public final class EdgeTable {
  /** Ways out of each block. */
  public static final int WAYS = NativeBlockHook.WAYS;

  private static final int RECORD_BYTES = WAYS * NativeBlockHook.WAY_BYTES;
  private static final int RECORDS_FIRST = 64;

  /** No block begins at an odd address. */
  private static final int NO_ADDRESS = 1;

  private final Arena arena;
  private final MemorySegment state;
  private MemorySegment table;
  private long deadline = Long.MAX_VALUE;
  private boolean open;
  private boolean refused;

  /** For the hook of blocks; what it does not know it passes on to another hook. */
  EdgeTable(Arena arena, MemorySegment upcall, long upcallUser) {
    this.arena = arena;
    state = arena.allocate(NativeBlockHook.STATE_BYTES, NativeBlockHook.STATE_BYTES);
    state.set(JAVA_LONG, NativeBlockHook.UPCALL, upcall.address());
    state.set(JAVA_LONG, NativeBlockHook.UPCALL_USER, upcallUser);
    table = arena.allocate(0);
    grow(RECORDS_FIRST);
    close();
  }

  private void grow(int records) {
    MemorySegment larger = arena.allocate((long) records * RECORD_BYTES, RECORD_BYTES);
    larger.copyFrom(table);
    for (long at = table.byteSize(); at < larger.byteSize(); at += NativeBlockHook.WAY_BYTES) {
      larger.set(JAVA_INT, at + NativeBlockHook.ADDRESS, NO_ADDRESS);
    }
    table = larger;
    state.set(JAVA_LONG, NativeBlockHook.TABLE, table.address());
  }

  /** What the hook gets as its last argument. */
  long stateAddress() {
    return state.address();
  }

  /** Makes room for blocks with numbers below this one. */
  public void reserve(int blocks) {
    if ((long) blocks * RECORD_BYTES > table.byteSize()) {
      grow(Math.max(blocks, (int) (2 * table.byteSize() / RECORD_BYTES)));
    }
  }

  /** The block that executes or executed last, of those that were told. */
  public int previous() {
    return (int) (state.get(JAVA_LONG, NativeBlockHook.PREVIOUS) / RECORD_BYTES);
  }

  /** Sets the block that the next way starts from. */
  public void setPrevious(int block) {
    state.set(JAVA_LONG, NativeBlockHook.PREVIOUS, (long) block * RECORD_BYTES);
  }

  /**
   * Counts a way from now on, in place of what was there; that must have been taken out with {@link
   * #takeCount} before.
   *
   * @param from number of the block that the way leaves
   * @param way which of its ways, below {@link #WAYS}
   * @param address of the block it leads to
   * @param size of that block in bytes
   * @param cycles it takes
   * @param instructions it executes
   * @param to number of that block
   */
  public void set(int from, int way, int address, int size, int cycles, int instructions, int to) {
    long at = at(from, way);
    table.set(JAVA_INT, at + NativeBlockHook.ADDRESS, address);
    table.set(JAVA_INT, at + NativeBlockHook.SIZE, size);
    table.set(JAVA_INT, at + NativeBlockHook.WAY_CYCLES, cycles);
    table.set(JAVA_INT, at + NativeBlockHook.WAY_INSTRUCTIONS, instructions);
    table.set(JAVA_LONG, at + NativeBlockHook.NEXT, (long) to * RECORD_BYTES);
  }

  /** Counts a way no longer. */
  public void clear(int from, int way) {
    table.set(JAVA_INT, at(from, way) + NativeBlockHook.ADDRESS, NO_ADDRESS);
  }

  /** How often a way was taken since it was last asked for. */
  public long takeCount(int from, int way) {
    long at = at(from, way) + NativeBlockHook.COUNT;
    long count = table.get(JAVA_LONG, at);
    table.set(JAVA_LONG, at, 0);
    return count;
  }

  private static long at(int from, int way) {
    return (long) from * RECORD_BYTES + (long) way * NativeBlockHook.WAY_BYTES;
  }

  /** Cycles so far, those added by others included. */
  public long cycles() {
    return state.get(JAVA_LONG, NativeBlockHook.CYCLES);
  }

  /** Instructions so far, those added by others included. */
  public long instructions() {
    return state.get(JAVA_LONG, NativeBlockHook.INSTRUCTIONS);
  }

  /** Lets time pass. */
  public void add(long cycles, long instructions) {
    state.set(JAVA_LONG, NativeBlockHook.CYCLES, cycles() + cycles);
    state.set(JAVA_LONG, NativeBlockHook.INSTRUCTIONS, instructions() + instructions);
  }

  /** Sets the cycle from which on the probe is called for every block. */
  public void setDeadline(long cycle) {
    deadline = cycle;
    setGate();
  }

  /** From the next block on known ways are counted here. */
  void open() {
    open = !refused;
    setGate();
  }

  /** The next block is told to the probe, whatever it is. */
  void close() {
    open = false;
    setGate();
  }

  /** From now on every block is told to the probe. */
  void refuse() {
    refused = true;
    close();
  }

  private void setGate() {
    state.set(JAVA_LONG, NativeBlockHook.GATE, open ? deadline : Long.MIN_VALUE);
  }

  /** Address of the block that executes or executed last. */
  int blockStart() {
    return state.get(JAVA_INT, NativeBlockHook.BLOCK_START);
  }

  /** Address behind that block. */
  int blockEnd() {
    return blockStart() + state.get(JAVA_INT, NativeBlockHook.BLOCK_SIZE);
  }

  void setBlock(int address, int size) {
    state.set(JAVA_INT, NativeBlockHook.BLOCK_START, address);
    state.set(JAVA_INT, NativeBlockHook.BLOCK_SIZE, size);
  }
}
