package dev.thumbprint.compare;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a report of {@code profile --json} says, as far as it can be compared.
 *
 * @param model name of the model
 * @param target settings of the target as text, by their keys
 * @param totals figures of the network by their keys; empty where one is not available
 * @param layers its layers
 */
public record ProfileDocument(
    String model,
    Map<String, String> target,
    Map<String, OptionalDouble> totals,
    List<Layer> layers) {

  /** Keys of the figures that are compared, in the order of reports. */
  public static final List<String> TOTALS =
      List.of("cycles", "inference_time", "energy", "arena", "ram", "flash");

  /**
   * A layer.
   *
   * @param index its position
   * @param op operator
   * @param shapes input, filter and output shape as one text
   * @param path path of the kernel library
   * @param timeMs milliseconds, empty where not available
   * @param energyUj microjoules, empty where not available
   */
  public record Layer(
      int index,
      String op,
      String shapes,
      String path,
      OptionalDouble timeMs,
      OptionalDouble energyUj) {}
}
