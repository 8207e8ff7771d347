package dev.thumbprint.firmware.count;

import dev.thumbprint.firmware.engine.EdgeTable;
import java.util.Arrays;

/** Which edges an engine counts by itself, and what it counted of them. */
final class CountedEdges {
  private static final int NONE = 0;

  private final EdgeTable table;

  /** Edges by block and way; 0 where there is none. */
  private int[] edgeOf = new int[64 * EdgeTable.WAYS];

  /** How many edges were learned of each block; the one learned before the last makes place. */
  private byte[] turns = new byte[64];

  private int blocks = 1;

  CountedEdges(EdgeTable table) {
    this.table = table;
  }

  int previous() {
    return table.previous();
  }

  void setPrevious(int block) {
    if (block >= blocks) {
      blocks = block + 1;
      table.reserve(blocks);
      if (blocks * EdgeTable.WAYS > edgeOf.length) {
        edgeOf = Arrays.copyOf(edgeOf, 2 * blocks * EdgeTable.WAYS);
        turns = Arrays.copyOf(turns, 2 * blocks);
      }
    }
    table.setPrevious(block);
  }

  /**
   * Lets the engine count an edge between two blocks that were executed; of those out of one block
   * it knows the last few.
   *
   * @param counts by edge, which what the engine counted of that one is added to
   */
  void learn(
      int edge,
      int from,
      int to,
      int address,
      int size,
      int cycles,
      int instructions,
      long[] counts) {
    int first = from * EdgeTable.WAYS;
    for (int way = 0; way < EdgeTable.WAYS; way++) {
      if (edgeOf[first + way] == edge) {
        return;
      }
    }
    int way = turns[from]++ & 1;
    settle(from, way, counts);
    edgeOf[first + way] = edge;
    table.set(from, way, address, size, cycles, instructions, to);
  }

  private void settle(int block, int way, long[] counts) {
    int edge = edgeOf[block * EdgeTable.WAYS + way];
    if (edge != NONE) {
      counts[edge] += table.takeCount(block, way);
    }
  }

  /** Adds what the engine counted so far. */
  void settle(long[] counts) {
    for (int block = 0; block < blocks; block++) {
      for (int way = 0; way < EdgeTable.WAYS; way++) {
        settle(block, way, counts);
      }
    }
  }

  /** Lets the engine count nothing that was learned so far, and adds what it counted. */
  void forget(long[] counts) {
    settle(counts);
    for (int block = 0; block < blocks; block++) {
      for (int way = 0; way < EdgeTable.WAYS; way++) {
        table.clear(block, way);
      }
    }
    Arrays.fill(edgeOf, NONE);
  }
}
