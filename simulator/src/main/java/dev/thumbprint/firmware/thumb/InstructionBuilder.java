package dev.thumbprint.firmware.thumb;

import dev.thumbprint.cost.core.InstructionClass;
import dev.thumbprint.cost.core.MemoryAccess;
import dev.thumbprint.cost.core.Registers;

/** Collects what the operands of one row say about one encoding. */
final class InstructionBuilder {
  final Encoding row;
  final int encoding;
  final int address;
  final boolean inItBlock;

  Condition condition;
  InstructionClass instructionClass;
  int reads;
  int writes;
  int dataReads;
  int addressReads;
  int shiftedReads;
  int accumulatorReads;
  int fpReads;
  int fpWrites;
  int fpAccumulatorReads;
  int base = MemoryAccess.NONE_REGISTER;
  int index = MemoryAccess.NONE_REGISTER;
  boolean writeBack;
  MemoryAccess.Direction direction = MemoryAccess.Direction.NONE;
  int widthBytes;
  int count;
  int immediate;
  int target = Instruction.NO_TARGET;
  Shift shift = Shift.NONE;
  boolean undefined;

  InstructionBuilder(Encoding row, int encoding, int address, int itState) {
    this.row = row;
    this.encoding = encoding;
    this.address = address;
    this.inItBlock = ItState.isActive(itState);
    this.condition = ItState.condition(itState);
    this.instructionClass = row.instructionClass();
  }

  void setCondition(int code) {
    undefined |= code >= Condition.ALWAYS_CODE;
    condition = Condition.of(code);
  }

  /** PC as an operand: the address of this instruction plus four, word-aligned for loads. */
  private long literalAddress() {
    boolean literal = direction != MemoryAccess.Direction.NONE && base == Registers.PC;
    return literal && index == MemoryAccess.NONE_REGISTER
        ? ((address & ~3) + 4 + immediate) & 0xFFFF_FFFFL
        : MemoryAccess.NO_LITERAL;
  }

  Instruction build() {
    for (Operand operand : row.operands()) {
      operand.apply(this);
    }
    if (undefined) {
      return Decoder.undefined(encoding, row.size(), address, inItBlock, condition);
    }
    if (writeBack) {
      writes |= Registers.mask(base);
    }
    reads |= dataReads | addressReads | shiftedReads | accumulatorReads | condition.flagsMask();
    MemoryAccess access =
        direction == MemoryAccess.Direction.NONE
            ? MemoryAccess.NONE
            : new MemoryAccess(
                direction, widthBytes, count, base, index, immediate, writeBack, literalAddress());
    return new Instruction(
        address,
        row.size(),
        encoding,
        row.mnemonic(),
        instructionClass,
        row.extension(),
        condition,
        inItBlock,
        (writes & Registers.NZCV_MASK) != 0,
        reads,
        writes,
        addressReads,
        shiftedReads,
        accumulatorReads,
        fpReads | fpAccumulatorReads,
        fpWrites,
        fpAccumulatorReads,
        row.extension() == Extension.FPD,
        access,
        shift,
        immediate,
        target);
  }
}
