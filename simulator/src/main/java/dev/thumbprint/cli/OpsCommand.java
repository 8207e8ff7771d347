package dev.thumbprint.cli;

import dev.thumbprint.cli.OutputMixin.Format;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Signature;
import dev.thumbprint.report.TextTable;
import dev.thumbprint.report.TextTable.Align;
import dev.thumbprint.run.OperatorEvidence;
import dev.thumbprint.run.operators.OperatorTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ops}: the operators, and what the tests hold each combination of types to. */
@Command(
    name = "ops",
    description =
        "The operators of TensorFlow Lite Micro: what runs, exact against which implementation,"
            + " vectorised or not, priced by which library.")
final class OpsCommand implements Callable<Integer> {
  private static final String SCHEMA_VERSION = "1.1";

  @Spec CommandSpec spec;
  @Mixin OutputMixin output;

  @Option(
      names = "--all",
      description = "One row for each combination of types instead of one for each operator.")
  private boolean all;

  /** One operator: builtin, or custom by name. */
  private record Known(String name, Operator operator, Signature signature, boolean runs) {
    static Known of(String name, Operator operator) {
      Options none = new Options.None();
      String custom = operator == Operator.CUSTOM ? name : "";
      Node node = new Node(0, operator, custom, List.of(), List.of(), List.of(), none);
      return new Known(
          name, operator, Signature.of(operator), OperatorTable.preparer(node) != null);
    }
  }

  @Override
  public Integer call() throws IOException {
    return write(output, all);
  }

  @Command(name = "list", description = "List the operators; so does ops alone.")
  int list(
      @Option(
              names = "--all",
              description =
                  "One row for each combination of types instead of one for each operator.")
          boolean every,
      @Mixin OutputMixin form)
      throws IOException {
    return write(form, every);
  }

  private int write(OutputMixin form, boolean every) throws IOException {
    Map<String, List<OperatorEvidence>> evidence = new TreeMap<>();
    for (OperatorEvidence row : OperatorEvidence.all()) {
      evidence.computeIfAbsent(row.operator(), _ -> new ArrayList<>()).add(row);
    }
    if (form.format() == Format.CSV) {
      form.write(csv(evidence), spec.commandLine().getOut());
    } else {
      String remark = every ? "" : "ops --all lists every combination of types.\n";
      TextTable table = every ? everyType(evidence) : table(evidence);
      form.write(new Listing("Operators", table, remark, document(evidence)));
    }
    return ExitStatus.FINE;
  }

  private static List<Known> known() {
    List<Known> known = new ArrayList<>();
    for (Operator operator : Operator.values()) {
      if (operator != Operator.CUSTOM) {
        known.add(Known.of(operator.name(), operator));
      }
    }
    for (String custom : Signature.customOperators()) {
      known.add(Known.of(custom, Operator.CUSTOM));
    }
    return known;
  }

  private static TextTable table(Map<String, List<OperatorEvidence>> evidence) {
    TextTable table =
        new TextTable()
            .column("operator", Align.LEFT)
            .column("code", Align.RIGHT)
            .column("inputs", Align.LEFT)
            .column("outputs", Align.LEFT)
            .column("runs", Align.LEFT)
            .column("kinds", Align.RIGHT)
            .column("exact against", Align.LEFT)
            .column("cmsis-nn bits", Align.LEFT)
            .column("vectorised by", Align.LEFT)
            .column("priced by", Align.LEFT);
    for (Known known : known()) {
      List<OperatorEvidence> rows = evidence.getOrDefault(known.name(), List.of());
      table.row(
          known.name(),
          String.valueOf(known.operator().builtinCode()),
          range(known.signature().inputsMin(), known.signature().inputsMax()),
          range(known.signature().outputsMin(), known.signature().outputsMax()),
          known.runs() ? "yes" : "no",
          String.valueOf(rows.size()),
          union(rows.stream().map(OperatorEvidence::oracles).toList()),
          union(rows.stream().map(row -> List.of(row.cmsisNn())).toList()),
          union(rows.stream().map(OperatorEvidence::tiers).toList()),
          union(rows.stream().map(OperatorEvidence::priced).toList()));
    }
    return table;
  }

  private static TextTable everyType(Map<String, List<OperatorEvidence>> evidence) {
    TextTable table =
        new TextTable()
            .column("operator", Align.LEFT)
            .column("types", Align.LEFT)
            .column("exact against", Align.LEFT)
            .column("random layers", Align.RIGHT)
            .column("cmsis-nn bits", Align.LEFT)
            .column("vectorised by", Align.LEFT)
            .column("priced by", Align.LEFT);
    for (Known known : known()) {
      for (OperatorEvidence row : evidence.getOrDefault(known.name(), List.of())) {
        table.row(
            row.operator(),
            row.types(),
            String.join(", ", row.oracles()),
            String.valueOf(row.cases()),
            row.cmsisNn(),
            orDash(String.join(", ", row.tiers())),
            orDash(String.join(", ", row.priced())));
      }
    }
    return table;
  }

  private static String csv(Map<String, List<OperatorEvidence>> evidence) {
    StringBuilder csv = new StringBuilder(OperatorEvidence.header()).append('\n');
    for (Known known : known()) {
      evidence
          .getOrDefault(known.name(), List.of())
          .forEach(row -> csv.append(row.line()).append('\n'));
    }
    return csv.toString();
  }

  private static Map<String, Object> document(Map<String, List<OperatorEvidence>> evidence) {
    List<Map<String, Object>> operators = new ArrayList<>();
    for (Known known : known()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("operator", known.name());
      row.put("code", known.operator().builtinCode());
      row.put("custom", known.operator() == Operator.CUSTOM);
      row.put("inputs", List.of(known.signature().inputsMin(), known.signature().inputsMax()));
      row.put("outputs", List.of(known.signature().outputsMin(), known.signature().outputsMax()));
      row.put("run", known.runs());
      List<Map<String, Object>> kinds = new ArrayList<>();
      for (OperatorEvidence kind : evidence.getOrDefault(known.name(), List.of())) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("types", kind.types());
        entry.put("exact_against", kind.oracles());
        entry.put("random_layers", kind.cases());
        entry.put("cmsis_nn", kind.cmsisNn());
        entry.put("vectorised_by", kind.tiers());
        entry.put("priced_by", kind.priced());
        kinds.add(entry);
      }
      row.put("kinds", kinds);
      operators.add(row);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema_version", SCHEMA_VERSION);
    document.put("operators", operators);
    document.put("custom_operators", Signature.customOperators());
    return document;
  }

  private static String union(List<List<String>> lists) {
    return orDash(
        String.join(", ", lists.stream().flatMap(List::stream).distinct().sorted().toList()));
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }

  private static String range(int min, int max) {
    if (max == Signature.MANY) {
      return min + " or more";
    }
    return min == max ? String.valueOf(min) : min + " to " + max;
  }
}
