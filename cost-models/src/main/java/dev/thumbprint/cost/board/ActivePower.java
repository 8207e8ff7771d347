package dev.thumbprint.cost.board;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the board or part draws while it computes, in one configuration.
 *
 * @param workload what was running
 * @param clockHz clock of the core
 * @param volts supply, where known
 * @param regulator regulator in use, where known
 * @param boundary what the figure includes
 * @param currentMa mean current in mA, where the source gives a current
 * @param powerMw mean power in mW, where the source gives a power
 * @param source where the figure comes from
 */
public record ActivePower(
    Workload workload,
    long clockHz,
    OptionalDouble volts,
    Optional<Regulator> regulator,
    Boundary boundary,
    OptionalDouble currentMa,
    OptionalDouble powerMw,
    Citation source) {

  public ActivePower {
    if (currentMa.isPresent() == powerMw.isPresent()) {
      throw new IllegalArgumentException("give either a current or a power");
    }
  }

  /** What was running when a figure was taken. */
  public enum Workload {
    /** Inference of a neural network, measured. */
    INFERENCE,
    /** CoreMark, from a data sheet. */
    COREMARK,
    /** The headline of a data sheet: a loop with peripherals off. */
    HEADLINE;

    /** The name used in files. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a figure includes. */
  public enum Boundary {
    /** The part alone. */
    MCU,
    /** The whole board with its regulator and whatever else hangs on it. */
    BOARD;

    /** The name used in files. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Mean power in mW, from the current and the supply where the source gives a current. */
  public OptionalDouble milliwatts() {
    if (powerMw.isPresent()) {
      return powerMw;
    }
    return volts.isPresent()
        ? OptionalDouble.of(currentMa.getAsDouble() * volts.getAsDouble())
        : OptionalDouble.empty();
  }
}
