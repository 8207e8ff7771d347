package dev.thumbprint.cost.energy;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.board.SleepPower;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a board draws in a configuration, and the energy that a time takes: {@code E = P x t}. One
 * mean power for each board and configuration predicts the energy of a network within a few per
 * cent (docs/energy.md), because the mix of instructions hardly differs from network to network.
 */
public final class PowerModel {
  private final Target target;
  private final PowerFit fit;
  private final Map<KernelKind, Optional<PowerLevel.Level>> levels =
      new EnumMap<>(KernelKind.class);

  private PowerModel(Target target, PowerFit fit) {
    this.target = target;
    this.fit = fit;
    PowerLevel level = new PowerLevel(target, fit);
    for (KernelKind kind : KernelKind.values()) {
      levels.put(kind, level.at(kind));
    }
  }

  /** The model of a configuration, with the fit that is built in. */
  public static PowerModel of(Target target) {
    return new PowerModel(target, PowerFits.builtIn());
  }

  /** The model of a configuration with a fit of one's own. */
  public static PowerModel of(Target target, PowerFit fit) {
    return new PowerModel(target, fit);
  }

  /** Mean power in mW while a network runs on kernels of a kind, or why it is not known. */
  public Metric networkPowerMw(KernelKind kind) {
    return levels
        .get(kind)
        .<Metric>map(found -> interval(found.milliwatts(), found.spread(), found.measured()))
        .orElseGet(this::unavailable);
  }

  /** Mean power in mW while an operator runs, or why it is not known. */
  public Metric layerPowerMw(LayerWork work) {
    Optional<PowerLevel.Level> found = levels.get(KernelKind.of(target, work.inputType()));
    if (found.isEmpty()) {
      return unavailable();
    }
    PowerLevel.Level mean = found.get();
    double spread = Math.hypot(mean.spread(), fit.layerSpread());
    return isLight(work)
        ? lightPower(mean, spread)
        : interval(mean.milliwatts(), spread, mean.measured());
  }

  /**
   * Energy of an operator in uJ.
   *
   * @param work the operator
   * @param timeMs its time in ms
   */
  public Metric layerEnergyUj(LayerWork work, Metric timeMs) {
    return energyUj(layerPowerMw(work), timeMs);
  }

  /**
   * Energy of a whole network in uJ. The error of the power is common to all layers, so it does not
   * average out: the interval comes from the spread between networks.
   *
   * @param layers its operators with their times; their sum need not be the time of the network
   * @param timeMs time of the network in ms
   */
  public Metric networkEnergyUj(List<LayerTime> layers, Metric timeMs) {
    double time = 0;
    double energy = 0;
    Estimate widest = null;
    for (LayerTime layer : layers) {
      Metric power = layerPowerMw(layer.work());
      if (!(power instanceof Estimate milliwatts)) {
        return power;
      }
      time += layer.timeMs();
      energy += layer.timeMs() * milliwatts.value();
      Metric network = networkPowerMw(KernelKind.of(target, layer.work().inputType()));
      if (network instanceof Estimate mean
          && (widest == null || relative(mean) > relative(widest))) {
        widest = mean;
      }
    }
    if (widest == null || time <= 0) {
      return energyUj(networkPowerMw(KernelKind.of(target, DataType.INT8)), timeMs);
    }
    double mean = energy / time;
    return energyUj(widest.times(mean / widest.value()), timeMs);
  }

  /**
   * An operator with its time.
   *
   * @param work the operator
   * @param timeMs its time in ms
   */
  public record LayerTime(LayerWork work, double timeMs) {}

  /** Power in mW while asleep with RAM kept, or why it is not known. */
  public Metric sleepMw() {
    List<SleepPower> modes = target.board().sleep();
    OptionalDouble volts = target.supplyVolts();
    if (modes.isEmpty() || volts.isEmpty()) {
      return new Unavailable(
          "the %s of %s is not known"
              .formatted(modes.isEmpty() ? "sleep current" : "supply", target.board().id()));
    }
    double milliwatts = modes.getFirst().currentUa() * 1e-3 * volts.getAsDouble();
    // Typical at 25 degrees; leakage doubles about every 20 degrees, boards add their own.
    return new Estimate(milliwatts, milliwatts / 2, milliwatts * 3, Source.MODELLED);
  }

  /** What the figures rest on, in words; empty where nothing is known. */
  public Optional<String> basis(KernelKind kind) {
    return levels.get(kind).map(PowerLevel.Level::basis);
  }

  /** The configuration with its figures as a trace: layers one after another, then sleep. */
  public Optional<PowerTrace> trace(List<LayerTime> layers, List<String> labels) {
    List<PowerTrace.Segment> segments = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      if (!(layerPowerMw(layers.get(i).work()) instanceof Estimate power)) {
        return Optional.empty();
      }
      segments.add(new PowerTrace.Segment(labels.get(i), layers.get(i).timeMs(), power.value()));
    }
    return Optional.of(new PowerTrace(segments));
  }

  /** Energy in uJ: power in mW times time in ms; the two errors are independent. */
  public static Metric energyUj(Metric powerMw, Metric timeMs) {
    if (powerMw instanceof Unavailable) {
      return powerMw;
    }
    if (timeMs instanceof Unavailable) {
      return timeMs;
    }
    Estimate power = (Estimate) powerMw;
    Estimate time = (Estimate) timeMs;
    double value = power.value() * time.value();
    double below = Math.hypot(below(power), below(time));
    double above = Math.hypot(above(power), above(time));
    return new Estimate(
        value,
        value * Math.exp(-below),
        value * Math.exp(above),
        power.source().weaker(time.source()));
  }

  /** Whether an operator hardly multiplies: it moves, compares or converts. */
  static boolean isLight(LayerWork work) {
    return switch (work.operator()) {
      case CONV_2D,
          DEPTHWISE_CONV_2D,
          FULLY_CONNECTED,
          TRANSPOSE_CONV,
          BATCH_MATMUL,
          SVDF,
          UNIDIRECTIONAL_SEQUENCE_LSTM,
          ADD,
          SUB,
          MUL ->
          false;
      default -> true;
    };
  }

  private Estimate lightPower(PowerLevel.Level mean, double spread) {
    Ratio light = fit.lightRatio(target.board().core());
    return interval(
        mean.milliwatts() * light.factor(), Math.hypot(spread, light.spread()), mean.measured());
  }

  private Unavailable unavailable() {
    return new Unavailable(
        "the power of %s is not known: no measurement, no figure of a data sheet"
            .formatted(target.board().id()));
  }

  private static Estimate interval(double milliwatts, double spread, boolean measured) {
    double width = Math.exp(PowerScaling.Z90 * spread);
    return new Estimate(
        milliwatts,
        milliwatts / width,
        milliwatts * width,
        measured ? Source.CALIBRATED : Source.MODELLED);
  }

  private static double relative(Estimate estimate) {
    return (estimate.high() - estimate.low()) / estimate.value();
  }

  private static double below(Estimate estimate) {
    return estimate.low() > 0 ? Math.log(estimate.value() / estimate.low()) : 1e3;
  }

  private static double above(Estimate estimate) {
    return estimate.value() > 0 ? Math.log(estimate.high() / estimate.value()) : 0;
  }
}
