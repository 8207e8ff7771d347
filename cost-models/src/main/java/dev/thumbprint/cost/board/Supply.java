package dev.thumbprint.cost.board;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Supply of the part.
 *
 * @param defaultVolts supply on this board unless it is changed, where known
 * @param voltsMin lowest supply of the part, where known
 * @param voltsMax highest supply of the part, where known
 * @param regulator regulator in use on this board unless told otherwise, where known
 * @param regulators regulators that this part has; empty where not known
 * @param source where the numbers come from
 */
public record Supply(
    OptionalDouble defaultVolts,
    OptionalDouble voltsMin,
    OptionalDouble voltsMax,
    Optional<Regulator> regulator,
    List<Regulator> regulators,
    Citation source) {
  public Supply {
    regulators = List.copyOf(regulators);
  }
}
