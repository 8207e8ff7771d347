package dev.thumbprint.firmware.count;

/**
 * How often one block was entered from another.
 *
 * @param from the block before; null at the start of a run and behind exception entry and return
 * @param to the block entered
 * @param count times
 * @param cycles of one time, everything in zero-wait memory
 */
public record EdgeCount(Block from, Block to, long count, int cycles) {}
