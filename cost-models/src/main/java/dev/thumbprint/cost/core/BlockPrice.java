package dev.thumbprint.cost.core;

/**
 * What one block costs, entered in one state, with every memory access hitting.
 *
 * @param cycles from the first instruction to the last when control falls through; on a core that
 *     issues two at a time, a group the next block may still fill is not counted yet
 * @param cyclesTaken the same when the last instruction branches, without the refill behind it
 * @param exitState state of the pipeline when control falls through to the next instruction
 * @param exitStateTaken state of the pipeline when the last instruction branches
 */
public record BlockPrice(int cycles, int cyclesTaken, int exitState, int exitStateTaken) {
  static BlockPrice of(int cycles, int exitState, int exitStateTaken) {
    return new BlockPrice(cycles, cycles, exitState, exitStateTaken);
  }
}
