package dev.thumbprint.cost.energy;

import dev.thumbprint.cost.board.ActivePower;
import dev.thumbprint.cost.board.ActivePower.Boundary;
import dev.thumbprint.cost.board.Regulator;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Carries a figure of power to another supply, regulator and clock. Behind an LDO the current does
 * not depend on the supply (STM32L4R5: 24.9 mA at 1.8 V, 24.7 mA at 3.0 V), behind a switched
 * regulator the power does not.
 */
final class PowerScaling {
  /** Core voltage of the parts in V; unverified, 1.0 to 1.3 in data sheets. */
  static final double CORE_VOLTS = 1.15;

  /** Efficiency of an on-chip switched regulator; unverified, 0.8 to 0.9 in data sheets. */
  static final double SMPS_EFFICIENCY = 0.85;

  /** Spread that the two numbers above bring in. */
  static final double REGULATOR_SPREAD = 0.20;

  /**
   * Share of the power that does not scale with the clock. STM32F031: 0.03 at 48 MHz; parts with
   * larger memories and a PLL more; unverified.
   */
  static final double STATIC_SHARE = 0.10;

  /** Largest static share that is thought possible. */
  static final double STATIC_SHARE_MAX = 0.30;

  /** Half width of a 90 % interval in standard deviations. */
  static final double Z90 = 1.645;

  private PowerScaling() {}

  /**
   * A configuration to carry a figure to.
   *
   * @param clockHz clock of the core
   * @param volts supply, where known
   * @param regulator regulator, where known
   */
  record Configuration(long clockHz, OptionalDouble volts, Optional<Regulator> regulator) {}

  /**
   * A figure in another configuration.
   *
   * @param milliwatts power in mW
   * @param spread standard deviation of its logarithm that the carrying brings in
   */
  record Scaled(double milliwatts, double spread) {}

  /** The figure in another configuration, or empty where a voltage is missing. */
  static Optional<Scaled> carry(ActivePower figure, Configuration to) {
    OptionalDouble from = figure.volts().isPresent() ? figure.volts() : to.volts();
    OptionalDouble power =
        figure.powerMw().isPresent()
            ? figure.powerMw()
            : from.isPresent()
                ? OptionalDouble.of(figure.currentMa().getAsDouble() * from.getAsDouble())
                : OptionalDouble.empty();
    if (power.isEmpty()) {
      return Optional.empty();
    }
    Scaled supplied = supply(figure, from, to);
    Scaled clocked = clock(figure.clockHz(), to.clockHz());
    return Optional.of(
        new Scaled(
            power.getAsDouble() * supplied.milliwatts() * clocked.milliwatts(),
            Math.hypot(supplied.spread(), clocked.spread())));
  }

  /** Factor of another supply and regulator; 1 where the figure includes the whole board. */
  private static Scaled supply(ActivePower figure, OptionalDouble from, Configuration to) {
    if (figure.boundary() == Boundary.BOARD || from.isEmpty() || to.volts().isEmpty()) {
      return new Scaled(1, 0);
    }
    double volts = to.volts().getAsDouble();
    double ratio = volts / from.getAsDouble();
    if (figure.regulator().isEmpty() || to.regulator().isEmpty()) {
      // Between constant power and constant current.
      return new Scaled(Math.sqrt(ratio), Math.abs(Math.log(ratio)) / 2 / Z90);
    }
    boolean wasLdo = figure.regulator().get() == Regulator.LDO;
    boolean isLdo = to.regulator().get() == Regulator.LDO;
    if (wasLdo == isLdo) {
      return new Scaled(isLdo ? ratio : 1, 0);
    }
    return isLdo
        ? new Scaled(SMPS_EFFICIENCY * volts / CORE_VOLTS, REGULATOR_SPREAD)
        : new Scaled(CORE_VOLTS / SMPS_EFFICIENCY / from.getAsDouble(), REGULATOR_SPREAD);
  }

  /** Factor of another clock. */
  private static Scaled clock(long fromHz, long toHz) {
    if (fromHz == toHz) {
      return new Scaled(1, 0);
    }
    double ratio = (double) toHz / fromHz;
    double factor = STATIC_SHARE + (1 - STATIC_SHARE) * ratio;
    double most = STATIC_SHARE_MAX + (1 - STATIC_SHARE_MAX) * ratio;
    double spread =
        Math.max(Math.abs(Math.log(ratio / factor)), Math.abs(Math.log(most / factor))) / Z90;
    return new Scaled(factor, spread);
  }
}
