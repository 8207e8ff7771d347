package dev.thumbprint.memory;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.OptLevel;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * What the linker keeps of runtime, kernels and C library for any choice of operators: sections
 * that the same operators keep are one group. Taken from link maps, one link for each operator.
 *
 * @param kernels kernel library
 * @param core core that was compiled for
 * @param opt optimisation level of the kernels; the runtime is built for size, except at O3
 * @param operators operators that were linked, by their bit in the groups
 * @param baseFlashBytes code and constants of a program with the runtime and no operator
 * @param baseRamBytes static data of that program
 * @param stackBytes most that preparation and inference of any model took of the stack
 * @param groups what operators add
 * @param origin commits, compiler and flags in words
 * @param sha256 of the program without operators; empty where it was not kept
 */
record LinkTable(
    RuntimeBuild.Kernels kernels,
    Core core,
    OptLevel opt,
    List<String> operators,
    long baseFlashBytes,
    long baseRamBytes,
    long stackBytes,
    List<Group> groups,
    String origin,
    String sha256) {

  LinkTable {
    operators = List.copyOf(operators);
    groups = List.copyOf(groups);
  }

  /** In which memory sections end up. */
  enum Memory {
    /** Code and constants. */
    FLASH,
    /** Zeroed data: RAM only. */
    RAM,
    /** Initialised data: RAM, with its initial values in flash. */
    DATA
  }

  /**
   * Sections that are kept if any of some operators is linked.
   *
   * @param memory where they go
   * @param operators bits of the operators
   * @param bytes their size
   */
  record Group(Memory memory, BitSet operators, long bytes) {}

  /** Whether an operator was linked: a builtin name, or that of a custom operator. */
  boolean knows(String operator) {
    return operators.contains(operator);
  }

  /** Flash that the operators add to the base. */
  long kernelFlashBytes(Set<String> used) {
    return sum(used, Memory.FLASH) + sum(used, Memory.DATA);
  }

  /** Static RAM that the operators add to the base. */
  long kernelRamBytes(Set<String> used) {
    return sum(used, Memory.RAM) + sum(used, Memory.DATA);
  }

  private long sum(Set<String> used, Memory memory) {
    BitSet bits = new BitSet();
    for (String operator : used) {
      int bit = operators.indexOf(operator);
      if (bit >= 0) {
        bits.set(bit);
      }
    }
    return groups.stream()
        .filter(group -> group.memory() == memory && group.operators().intersects(bits))
        .mapToLong(Group::bytes)
        .sum();
  }
}
