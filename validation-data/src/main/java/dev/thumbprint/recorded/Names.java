package dev.thumbprint.recorded;

import java.util.Locale;
import java.util.Map;

/** Resolves the many spellings of boards, cores, libraries and networks to one name each. */
public final class Names {
  /** Spellings of users and sources that do not fold to the board's name by themselves. */
  private static final Map<String, String> BOARDS =
      Map.ofEntries(
          Map.entry("32f469idiscovery", "disco-f469ni"),
          Map.entry("stm32f469i-disco", "disco-f469ni"),
          Map.entry("32f746gdiscovery", "disco-f746ng"),
          Map.entry("stm32f746g-disco", "disco-f746ng"),
          Map.entry("stm32h769i-disco", "stm32f769i-disco"),
          Map.entry("nucleo-h7a3zi", "nucleo-h7a3zi-q"),
          Map.entry("nucleo-u575zi", "nucleo-u575zi-q"),
          Map.entry("nucleo-l552ze", "nucleo-l552ze-q"),
          Map.entry("nano-33-ble", "arduino-nano-33-ble"),
          Map.entry("pico", "raspberry-pi-pico"),
          Map.entry("pico-2", "raspberry-pi-pico-2"),
          Map.entry("raspberry-pi-pico-w", "raspberry-pi-pico"),
          Map.entry("teensy-4.0", "teensy-4-0"),
          Map.entry("apollo510", "apollo510-evb"),
          Map.entry("xg24", "xg24-brd2601"),
          Map.entry("xg24-dk2601b", "xg24-brd2601"),
          Map.entry("brd2601", "xg24-brd2601"),
          Map.entry("alif-ensemble-e8-devkit", "alif-e8-devkit"));

  /** Names of runtimes in the sources for what is one kernel library. */
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "tflm-cmsis-nn", "cmsis-nn",
          "cmsis_nn", "cmsis-nn",
          "cmsisnn", "cmsis-nn",
          "reference", "tflm-reference",
          "tflm-ref", "tflm-reference",
          "stm32cube-ai", "x-cube-ai");

  private static final Map<String, String> NETWORKS =
      Map.of(
          "mlperf-kws", "kws",
          "mlperf-ic", "ic",
          "mlperf-vww", "vww",
          "mlperf-ad", "ad",
          "mlperf-sww", "sww");

  private Names() {}

  /**
   * The board's canonical name: lower case, dashes, aliases resolved, remarks in parentheses
   * dropped. An unknown board keeps its folded name.
   */
  public static String board(String text) {
    int remark = text.indexOf('(');
    String folded =
        (remark < 1 ? text : text.substring(0, remark))
            .strip()
            .toLowerCase(Locale.ROOT)
            .replace(' ', '-')
            .replace('_', '-');
    return BOARDS.getOrDefault(folded, folded);
  }

  /**
   * The core's canonical name: {@code Cortex-M4F} is {@code cortex-m4}, {@code Cortex-M0+} is
   * {@code cortex-m0plus}.
   */
  public static String core(String text) {
    String folded = text.strip().toLowerCase(Locale.ROOT).replace(' ', '-').replace("+", "plus");
    return folded.matches("cortex-m\\d{1,2}(f|fd)") ? folded.replaceFirst("f?d?$", "") : folded;
  }

  /** The kernel library with its generation; where none is written the generation stays unknown. */
  public static LibraryId library(String text) {
    LibraryId id = LibraryId.parse(text);
    return new LibraryId(LIBRARIES.getOrDefault(id.name(), id.name()), id.generation());
  }

  /** The network's key in the built-in networks or its zoo name. */
  public static String network(String text) {
    return NETWORKS.getOrDefault(text, text);
  }
}
