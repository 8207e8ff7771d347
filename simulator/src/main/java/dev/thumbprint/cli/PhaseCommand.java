package dev.thumbprint.cli;

import dev.thumbprint.cli.OutputMixin.Format;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.TfliteWriter;
import dev.thumbprint.model.WholeFile;
import dev.thumbprint.profile.Profile;
import dev.thumbprint.report.TableForms;
import dev.thumbprint.report.TextTable;
import dev.thumbprint.report.TextTable.Align;
import dev.thumbprint.run.LabelledSet;
import dev.thumbprint.study.phase.Accuracy;
import dev.thumbprint.study.phase.DesignRecord;
import dev.thumbprint.study.phase.ModelForms;
import dev.thumbprint.study.phase.Phases;
import dev.thumbprint.train.DigitSet;
import dev.thumbprint.train.NumberForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code phase}: the six phases of the study's tool chain, each alone, over one record. */
@Command(
    name = "phase",
    description = {
      "The six phases of the study's tool chain (arXiv:2104.10645), each usable alone.",
      "Each adds its part to a design record and prints it; --record FILE.json keeps it from phase"
          + " to phase."
    },
    subcommands = {
      PhaseCommand.Analyse.class,
      PhaseCommand.Optimise.class,
      PhaseCommand.Evaluate.class,
      PhaseCommand.Deploy.class,
      PhaseCommand.Benchmark.class,
      PhaseCommand.Verify.class
    })
final class PhaseCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** What every phase has: a model and a record. */
  abstract static class Phase implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Parameters(
        index = "0",
        paramLabel = "MODEL",
        description = "A .tflite file or a zoo name (see zoo list).")
    private String model;

    @Writes
    @Option(
        names = "--record",
        paramLabel = "FILE.json",
        description = "Record to go on with; written back with what this phase adds.")
    private Path file;

    @Mixin private OutputMixin report;

    /** Adds the part of this phase. */
    abstract void fill(ModelForms forms, DesignRecord record) throws IOException;

    @Override
    public Integer call() throws IOException {
      Format format = report.format();
      DesignRecord record = file == null ? DesignRecord.empty() : DesignRecord.read(file);
      fill(ModelForms.of(model), record);
      if (file != null) {
        WholeFile.write(record.json(), file);
      }
      report.write(shown(record, format), spec.commandLine().getOut());
      return ExitStatus.FINE;
    }
  }

  /** A record, its parts one below the other where people read it. */
  private static String shown(DesignRecord record, Format format) {
    TextTable parts = new TextTable().column("part", Align.LEFT).column("value", Align.LEFT);
    record.filled().forEach((key, value) -> parts.row(key, value));
    return switch (format) {
      case CSV -> DesignRecord.csvHeader() + record.csv();
      case JSON -> record.json();
      case MD -> TableForms.markdown(parts);
      case HTML -> TableForms.page("Design record", TableForms.html(parts));
      case TABLE -> parts.render();
    };
  }

  /** A labelled set as options. */
  static final class SetMixin {
    @Option(
        names = "--inputs",
        paramLabel = "SET",
        description = "Samples, .npy or IDX. Default: the built-in test set of digits.")
    private Path inputs;

    @Option(names = "--labels", paramLabel = "SET", description = "Classes, .npy or IDX.")
    private Path labels;

    boolean builtIn() {
      return inputs == null;
    }

    LabelledSet read(CommandSpec spec) throws IOException {
      if ((inputs == null) != (labels == null)) {
        throw new ParameterException(
            spec.commandLine(), "--inputs and --labels go together: one is missing");
      }
      return inputs == null ? DigitSet.test() : LabelledSet.read(inputs, labels);
    }
  }

  /** (A). */
  @Command(name = "analyse", description = "(A) Standard metrics: parameters, MACs, file size.")
  static final class Analyse extends Phase {
    @Override
    void fill(ModelForms forms, DesignRecord record) {
      Phases.analyse(forms.own(), record);
    }
  }

  /** (B). */
  @Command(
      name = "optimise",
      description =
          "(B) Convert to float32, mixed or int8; size against float32, and what the runtime"
              + " supports.")
  static final class Optimise extends Phase {
    @Mixin SetMixin set;

    @Option(
        names = "--to",
        paramLabel = "FORM",
        required = true,
        description = "Number form: ${COMPLETION-CANDIDATES}.")
    private NumberForm form;

    @Writes
    @Option(
        names = "--apply",
        paramLabel = "FILE.tflite",
        description = "Also write the converted model.")
    private Path converted;

    @Override
    void fill(ModelForms forms, DesignRecord record) throws IOException {
      Graph graph = converted(forms);
      Phases.analyse(graph, record);
      Phases.optimise(graph, forms.original(), record);
      if (converted != null) {
        TfliteWriter.write(graph, converted);
      }
    }

    private Graph converted(ModelForms forms) throws IOException {
      LabelledSet samples = set.read(spec);
      try {
        return forms.in(form, Optional.of(samples));
      } catch (InputException unsuited) {
        throw set.builtIn()
            ? unsuited.withHint("these are the built-in digits: give --inputs and --labels")
            : unsuited;
      }
    }
  }

  /** (C). */
  @Command(
      name = "evaluate",
      description = "(C) Accuracy and loss on a labelled set, computed on the host.")
  static final class Evaluate extends Phase {
    @Mixin SetMixin set;

    @Override
    void fill(ModelForms forms, DesignRecord record) throws IOException {
      Phases.analyse(forms.own(), record);
      Phases.evaluateHost(forms.own(), forms.original(), set.read(spec), record);
    }
  }

  /** (D). */
  @Command(name = "deploy", description = "(D) Arena, RAM and flash, and whether the board has it.")
  static final class Deploy extends Phase {
    @Mixin TargetMixin target;

    @Override
    void fill(ModelForms forms, DesignRecord record) throws IOException {
      Phases.deploy(forms.own(), target.target(), record);
      Phases.support(forms.own(), record);
    }
  }

  /** (E). */
  @Command(name = "benchmark", description = "(E) Latency and energy, in total and by layer.")
  static final class Benchmark extends Phase {
    @Mixin TargetMixin target;

    @Override
    void fill(ModelForms forms, DesignRecord record) throws IOException {
      Profile profile = Phases.deploy(forms.own(), target.target(), record);
      Phases.benchmark(profile, record);
      Phases.support(forms.own(), record);
    }
  }

  /** (F). */
  @Command(
      name = "verify",
      description =
          "(F) Accuracy and loss with the arithmetic of the target, and samples on which it differs"
              + " from the host.")
  static final class Verify extends Phase {
    @Mixin TargetMixin target;
    @Mixin SetMixin set;

    @Override
    void fill(ModelForms forms, DesignRecord record) throws IOException {
      Target machine = target.target();
      LabelledSet samples = set.read(spec);
      Optional<String> refused = Phases.refusal(forms.own());
      if (refused.isPresent()) {
        throw InputException.of("", forms.own().name(), refused.get(), "a model that runs");
      }
      Accuracy host = Phases.evaluateHost(forms.own(), forms.original(), samples, record);
      Phases.evaluateTarget(forms.own(), machine, samples, host, record);
    }
  }
}
