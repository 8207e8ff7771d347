package dev.thumbprint.cost.core;

import java.util.ArrayList;
import java.util.List;

/** When the value of each register can be used, while a block is issued in order. */
final class Scoreboard {
  private static final int CORE_REGISTERS = 16;
  private static final int REGISTERS = CORE_REGISTERS + 32;

  private final int[] readyCycle = new int[REGISTERS];
  private int fpFreeCycle;

  Scoreboard(PipelineState entry) {
    for (int i = 0; i < entry.delays().size(); i++) {
      readyCycle[i] = entry.delays().get(i);
    }
    fpFreeCycle = entry.fpBusy();
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
        neighbour, open, List.copyOf(delays.subList(0, last)), Math.max(0, fpFreeCycle - cycle));
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
