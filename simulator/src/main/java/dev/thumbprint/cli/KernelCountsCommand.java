package dev.thumbprint.cli;

import dev.thumbprint.cli.OutputMixin.Format;
import dev.thumbprint.firmware.builds.RuntimeCounts;
import dev.thumbprint.report.Numbers;
import dev.thumbprint.report.TextTable;
import dev.thumbprint.report.TextTable.Align;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code kernels counts}: what real builds of the runtime executed. */
@Command(
    name = "counts",
    description = {
      "Instructions, arena and stack of real builds of the runtime, executed on real models.",
      "Every row was executed by this emulator and by QEMU, with equal counts and outputs."
    })
final class KernelCountsCommand implements Callable<Integer> {
  private static final String SCHEMA_VERSION = "1.0";
  private static final double MILLION = 1e6;

  @Spec CommandSpec spec;

  @Option(
      names = "--kernels",
      paramLabel = "NAME",
      description = "Only builds of cmsis-nn or tflm-reference.")
  String kernels = "";

  @Option(names = "--core", paramLabel = "cortex-m4", description = "Only builds for this core.")
  String core = "";

  @Option(names = "--opt", paramLabel = "Os|O2|O3|Ofast", description = "Only this level.")
  String opt = "";

  @Option(names = "--model", paramLabel = "NAME", description = "Only this model.")
  String model = "";

  @Option(names = "--operators", description = "Also show the instructions of every operator.")
  boolean operators;

  @Mixin OutputMixin output = new OutputMixin.TextOrJson();

  @Override
  public Integer call() throws IOException {
    boolean json = output.format(Format.TABLE, Format.JSON) == Format.JSON;
    List<RuntimeCounts> rows =
        RuntimeCounts.all().stream()
            .filter(row -> matches(kernels, row.library()))
            .filter(row -> matches(core, row.core()))
            .filter(row -> matches(opt, row.opt()))
            .filter(row -> matches(model, row.model()))
            .toList();
    output.write(json ? document(rows) : table(rows), spec.commandLine().getOut());
    return ExitStatus.FINE;
  }

  private static boolean matches(String wanted, String found) {
    return wanted.isEmpty() || wanted.equalsIgnoreCase(found);
  }

  private String table(List<RuntimeCounts> rows) {
    TextTable table =
        new TextTable()
            .column("library", Align.LEFT)
            .column("core", Align.LEFT)
            .column("opt", Align.LEFT)
            .column("model", Align.LEFT)
            .column("instructions", Align.RIGHT)
            .column("counted by others", Align.RIGHT)
            .column("apart", Align.RIGHT)
            .column("arena used", Align.RIGHT)
            .column("stack", Align.RIGHT)
            .column("heap", Align.RIGHT);
    StringBuilder details = new StringBuilder();
    for (RuntimeCounts row : rows) {
      boolean known = row.publishedMillions().isPresent();
      double millions = known ? row.publishedMillions().getAsDouble() : 0;
      table.row(
          row.library(),
          row.core(),
          row.opt(),
          row.model(),
          Numbers.grouped(row.instructions()),
          known ? Numbers.significant(millions) + " M" : "-",
          known ? percent(row.instructions() / MILLION / millions - 1) : "-",
          Numbers.grouped(row.arenaUsedBytes()),
          Numbers.grouped(Math.max(row.stackPrepareBytes(), row.stackInvokeBytes())),
          Numbers.grouped(row.heapBytes()));
      if (operators) {
        details.append(
            "%n%s %s %s %s, ELF sha256 %s%n  %s%n"
                .formatted(
                    row.library(),
                    row.core(),
                    row.opt(),
                    row.model(),
                    row.elfSha256(),
                    String.join(" ", row.operators().stream().map(Numbers::grouped).toList())));
      }
    }
    return table.render() + details + "\n" + RuntimeCounts.ORIGIN + "\n";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%+.2f %%", 100 * share);
  }

  private static String document(List<RuntimeCounts> rows) {
    List<Map<String, Object>> counts = new ArrayList<>();
    for (RuntimeCounts row : rows) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("kernels", row.library());
      one.put("core", row.core());
      one.put("opt", row.opt());
      one.put("model", row.model());
      one.put("instructions", row.instructions());
      row.publishedMillions()
          .ifPresent(millions -> one.put("counted_by_others", millions * MILLION));
      one.put("arena_used_bytes", row.arenaUsedBytes());
      one.put("stack_prepare_bytes", row.stackPrepareBytes());
      one.put("stack_invoke_bytes", row.stackInvokeBytes());
      one.put("heap_bytes", row.heapBytes());
      one.put("output_crc32", row.outputCrc32());
      one.put("elf_sha256", row.elfSha256());
      one.put("operator_instructions", row.operators());
      counts.add(one);
    }
    return JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(
                Map.of(
                    "schema_version",
                    SCHEMA_VERSION,
                    "origin",
                    RuntimeCounts.ORIGIN,
                    "counts",
                    counts))
        + "\n";
  }
}
