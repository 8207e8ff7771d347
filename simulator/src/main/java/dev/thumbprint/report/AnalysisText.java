package dev.thumbprint.report;

import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.KernelLibrary;
import dev.thumbprint.cost.library.NotCovered;
import dev.thumbprint.cost.library.Trips;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.memory.MemoryPlan;
import dev.thumbprint.memory.RuntimeBuild;
import dev.thumbprint.model.Layer;
import dev.thumbprint.model.Network;
import dev.thumbprint.report.TextTable.Align;
import java.util.Locale;

/** The analysis of a model for the terminal. */
public final class AnalysisText {
  private final Analysis analysis;

  public AnalysisText(Analysis analysis) {
    this.analysis = analysis;
  }

  /** The whole report. */
  public String render() {
    return heading()
        + "\n"
        + layers().render()
        + "\nKernel paths of %s built for %s\n\n"
            .formatted(analysis.library().id(), analysis.core().label())
        + paths().render()
        + "\nOther kernel libraries\n\n"
        + libraries().render()
        + "\n"
        + analysis.plan().map(this::arena).orElse("No arena plan: " + analysis.planNote() + "\n");
  }

  String heading() {
    Network network = analysis.subject().network();
    String file =
        analysis
            .subject()
            .graph()
            .map(
                graph ->
                    String.format(
                        Locale.ROOT, "%,d bytes, sha256 %s\n", graph.fileBytes(), graph.sha256()))
            .orElse("");
    String parameters =
        network.parameters().isPresent()
            ? String.format(Locale.ROOT, "%,d parameters", network.parameters().getAsLong())
            : "parameters unknown";
    return String.format(
        Locale.ROOT,
        "%s: %d operators, %,d MACs, %s\n%s",
        network.name(),
        network.layers().size(),
        network.macs(),
        parameters,
        file);
  }

  TextTable layers() {
    TextTable table =
        new TextTable()
            .column("#", Align.RIGHT)
            .column("operator", Align.LEFT)
            .column("type", Align.LEFT)
            .column("input", Align.LEFT)
            .column("filter", Align.LEFT)
            .column("output", Align.LEFT)
            .column("MACs", Align.RIGHT)
            .column("constant bytes", Align.RIGHT);
    for (Layer layer : analysis.subject().network().layers()) {
      LayerWork work = layer.work();
      table.row(
          Integer.toString(layer.index()),
          work.operator().name(),
          work.inputType().label(),
          work.input().toString(),
          work.filter().toString(),
          work.output().toString(),
          Numbers.grouped(work.macs()),
          Numbers.grouped(work.constantBytes()));
    }
    return table;
  }

  TextTable paths() {
    TextTable table =
        new TextTable()
            .column("#", Align.RIGHT)
            .column("operator", Align.LEFT)
            .column("kernel path", Align.LEFT)
            .column("why", Align.LEFT);
    for (Layer layer : analysis.subject().network().layers()) {
      String number = Integer.toString(layer.index());
      String operator = layer.work().operator().name();
      switch (analysis.decide(analysis.library(), layer.work())) {
        case Trips trips -> table.row(number, operator, trips.path(), trips.reason());
        case NotCovered none -> table.row(number, operator, "-", none.reason());
      }
    }
    return table;
  }

  TextTable libraries() {
    TextTable table =
        new TextTable().column("library", Align.LEFT).column("takes this model", Align.LEFT);
    for (KernelLibrary library : KernelLibraries.all()) {
      if (!library.id().equals(analysis.library().id())) {
        table.row(library.id().toString(), taken(library));
      }
    }
    return table;
  }

  private String taken(KernelLibrary library) {
    for (Layer layer : analysis.subject().network().layers()) {
      if (analysis.decide(library, layer.work()) instanceof NotCovered none) {
        return "not priced: layer %d, %s".formatted(layer.index(), none.reason());
      }
    }
    return library.coarse() ? "yes, coarsely" : "yes";
  }

  private String arena(MemoryPlan plan) {
    return "Arena for %s, as %s plans it%s\n\n%s\n%s\n%s\n%s\n%s\n%s"
        .formatted(
            plan.build().label(),
            RuntimeBuild.GENERATION,
            analysis.planNote().isEmpty() ? "" : "; " + analysis.planNote(),
            MemoryText.totals(plan),
            MemoryText.overOperators(plan),
            MemoryText.peak(plan),
            MemoryText.advice(analysis.advice()),
            MemoryText.map(plan),
            MemoryText.tail(plan));
  }
}
