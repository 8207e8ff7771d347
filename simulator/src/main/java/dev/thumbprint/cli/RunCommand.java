package dev.thumbprint.cli;

import dev.thumbprint.cli.OutputMixin.Format;
import dev.thumbprint.kernels.Rounding;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Layer;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.run.BatchResult;
import dev.thumbprint.run.Dialect;
import dev.thumbprint.run.Dump;
import dev.thumbprint.run.InputSource;
import dev.thumbprint.run.Interpreter;
import dev.thumbprint.run.LabelledSet;
import dev.thumbprint.run.Program;
import dev.thumbprint.run.RunOptions;
import dev.thumbprint.run.Tier;
import dev.thumbprint.run.operators.OperatorTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.CRC32;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code run}: one inference, bit for bit. */
@Command(name = "run", description = "Run a model bit for bit as TensorFlow Lite Micro does.")
final class RunCommand implements Callable<Integer> {
  private static final String SCHEMA_VERSION = "1.0";

  /** Of one layer: an hour of a microcontroller at 300 MHz and one cycle each. */
  private static final long MACS_MAX = 1L << 40;

  @Spec CommandSpec spec;
  @Mixin OutputMixin output = new OutputMixin(Format.TABLE, Format.JSON, Format.CSV);

  @Mixin private ModelArgument model;

  @Mixin private BatchMixin batch;

  @Option(
      names = "--input",
      paramLabel = "FILE|zeros|random:SEED",
      description =
          "Input: a .npy file, raw bytes, zeros, or bytes drawn as TFLM's generic benchmark draws"
              + " them. Default: random:251, its seed, or that of --seed.")
  private String input;

  @Writes(value = Writes.Kind.MADE_FOLDER, names = "(input-[0-9]+|[0-9]{3,}-.*)\\.npy")
  @Option(names = "--dump", paramLabel = "DIR", description = "Write every tensor as .npy.")
  private Path dump;

  @Option(
      names = "--expect",
      paramLabel = "DIR",
      description = "Compare every tensor with the files of DIR; status 1 where one differs.")
  private Path expect;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description = "Time the median of N inferences. Default: ${DEFAULT-VALUE}.")
  private int repeat;

  @Option(
      names = "--tier",
      paramLabel = "TIER",
      description =
          "How the hot layers are computed, never what: ${COMPLETION-CANDIDATES}. Default: plain;"
              + " vector for a set of 2,000 samples or more.")
  private Tier tier;

  @Option(
      names = "--single-rounding",
      description = "Round as TFLM built with TFLITE_SINGLE_ROUNDING.")
  private boolean singleRounding;

  @Option(
      names = "--kernels",
      paramLabel = "NAME",
      defaultValue = "tflm-reference",
      description =
          "Compute the bits of this kernel library, such as cmsis-nn@2020-03, where they depart"
              + " from the reference kernels. Default: ${DEFAULT-VALUE}.")
  private String kernels;

  @Option(
      names = "--diff",
      paramLabel = "NAME",
      description =
          "Run a second kernel library beside it, three inferences, and list the operators whose"
              + " bits differ; status 1 where one does.")
  private String diff;

  @Override
  public Integer call() throws IOException {
    if (repeat < 1) {
      throw new ParameterException(
          spec.commandLine(), "--repeat: found %d, expected at least 1".formatted(repeat));
    }
    if (diff != null && (dump != null || expect != null || repeat > 1)) {
      throw new ParameterException(
          spec.commandLine(),
          "--diff: found beside --dump, --expect or --repeat, expected the one or the other");
    }
    if (dump != null && expect != null) {
      throw new ParameterException(
          spec.commandLine(), "--dump: found beside --expect, expected the one or the other");
    }
    if (batch.labelsAlone()) {
      throw new ParameterException(
          spec.commandLine(), "--labels: found without samples, expected --inputs SET beside it");
    }
    if (batch.wanted()) {
      return batch();
    }
    long start = System.nanoTime();
    InputSource source = InputSource.parse(input());
    Graph graph = graph();
    Tier chosen = tier == null ? Tier.PLAIN : tier;
    Program program = program(graph, chosen, kernels);
    if (diff != null) {
      RunDiff report = RunDiff.of(program, program(graph, chosen, diff), source);
      output.write(
          output.format(Format.TABLE, Format.JSON) == Format.JSON ? report.json() : report.text(),
          spec.commandLine().getOut());
      return report.equal() ? ExitStatus.FINE : ExitStatus.LIMIT_FAILED;
    }
    Interpreter run = program.interpreter();
    InputSource.fill(source, run);
    long prepared = System.nanoTime();
    Dump.Comparison comparison = infer(graph, run);
    long first = System.nanoTime();
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < run.inputs(); i++) {
      inputs.add(crc(run.tensorBytes(run.input(i).index())));
    }
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < run.outputs(); i++) {
      outputs.add(crc(run.outputBytes(i)));
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("schema_version", SCHEMA_VERSION);
    report.put("model", graph.name());
    report.put("sha256", graph.sha256());
    report.put("kernels", program.options().dialect().library().toString());
    report.put("input", input());
    report.put("input_crc32", inputs);
    report.put("output_crc32", outputs);
    report.put("prepare_ms", (prepared - start) / 1e6);
    report.put("first_inference_ms", (first - prepared) / 1e6);
    if (repeat > 1) {
      report.put("median_inference_ms", medianMs(run));
      report.put("inferences", repeat);
    }
    if (comparison != null) {
      report.put("tensors_compared", comparison.compared());
      report.put("tensors_without_file", comparison.missing());
      report.put("differences", comparison.differences().stream().map(Object::toString).toList());
    }
    output.write(
        output.format(Format.TABLE, Format.JSON) == Format.JSON ? json(report) : text(report, run),
        spec.commandLine().getOut());
    boolean differs = comparison != null && !comparison.differences().isEmpty();
    return differs ? ExitStatus.LIMIT_FAILED : ExitStatus.FINE;
  }

  private Program program(Graph graph, Tier chosen, String library) {
    requireEnd(graph);
    RunOptions options =
        RunOptions.defaults()
            .with(chosen.kernels())
            .with(singleRounding ? Rounding.SINGLE : Rounding.DOUBLE)
            .with(Dialect.parse(library));
    return OperatorTable.prepare(graph, options);
  }

  /** Refuses what would keep this machine, and any microcontroller, busy for hours. */
  private static void requireEnd(Graph graph) {
    for (Layer layer : Lowering.network(graph).layers()) {
      if (layer.work().macs() > MACS_MAX) {
        throw InputException.of(
            graph.name(),
            "operator %d (%s)"
                .formatted(layer.index(), graph.main().nodes().get(layer.index()).label()),
            layer.work().macs() + " multiply-accumulates",
            "at most " + MACS_MAX);
      }
    }
  }

  /** A set of samples. */
  private int batch() throws IOException {
    if (input != null || dump != null || expect != null || diff != null || repeat > 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--inputs: found beside --input, --dump, --expect, --diff or --repeat, which take one"
              + " input; expected the one or the other");
    }
    LabelledSet set = batch.read();
    Graph graph = graph();
    Tier chosen = tier == null ? BatchMixin.tier(set) : tier;
    SharedOptions shared = SharedOptions.of(spec);
    BatchResult result =
        BatchMixin.run(
            program(graph, chosen, kernels),
            set,
            shared.threads(),
            Terminal.interactive() && !shared.quiet());
    output.write(
        switch (output.format(Format.TABLE, Format.JSON, Format.CSV)) {
          case JSON -> json(BatchMixin.document(graph, chosen, result));
          case CSV -> BatchMixin.csv(set, result);
          default -> BatchMixin.text(chosen, result);
        },
        spec.commandLine().getOut());
    return ExitStatus.FINE;
  }

  private String input() {
    return input == null ? "random:" + SharedOptions.of(spec).seed().orElse(251) : input;
  }

  private Graph graph() throws IOException {
    return model
        .read()
        .graph()
        .orElseThrow(
            () ->
                InputException.of(
                    model.text(), "", "a layer list, which has no weights", "a .tflite file"));
  }

  /** The first inference; it also writes or compares tensors where that was asked for. */
  private Dump.Comparison infer(Graph graph, Interpreter run) throws IOException {
    if (dump != null) {
      Dump.write(graph, run, dump);
      return null;
    }
    if (expect != null) {
      return Dump.compare(graph, run, expect);
    }
    run.invoke();
    return null;
  }

  private double medianMs(Interpreter run) {
    long[] nanos = new long[repeat];
    for (int i = 0; i < repeat; i++) {
      long from = System.nanoTime();
      run.invoke();
      nanos[i] = System.nanoTime() - from;
    }
    Arrays.sort(nanos);
    return nanos[repeat / 2] / 1e6;
  }

  private static String crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return "0x%08X".formatted(crc.getValue());
  }

  private static String json(Map<String, Object> report) {
    return JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(report)
        + System.lineSeparator();
  }

  private static String text(Map<String, Object> report, Interpreter run) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    for (Object crc : (List<?>) report.get("input_crc32")) {
      out.println("Input CRC32: " + crc);
    }
    for (Object crc : (List<?>) report.get("output_crc32")) {
      out.println("Output CRC32: " + crc);
    }
    for (int i = 0; i < run.outputs(); i++) {
      out.printf(
          Locale.ROOT,
          "Output %d: %s [%s] %s%n",
          i,
          run.output(i).type().label(),
          run.output(i).shape(),
          run.preview(i));
    }
    out.printf(
        Locale.ROOT,
        "Prepared in %.1f ms, first inference %.2f ms%s%n",
        (double) report.get("prepare_ms"),
        (double) report.get("first_inference_ms"),
        report.containsKey("median_inference_ms")
            ? String.format(
                Locale.ROOT,
                ", median of %s: %.3f ms",
                report.get("inferences"),
                (double) report.get("median_inference_ms"))
            : "");
    if (report.get("differences") instanceof List<?> differences) {
      out.printf(
          Locale.ROOT,
          "Compared %s tensors (%s without a file): %s%n",
          report.get("tensors_compared"),
          report.get("tensors_without_file"),
          differences.isEmpty() ? "all equal" : differences.size() + " differ");
      differences.forEach(difference -> out.println("  " + difference));
    }
    out.flush();
    return text.toString();
  }
}
