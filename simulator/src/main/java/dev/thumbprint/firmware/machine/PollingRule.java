package dev.thumbprint.firmware.machine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What registers answer that no device models. They keep what was written, so that
 * read-modify-write works. When firmware reads one again and again without writing anything, it
 * waits for the hardware to do something: then the answer goes through a list of guesses until the
 * loop ends, and the place is reported.
 */
final class PollingRule {
  /** Reads of one register in a row, after which the guessing begins. */
  static final int PATIENCE_READS = 16;

  private static final int PLACES_MAX = 1000;
  private static final int REGISTERS_MAX = 1 << 16;

  /** A loop that was helped out of. */
  record Helped(int register, int pc, long reads) {}

  private final Map<Integer, Integer> kept = new HashMap<>();
  private final Map<Integer, Helped> helped = new HashMap<>();
  private int polled;
  private int reads;

  int read(int register, int pc) {
    int value = kept.getOrDefault(register, 0);
    reads = register == polled ? reads + 1 : 0;
    polled = register;
    if (reads < PATIENCE_READS) {
      return value;
    }
    if (helped.size() < PLACES_MAX || helped.containsKey(register)) {
      helped.merge(
          register,
          new Helped(register, pc, 1),
          (old, one) -> new Helped(register, old.pc(), old.reads() + 1));
    }
    return guess(value, (reads - PATIENCE_READS) % 8);
  }

  /**
   * All done, nothing pending, a field copied to the status field beside it, and alternating
   * fields.
   */
  private static int guess(int value, int attempt) {
    return switch (attempt) {
      case 0 -> -1;
      case 1 -> 0;
      case 2 -> value | (value & 3) << 2;
      case 3 -> value | (value & 7) << 3;
      case 4 -> value | value << 1;
      case 5 -> 0xaaaa_aaaa;
      case 6 -> 0x5555_5555;
      default -> ~value;
    };
  }

  void write(int register, int value) {
    reads = 0;
    if (kept.size() < REGISTERS_MAX || kept.containsKey(register)) {
      kept.put(register, value);
    }
  }

  /** A modelled device was used, so the firmware does something besides waiting. */
  void interrupted() {
    reads = 0;
  }

  List<Helped> helped() {
    return new ArrayList<>(helped.values());
  }
}
