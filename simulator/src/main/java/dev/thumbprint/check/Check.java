package dev.thumbprint.check;

import dev.thumbprint.check.Verdict.Outcome;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.explain.Advisor;
import dev.thumbprint.explain.Proposal;
import dev.thumbprint.memory.Fit;
import dev.thumbprint.memory.MemoryAdvice;
import dev.thumbprint.memory.MemoryException;
import dev.thumbprint.memory.PlanOptions;
import dev.thumbprint.memory.RuntimeBuild;
import dev.thumbprint.profile.Footprints;
import dev.thumbprint.profile.Profile;
import dev.thumbprint.profile.Profiler;
import dev.thumbprint.profile.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A profile judged by limits, and what would help where one fails.
 *
 * @param profile the figures
 * @param verdicts one for each limit
 * @param help by the failed limit what would help, in words, best first
 */
public record Check(Profile profile, List<Verdict> verdicts, List<Help> help) {
  private static final int HELP_MAX = 5;

  public Check {
    verdicts = List.copyOf(verdicts);
    help = List.copyOf(help);
  }

  /**
   * What would help a limit.
   *
   * @param limit the limit that failed
   * @param gain how much it would gain, in the unit of the limit
   * @param suffices whether it alone would be enough
   * @param message the change, in words
   */
  public record Help(Limit limit, double gain, boolean suffices, String message) {
    private Help(Limit limit, double gain, String message, Verdict verdict) {
      this(limit, gain, gain >= verdict.excess(), message);
    }
  }

  /**
   * Judges a network on a target.
   *
   * @param limits the most that is allowed of each
   * @param upper whether the upper end of the 90 % interval is judged instead of the value
   * @throws dev.thumbprint.cost.BadDescription if the target's kernel library is not known
   */
  public static Check of(
      Subject subject, Target target, CostModel model, Map<Limit, Double> limits, boolean upper) {
    Profile profile = Profiler.profile(subject, target, model, false);
    List<Verdict> verdicts = new ArrayList<>();
    for (Limit limit : Limit.values()) {
      if (limits.containsKey(limit)) {
        verdicts.add(new Verdict(limit, limit.of(profile.total()), limits.get(limit), upper));
      }
    }
    return new Check(profile, verdicts, help(subject, target, model, verdicts));
  }

  /** Whether every limit is kept and the board has room. */
  public Outcome outcome() {
    if (verdicts.stream().anyMatch(verdict -> verdict.outcome() == Outcome.FAILED)
        || profile.fit().map(fit -> !fit.fits()).orElse(false)) {
      return Outcome.FAILED;
    }
    return verdicts.stream().anyMatch(verdict -> verdict.outcome() == Outcome.UNKNOWN)
        ? Outcome.UNKNOWN
        : Outcome.PASSED;
  }

  /** Memory regions of the board without room for what is put there. */
  public List<Fit.Region> full() {
    return profile.fit().stream()
        .flatMap(fit -> fit.regions().stream())
        .filter(region -> !region.fits())
        .toList();
  }

  /** What to change where the board has no room, in words. */
  public List<String> remedies() {
    return profile.fit().map(Fit::remedies).orElse(List.of());
  }

  private static List<Help> help(
      Subject subject, Target target, CostModel model, List<Verdict> verdicts) {
    List<Help> help = new ArrayList<>();
    List<Proposal> proposals = null;
    for (Verdict verdict : verdicts) {
      if (verdict.outcome() != Outcome.FAILED) {
        continue;
      }
      switch (verdict.limit()) {
        case LATENCY, ENERGY -> {
          if (proposals == null) {
            proposals = Advisor.proposals(subject, target, model);
          }
          help.addAll(faster(verdict, proposals));
        }
        case ARENA, RAM -> help.addAll(smaller(verdict, subject, target));
        case FLASH -> help.addAll(leaner(verdict, subject, target));
      }
    }
    return help;
  }

  /** Where the upper end is judged, gains grow with it: intervals are factors. */
  private static List<Help> faster(Verdict verdict, List<Proposal> proposals) {
    double scale =
        verdict.figure() instanceof dev.thumbprint.cost.Estimate e && e.value() > 0
            ? verdict.judged(e) / e.value()
            : 1;
    return proposals.stream()
        .map(
            proposal -> {
              boolean time = verdict.limit() == Limit.LATENCY;
              double gain = scale * (time ? proposal.advice().gainMs() : proposal.gainUj());
              return new Help(
                  verdict.limit(), gain, gain >= verdict.excess(), proposal.advice().message());
            })
        .filter(found -> found.gain() > 0)
        .limit(HELP_MAX)
        .toList();
  }

  /** Builds of the same model that take less flash. */
  private static List<Help> leaner(Verdict verdict, Subject subject, Target target) {
    LibraryId reference = LibraryId.parse(RuntimeBuild.Kernels.REFERENCE.label());
    List<Help> help = new ArrayList<>();
    try {
      long now = flashBytes(subject, target, target.kernels(), target.opt());
      help.add(
          new Help(
              Limit.FLASH,
              now - flashBytes(subject, target, target.kernels(), OptLevel.OS),
              "build for size (--opt Os)",
              verdict));
      help.add(
          new Help(
              Limit.FLASH,
              now - flashBytes(subject, target, reference, target.opt()),
              "link the reference kernels, which are slower (--kernels tflm-reference)",
              verdict));
    } catch (MemoryException unknown) {
      return List.of();
    }
    return help.stream()
        .filter(found -> found.gain() > 0)
        .sorted(Comparator.comparingDouble(Help::gain).reversed())
        .toList();
  }

  private static long flashBytes(Subject subject, Target target, LibraryId kernels, OptLevel opt) {
    return Footprints.of(subject, kernels, target.board().core(), opt).footprint().flashBytes();
  }

  private static List<Help> smaller(Verdict verdict, Subject subject, Target target) {
    if (subject.graph().isEmpty()) {
      return List.of();
    }
    try {
      RuntimeBuild build = RuntimeBuild.of(target.kernels(), target.board().core());
      return MemoryAdvice.of(subject.graph().get(), PlanOptions.of(build)).stream()
          .map(
              advice ->
                  new Help(
                      verdict.limit(),
                      advice.gainBytes(),
                      advice.gainBytes() >= verdict.excess(),
                      advice.message()))
          .limit(HELP_MAX)
          .toList();
    } catch (MemoryException unknown) {
      return List.of();
    }
  }
}
