package dev.thumbprint.cost.core;

import java.util.List;

/**
 * What a pipeline still knows of the instructions before a block.
 *
 * @param neighbour what matters of the instruction right before
 * @param open the instruction the next one may still be issued with, or null
 * @param delays per register (core 0 to 15, then single-precision 0 to 31) the cycles until its
 *     value can be used, 0 for ready; cut behind the last that is not
 * @param loads per core register, two bits each, the cycles until a multiplier takes what was
 *     loaded into it, 0 for at once
 * @param fpBusy cycles until the floating-point unit takes the next instruction
 * @param fpHeld cycles for which a fused multiply-add still holds back those that Cortex-M7 keeps
 *     behind it
 */
record PipelineState(
    Neighbour neighbour, Op open, List<Integer> delays, int loads, int fpBusy, int fpHeld) {
  static final PipelineState START = behind(Neighbour.NONE);

  /** Only the instruction right before matters. */
  static PipelineState behind(Neighbour neighbour) {
    return behind(neighbour, 0);
  }

  /** As {@link #behind(Neighbour)}, while the floating-point unit still divides. */
  static PipelineState behind(Neighbour neighbour, int fpBusy) {
    return new PipelineState(neighbour, null, List.of(), 0, fpBusy, 0);
  }
}
