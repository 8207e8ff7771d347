package dev.thumbprint.cli;

import dev.thumbprint.advise.DimensionAdvice;
import dev.thumbprint.advise.DimensionAdviser;
import dev.thumbprint.advise.FamilyAdvice;
import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.Pricer;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.model.TfliteWriter;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.profile.Subject;
import dev.thumbprint.report.Numbers;
import dev.thumbprint.report.TableForms;
import dev.thumbprint.report.TextTable;
import dev.thumbprint.report.TextTable.Align;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code advise MODEL -b BOARD}: dimensions that the kernels like better. */
@Command(
    name = "advise",
    description = {
      "Changes of dimensions that the kernels of a board like better, each with its simulated gain:"
          + " channels and lengths rounded up, depthwise 1x1 folded away.",
      "For a member of a zoo family, such as conv-F101-K3, also the member to use instead."
    })
final class AdviseCommand implements Callable<Integer> {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String NOTHING = "No change of dimensions gains anything.";
  private static final Pattern MEMBER =
      Pattern.compile("((?:dense-U|conv-F|depthwise-C|channels-F))([0-9]+)(.*)");

  @Spec CommandSpec spec;
  @Mixin ModelArgument model;
  @Mixin TargetMixin target;
  @Mixin OutputMixin output;

  @Writes
  @Option(
      names = "--apply",
      paramLabel = "FILE.tflite",
      description = "Write the member of the zoo family that is advised.")
  private Path apply;

  @Override
  public Integer call() throws IOException {
    Subject subject = model.read();
    Target machine = target.target();
    List<DimensionAdvice> advice = DimensionAdviser.advise(subject.network().works(), machine);
    Matcher member = MEMBER.matcher(model.text());
    Optional<FamilyAdvice> better =
        member.matches() && Zoo.has(model.text()) ? family(member, machine) : Optional.empty();
    if (apply != null) {
      FamilyAdvice found =
          better.orElseThrow(
              () ->
                  InputException.of(
                      "", model.text(), "no better member", "a zoo family that can be improved"));
      TfliteWriter.write(Zoo.graph(name(member, found.better())), apply);
    }
    String instead = better.map(found -> name(member, found.better())).orElse("");
    output.write(
        switch (output.format()) {
          case HTML -> html(subject, machine, advice, better, instead);
          case MD -> text(advice, better, instead, TableForms::markdown);
          case JSON -> json(subject, machine, advice, better, instead);
          case CSV -> csv(advice);
          case TABLE -> text(advice, better, instead, TextTable::render);
        },
        spec.commandLine().getOut());
    return ExitStatus.FINE;
  }

  private static String name(Matcher member, int value) {
    return member.group(1) + value + member.group(3);
  }

  private static Optional<FamilyAdvice> family(Matcher member, Target target) {
    Pricer pricer = CostModel.shipped().on(target);
    return FamilyAdvice.of(
        Integer.parseInt(member.group(2)),
        value ->
            pricer.network(Lowering.lower(Zoo.graph(name(member, value)))).cycles()
                    instanceof Estimate cycles
                ? cycles.value() * 1e3 / target.clockHz()
                : Double.NaN);
  }

  private static String text(
      List<DimensionAdvice> advice,
      Optional<FamilyAdvice> better,
      String instead,
      Function<TextTable, String> form) {
    StringBuilder text = new StringBuilder();
    better.ifPresent(found -> text.append(use(instead, found)).append("\n\n"));
    return text.append(advice.isEmpty() ? NOTHING + "\n" : form.apply(table(advice))).toString();
  }

  private static String html(
      Subject subject,
      Target target,
      List<DimensionAdvice> advice,
      Optional<FamilyAdvice> better,
      String instead) {
    StringBuilder body = new StringBuilder();
    better.ifPresent(found -> body.append(TableForms.paragraph(use(instead, found))));
    body.append(advice.isEmpty() ? TableForms.paragraph(NOTHING) : TableForms.html(table(advice)));
    String title = "Advice for " + subject.network().name() + " on " + target.board().title();
    return TableForms.page(title, "<h1>" + TableForms.escaped(title) + "</h1>\n" + body);
  }

  private static String use(String instead, FamilyAdvice found) {
    return "Use %s: it takes %s ms less.".formatted(instead, Numbers.significant(found.gainMs()));
  }

  private static TextTable table(List<DimensionAdvice> advice) {
    TextTable table =
        new TextTable()
            .column("layer", Align.RIGHT)
            .column("gain, ms", Align.RIGHT)
            .column("change", Align.LEFT);
    for (DimensionAdvice one : advice) {
      table.row(String.valueOf(one.layer()), Numbers.significant(one.gainMs()), one.message());
    }
    return table;
  }

  private static String csv(List<DimensionAdvice> advice) {
    StringBuilder csv = new StringBuilder("layer,id,gain_ms,change\n");
    for (DimensionAdvice one : advice) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%d,%s,%.6g,%s%n",
              one.layer(),
              one.id(),
              one.gainMs(),
              TableForms.csvCell(one.message())));
    }
    return csv.toString();
  }

  private static String json(
      Subject subject,
      Target target,
      List<DimensionAdvice> advice,
      Optional<FamilyAdvice> better,
      String instead) {
    ObjectNode root = MAPPER.createObjectNode().put("schema_version", "1.0");
    root.putObject("tool")
        .put("name", "thumbprint")
        .put("version", Version.version())
        .put("commit", Version.commit());
    root.put("model", subject.network().name());
    root.putObject("target")
        .put("board", target.board().id())
        .put("kernels", target.kernels().toString())
        .put("opt", target.opt().label());
    better.ifPresent(
        found ->
            root.putObject("use_instead").put("model", instead).put("gain_ms", found.gainMs()));
    ArrayNode list = root.putArray("advice");
    for (DimensionAdvice one : advice) {
      list.addObject()
          .put("layer", one.layer())
          .put("id", one.id())
          .put("gain_ms", one.gainMs())
          .put("message", one.message());
    }
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }
}
