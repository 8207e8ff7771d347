package dev.thumbprint.firmware.engine;

/**
 * Why an engine came back.
 *
 * @param reason what happened
 * @param pc the address of the next or, for a fault, of the offending instruction; for a {@link
 *     Reason#READ_FAULT} or {@link Reason#WRITE_FAULT} at least of the block that holds it
 * @param address the memory address of an access fault, else 0
 */
public record Stop(Reason reason, int pc, int address) {

  /** What brought an engine to return. */
  public enum Reason {
    /** {@link Engine#stop()} was called, or a block probe refused a block. */
    REQUESTED,
    /** A WFI was executed; the PC is behind it. */
    WAIT_FOR_INTERRUPT,
    /** A WFE or YIELD was executed; the PC is behind it. */
    YIELD,
    /** An SVC was executed; the PC is behind it. */
    SUPERVISOR_CALL,
    /** A BKPT was reached; the PC is at it. */
    BREAKPOINT,
    /** An EXC_RETURN value was branched to; it is in {@link Stop#address()}. */
    EXCEPTION_RETURN,
    /** An instruction that this processor does not have. */
    UNDEFINED_INSTRUCTION,
    /** A branch with bit 0 clear. */
    INVALID_STATE,
    /** A branch to an address where no code can be. */
    FETCH_FAULT,
    /** A load from an address where nothing is. */
    READ_FAULT,
    /** A store to an address where nothing is, or to read-only memory. */
    WRITE_FAULT,
    /** An unaligned access where the processor allows none. */
    UNALIGNED_ACCESS,
    /** A stack limit of Armv8-M was passed. */
    STACK_OVERFLOW
  }

  @Override
  public String toString() {
    return "%s at 0x%08x (address 0x%08x)".formatted(reason, pc, address);
  }
}
