package dev.thumbprint.cost.board;

/**
 * Clocks of a part.
 *
 * @param defaultHz clock that a profile uses unless told otherwise
 * @param maxHz highest clock of the core
 * @param busDivider core cycles per cycle of the bus that flash and system RAM hang on, at the
 *     default clock; 1 where they run at the core clock
 * @param source where the numbers come from
 */
public record Clock(long defaultHz, long maxHz, int busDivider, Citation source) {
  public Clock {
    if (defaultHz < 1 || defaultHz > maxHz || busDivider < 1) {
      throw new IllegalArgumentException(
          "clock default %d Hz, max %d Hz, bus divider %d".formatted(defaultHz, maxHz, busDivider));
    }
  }
}
