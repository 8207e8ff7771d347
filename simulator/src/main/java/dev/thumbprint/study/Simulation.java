package dev.thumbprint.study;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.energy.PowerModel;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.LayerCost;
import dev.thumbprint.cost.pricing.NetworkCost;
import dev.thumbprint.cost.work.LayerWork;
import java.util.ArrayList;
import java.util.List;

/** Latency and energy of a network on a target, in total and by layer. */
public final class Simulation {
  private final Target target;
  private final PowerModel power;
  private final NetworkCost cost;

  private Simulation(Target target, NetworkCost cost) {
    this.target = target;
    this.power = PowerModel.of(target);
    this.cost = cost;
  }

  /** Prices the layers on a target. */
  public static Simulation of(List<LayerWork> layers, Target target) {
    return new Simulation(target, CostModel.shipped().on(target).network(layers));
  }

  /** Number of layers. */
  public int layers() {
    return cost.layers().size();
  }

  /** Latency of one inference in ms. */
  public Metric latencyMs() {
    return milliseconds(cost.cycles());
  }

  /** Energy of one inference in uJ. */
  public Metric energyUj() {
    return power.networkEnergyUj(times(), latencyMs());
  }

  /** What a layer asks for. */
  public LayerWork work(int layer) {
    return layer(layer).work();
  }

  /** Kernel path of a layer. */
  public String path(int layer) {
    return layer(layer).path();
  }

  /** Latency of a layer in ms. */
  public Metric latencyMs(int layer) {
    return milliseconds(layer(layer).cycles());
  }

  /** Energy of a layer in uJ. */
  public Metric energyUj(int layer) {
    return power.layerEnergyUj(work(layer), latencyMs(layer));
  }

  /** Mean power in mW while a layer runs. */
  public Metric powerMw(int layer) {
    return power.layerPowerMw(work(layer));
  }

  /** The value of a metric, NaN where it is not available. */
  public static double value(Metric metric) {
    return metric instanceof Estimate estimate ? estimate.value() : Double.NaN;
  }

  private LayerCost layer(int index) {
    return cost.layers().get(index);
  }

  private Metric milliseconds(Metric cycles) {
    return cycles instanceof Estimate estimate ? estimate.times(1e3 / target.clockHz()) : cycles;
  }

  private List<PowerModel.LayerTime> times() {
    List<PowerModel.LayerTime> times = new ArrayList<>();
    for (int i = 0; i < layers(); i++) {
      times.add(new PowerModel.LayerTime(work(i), value(latencyMs(i))));
    }
    return times;
  }
}
