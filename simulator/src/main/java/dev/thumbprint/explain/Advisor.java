package dev.thumbprint.explain;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.model.Layer;
import dev.thumbprint.model.Network;
import dev.thumbprint.profile.Advice;
import dev.thumbprint.profile.Profile;
import dev.thumbprint.profile.Profiler;
import dev.thumbprint.profile.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds changes of network and build that would make an inference shorter. Each is applied and
 * priced again by the same model; what saves less than a part in a hundred is left out.
 */
public final class Advisor {
  /** Gains below this share of the latency are within what no model can tell. */
  private static final double SHARE_MIN = 0.01;

  /** Networks of more layers get no advice on channels: the search is quadratic. */
  private static final int LAYERS_MAX = 500;

  private final Subject subject;
  private final Target target;
  private final CostModel model;
  private final double beforeMs;
  private final double beforeUj;
  private final Map<String, Proposal> best = new HashMap<>();

  private Advisor(Subject subject, Target target, CostModel model, Estimate time, double energy) {
    this.subject = subject;
    this.target = target;
    this.model = model;
    this.beforeMs = time.value();
    this.beforeUj = energy;
  }

  /**
   * What would help, most saved time first; empty where the network has no price.
   *
   * @throws dev.thumbprint.cost.BadDescription if the target's kernel library is not known
   */
  public static List<Proposal> proposals(Subject subject, Target target, CostModel model) {
    Profile now = Profiler.profile(subject, target, model, false);
    if (!(now.total().inferenceTimeMs() instanceof Estimate time)) {
      return List.of();
    }
    Advisor advisor = new Advisor(subject, target, model, time, energy(now));
    advisor.settings(now);
    // What a closed runtime makes of left-over channels is not known.
    boolean loopsKnown = !TargetChanges.isClosed(target);
    if (loopsKnown && subject.network().layers().size() <= LAYERS_MAX) {
      advisor.channels();
    }
    return advisor.best.values().stream()
        .map(advisor::withEnergy)
        .sorted(
            Comparator.comparingDouble((Proposal p) -> -p.advice().gainMs())
                .thenComparing(p -> p.advice().layer())
                .thenComparing(p -> p.advice().id()))
        .toList();
  }

  /** The profile with the advice for it. */
  public static Profile advised(Profile profile, Subject subject, CostModel model) {
    return profile.withAdvice(
        proposals(subject, profile.target(), model).stream().map(Proposal::advice).toList());
  }

  private void settings(Profile now) {
    for (TargetChanges.Candidate candidate : TargetChanges.of(target)) {
      // One piece of advice on flags, on kernels and on each placement: the best of each.
      String kind = candidate.id().replaceFirst("^(opt|kernels|weights|arena)-.*", "$1");
      double afterMs = milliseconds(subject.network(), candidate.target());
      if (isGain(kind, afterMs) && leavesRoom(now, candidate.target())) {
        offer(
            kind,
            new Offer(-1, candidate.id(), candidate.message(), candidate.options()),
            subject.network(),
            candidate.target(),
            afterMs);
      }
    }
  }

  /** Whether what fitted still fits. */
  private boolean leavesRoom(Profile now, Target changed) {
    return !now.fits() || Profiler.profile(subject, changed, model, false).fits();
  }

  /** Latency of a network in ms; NaN where it has none. */
  private double milliseconds(Network network, Target on) {
    return model.on(on).network(network.works()).cycles() instanceof Estimate cycles
        ? cycles.value() * 1e3 / on.clockHz()
        : Double.NaN;
  }

  private boolean isGain(String key, double afterMs) {
    double gainMs = beforeMs - afterMs;
    Proposal known = best.get(key);
    return gainMs >= SHARE_MIN * beforeMs && (known == null || known.advice().gainMs() < gainMs);
  }

  private record Offer(int layer, String id, String message, List<String> options) {}

  private void offer(String key, Offer offer, Network network, Target changed, double afterMs) {
    best.put(
        key,
        new Proposal(
            new Advice(offer.layer(), offer.id(), beforeMs - afterMs, offer.message()),
            offer.options(),
            ChannelGroup.difference(subject.network(), network),
            network,
            changed,
            Double.NaN));
  }

  private Proposal withEnergy(Proposal p) {
    // A changed network has no file any more; latency and energy need none.
    Profile after =
        Profiler.profile(new Subject(p.network(), Optional.empty()), p.target(), model, false);
    return new Proposal(
        p.advice(), p.options(), p.layers(), p.network(), p.target(), beforeUj - energy(after));
  }

  private static double energy(Profile profile) {
    return profile.total().energyUj() instanceof Estimate energy ? energy.value() : Double.NaN;
  }

  private void channels() {
    Wiring wiring = Wiring.of(subject);
    for (ChannelGroup group : ChannelGroups.of(subject.network(), wiring)) {
      boolean grown = false;
      for (int step : steps(group)) {
        int more = Math.ceilDiv(group.channels(), step) * step;
        grown |= more > group.channels() && offer(group, more, step, wiring);
      }
      int fewer = group.channels() / 4 * 4;
      if (!grown && !group.isInput() && fewer > 0 && fewer < group.channels()) {
        offer(group, fewer, 4, wiring);
      }
    }
  }

  private List<Integer> steps(ChannelGroup group) {
    List<Integer> steps = new ArrayList<>(List.of(4));
    boolean vectors = target.board().core().simd() == SimdUnit.MVE;
    boolean dense =
        group.consumers().stream()
            .anyMatch(layer -> layer.work().operator() == Operator.FULLY_CONNECTED);
    if (vectors || dense) {
      steps.add(16);
    }
    return steps;
  }

  private boolean offer(ChannelGroup group, int channels, int step, Wiring wiring) {
    Optional<Network> changed = group.with(channels, subject.network(), wiring);
    if (changed.isEmpty()) {
      return false;
    }
    double afterMs = milliseconds(changed.get(), target);
    Layer layer = group.producer().orElseGet(() -> group.consumers().getFirst());
    String key = "layer " + layer.index() + (group.isInput() ? " input" : "");
    if (!isGain(key, afterMs)) {
      return false;
    }
    offer(
        key,
        new Offer(layer.index(), id(group, step), message(group, layer, channels), List.of()),
        changed.get(),
        target,
        afterMs);
    return true;
  }

  private static String id(ChannelGroup group, int step) {
    if (group.isInput()) {
      return "input-multiple-of-" + step;
    }
    boolean dense =
        group.producer().stream().anyMatch(l -> l.work().operator() == Operator.FULLY_CONNECTED);
    return (dense ? "units-multiple-of-" : "channels-multiple-of-") + step;
  }

  private static String message(ChannelGroup group, Layer layer, int channels) {
    String readers =
        String.join(", ", group.consumers().stream().map(l -> "" + l.index()).distinct().toList());
    if (group.isInput()) {
      return "pad the input from %d to %d channels with zeros (read by layer %s)"
          .formatted(group.channels(), channels, readers);
    }
    return "give layer %d (%s) %d output channels instead of %d (read by layer %s); train anew"
        .formatted(layer.index(), layer.work().operator(), channels, group.channels(), readers);
  }
}
