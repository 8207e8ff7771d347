package dev.thumbprint.firmware.monitor;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.energy.KernelKind;
import dev.thumbprint.cost.energy.PowerModel;
import dev.thumbprint.cost.work.DataType;

/**
 * What a run takes from the supply: the mean power that the board draws while it executes, for the
 * time that it executes, and its sleep power for the time asleep.
 */
final class EnergyMonitor {
  private EnergyMonitor() {}

  static Emulation.EnergyUse of(Target target, Estimate cycles, long sleptCycles) {
    PowerModel model = PowerModel.of(target);
    Metric active = model.networkPowerMw(KernelKind.of(target, DataType.INT8));
    double cycleMs = 1e3 / target.clockHz();
    Estimate awake =
        new Estimate(
            (cycles.value() - sleptCycles) * cycleMs,
            (cycles.low() - sleptCycles) * cycleMs,
            (cycles.high() - sleptCycles) * cycleMs,
            Source.EMULATED);
    Metric awakeUj = Operators.times(active, awake);
    if (sleptCycles == 0) {
      return new Emulation.EnergyUse(awakeUj, active);
    }
    Estimate asleep = Estimate.exact(sleptCycles * cycleMs, Source.EMULATED);
    return new Emulation.EnergyUse(sum(awakeUj, Operators.times(model.sleepMw(), asleep)), active);
  }

  private static Metric sum(Metric a, Metric b) {
    if (a instanceof Estimate x && b instanceof Estimate y) {
      return new Estimate(
          x.value() + y.value(),
          x.low() + y.low(),
          x.high() + y.high(),
          x.source().weaker(y.source()));
    }
    return a instanceof Unavailable ? a : b;
  }
}
