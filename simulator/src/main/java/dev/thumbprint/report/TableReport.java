package dev.thumbprint.report;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.KernelLibrary;
import dev.thumbprint.memory.Fit;
import dev.thumbprint.profile.Advice;
import dev.thumbprint.profile.LayerProfile;
import dev.thumbprint.profile.Profile;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;

/** A profile for the terminal. */
public final class TableReport {
  private final Profile profile;

  public TableReport(Profile profile) {
    this.profile = profile;
  }

  /** The whole report. */
  public String render() {
    return heading(profile) + "\n" + LayerTable.of(profile).render() + notes() + "\n" + summary();
  }

  /** The report without its layers. */
  String summary() {
    return totals() + remedies() + advice() + provenance();
  }

  /** What runs where, in two lines. */
  static String heading(Profile profile) {
    Target target = profile.target();
    String waits =
        target.waitStates().isPresent()
            ? ", " + target.waitStates().getAsInt() + " flash wait states"
            : "";
    // A runtime that comes compiled has no flags to tell.
    boolean built =
        !KernelLibraries.find(target.kernels()).map(KernelLibrary::coarse).orElse(false);
    return "%s on %s: %s, %s%s, %s MHz%s\n%s%s%s, weights in %s, arena in %s\n"
        .formatted(
            profile.model().name(),
            target.board().title(),
            target.board().mcu(),
            target.board().core().label(),
            target.fpu() ? " with FPU" : "",
            Numbers.significant(target.clockHz() / 1e6),
            waits,
            target.kernels(),
            built ? " -" + target.opt().label() : "",
            (target.asserts() ? " with assertions" : "") + (target.arduino() ? " for Arduino" : ""),
            target.weights().label(),
            target.arena().name());
  }

  private String notes() {
    Map<String, String> layersOfNote = new LinkedHashMap<>();
    for (LayerProfile layer : profile.layers()) {
      layer
          .notes()
          .forEach(
              note ->
                  layersOfNote.merge(
                      note, Integer.toString(layer.index()), (all, one) -> all + ", " + one));
    }
    return layersOfNote.entrySet().stream()
        .map(note -> "  layer %s: %s\n".formatted(note.getValue(), note.getKey()))
        .collect(Collectors.joining());
  }

  /** Which layers have no price, and what that means for the total; empty where all have one. */
  static String missing(Profile profile) {
    if (profile.notPriced().isEmpty()) {
      return "";
    }
    String layers =
        profile.notPriced().stream()
            .map(layer -> layer.index() + " (" + layer.work().operator() + ")")
            .collect(Collectors.joining(", "));
    String total = profile.partial() ? "PARTIAL, of the layers priced" : "no total";
    return "%s: %d of %d layers not priced: %s\n"
        .formatted(total, profile.notPriced().size(), profile.layers().size(), layers);
  }

  private String totals() {
    var total = profile.total();
    return missing(profile)
        + line("cycles", total.cycles(), Numbers::significant, "")
        + line("latency", total.inferenceTimeMs(), Numbers::significant, " ms")
        + line("energy", total.energyUj(), Numbers::significant, " uJ")
        + line("arena", total.arenaBytes(), TableReport::exactBytes, "")
        + line("RAM", total.ramBytes(), TableReport::exactBytes, "")
        + regions("ram")
        + line("flash", total.flashBytes(), TableReport::exactBytes, "")
        + regions("flash");
  }

  private String regions(String kind) {
    return profile.fit().stream()
        .flatMap(fit -> fit.regions().stream())
        .filter(region -> region.kind().equals(kind))
        .map(TableReport::describe)
        .collect(Collectors.joining());
  }

  private static String describe(Fit.Region region) {
    return String.format(
        Locale.ROOT,
        "  %s: %,d of %,d bytes, %s (%s)%n",
        region.name(),
        region.neededBytes(),
        region.availableBytes(),
        region.fits() ? "fits" : "DOES NOT FIT",
        region.parts().stream()
            .filter(part -> part.bytes() > 0)
            .map(part -> part.what() + " " + Numbers.grouped(part.bytes()))
            .collect(Collectors.joining(", ")));
  }

  private static String line(
      String title, Metric metric, DoubleFunction<String> format, String unit) {
    return switch (metric) {
      case Estimate e when e.low() == e.high() ->
          "%-8s %s%s  (%s)\n".formatted(title, format.apply(e.value()), unit, e.source().label());
      case Estimate e ->
          "%-8s %s%s  (90 %%: %s .. %s, %s)\n"
              .formatted(
                  title,
                  format.apply(e.value()),
                  unit,
                  format.apply(e.low()),
                  format.apply(e.high()),
                  e.source().label());
      case Unavailable none -> "%-8s not available: %s\n".formatted(title, none.reason());
    };
  }

  private static String exactBytes(double bytes) {
    return String.format(Locale.ROOT, "%,.0f bytes", bytes);
  }

  private String remedies() {
    return profile.fit().stream()
        .flatMap(fit -> fit.remedies().stream())
        .map(remedy -> "  " + remedy + "\n")
        .collect(Collectors.joining());
  }

  private String advice() {
    return profile.advice().stream()
        .map(TableReport::describe)
        .collect(
            Collectors.joining("", profile.advice().isEmpty() ? "" : "\nWhat would help\n", ""));
  }

  private static String describe(Advice advice) {
    return "  saves %s ms: %s\n".formatted(Numbers.significant(advice.gainMs()), advice.message());
  }

  private String provenance() {
    return profile.provenance().stream()
        .map(line -> "  " + line + "\n")
        .collect(Collectors.joining("", "\nWhere the figures come from\n", ""));
  }
}
