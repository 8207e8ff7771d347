package dev.thumbprint.cli;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.KernelLibrary;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.memory.ArenaPlanner;
import dev.thumbprint.memory.MemoryException;
import dev.thumbprint.memory.MemoryPlan;
import dev.thumbprint.profile.Subject;
import dev.thumbprint.report.Analysis;
import dev.thumbprint.report.AnalysisJson;
import dev.thumbprint.report.AnalysisText;
import dev.thumbprint.report.ArenaSvg;
import java.nio.file.Path;
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
  @Mixin OutputMixin output;

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

  @Option(
      names = "--arena-svg",
      paramLabel = "FILE.svg",
      description = "Also draw the arena: offsets over operators.")
  Path arenaSvg;

  @Override
  public Integer call() throws Exception {
    Subject subject = model.read();
    KernelLibrary library = library();
    Optional<MemoryPlan> plan = Optional.empty();
    String noPlan = "a layer list has no tensors to plan";
    if (subject.graph().isPresent()) {
      try {
        plan = Optional.of(ArenaPlanner.plan(subject.graph().get(), library.id(), core));
      } catch (MemoryException unknown) {
        noPlan = unknown.getMessage();
      }
    }
    Analysis analysis = new Analysis(subject, library, core, plan, noPlan);
    String report =
        switch (output.format()) {
          case TABLE -> new AnalysisText(analysis).render();
          case JSON -> new AnalysisJson(analysis, Version.version(), Version.commit()).render();
          case CSV, MD ->
              throw new ParameterException(
                  spec.commandLine(), "analyze knows the formats table and json");
        };
    output.write(report, spec.commandLine().getOut());
    if (arenaSvg != null && plan.isPresent()) {
      OutputMixin.writeFile(ArenaSvg.render(plan.get()), arenaSvg);
    }
    return ExitStatus.FINE;
  }

  private KernelLibrary library() {
    return KernelLibraries.find(LibraryId.parse(kernels))
        .orElseThrow(
            () ->
                new BadDescription(
                    "--kernels",
                    "found '%s', expected a built-in kernel library".formatted(kernels),
                    "'thumbprint kernels list' shows what is built in"));
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
