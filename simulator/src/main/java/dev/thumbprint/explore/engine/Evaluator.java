package dev.thumbprint.explore.engine;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.energy.DutyCycle;
import dev.thumbprint.cost.energy.PowerModel.LayerTime;
import dev.thumbprint.cost.pricing.LayerCost;
import dev.thumbprint.cost.pricing.NetworkCost;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.explore.engine.Design.Fits;
import dev.thumbprint.explore.space.Battery;
import dev.thumbprint.explore.space.Measure;
import dev.thumbprint.explore.space.Space;
import dev.thumbprint.memory.Fit;
import dev.thumbprint.model.InputException;
import dev.thumbprint.profile.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Prices designs one by one, exactly as {@code profile} does. What a design costs does not depend
 * on what was priced before; only the time does. Not for several threads: each takes its own.
 */
public final class Evaluator {
  private static final int NETWORKS_MAX = 256;
  private static final int CONFIGURATIONS_MAX = 512;

  /** Some 100 bytes each, and what the libraries decide, which many of them share. */
  private static final int PRICES_MAX = 400_000;

  /** Places for prices, 4 bytes each: layers times configurations. */
  private static final long PLACES_MAX = 32L << 20;

  private final Space space;
  private final Machines machines;
  private final Catalogue catalogue;
  private final Map<Long, Ready<Variant>> networks;
  private final Map<Long, Ready<Configuration>> configurations;

  /** What was made ready, or why it cannot be. */
  private record Ready<T>(T thing, String problem) {}

  /** An evaluator of a space, one of {@code threads} that share the memory. */
  public Evaluator(Space space, int threads) {
    this(space, threads, new Machines(space));
  }

  /** An evaluator that shares the configurations that are ready with others. */
  Evaluator(Space space, int threads, Machines machines) {
    this.space = space;
    this.machines = machines;
    long kept = Math.min(space.configurations(), CONFIGURATIONS_MAX);
    this.catalogue =
        new Catalogue(
            Math.max(10_000, PRICES_MAX / threads),
            (int) Math.max(1_000, PLACES_MAX / threads / kept));
    this.networks = bounded(NETWORKS_MAX);
    this.configurations = bounded(CONFIGURATIONS_MAX);
  }

  private static <T> Map<Long, T> bounded(int size) {
    return new LinkedHashMap<>(size, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<Long, T> eldest) {
        return size() > size;
      }
    };
  }

  /** A design of the space. */
  public Design design(long point) {
    if (catalogue.renewed()) {
      networks.clear();
    }
    Ready<Configuration> configuration =
        configurations.computeIfAbsent(space.configurationOf(point), this::configuration);
    if (configuration.thing() == null) {
      return Design.impossible(point, configuration.problem());
    }
    Ready<Variant> network = networks.computeIfAbsent(space.networkOf(point), this::network);
    if (network.thing() == null) {
      return Design.impossible(point, network.problem());
    }
    return new Pricing(point, configuration.thing(), network.thing()).design();
  }

  private Ready<Configuration> configuration(Long number) {
    Machines.Machine machine = machines.get(number);
    return machine.parts() == null
        ? new Ready<>(null, machine.problem())
        : new Ready<>(new Configuration(machine.parts()), "");
  }

  private Ready<Variant> network(Long number) {
    try {
      Subject subject = space.network(number);
      List<LayerWork> works = subject.network().works();
      int[] layers = works.stream().mapToInt(catalogue::number).toArray();
      return new Ready<>(new Variant(subject, works, layers), "");
    } catch (InputException cannot) {
      return new Ready<>(null, cannot.getMessage());
    }
  }

  /** One design on its way to figures. */
  private final class Pricing {
    private final long point;
    private final Configuration configuration;
    private final Target target;
    private final Variant variant;
    private final Figures figures = new Figures();
    private final List<String> reasons = new ArrayList<>(0);

    Pricing(long point, Configuration configuration, Variant variant) {
      this.point = point;
      this.configuration = configuration;
      this.target = configuration.target();
      this.variant = variant;
    }

    Design design() {
      figures.set(Measure.MACS, (double) variant.macs());
      figures.set(Measure.WEIGHTS, (double) variant.constantBytes());
      configuration
          .price()
          .ifPresent(
              price -> figures.set(Measure.PRICE, price.amount()).currency(price.currency()));
      NetworkCost cost = configuration.price(variant, catalogue);
      Metric timeMs = milliseconds(cost.cycles());
      told(Measure.CYCLES, cost.cycles());
      told(Measure.LATENCY, timeMs);
      if (timeMs instanceof Estimate) {
        Metric energyUj = configuration.power().networkEnergyUj(layerTimes(cost), timeMs);
        told(Measure.ENERGY, energyUj);
        dutyCycle(timeMs, energyUj);
      }
      Fits fits = memory();
      return Design.of(space, point, figures, fits, String.join("; ", reasons));
    }

    private void told(Measure measure, Metric metric) {
      figures.set(measure, metric);
      if (metric instanceof Unavailable none && !reasons.contains(none.reason())) {
        reasons.add(none.reason());
      }
    }

    private Metric milliseconds(Metric cycles) {
      return cycles instanceof Estimate estimate ? estimate.times(1e3 / target.clockHz()) : cycles;
    }

    private List<LayerTime> layerTimes(NetworkCost cost) {
      List<LayerTime> times = new ArrayList<>(cost.layers().size());
      for (LayerCost layer : cost.layers()) {
        Estimate time = (Estimate) milliseconds(layer.cycles());
        times.add(new LayerTime(layer.work(), time.value()));
      }
      return times;
    }

    private void dutyCycle(Metric timeMs, Metric energyUj) {
      Optional<Double> periodS = space.periodS(space.periodOf(point));
      if (periodS.isEmpty()) {
        return;
      }
      Metric power =
          new DutyCycle(periodS.get() * 1e3).averageMw(timeMs, energyUj, configuration.sleepMw());
      told(Measure.POWER, power);
      if (space.battery().isPresent()) {
        Battery battery = space.battery().get();
        Metric hours =
            DutyCycle.batteryHours(power, target, battery.milliampereHours(), battery.volts());
        told(Measure.LIFE, hours instanceof Estimate e ? e.times(1 / 24.0) : hours);
      }
    }

    private Fits memory() {
      Variant.Memory memory = variant.memory(target);
      if (memory.planned() == null) {
        reasons.add(memory.reason());
        return Fits.UNKNOWN;
      }
      figures.set(Measure.ARENA, (double) memory.planned().plan().arenaBytesToAllocate());
      figures.set(Measure.RAM, (double) memory.planned().footprint().ramBytes());
      figures.set(Measure.FLASH, (double) memory.planned().footprint().flashBytes());
      return Fit.holds(memory.planned().footprint(), target) ? Fits.YES : Fits.NO;
    }
  }

  /** The configuration of a design, or empty where the board cannot be run this way. */
  public Optional<Target> target(long point) {
    return Optional.ofNullable(
            configurations
                .computeIfAbsent(space.configurationOf(point), this::configuration)
                .thing())
        .map(Configuration::target);
  }

  /** The board of a design. */
  public Board board(long point) {
    return space.board(space.configurationOf(point));
  }
}
