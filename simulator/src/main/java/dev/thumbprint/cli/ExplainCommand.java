package dev.thumbprint.cli;

import dev.thumbprint.cli.OutputMixin.Format;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.explain.Explanation;
import dev.thumbprint.explain.Explanation.LayerWhy;
import dev.thumbprint.profile.Subject;
import dev.thumbprint.report.AgainstReport;
import dev.thumbprint.report.ExplainJson;
import dev.thumbprint.report.ExplainText;
import dev.thumbprint.validate.NeighbourReport;
import dev.thumbprint.validate.Neighbours;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code explain MODEL -b BOARD}: where the time goes, why, and what would help by how much. */
@Command(
    name = "explain",
    description =
        "Where the time of a model goes on a board, why, and what would help by how much.")
final class ExplainCommand implements Callable<Integer> {
  private static final int NEIGHBOURS = 3;
  private static final int LAYERS = 3;

  @Spec CommandSpec spec;
  @Mixin ModelArgument model;
  @Mixin TargetMixin target;
  @Mixin OutputMixin output = new OutputMixin.TextOrJson();

  @Option(
      names = "--against",
      paramLabel = "OTHER",
      description = "Also compare layer by layer with another kernel library, board or model.")
  String against;

  @Option(names = "--all", description = "Give the reasons of small layers as well.")
  boolean all;

  @Option(
      names = "--ignore-unknown",
      description = "Give a total although a layer cannot be priced, and mark it partial.")
  boolean ignoreUnknown;

  @Override
  public Integer call() throws IOException {
    Format format = output.format(Format.TABLE, Format.JSON);
    Subject subject = model.read();
    Target here = target.target();
    CostModel prices = target.model();
    Explanation explanation = Explanation.of(subject, here, prices, ignoreUnknown);
    Optional<Explanation> other =
        against == null ? Optional.empty() : Optional.of(other(subject, here, prices));
    NeighbourReport nearest = nearest(subject, explanation, prices);
    if (format == Format.JSON) {
      ObjectNode tree = new ExplainJson(explanation).tree(Version.version(), Version.commit());
      nearest.addTo(tree);
      other.ifPresent(that -> AgainstReport.addTo(tree, explanation, that));
      output.write(tree.toPrettyString() + "\n", spec.commandLine().getOut());
    } else {
      String text =
          new ExplainText(explanation).render(all)
              + other.map(that -> AgainstReport.text(explanation, that)).orElse("")
              + nearest.text();
      output.write(text, spec.commandLine().getOut());
    }
    boolean refused = NoTotal.refused(spec, explanation.profile());
    if (other.isPresent()) {
      refused |= NoTotal.refused(spec, other.get().profile());
    }
    return refused ? ExitStatus.BAD_INPUT : ExitStatus.FINE;
  }

  private Explanation other(Subject subject, Target here, CostModel prices) throws IOException {
    LibraryId library = LibraryId.parse(against);
    if (KernelLibraries.find(library).isPresent()) {
      return Explanation.of(
          subject, here.withKernels(KernelName.library(against).id()), prices, ignoreUnknown);
    }
    boolean file = against.endsWith(".yaml") || against.endsWith(".yml");
    if (file || Boards.isBuiltIn(against)) {
      return Explanation.of(
          subject, target.on(Boards.recognised(Boards.resolve(against))), prices, ignoreUnknown);
    }
    return Explanation.of(ModelArgument.read(against), here, prices, ignoreUnknown);
  }

  private static NeighbourReport nearest(
      Subject subject, Explanation explanation, CostModel prices) {
    Neighbours recordings = new Neighbours(prices);
    Target here = explanation.profile().target();
    NeighbourReport report =
        new NeighbourReport(recordings.of(subject.network().works(), here, NEIGHBOURS));
    List<LayerWhy> longest =
        explanation.layers().stream()
            .sorted(
                Comparator.comparingDouble((LayerWhy layer) -> -layer.profile().share().orElse(0)))
            .toList();
    for (LayerWhy layer : longest) {
      boolean known = report.covers(layer.profile().work());
      if (!known && report.size() < LAYERS) {
        report.add(
            layer.profile().index(),
            layer.profile().work(),
            recordings.of(layer.profile().work(), here, NEIGHBOURS));
      }
    }
    return report;
  }
}
