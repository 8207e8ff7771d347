package dev.thumbprint.firmware.monitor;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.firmware.retime.PartTime;
import dev.thumbprint.model.Network;
import dev.thumbprint.profile.LayerProfile;
import dev.thumbprint.profile.ModelFacts;
import dev.thumbprint.profile.Profile;
import dev.thumbprint.profile.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A run of firmware as the {@link Profile} of the main job: one inference where the firmware runs a
 * network with TensorFlow Lite Micro, the whole run otherwise.
 */
public final class EmulationProfile {
  private EmulationProfile() {}

  /**
   * The profile of a run.
   *
   * @param network that the firmware ran, where it is known
   */
  public static Profile of(Emulation run, Optional<Network> network) {
    Optional<PartTime> inference = run.inference().filter(part -> part.entries() > 0);
    Estimate cycles =
        inference.isPresent()
            ? Operators.cycles(inference.get()).times(1.0 / inference.get().entries())
            : run.cyclesEstimate();
    Estimate timeMs = cycles.times(1e3 / run.target().clockHz());
    Metric energy =
        inference.isPresent()
            ? Operators.times(run.energy().activePowerMw(), timeMs)
            : run.energy().totalUj();
    return new Profile(
        model(run, network),
        run.target(),
        new Totals(cycles, timeMs, energy, arena(run), ram(run), flash(run)),
        layers(run, cycles),
        Optional.empty(),
        List.of(),
        provenance(run));
  }

  private static ModelFacts model(Emulation run, Optional<Network> network) {
    return network
        .map(
            known ->
                new ModelFacts(
                    known.name(),
                    Optional.of(known.provenance())
                        .filter(text -> text.matches("sha256:[0-9a-f]{64}"))
                        .map(text -> text.substring("sha256:".length())),
                    OptionalLong.empty(),
                    known.macs(),
                    known.parameters()))
        .orElseGet(
            () ->
                new ModelFacts(
                    run.firmware(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    0,
                    OptionalLong.empty()));
  }

  private static List<LayerProfile> layers(Emulation run, Estimate total) {
    List<LayerProfile> layers = new ArrayList<>();
    for (Emulation.Operator operator : run.operators()) {
      if (operator.layer().isPresent() && operator.time().entries() > 0) {
        double once = 1.0 / operator.time().entries();
        Estimate cycles = Operators.cycles(operator.time()).times(once);
        Metric energy =
            operator.energyUj() instanceof Estimate e ? e.times(once) : operator.energyUj();
        layers.add(
            new LayerProfile(
                operator.index(),
                operator.layer().get().name(),
                operator.layer().get().work(),
                operator.function(),
                cycles,
                cycles.times(1e3 / run.target().clockHz()),
                energy,
                total.value() > 0
                    ? OptionalDouble.of(Math.min(1, cycles.value() / total.value()))
                    : OptionalDouble.empty(),
                List.of()));
      }
    }
    return layers;
  }

  private static Metric arena(Emulation run) {
    return run.memory()
        .arena()
        .<Metric>map(arena -> exact(arena.usedBytes()))
        .orElseGet(() -> new Unavailable("no array of the firmware is called an arena"));
  }

  private static Metric ram(Emulation run) {
    OptionalInt statics = run.memory().staticBytes();
    if (statics.isEmpty()) {
      return new Unavailable("no symbol says where static data end");
    }
    return exact(
        statics.getAsInt() + run.memory().heapBytesMax().orElse(0) + run.memory().stackBytesMax());
  }

  private static Metric flash(Emulation run) {
    return exact(run.memory().programBytes());
  }

  private static Estimate exact(long bytes) {
    return Estimate.exact((double) bytes, Source.EMULATED);
  }

  private static List<String> provenance(Emulation run) {
    List<String> lines = new ArrayList<>();
    lines.add("firmware: %s, sha256:%s".formatted(run.firmware(), run.sha256()));
    lines.add("executed by " + run.engine());
    lines.add("interval: a code cache of up to 4 lines more or fewer; not the error of the timing");
    lines.add("times of a layer are without the interpreter around it");
    run.unpriced().forEach(op -> lines.add("PARTIAL: not priced: " + op));
    lines.addAll(run.notes());
    run.target().assumptions().forEach(assumption -> lines.add("assumed: " + assumption));
    return lines;
  }
}
