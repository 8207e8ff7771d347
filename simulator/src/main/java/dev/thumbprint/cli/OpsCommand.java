package dev.thumbprint.cli;

import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Signature;
import dev.thumbprint.report.TextTable;
import dev.thumbprint.report.TextTable.Align;
import dev.thumbprint.run.operators.OperatorTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code ops}: the operators that are read, and which of them {@code run} executes. */
@Command(
    name = "ops",
    description = "The operators of TensorFlow Lite Micro: what is read, and what run executes.")
final class OpsCommand implements Callable<Integer> {
  private static final String SCHEMA_VERSION = "1.0";

  @Spec CommandSpec spec;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? document() : table());
    out.flush();
    return ExitStatus.FINE;
  }

  private static String table() {
    TextTable table =
        new TextTable()
            .column("operator", Align.LEFT)
            .column("code", Align.RIGHT)
            .column("inputs", Align.LEFT)
            .column("outputs", Align.LEFT)
            .column("run", Align.LEFT);
    for (Operator operator : Operator.values()) {
      Signature signature = Signature.of(operator);
      table.row(
          operator.name(),
          String.valueOf(operator.builtinCode()),
          range(signature.inputsMin(), signature.inputsMax()),
          range(signature.outputsMin(), signature.outputsMax()),
          runs(operator) ? "yes" : "no");
    }
    String custom = String.join(", ", Signature.customOperators());
    return table.render() + "CUSTOM stands for: " + custom + System.lineSeparator();
  }

  private static String document() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Operator operator : Operator.values()) {
      Signature signature = Signature.of(operator);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("operator", operator.name());
      row.put("code", operator.builtinCode());
      row.put("inputs", List.of(signature.inputsMin(), signature.inputsMax()));
      row.put("outputs", List.of(signature.outputsMin(), signature.outputsMax()));
      row.put("run", runs(operator));
      rows.add(row);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema_version", SCHEMA_VERSION);
    document.put("operators", rows);
    document.put("custom_operators", Signature.customOperators());
    return JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(document)
        + System.lineSeparator();
  }

  private static boolean runs(Operator operator) {
    Options none = new Options.None();
    Node node = new Node(0, operator, "", List.of(), List.of(), List.of(), none);
    return OperatorTable.preparer(node) != null;
  }

  private static String range(int min, int max) {
    if (max == Signature.MANY) {
      return min + " or more";
    }
    return min == max ? String.valueOf(min) : min + " to " + max;
  }
}
