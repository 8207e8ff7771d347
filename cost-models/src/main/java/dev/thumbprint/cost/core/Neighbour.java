package dev.thumbprint.cost.core;

/**
 * What an instruction means for the one behind it on a pipeline that issues one at a time. All that
 * has no consequence is left out, so that few states are told apart.
 *
 * @param narrow whether it is a 16-bit instruction, behind which IT and the like fold
 * @param store whether memory is written
 * @param loadWrites registers written by a single load; 0 for anything else
 * @param fpWrites floating-point results of arithmetic and conversions, which come a cycle late
 * @param fpLoad whether one floating-point register was loaded
 */
record Neighbour(boolean narrow, boolean store, int loadWrites, int fpWrites, boolean fpLoad) {
  static final Neighbour NONE = new Neighbour(false, false, 0, 0, false);

  static Neighbour of(Op op) {
    InstructionClass kind = op.instructionClass();
    return new Neighbour(
        !op.isWide(),
        kind.isStore(),
        kind == InstructionClass.LOAD ? op.writes() & Registers.CORE_MASK : 0,
        comesLate(kind) ? op.fpWrites() : 0,
        kind.isFloat() && kind.isLoad() && op.access().count() == 1);
  }

  private static boolean comesLate(InstructionClass kind) {
    return switch (kind) {
      case FP_MOVE, FP_TRANSFER, FP_TRANSFER_PAIR -> false;
      default -> kind.isFloat() && !kind.isLoad();
    };
  }

  boolean isLoad() {
    return loadWrites != 0;
  }
}
