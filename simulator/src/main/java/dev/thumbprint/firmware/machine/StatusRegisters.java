package dev.thumbprint.firmware.machine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Registers of clocks, power and resets as start-up code sees them: they keep what is written, and
 * whatever is switched on is ready at once. The rules are in {@code devices.csv}.
 */
final class StatusRegisters implements Device {
  private static final Pattern RULE =
      Pattern.compile(
          "0x(?<register>\\p{XDigit}+)"
              + "(?:@0x(?<reset>\\p{XDigit}+)"
              + "|:=(?<set>0x\\p{XDigit}+|\\d+)"
              + "|:~0x(?<complement>\\p{XDigit}+)"
              + "|:1<<0x(?<select>\\p{XDigit}+)\\.(?<selectLow>\\d+)-(?<selectHigh>\\d+)"
              + "|:(?:0x(?<source>\\p{XDigit}+)\\.)?(?<low>\\d+)(?:-(?<high>\\d+))?>(?<to>\\d+)"
              + "|!0x(?<target>\\p{XDigit}+)=(?<value>0x\\p{XDigit}+|\\d+))");

  /** Computes a part of what a register answers from what was written. */
  private interface Answer {
    int bits(StatusRegisters device);
  }

  private record Computed(int register, int mask, Answer answer) {}

  private record Effect(int register, int target, int value) {}

  private final Map<Integer, Integer> written = new HashMap<>();
  private final List<Computed> computed = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();

  /**
   * Makes the registers.
   *
   * @param rules separated by blanks, see {@code devices.csv}
   * @throws IllegalArgumentException if one of them is none
   */
  StatusRegisters(String rules) {
    for (String rule : rules.strip().split(" +")) {
      Matcher matcher = RULE.matcher(rule);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("no rule of a status register: " + rule);
      }
      add(matcher);
    }
  }

  private void add(Matcher rule) {
    int register = Integer.parseInt(rule.group("register"), 16);
    if (rule.group("reset") != null) {
      written.put(register, Integer.parseUnsignedInt(rule.group("reset"), 16));
    } else if (rule.group("set") != null) {
      int bits = number(rule.group("set"));
      computed.add(new Computed(register, bits, device -> bits));
    } else if (rule.group("complement") != null) {
      int source = Integer.parseInt(rule.group("complement"), 16);
      computed.add(new Computed(register, -1, device -> ~device.kept(source)));
    } else if (rule.group("select") != null) {
      int source = Integer.parseInt(rule.group("select"), 16);
      int low = Integer.parseInt(rule.group("selectLow"));
      int high = Integer.parseInt(rule.group("selectHigh"));
      computed.add(
          new Computed(register, -1, device -> 1 << field(device.kept(source), low, high)));
    } else if (rule.group("target") != null) {
      int target = Integer.parseInt(rule.group("target"), 16);
      effects.add(new Effect(register, target, number(rule.group("value"))));
    } else {
      addCopy(rule, register);
    }
  }

  private void addCopy(Matcher rule, int register) {
    String other = rule.group("source");
    int source = other == null ? register : Integer.parseInt(other, 16);
    int low = Integer.parseInt(rule.group("low"));
    int high = rule.group("high") == null ? low : Integer.parseInt(rule.group("high"));
    int to = Integer.parseInt(rule.group("to"));
    int mask = field(-1, low, high) << to;
    computed.add(
        new Computed(register, mask, device -> field(device.kept(source), low, high) << to));
  }

  private static int field(int value, int low, int high) {
    return value >>> low & ((2 << (high - low)) - 1);
  }

  private static int number(String text) {
    return (int) (long) Long.decode(text);
  }

  private int kept(int register) {
    return written.getOrDefault(register, 0);
  }

  @Override
  public int read(int offset) {
    int register = offset & ~3;
    int value = kept(register);
    for (Computed part : computed) {
      if (part.register == register) {
        value = (value & ~part.mask) | (part.answer.bits(this) & part.mask);
      }
    }
    return value;
  }

  @Override
  public void write(int offset, int value) {
    written.put(offset, value);
    for (Effect effect : effects) {
      if (effect.register == offset) {
        written.put(effect.target, effect.value);
      }
    }
  }
}
