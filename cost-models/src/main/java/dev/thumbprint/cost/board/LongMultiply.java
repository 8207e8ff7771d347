package dev.thumbprint.cost.board;

/**
 * What a core without an instruction for it takes to multiply to 64 bits: every requantisation asks
 * for one. Boards whose makers' software brings a routine of its own say so.
 *
 * @param cycles core cycles of a call of {@code __aeabi_lmul}
 * @param source where this was read
 */
public record LongMultiply(int cycles, Citation source) {
  /** That of libgcc, which was executed on a Cortex-M0+ (GCC 12.2.1). */
  public static final int LIBGCC_CYCLES = 58;
}
