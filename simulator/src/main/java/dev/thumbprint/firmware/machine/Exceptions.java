package dev.thumbprint.firmware.machine;

import dev.thumbprint.firmware.engine.Cpu;
import dev.thumbprint.firmware.engine.Engine;
import dev.thumbprint.firmware.engine.Register;

/**
 * Which exceptions are pending, enabled and active, and the entry to and return from their handlers
 * (Armv7-M ARM DDI 0403, B1.5; Armv6-M and Armv8-M are the same for what is here).
 */
public final class Exceptions {
  private static final int NON_MASKABLE = 2;
  static final int HARD_FAULT = 3;
  static final int SUPERVISOR_CALL = 11;
  static final int PENDING_SERVICE = 14;
  static final int SYSTEM_TICK = 15;
  static final int FIRST_INTERRUPT = 16;
  static final int COUNT = 16 + 240;

  /** Priority of no exception at all: below every configurable one. */
  static final int IDLE_PRIORITY = 256;

  private static final int NONE = -1;
  private static final int FPCA = 4;
  private static final int SPSEL = 2;
  private static final int UNPRIVILEGED = 1;
  private static final int FLAGS = 0xf80f_0000;
  private static final int THUMB = 1 << 24;

  private final Engine engine;
  private final Cpu cpu;
  private final boolean[] pending = new boolean[COUNT];
  private final boolean[] enabled = new boolean[COUNT];
  private final boolean[] active = new boolean[COUNT];
  private final int[] priority = new int[COUNT];
  private int priorityGroup;
  private int pendingCount;
  private boolean lazyFloats = true;

  Exceptions(Engine engine) {
    this.engine = engine;
    this.cpu = engine.cpu();
    for (int n = 1; n < FIRST_INTERRUPT; n++) {
      enabled[n] = true;
    }
    priority[1] = -3;
    priority[2] = -2;
    priority[HARD_FAULT] = -1;
  }

  void setPending(int number, boolean value) {
    if (pending[number] != value) {
      pending[number] = value;
      pendingCount += value ? 1 : -1;
    }
  }

  boolean isPending(int number) {
    return pending[number];
  }

  void setEnabled(int number, boolean value) {
    enabled[number] = value;
  }

  boolean isEnabled(int number) {
    return enabled[number];
  }

  boolean isActive(int number) {
    return active[number];
  }

  /** The active exception, 0 in thread mode. */
  int current() {
    return engine.get(Register.IPSR) & 0x1ff;
  }

  /** Sets the priority byte; bits that the processor does not have read as zero. */
  void setPriority(int number, int value) {
    if (number > HARD_FAULT) {
      priority[number] = value & (0xff << (8 - cpu.priorityBits())) & 0xff;
    }
  }

  int priority(int number) {
    return Math.max(0, priority[number]);
  }

  void setPriorityGroup(int group) {
    priorityGroup = group & 7;
  }

  int priorityGroup() {
    return priorityGroup;
  }

  void setLazyFloats(boolean value) {
    lazyFloats = value;
  }

  /**
   * Whether the registers of the floating-point unit are stored only when the handler uses the
   * unit.
   */
  boolean lazyFloats() {
    return lazyFloats;
  }

  /** The part of a priority that decides whether one exception may interrupt another. */
  private int group(int value) {
    return value < 0 ? value : value & ~((2 << priorityGroup) - 1);
  }

  /** The enabled pending exception of the highest priority, or -1. */
  int next() {
    if (pendingCount == 0) {
      return NONE;
    }
    int best = NONE;
    for (int n = 1; n < COUNT; n++) {
      if (pending[n] && enabled[n] && (best == NONE || priority[n] < priority[best])) {
        best = n;
      }
    }
    return best;
  }

  /** Whether an exception may be taken now. */
  boolean canTake(int number) {
    return number != NONE && group(priority[number]) < executionPriority();
  }

  /** Whether only PRIMASK, BASEPRI or FAULTMASK keep an exception from being taken. */
  boolean isMasked(int number) {
    return number != NONE && group(priority[number]) < activePriority();
  }

  private int activePriority() {
    int lowest = IDLE_PRIORITY;
    for (int n = 1; n < COUNT; n++) {
      if (active[n]) {
        lowest = Math.min(lowest, group(priority[n]));
      }
    }
    return lowest;
  }

  private int executionPriority() {
    int current = activePriority();
    if (cpu.mainline()) {
      int base = engine.get(Register.BASEPRI) & 0xff;
      if (base != 0) {
        current = Math.min(current, group(base));
      }
      if (engine.get(Register.FAULTMASK) != 0) {
        current = Math.min(current, -1);
      }
    }
    return engine.get(Register.PRIMASK) != 0 ? Math.min(current, 0) : current;
  }

  /**
   * Enters a handler: stores a frame, and sets the registers as the handler finds them.
   *
   * @return the address of the frame
   * @throws dev.thumbprint.firmware.engine.EngineException if the stack is not in memory
   */
  int enter(int number, int vectorTable) {
    int control = engine.get(Register.CONTROL);
    int status = engine.get(Register.XPSR);
    boolean thread = (status & 0x1ff) == 0;
    boolean floats = cpu.floatingPoint() && (control & FPCA) != 0;
    int frame = store(status, floats);
    boolean processStack = thread && (control & SPSEL) != 0;
    engine.set(Register.SP, frame);
    engine.set(Register.IPSR, number);
    selectStack(thread ? control & ~(SPSEL | FPCA) : control & ~FPCA, thread, number);
    engine.set(Register.XPSR, (status & FLAGS) | THUMB | number);
    engine.set(Register.LR, exceptionReturn(thread, processStack, floats));
    engine.set(Register.PC, engine.readWord(vectorTable + 4 * number));
    setPending(number, false);
    active[number] = true;
    return frame;
  }

  private int store(int status, boolean floats) {
    int sp = engine.get(Register.SP);
    int frame = (sp - (floats ? Frame.EXTENDED_BYTES : Frame.BASIC_BYTES)) & ~7;
    boolean inserted = (sp & 4) != 0;
    Register[] saved = {
      Register.R0, Register.R1, Register.R2, Register.R3, Register.R12, Register.LR, Register.PC
    };
    for (int i = 0; i < saved.length; i++) {
      engine.writeWord(frame + 4 * i, engine.get(saved[i]));
    }
    engine.writeWord(
        frame + Frame.STATUS, (status & ~Frame.ALIGNED) | (inserted ? Frame.ALIGNED : 0));
    if (floats) {
      for (int i = 0; i < 16; i++) {
        engine.writeWord(frame + Frame.FLOATS + 4 * i, engine.getFloatBits(i));
      }
      engine.writeWord(frame + Frame.FPSCR, engine.get(Register.FPSCR));
    }
    return frame;
  }

  /**
   * Handlers use the main stack; the bit that selects the stack can be written in thread mode only.
   */
  private void selectStack(int control, boolean thread, int number) {
    if (thread) {
      engine.set(Register.CONTROL, control & ~UNPRIVILEGED);
      engine.set(Register.IPSR, 0);
      engine.set(Register.CONTROL, control);
      engine.set(Register.IPSR, number);
    } else {
      engine.set(Register.CONTROL, control);
    }
  }

  private int exceptionReturn(boolean thread, boolean processStack, boolean floats) {
    int value = cpu == Cpu.CORTEX_M33 ? 0xffff_ffa0 : 0xffff_ffe1;
    return value | (floats ? 0 : 0x10) | (thread ? 8 : 0) | (processStack ? 4 : 0);
  }

  /**
   * Returns from the active handler.
   *
   * @param value what was branched to: which stack holds which kind of frame
   * @return the address of the frame
   */
  int leave(int value) {
    int number = engine.get(Register.IPSR) & 0x1ff;
    active[number] = false;
    if (cpu.mainline() && number != NON_MASKABLE) {
      engine.set(Register.FAULTMASK, 0);
    }
    boolean thread = (value & 8) != 0;
    boolean processStack = (value & 4) != 0;
    boolean floats = cpu.floatingPoint() && (value & 0x10) == 0;
    Register stack = processStack ? Register.PSP : Register.MSP;
    int frame = engine.get(stack);
    int status = engine.readWord(frame + Frame.STATUS);
    int bytes = floats ? Frame.EXTENDED_BYTES : Frame.BASIC_BYTES;
    int sp = frame + bytes + ((status & Frame.ALIGNED) != 0 ? 4 : 0);
    int control = engine.get(Register.CONTROL) & UNPRIVILEGED;
    load(frame, floats);
    engine.set(stack, sp);
    if (thread) {
      int wanted = control | (processStack ? SPSEL : 0) | (floats ? FPCA : 0);
      engine.set(Register.CONTROL, wanted & ~UNPRIVILEGED);
      engine.set(Register.IPSR, 0);
      engine.set(Register.CONTROL, wanted);
    } else {
      int current = engine.get(Register.CONTROL);
      engine.set(Register.CONTROL, (current & ~FPCA) | (floats ? FPCA : 0));
    }
    engine.set(Register.XPSR, status & ~Frame.ALIGNED);
    engine.set(Register.PC, engine.readWord(frame + Frame.RETURN_ADDRESS));
    return frame;
  }

  private void load(int frame, boolean floats) {
    Register[] saved = {
      Register.R0, Register.R1, Register.R2, Register.R3, Register.R12, Register.LR
    };
    for (int i = 0; i < saved.length; i++) {
      engine.set(saved[i], engine.readWord(frame + 4 * i));
    }
    if (floats) {
      for (int i = 0; i < 16; i++) {
        engine.setFloatBits(i, engine.readWord(frame + Frame.FLOATS + 4 * i));
      }
      engine.set(Register.FPSCR, engine.readWord(frame + Frame.FPSCR));
    }
  }
}
