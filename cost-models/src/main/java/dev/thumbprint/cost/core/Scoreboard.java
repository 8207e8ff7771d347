package dev.thumbprint.cost.core;

import java.util.ArrayList;
import java.util.List;

/** When the value of each register can be used, while a block is issued in order. */
final class Scoreboard {
  private static final int CORE_REGISTERS = 16;
  private static final int REGISTERS = CORE_REGISTERS + 32;

  private final int[] readyCycle = new int[REGISTERS];
  private final int[] factorCycle = new int[CORE_REGISTERS];
  private int fpFreeCycle;
  private int fpHeldUntil;

  Scoreboard(PipelineState entry) {
    for (int i = 0; i < entry.delays().size(); i++) {
      readyCycle[i] = entry.delays().get(i);
    }
    fpFreeCycle = entry.fpBusy();
    fpHeldUntil = entry.fpHeld();
    for (int i = 0; i < CORE_REGISTERS; i++) {
      factorCycle[i] = (entry.loads() >> (2 * i)) & 3;
    }
  }

  /** First cycle in which a multiplier takes all the registers of the mask that were loaded. */
  int factorsReady(int mask) {
    int cycle = 0;
    for (int left = mask & Registers.CORE_MASK; left != 0; left &= left - 1) {
      cycle = Math.max(cycle, factorCycle[Integer.numberOfTrailingZeros(left)]);
    }
    return cycle;
  }

  /** Notes when a multiplier takes the registers of the mask; 0 for what is not loaded. */
  void setFactors(int mask, int cycle) {
    for (int left = mask & Registers.CORE_MASK; left != 0; left &= left - 1) {
      factorCycle[Integer.numberOfTrailingZeros(left)] = cycle;
    }
  }

  /** First cycle in which all the core registers of the mask are ready; 0 for none. */
  int coreReady(int mask) {
    return latest(mask & Registers.CORE_MASK, 0);
  }

  /** First cycle in which all the floating-point registers of the mask are ready. */
  int fpReady(int mask) {
    return latest(mask, CORE_REGISTERS);
  }

  /** First cycle in which the floating-point unit takes an instruction. */
  int fpFree() {
    return fpFreeCycle;
  }

  void setFpFree(int cycle) {
    fpFreeCycle = cycle;
  }

  /** First cycle in which what a fused multiply-add holds back may be issued. */
  int fpHeldUntil() {
    return fpHeldUntil;
  }

  void setFpHeldUntil(int cycle) {
    fpHeldUntil = cycle;
  }

  void setCore(int mask, int cycle) {
    set(mask & Registers.CORE_MASK, 0, cycle);
  }

  void setFp(int mask, int cycle) {
    set(mask, CORE_REGISTERS, cycle);
  }

  /** What is still outstanding at a cycle. */
  PipelineState stateAt(int cycle, Neighbour neighbour, Op open) {
    List<Integer> delays = new ArrayList<>();
    int last = 0;
    for (int register = 0; register < REGISTERS; register++) {
      int delay = Math.max(0, readyCycle[register] - cycle);
      delays.add(delay);
      last = delay > 0 ? register + 1 : last;
    }
    return new PipelineState(
        neighbour,
        open,
        List.copyOf(delays.subList(0, last)),
        loadsAt(cycle),
        Math.max(0, fpFreeCycle - cycle),
        Math.max(0, fpHeldUntil - cycle));
  }

  private int loadsAt(int cycle) {
    int loads = 0;
    for (int i = 0; i < CORE_REGISTERS; i++) {
      loads |= Math.clamp(factorCycle[i] - cycle, 0, 3) << (2 * i);
    }
    return loads;
  }

  private int latest(int mask, int first) {
    int cycle = 0;
    for (int left = mask; left != 0; left &= left - 1) {
      cycle = Math.max(cycle, readyCycle[first + Integer.numberOfTrailingZeros(left)]);
    }
    return cycle;
  }

  private void set(int mask, int first, int cycle) {
    for (int left = mask; left != 0; left &= left - 1) {
      readyCycle[first + Integer.numberOfTrailingZeros(left)] = cycle;
    }
  }
}
