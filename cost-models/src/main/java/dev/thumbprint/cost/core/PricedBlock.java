package dev.thumbprint.cost.core;

import java.util.Arrays;
import java.util.List;

/**
 * A straight line of instructions made ready for one pipeline, with the prices found so far. It is
 * equal only to itself, so that maps of blocks and edges are quick.
 */
public final class PricedBlock {
  private final List<Op> ops;
  private final List<Op> unpriced;

  /** Entries by state; replaced, never changed, so that readers need no lock. */
  private volatile Known[] known = new Known[0];

  private record Known(int state, BlockPrice price) {}

  PricedBlock(List<Op> ops, List<Op> unpriced) {
    this.ops = ops;
    this.unpriced = unpriced;
  }

  /** The instructions in order, at least one. */
  public List<Op> ops() {
    return ops;
  }

  /**
   * Instructions the core of the pipeline does not have or whose time is not known. They count one
   * cycle each; a total that includes any is to be refused or marked partial.
   */
  public List<Op> unpriced() {
    return unpriced;
  }

  /** Address of the first instruction. */
  public int address() {
    return ops.getFirst().address();
  }

  /** Address behind the last instruction. */
  public int endAddress() {
    return ops.getLast().address() + ops.getLast().size();
  }

  BlockPrice known(int state) {
    for (Known entry : known) {
      if (entry.state == state) {
        return entry.price;
      }
    }
    return null;
  }

  synchronized void remember(int state, BlockPrice price) {
    Known[] more = Arrays.copyOf(known, known.length + 1);
    more[known.length] = new Known(state, price);
    known = more;
  }
}
