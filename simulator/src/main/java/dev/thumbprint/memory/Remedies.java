package dev.thumbprint.memory;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What to change of the model or its build where it does not fit a board; each is computed. */
final class Remedies {
  /** int8 takes a quarter of float32. */
  private static final int FLOAT_BYTES = 4;

  private final Graph graph;
  private final Target target;
  private final Footprint footprint;
  private final List<String> words = new ArrayList<>();

  private Remedies(Graph graph, Target target, Footprint footprint) {
    this.graph = graph;
    this.target = target;
    this.footprint = footprint;
  }

  /** The remedies for every region that has not room enough, in the order of the regions. */
  static List<String> of(Graph graph, Target target, Footprint footprint, Fit fit) {
    Remedies remedies = new Remedies(graph, target, footprint);
    for (Fit.Region region : fit.regions()) {
      if (!region.fits()) {
        long missing = region.neededBytes() - region.availableBytes();
        if (Footprint.of(region.parts(), FootprintModel.ARENA) > 0) {
          remedies.lowerTheArena(region, missing);
        }
        if (Footprint.of(region.parts(), FootprintModel.KERNELS) > 0) {
          remedies.lowerTheFlash(region, missing);
        }
      }
    }
    return List.copyOf(remedies.words);
  }

  private void lowerTheArena(Fit.Region region, long missing) {
    PlanOptions options = PlanOptions.of(RuntimeBuild.of(target.kernels(), target.board().core()));
    MemoryAdvice.of(graph, options).stream()
        .findFirst()
        .ifPresent(
            advice ->
                say(
                    region,
                    missing,
                    advice.gainBytes(),
                    "%s (analyze --apply %s=FILE)".formatted(advice.message(), advice.id())));
    long floats =
        graph.subgraphs().stream()
            .flatMap(subgraph -> subgraph.tensors().stream())
            .filter(tensor -> tensor.type() == DataType.FLOAT32 && !tensor.constant())
            .mapToLong(Tensor::bytes)
            .sum();
    if (floats > 0) {
      long arena = Footprint.of(region.parts(), FootprintModel.ARENA);
      say(
          region,
          missing,
          arena - arena / FLOAT_BYTES,
          "quantise the model to int8, about a quarter of the arena");
    }
  }

  private void lowerTheFlash(Fit.Region region, long missing) {
    long linked = linkedBytes(target.kernels(), target.opt());
    if (target.opt() != OptLevel.OS) {
      say(
          region,
          missing,
          linked - linkedBytes(target.kernels(), OptLevel.OS),
          "build for size (--opt Os)");
    }
    LibraryId reference = LibraryId.parse(RuntimeBuild.Kernels.REFERENCE.label());
    if (!target.kernels().family().equals(reference.family())) {
      say(
          region,
          missing,
          linked - linkedBytes(reference, target.opt()),
          "link the reference kernels, which are slower (--kernels tflm-reference)");
    }
    long floats =
        graph.subgraphs().stream()
            .flatMap(subgraph -> subgraph.tensors().stream())
            .filter(tensor -> tensor.type() == DataType.FLOAT32 && tensor.constant())
            .mapToLong(Tensor::bytes)
            .sum();
    if (Footprint.of(region.parts(), FootprintModel.MODEL) > 0) {
      say(region, missing, floats - floats / FLOAT_BYTES, "quantise the weights to int8");
    }
  }

  private long linkedBytes(LibraryId library, OptLevel opt) {
    Footprint other =
        FootprintModel.of(
            graph,
            Footprint.of(footprint.ram(), FootprintModel.ARENA),
            library,
            target.board().core(),
            opt);
    return Footprint.of(other.flash(), FootprintModel.KERNELS)
        + Footprint.of(other.flash(), FootprintModel.RUNTIME);
  }

  private void say(Fit.Region region, long missing, long gain, String change) {
    if (gain > 0) {
      words.add(
          gain >= missing
              ? String.format(
                  Locale.ROOT,
                  "%s would fit: %s saves %,d bytes, %,d are missing",
                  region.name(),
                  change,
                  gain,
                  missing)
              : String.format(
                  Locale.ROOT,
                  "%s: %s saves %,d of the %,d bytes that are missing",
                  region.name(),
                  change,
                  gain,
                  missing));
    }
  }
}
