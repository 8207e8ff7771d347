package dev.thumbprint.cli;

import dev.thumbprint.cli.OutputMixin.Format;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.KernelLibrary;
import dev.thumbprint.memory.ArenaEstimate;
import dev.thumbprint.memory.ArenaPlanner;
import dev.thumbprint.memory.MemoryAdvice;
import dev.thumbprint.memory.MemoryException;
import dev.thumbprint.memory.MemoryPlan;
import dev.thumbprint.memory.PlanOptions;
import dev.thumbprint.memory.RuntimeBuild;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Network;
import dev.thumbprint.model.TfliteWriter;
import dev.thumbprint.model.WholeFile;
import dev.thumbprint.profile.Subject;
import dev.thumbprint.report.Analysis;
import dev.thumbprint.report.AnalysisHtml;
import dev.thumbprint.report.AnalysisJson;
import dev.thumbprint.report.AnalysisText;
import dev.thumbprint.report.ArenaSvg;
import dev.thumbprint.report.MemoryText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code analyze MODEL}: what a model is made of, which kernels take it, and its arena. */
@Command(
    name = "analyze",
    description = "Operators, kernel paths and the arena over time of a model, without a board.")
final class AnalyzeCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin ModelArgument model;
  @Mixin OutputMixin output = new OutputMixin(Format.TABLE, Format.JSON, Format.HTML);

  @Option(
      names = "--kernels",
      paramLabel = "NAME",
      description = "Kernel library whose paths are shown. Default: the newest CMSIS-NN.")
  String kernels = Target.DEFAULT_KERNELS.toString();

  @Option(
      names = "--core",
      paramLabel = "cortex-m4",
      converter = CoreName.class,
      description = "Core that the kernels are built for. Default: ${DEFAULT-VALUE}.",
      defaultValue = "cortex-m4")
  Core core;

  @Writes
  @Option(
      names = "--arena-svg",
      paramLabel = "FILE.svg",
      description = "Also draw the arena: offsets over operators.")
  Path arenaSvg;

  @Writes
  @Option(
      names = "--html",
      paramLabel = "FILE.html",
      description = "Also write the report with the picture of the arena as one page.")
  Path html;

  @Writes
  @Option(
      names = "--apply",
      paramLabel = "ADVICE=FILE.tflite",
      description =
          "Also write a copy of the model that follows an advice on memory, such as"
              + " combined=lower.tflite.")
  Map<String, Path> apply = Map.of();

  @Override
  public Integer call() throws Exception {
    Subject subject = model.read();
    KernelLibrary library = library();
    Optional<MemoryPlan> plan = Optional.empty();
    List<MemoryAdvice> advice = List.of();
    String note = "";
    try {
      if (subject.graph().isPresent()) {
        PlanOptions options = PlanOptions.of(RuntimeBuild.of(library.id(), core));
        plan = Optional.of(ArenaPlanner.plan(subject.graph().get(), options));
        note = MemoryText.sharedBytes(plan.get());
        advice = MemoryAdvice.of(subject.graph().get(), options);
      } else {
        Network network = subject.network();
        plan = Optional.of(ArenaEstimate.of(network.name(), network.works(), library.id(), core));
        note = "a layer list does not say how layers are connected: the arena is guessed";
      }
    } catch (MemoryException unknown) {
      note = unknown.getMessage();
    }
    Map<Path, Graph> copies = new LinkedHashMap<>();
    for (Map.Entry<String, Path> wanted : apply.entrySet()) {
      copies.put(wanted.getValue(), follow(advice, wanted.getKey()));
    }
    Analysis analysis = new Analysis(subject, library, core, plan, note, advice);
    String report =
        switch (output.format(Format.TABLE, Format.JSON, Format.HTML)) {
          case TABLE -> new AnalysisText(analysis).render();
          case JSON -> new AnalysisJson(analysis, Version.version(), Version.commit()).render();
          case HTML -> AnalysisHtml.render(analysis);
          default -> throw new IllegalStateException();
        };
    output.write(report, spec.commandLine().getOut());
    if (arenaSvg != null && plan.isPresent()) {
      WholeFile.write(ArenaSvg.render(plan.get()), arenaSvg);
    }
    if (html != null) {
      WholeFile.write(AnalysisHtml.render(analysis), html);
    }
    for (Map.Entry<Path, Graph> copy : copies.entrySet()) {
      TfliteWriter.write(copy.getValue(), copy.getKey());
    }
    return ExitStatus.FINE;
  }

  private Graph follow(List<MemoryAdvice> advice, String id) {
    return advice.stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .map(MemoryAdvice::model)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "--apply %s: there is no such advice for this model, but %s"
                        .formatted(
                            id,
                            advice.isEmpty()
                                ? "none at all"
                                : String.join(
                                    ", ", advice.stream().map(MemoryAdvice::id).toList()))));
  }

  private KernelLibrary library() {
    return KernelName.library(kernels);
  }

  /** Reads a core such as {@code cortex-m4}. */
  static final class CoreName implements ITypeConverter<Core> {
    @Override
    public Core convert(String text) {
      return Core.ofLabel(text)
          .orElseThrow(
              () -> new TypeConversionException("'" + text + "' is no core such as cortex-m4"));
    }
  }
}
