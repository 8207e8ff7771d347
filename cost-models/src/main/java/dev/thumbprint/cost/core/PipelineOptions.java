package dev.thumbprint.cost.core;

/**
 * What a maker of a part chooses about its core.
 *
 * @param multiplyCycles cycles of MULS on M0 and M0+: 1 with the fast multiplier, 32 with the small
 */
public record PipelineOptions(int multiplyCycles) {
  /** Fast multiplier, as on STM32F0, STM32G0, LPC8xx and RP2040. */
  public static final PipelineOptions USUAL = new PipelineOptions(1);

  /** Checks the range. */
  public PipelineOptions {
    if (multiplyCycles != 1 && multiplyCycles != 32) {
      throw new IllegalArgumentException(
          "multiplyCycles is " + multiplyCycles + ", the multiplier takes 1 or 32 cycles");
    }
  }
}
