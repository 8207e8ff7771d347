package dev.thumbprint.profile;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.energy.KernelKind;
import dev.thumbprint.cost.energy.PowerModel;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.LayerCost;
import dev.thumbprint.cost.pricing.NetworkCost;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Layer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedSet;

/** Prices a network on a target: cycles, time and energy by layer, and the memory it needs. */
public final class Profiler {
  private final Subject subject;
  private final Target target;
  private final PowerModel power;
  private final NetworkCost cost;
  private final List<String> files;

  private Profiler(Subject subject, Target target, CostModel model) {
    this.subject = subject;
    this.target = target;
    this.power = PowerModel.of(target);
    this.files = model.files();
    this.cost = model.on(target).network(subject.network().requireLayers().works());
  }

  /**
   * The profile of a network on a target.
   *
   * @param ignoreUnknown give a total of the layers that can be priced, marked partial, where
   *     others cannot
   * @throws dev.thumbprint.cost.BadDescription if the target's kernel library is not known
   */
  public static Profile profile(Subject subject, Target target, boolean ignoreUnknown) {
    return profile(subject, target, CostModel.shipped(), ignoreUnknown);
  }

  /**
   * The profile of a network on a target with a cost model of one's own.
   *
   * @param ignoreUnknown give a total of the layers that can be priced, marked partial, where
   *     others cannot
   * @throws dev.thumbprint.cost.BadDescription if the target's kernel library is not known
   */
  public static Profile profile(
      Subject subject, Target target, CostModel model, boolean ignoreUnknown) {
    return new Profiler(subject, target, model).profile(ignoreUnknown);
  }

  private Profile profile(boolean ignoreUnknown) {
    List<String> provenance = new ArrayList<>();
    Metric cycles = cost.cycles();
    if (cycles instanceof Unavailable && ignoreUnknown) {
      cycles = partial(provenance);
    }
    Metric timeMs = milliseconds(cycles);
    MemoryCost memory = MemoryCost.of(subject, target);
    provenance.addAll(provenance(memory));
    return new Profile(
        facts(),
        target,
        new Totals(
            cycles,
            timeMs,
            power.networkEnergyUj(layerTimes(), timeMs),
            memory.arenaBytes(),
            memory.ramBytes(),
            memory.flashBytes()),
        layers(cycles),
        memory.fit(),
        List.of(),
        provenance);
  }

  private Metric partial(List<String> provenance) {
    double value = 0;
    double low = 0;
    double high = 0;
    int missing = 0;
    for (LayerCost layer : cost.layers()) {
      if (layer.cycles() instanceof Estimate e) {
        value += e.value();
        low += e.low();
        high += e.high();
      } else {
        missing++;
      }
    }
    provenance.add(
        "PARTIAL: %d of %d layers could not be priced and are not in the total"
            .formatted(missing, cost.layers().size()));
    return new Estimate(value, low, high, Source.MODELLED);
  }

  private List<LayerProfile> layers(Metric total) {
    List<LayerProfile> profiles = new ArrayList<>();
    for (int i = 0; i < cost.layers().size(); i++) {
      Layer layer = subject.network().layers().get(i);
      LayerCost layerCost = cost.layers().get(i);
      Metric timeMs = milliseconds(layerCost.cycles());
      profiles.add(
          new LayerProfile(
              layer.index(),
              layer.name(),
              layer.work(),
              layerCost.path(),
              layerCost.cycles(),
              timeMs,
              power.layerEnergyUj(layer.work(), timeMs),
              share(layerCost.cycles(), total),
              notes(layerCost)));
    }
    return profiles;
  }

  private static List<String> notes(LayerCost layer) {
    List<String> notes = new ArrayList<>(layer.notes());
    if (layer.cycles() instanceof Unavailable none) {
      notes.add("not priced: " + none.reason());
    }
    return notes;
  }

  private List<PowerModel.LayerTime> layerTimes() {
    return cost.layers().stream()
        .filter(layer -> layer.cycles() instanceof Estimate)
        .map(
            layer ->
                new PowerModel.LayerTime(
                    layer.work(), ((Estimate) milliseconds(layer.cycles())).value()))
        .toList();
  }

  private static OptionalDouble share(Metric part, Metric total) {
    return part instanceof Estimate p && total instanceof Estimate t && t.value() > 0
        ? OptionalDouble.of(Math.min(1, p.value() / t.value()))
        : OptionalDouble.empty();
  }

  private Metric milliseconds(Metric cycles) {
    return cycles instanceof Estimate estimate ? estimate.times(1e3 / target.clockHz()) : cycles;
  }

  private ModelFacts facts() {
    Optional<Graph> graph = subject.graph();
    return new ModelFacts(
        subject.network().name(),
        graph.map(Graph::sha256),
        graph.isPresent() ? OptionalLong.of(graph.get().fileBytes()) : OptionalLong.empty(),
        subject.network().macs(),
        subject.network().parameters());
  }

  private SequencedSet<String> provenance(MemoryCost memory) {
    SequencedSet<String> lines = new LinkedHashSet<>();
    lines.add("network: " + subject.network().provenance());
    lines.addAll(files);
    cost.notes().forEach(note -> lines.add("cycles: " + note));
    KernelKind kind =
        KernelKind.of(target, subject.network().layers().getFirst().work().inputType());
    power.basis(kind).ifPresent(basis -> lines.add("energy: " + basis));
    memory.assumptions().forEach(assumption -> lines.add("memory: " + assumption));
    target.assumptions().forEach(assumption -> lines.add("assumed: " + assumption));
    return lines;
  }
}
