package dev.thumbprint.cost.core;

/**
 * What it costs to go from one block to another and through it.
 *
 * @param refillCycles lost between the blocks because the branch was taken; belongs to the first
 * @param blockCycles of the second block
 */
public record EdgePrice(int refillCycles, int blockCycles) {

  /** Both together. */
  public int cycles() {
    return refillCycles + blockCycles;
  }
}
