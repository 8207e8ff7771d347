package dev.thumbprint.report;

import dev.thumbprint.check.Check;
import dev.thumbprint.check.Limit;
import dev.thumbprint.check.Verdict;
import dev.thumbprint.check.Verdict.Outcome;
import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.memory.Fit;
import dev.thumbprint.report.TextTable.Align;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The outcome of a check, as text and as JSON. */
public final class CheckReport {
  private final Check check;

  public CheckReport(Check check) {
    this.check = check;
  }

  /** What runs where, figures beside limits, and what would help. */
  public String text() {
    StringBuilder text = new StringBuilder(TableReport.heading(check.profile())).append('\n');
    text.append(table().render());
    for (Fit.Region region : check.full()) {
      text.append(
          String.format(
              Locale.ROOT,
              "FAILED  does not fit %s: needs %,d bytes of %,d\n",
              region.name(),
              region.neededBytes(),
              region.availableBytes()));
    }
    if (!check.remedies().isEmpty()) {
      text.append("\nWhat to change so that it fits\n");
      check.remedies().forEach(remedy -> text.append("  ").append(remedy).append('\n'));
    }
    if (!check.help().isEmpty()) {
      text.append("\nWhat would help with the limits, each alone\n");
    }
    for (Check.Help help : check.help()) {
      text.append(
          "  %s: saves %s %s%s: %s\n"
              .formatted(
                  help.limit().label(),
                  Numbers.significant(help.gain()),
                  help.limit().unit(),
                  help.suffices() ? ", which is enough" : "",
                  help.message()));
    }
    return text.toString();
  }

  /** Figures beside their limits. */
  public TextTable table() {
    TextTable table =
        new TextTable()
            .column("outcome", Align.LEFT)
            .column("limit", Align.LEFT)
            .column("figure", Align.RIGHT)
            .column("90 % interval", Align.LEFT)
            .column("at most", Align.RIGHT)
            .column("judged", Align.LEFT)
            .column("by how much", Align.LEFT);
    for (Verdict verdict : check.verdicts()) {
      Limit limit = verdict.limit();
      table.row(
          verdict.outcome().name(),
          limit.label(),
          figure(limit, verdict),
          LayerTable.interval(verdict.figure()),
          amount(limit, verdict.most()),
          verdict.upper() ? "upper end" : "value",
          margin(limit, verdict));
    }
    return table;
  }

  private static String figure(Limit limit, Verdict verdict) {
    return switch (verdict.figure()) {
      case Estimate estimate -> amount(limit, estimate.value());
      case Unavailable none -> "not available: " + none.reason();
    };
  }

  private static String amount(Limit limit, double value) {
    String number =
        limit.unit().equals("bytes")
            ? String.format(Locale.ROOT, "%,.0f", value)
            : Numbers.significant(value);
    return number + " " + limit.unit();
  }

  private static String margin(Limit limit, Verdict verdict) {
    if (verdict.outcome() == Outcome.UNKNOWN) {
      return "";
    }
    double excess = verdict.excess();
    String part =
        verdict.most() > 0 ? " (" + Numbers.percent(Math.abs(excess) / verdict.most()) + ")" : "";
    return amount(limit, Math.abs(excess)) + part + (excess > 0 ? " too much" : " to spare");
  }

  /** The check as JSON, with a line end. */
  public String json(String version, String commit) {
    ObjectNode root = JsonReport.root(version, commit);
    JsonReport.model(root.putObject("model"), check.profile().model());
    JsonReport.target(root.putObject("target"), check.profile().target());
    root.put("outcome", label(check.outcome()));
    ArrayNode verdicts = root.putArray("limits");
    for (Verdict verdict : check.verdicts()) {
      ObjectNode node =
          verdicts
              .addObject()
              .put("limit", verdict.limit().label())
              .put("outcome", label(verdict.outcome()));
      JsonReport.metric(node.putObject("figure"), verdict.figure(), verdict.limit().unit());
      node.put("at_most", verdict.most()).put("judged", verdict.upper() ? "high" : "value");
      if (verdict.outcome() != Outcome.UNKNOWN) {
        node.put("excess", verdict.excess());
      }
    }
    ArrayNode fit = root.putArray("fit");
    check
        .profile()
        .fit()
        .ifPresent(
            found -> found.regions().forEach(region -> JsonReport.region(fit.addObject(), region)));
    ArrayNode remedies = root.putArray("remedies");
    check.remedies().forEach(remedies::add);
    ArrayNode help = root.putArray("help");
    for (Check.Help one : check.help()) {
      help.addObject()
          .put("limit", one.limit().label())
          .put("gain", one.gain())
          .put("unit", one.limit().unit())
          .put("suffices", one.suffices())
          .put("message", one.message());
    }
    return root.toPrettyString() + "\n";
  }

  private static String label(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
