package dev.thumbprint.firmware.monitor;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.report.Numbers;
import dev.thumbprint.report.TableForms;
import dev.thumbprint.report.TextTable;
import dev.thumbprint.report.TextTable.Align;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** An {@link Emulation} as Markdown: a table for each part that is one, the rest as it stands. */
public final class EmulationMarkdown {
  private static final Set<String> TABLES =
      Set.of("functions", "operators", "opcodes", "memory", "trace");

  private EmulationMarkdown() {}

  /** The parts that are asked for by name; every function, not only the costliest. */
  public static String render(Emulation run, Set<String> monitors) {
    Set<String> lines = new TreeSet<>(monitors);
    lines.removeAll(TABLES);
    StringBuilder text = new StringBuilder();
    text.append("## %s on %s\n\n".formatted(run.firmware(), run.target().board().title()));
    text.append(fenced(EmulationReport.table(run, lines)));
    for (String monitor : EmulationReport.MONITORS) {
      if (monitors.contains(monitor) && TABLES.contains(monitor)) {
        TextTable table = table(run, monitor);
        if (!table.rows().isEmpty()) {
          text.append("\n### ").append(monitor).append("\n\n").append(TableForms.markdown(table));
        }
      }
    }
    return text.toString();
  }

  /** Text that stays as it is. */
  public static String fenced(String text) {
    String rule = text.contains("```") ? "~~~~" : "```";
    return rule + "\n" + text.stripTrailing() + "\n" + rule + "\n";
  }

  private static TextTable table(Emulation run, String monitor) {
    return switch (monitor) {
      case "functions" -> functions(run);
      case "operators" -> operators(run);
      case "opcodes" -> opcodes(run);
      case "memory" -> memory(run);
      default -> calls(run);
    };
  }

  private static TextTable functions(Emulation run) {
    TextTable table =
        right(new TextTable().column("function", Align.LEFT), "self cycles", "share")
            .column("total cycles", Align.RIGHT)
            .column("calls", Align.RIGHT)
            .column("instructions", Align.RIGHT);
    run.functions()
        .forEach(
            f ->
                table.row(
                    f.name(),
                    Numbers.grouped(f.selfCycles()),
                    share(f.selfCycles(), run.cycles()),
                    f.totalCycles().isPresent()
                        ? Numbers.grouped(f.totalCycles().getAsLong())
                        : "-",
                    Numbers.grouped(f.calls()),
                    Numbers.grouped(f.instructions())));
    return table;
  }

  private static TextTable operators(Emulation run) {
    TextTable table =
        right(
                new TextTable().column("#", Align.RIGHT).column("operator", Align.LEFT),
                "times",
                "instructions",
                "cycles",
                "ms",
                "uJ")
            .column("function", Align.LEFT);
    run.operators()
        .forEach(
            o ->
                table.row(
                    Integer.toString(o.index()),
                    o.name(),
                    Numbers.grouped(o.time().entries()),
                    Numbers.grouped(o.time().instructions()),
                    Numbers.grouped(o.time().cycles()),
                    Numbers.significant(run.ms(o.time().cycles())),
                    o.energyUj() instanceof Estimate e ? Numbers.significant(e.value()) : "-",
                    o.function()));
    return table;
  }

  private static TextTable opcodes(Emulation run) {
    TextTable table = right(new TextTable().column("class", Align.LEFT), "instructions", "share");
    run.opcodes()
        .forEach(
            (kind, count) ->
                table.row(
                    EmulationReport.label(kind),
                    Numbers.grouped(count),
                    share(count, run.instructions())));
    return table;
  }

  private static TextTable memory(Emulation run) {
    TextTable table =
        right(
            new TextTable().column("memory", Align.LEFT),
            "reads",
            "bytes read",
            "writes",
            "bytes written");
    run.traffic()
        .forEach(
            t ->
                table.row(
                    t.region(),
                    Numbers.grouped(t.reads()),
                    Numbers.grouped(t.readBytes()),
                    Numbers.grouped(t.writes()),
                    Numbers.grouped(t.writeBytes())));
    return table;
  }

  private static TextTable calls(Emulation run) {
    TextTable table = new TextTable().column("at cycle, function that begins", Align.LEFT);
    run.calls().forEach(call -> table.row(call.strip()));
    return table;
  }

  private static TextTable right(TextTable table, String... titles) {
    for (String title : titles) {
      table.column(title, Align.RIGHT);
    }
    return table;
  }

  private static String share(long part, long whole) {
    return String.format(Locale.ROOT, "%.1f %%", whole == 0 ? 0 : 100.0 * part / whole);
  }
}
