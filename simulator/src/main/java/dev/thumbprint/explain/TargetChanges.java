package dev.thumbprint.explain;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.board.Placement;
import dev.thumbprint.cost.board.Ram;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.KernelLibrary;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What could be changed about a target without touching the network. */
final class TargetChanges {
  /** A change of one setting. */
  record Candidate(String id, String message, List<String> options, Target target) {}

  private final Target target;
  private final List<Candidate> found = new ArrayList<>();

  private TargetChanges(Target target) {
    this.target = target;
  }

  static List<Candidate> of(Target target) {
    TargetChanges changes = new TargetChanges(target);
    changes.collect();
    return changes.found;
  }

  private void collect() {
    if (!isClosed(target)) {
      build();
    }
    if (!target.caches()) {
      add(
          "caches-on",
          "switch caches and flash accelerator on",
          "--caches on",
          b -> b.caches(true));
    }
    weights();
    arena();
    kernels();
    clock();
  }

  /**
   * Whether the kernels come compiled: flags of a build are no settings of theirs, and what their
   * code asks of the flash is not known.
   */
  static boolean isClosed(Target target) {
    return KernelLibraries.find(target.kernels()).map(KernelLibrary::coarse).orElse(false);
  }

  private void build() {
    if (target.asserts()) {
      add(
          "asserts-off",
          "build without assertions (NDEBUG)",
          "--asserts off",
          b -> b.asserts(false));
    }
    if (!target.prefetch()) {
      add("prefetch-on", "let the flash read ahead", "--prefetch on", b -> b.prefetch(true));
    }
    if (!target.fpu()) {
      add("fpu-on", "build for the floating-point unit", "--fpu on", b -> b.fpu(true));
    }
    for (OptLevel level : OptLevel.values()) {
      if (level != target.opt()) {
        add(
            "opt-" + level.label().toLowerCase(Locale.ROOT),
            "compile the kernels with -" + level.label() + " instead of -" + target.opt().label(),
            "--opt " + level.label(),
            b -> b.opt(level));
      }
    }
  }

  private void weights() {
    if (target.weights() == Placement.RAM || target.weights() == Placement.TCM) {
      return;
    }
    String from = target.weights() == Placement.XIP ? "external memory" : "flash";
    add(
        "weights-in-ram",
        "copy the weights from " + from + " to RAM at start-up",
        "--weights ram",
        b -> b.weights(Placement.RAM));
    if (target.board().ram().stream().anyMatch(Ram::tightlyCoupled)) {
      add(
          "weights-in-tcm",
          "copy the weights from " + from + " to tightly coupled memory at start-up",
          "--weights tcm",
          b -> b.weights(Placement.TCM));
    }
  }

  private void arena() {
    if (target.arena().tightlyCoupled()) {
      return;
    }
    target.board().ram().stream()
        .filter(ram -> ram.kind() == Ram.Kind.DTCM)
        .forEach(
            ram ->
                add(
                    "arena-in-" + ram.name().toLowerCase(Locale.ROOT),
                    "place the arena in " + ram.name() + " instead of " + target.arena().name(),
                    "--arena " + ram.name(),
                    b -> b.arena(ram.name())));
  }

  /** The newest generations of the libraries that TFLM can be built with. */
  private void kernels() {
    for (String family : List.of("cmsis-nn", "tflm-reference")) {
      KernelLibrary newest =
          KernelLibraries.find(new LibraryId(family, "")).orElseThrow(IllegalStateException::new);
      if (!newest.id().equals(target.kernels())) {
        add(
            "kernels-" + family,
            "take the kernels of " + newest.id() + " instead of " + target.kernels(),
            "--kernels " + newest.id(),
            b -> b.kernels(newest.id()));
      }
    }
  }

  private void clock() {
    long maxHz = target.board().clock().maxHz();
    if (target.clockHz() < maxHz) {
      add(
          "clock-maximum",
          "run at %s MHz instead of %s MHz"
              .formatted(megahertz(maxHz), megahertz(target.clockHz())),
          "--clock " + maxHz + "Hz",
          b -> b.clockHz(maxHz).waitStates(null));
    }
  }

  private static String megahertz(long hz) {
    return hz % 1_000_000 == 0
        ? Long.toString(hz / 1_000_000)
        : String.format(Locale.ROOT, "%.3f", hz / 1e6);
  }

  private void add(
      String id, String message, String options, Consumer<TargetOptions.Builder> change) {
    TargetOptions.Builder builder = same();
    change.accept(builder);
    try {
      Target changed = Target.of(target.board(), builder.build());
      found.add(
          new Candidate(id, message + " (" + options + ")", List.of(options.split(" ")), changed));
    } catch (BadDescription impossible) {
      // The board cannot be run this way, so it is no advice.
    }
  }

  /**
   * Options that give the target itself; wait states are told where they are not the usual ones.
   */
  private TargetOptions.Builder same() {
    TargetOptions.Builder builder =
        TargetOptions.builder()
            .clockHz(target.clockHz())
            .caches(target.caches())
            .prefetch(target.prefetch() ? Boolean.TRUE : null)
            .kernels(target.kernels())
            .opt(target.opt())
            .asserts(target.asserts())
            .arduino(target.arduino())
            .fpu(target.fpu())
            .weights(target.weights())
            .arena(target.arena().name())
            .supplyVolts(
                target.supplyVolts().isPresent() ? target.supplyVolts().getAsDouble() : null)
            .regulator(target.regulator().orElse(null));
    if (!target.prefetch() && Target.of(target.board(), builder.build()).prefetch()) {
      builder.prefetch(false);
    }
    Target usual = Target.of(target.board(), builder.build());
    if (!usual.waitStates().equals(target.waitStates()) && target.waitStates().isPresent()) {
      builder.waitStates(target.waitStates().getAsInt());
    }
    return builder;
  }
}
