package dev.thumbprint.recorded;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Names what belongs together: rows of one name are never divided by a split. */
public final class Groups {
  /** Models that stand for single operators rather than for a network. */
  private static final String SINGLE_OPERATOR = "single-op";

  /**
   * Longest part of an STM32 part number that names the die: STM32F746ZG and STM32F746NG are one
   * chip.
   */
  private static final int STM32_CHIP_CHARS = "STM32F746".length();

  /**
   * Parts that are described by one reference manual of their maker and differ in packages and
   * peripherals alone.
   */
  private static final Map<String, String> ONE_DIE =
      Map.of(
          "STM32F769", "STM32F767", // RM0410
          "STM32H745", "STM32H743", // RM0399 and RM0433: the same Cortex-M7 side
          "STM32H747", "STM32H743",
          "STM32H750", "STM32H743",
          "STM32U585", "STM32U575", // RM0456
          "STM32L4R9", "STM32L4R5", // RM0432
          "ATSAMD21G18", "SAMD21G18");

  private static final Map<String, String> NETWORK_GROUPS = networkGroups();

  private Groups() {}

  /**
   * The shape group of an operator, empty for whole networks outside the sweeps.
   *
   * <p>In the sweeps, everything that changes with the swept value is one group per value, over all
   * sweeps, kernel sizes and libraries. Elsewhere convolutions and dense layers are one group per
   * pair of channels, whatever their size and kernel; other operators are one group per shape.
   */
  public static String shape(Recording recording) {
    Work work = recording.work();
    Optional<Sweep> sweep = Sweep.of(work.model());
    if (sweep.isPresent() && (!work.isLayer() || sweep.get().varies(work))) {
      return "sweep " + sweep.get().value();
    }
    if (!work.isLayer()) {
      return "";
    }
    boolean windowed =
        switch (work.op()) {
          case "CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED" -> work.filter().known();
          default -> false;
        };
    return windowed ? work.op() + " " + channels(work) : work.signature();
  }

  private static String channels(Work work) {
    Shape filter = work.filter();
    return work.op().equals("DEPTHWISE_CONV_2D")
        ? String.valueOf(filter.dim(-1))
        : filter.dim(-1) + "->" + filter.dim(0);
  }

  /**
   * The network group of a row: one name for all spellings, types and near twins of a network, one
   * for each sweep; empty for single operators that belong to no network.
   */
  public static String network(Recording recording) {
    Work work = recording.work();
    if (work.model().equals(SINGLE_OPERATOR)) {
      return "";
    }
    Optional<Sweep> sweep = Sweep.of(work.model());
    if (sweep.isPresent()) {
      return sweep.get().family().prefix();
    }
    String name = work.network().isEmpty() ? work.model() : work.network();
    String group = NETWORK_GROUPS.get(name);
    return group == null ? name.toLowerCase(Locale.ROOT) : group;
  }

  /**
   * The chip of a row: boards with one die share core, flash and memory system. The board where the
   * part is not told, empty where neither is.
   */
  public static String chip(Recording recording) {
    String mcu = recording.setting().mcu().toUpperCase(Locale.ROOT);
    int remark = mcu.indexOf('(');
    mcu = (remark < 0 ? mcu : mcu.substring(0, remark)).strip();
    if (mcu.isEmpty() || mcu.equals("?")) {
      return recording.setting().boardId();
    }
    if (mcu.startsWith("STM32") && mcu.length() > STM32_CHIP_CHARS) {
      mcu = mcu.substring(0, STM32_CHIP_CHARS);
    }
    return ONE_DIE.getOrDefault(mcu, mcu);
  }

  /** The work of a row in one text: operator with shapes, or network. */
  static String work(Recording recording) {
    Work work = recording.work();
    if (work.isLayer()) {
      return work.signature();
    }
    return "network " + (Sweep.of(work.model()).isPresent() ? work.model() : network(recording));
  }

  private static Map<String, String> networkGroups() {
    Map<String, String> groups = new HashMap<>();
    BuiltIn.table(
        "network-groups.csv", row -> groups.put(row.required("member"), row.required("group")));
    return groups;
  }
}
