package dev.thumbprint.cost.core;

import static dev.thumbprint.cost.core.MemoryAccess.NONE_REGISTER;
import static dev.thumbprint.cost.core.MemoryAccess.NO_LITERAL;

import java.util.ArrayList;
import java.util.List;

/** An instruction written down by what a pipeline sees of it. */
record TestOp(
    int address,
    int size,
    InstructionClass instructionClass,
    int reads,
    int writes,
    int addressReads,
    int shiftedReads,
    int accumulatorReads,
    int fpReads,
    int fpWrites,
    int fpAccumulatorReads,
    boolean doublePrecision,
    MemoryAccess access,
    boolean inItBlock,
    boolean rotates)
    implements Op {

  static TestOp of(InstructionClass kind, int writes, int reads) {
    return new TestOp(
        0, 2, kind, reads, writes, 0, 0, 0, 0, 0, 0, false, MemoryAccess.NONE, false, false);
  }

  static TestOp alu(int d, int n) {
    return of(InstructionClass.ALU, 1 << d, 1 << n);
  }

  static TestOp shifted(int d, int n, int m) {
    TestOp op = of(InstructionClass.ALU_SHIFTED, 1 << d, 1 << n | 1 << m).wide();
    return op.with(0, 1 << m, 0);
  }

  static TestOp mul(int d, int n) {
    return of(InstructionClass.MULTIPLY, 1 << d, 1 << n).wide();
  }

  static TestOp smlad(int d, int n, int m, int a) {
    TestOp op = of(InstructionClass.MULTIPLY_ADD_DSP, 1 << d, 1 << n | 1 << m | 1 << a).wide();
    return op.with(0, 0, 1 << a);
  }

  static TestOp ldr(int t, int n) {
    return access(InstructionClass.LOAD, 1 << t, 1 << n, load(4, 1, n, NONE_REGISTER, 0, false));
  }

  static TestOp ldr(int t, int n, int offsetBytes) {
    return access(
        InstructionClass.LOAD, 1 << t, 1 << n, load(4, 1, n, NONE_REGISTER, offsetBytes, false));
  }

  static TestOp ldrPost(int t, int n) {
    return access(
        InstructionClass.LOAD, 1 << t | 1 << n, 1 << n, load(4, 1, n, NONE_REGISTER, 4, true));
  }

  static TestOp ldrb(int t, int n) {
    return access(InstructionClass.LOAD, 1 << t, 1 << n, load(1, 1, n, NONE_REGISTER, 0, false));
  }

  static TestOp ldrd(int t, int u, int n) {
    return access(
        InstructionClass.LOAD_DOUBLE,
        1 << t | 1 << u,
        1 << n,
        load(4, 2, n, NONE_REGISTER, 0, false));
  }

  static TestOp pop(int list) {
    return access(
        InstructionClass.LOAD_MULTIPLE,
        list | 1 << 13,
        1 << 13,
        load(4, Integer.bitCount(list), 13, NONE_REGISTER, 0, true));
  }

  static TestOp str(int t, int n) {
    return store(InstructionClass.STORE, 1 << t, n, NONE_REGISTER, 1);
  }

  static TestOp strIndexed(int t, int n, int m) {
    return store(InstructionClass.STORE, 1 << t, n, m, 1);
  }

  static TestOp strd(int t, int u, int n) {
    return store(InstructionClass.STORE_DOUBLE, 1 << t | 1 << u, n, NONE_REGISTER, 2);
  }

  static TestOp push(int list) {
    TestOp op =
        store(InstructionClass.STORE_MULTIPLE, list, 13, NONE_REGISTER, Integer.bitCount(list));
    return op;
  }

  static TestOp bcc() {
    return of(InstructionClass.BRANCH_CONDITIONAL, 1 << 15, Registers.Z_MASK);
  }

  static TestOp cmp(int n) {
    return of(InstructionClass.ALU, Registers.NZCV_MASK, 1 << n);
  }

  static TestOp fp(InstructionClass kind, int d, int... sources) {
    int reads = 0;
    for (int source : sources) {
      reads |= 1 << source;
    }
    boolean fused = kind == InstructionClass.FP_MULTIPLY_ADD;
    return new TestOp(
        0,
        4,
        kind,
        0,
        0,
        0,
        0,
        0,
        reads | (fused ? 1 << d : 0),
        1 << d,
        fused ? 1 << d : 0,
        false,
        MemoryAccess.NONE,
        false,
        false);
  }

  /** One single-precision register from memory. */
  static TestOp vldr(int d, int n) {
    return new TestOp(
        0,
        4,
        InstructionClass.FP_LOAD,
        1 << n,
        0,
        1 << n,
        0,
        0,
        0,
        1 << d,
        0,
        false,
        load(4, 1, n, NONE_REGISTER, 0, false),
        false,
        false);
  }

  /** A vector instruction; vectors take four single registers each. */
  static TestOp vector(InstructionClass kind, int fpWrites, int fpReads) {
    return new TestOp(
        0, 4, kind, 0, 0, 0, 0, 0, fpReads, fpWrites, 0, false, MemoryAccess.NONE, false, false);
  }

  TestOp wide() {
    return new TestOp(
        address,
        4,
        instructionClass,
        reads,
        writes,
        addressReads,
        shiftedReads,
        accumulatorReads,
        fpReads,
        fpWrites,
        fpAccumulatorReads,
        doublePrecision,
        access,
        inItBlock,
        rotates);
  }

  TestOp at(int newAddress) {
    return new TestOp(
        newAddress,
        size,
        instructionClass,
        reads,
        writes,
        addressReads,
        shiftedReads,
        accumulatorReads,
        fpReads,
        fpWrites,
        fpAccumulatorReads,
        doublePrecision,
        access,
        inItBlock,
        rotates);
  }

  private TestOp with(int newAddressReads, int newShiftedReads, int newAccumulatorReads) {
    return new TestOp(
        address,
        size,
        instructionClass,
        reads,
        writes,
        newAddressReads,
        newShiftedReads,
        newAccumulatorReads,
        fpReads,
        fpWrites,
        fpAccumulatorReads,
        doublePrecision,
        access,
        inItBlock,
        rotates);
  }

  private static TestOp access(InstructionClass kind, int writes, int base, MemoryAccess access) {
    return new TestOp(0, 2, kind, base, writes, base, 0, 0, 0, 0, 0, false, access, false, false);
  }

  private static MemoryAccess load(
      int widthBytes, int count, int base, int index, int offsetBytes, boolean writeBack) {
    return new MemoryAccess(
        MemoryAccess.Direction.LOAD,
        widthBytes,
        count,
        base,
        index,
        offsetBytes,
        writeBack,
        NO_LITERAL);
  }

  private static TestOp store(InstructionClass kind, int data, int base, int index, int count) {
    int address = 1 << base | (index == NONE_REGISTER ? 0 : 1 << index);
    MemoryAccess access =
        new MemoryAccess(MemoryAccess.Direction.STORE, 4, count, base, index, 0, false, NO_LITERAL);
    return new TestOp(
        0, 2, kind, data | address, 0, address, 0, 0, 0, 0, 0, false, access, false, false);
  }

  /** Lays instructions out one behind the other. */
  static List<Op> line(int address, TestOp... ops) {
    List<Op> line = new ArrayList<>();
    int next = address;
    for (TestOp op : ops) {
      line.add(op.at(next));
      next += op.size();
    }
    return line;
  }
}
