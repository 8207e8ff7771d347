package dev.thumbprint.report;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.explain.Explanation;
import dev.thumbprint.explain.Explanation.LayerWhy;
import dev.thumbprint.explain.Parts;
import dev.thumbprint.memory.ArenaPlanner;
import dev.thumbprint.memory.Fit;
import dev.thumbprint.memory.MemoryException;
import dev.thumbprint.memory.MemoryPlan;
import dev.thumbprint.profile.Advice;
import dev.thumbprint.profile.Duty;
import dev.thumbprint.profile.Profile;
import dev.thumbprint.profile.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A profile as one page that needs nothing else: no network, no other file. */
public final class HtmlReport {
  private final Explanation explanation;
  private final Profile profile;
  private final Optional<MemoryPlan> plan;
  private final Optional<Duty> duty;
  private final String tool;
  private final StringBuilder html = new StringBuilder(1 << 16);

  /**
   * A page.
   *
   * @param plan the arena, empty where it cannot be planned
   * @param duty the duty cycle, empty where none was asked for
   * @param tool version and commit of the tool
   */
  public HtmlReport(
      Explanation explanation, Optional<MemoryPlan> plan, Optional<Duty> duty, String tool) {
    this.explanation = explanation;
    this.profile = explanation.profile();
    this.plan = plan;
    this.duty = duty;
    this.tool = tool;
  }

  /**
   * The page of a subject on a target: its arena is planned where it can be.
   *
   * @param ignoreUnknown give a partial total where layers cannot be priced
   * @param duty the duty cycle, empty where none was asked for
   * @param tool version and commit of the tool
   */
  public static HtmlReport of(
      Subject subject,
      Target target,
      CostModel prices,
      boolean ignoreUnknown,
      Optional<Duty> duty,
      String tool) {
    Optional<MemoryPlan> plan = Optional.empty();
    if (subject.graph().isPresent()) {
      try {
        plan =
            Optional.of(
                ArenaPlanner.plan(subject.graph().get(), target.kernels(), target.board().core()));
      } catch (MemoryException unknown) {
        // The page shows the other figures; the totals say why these are missing.
      }
    }
    return new HtmlReport(Explanation.of(subject, target, prices, ignoreUnknown), plan, duty, tool);
  }

  /** The whole page. */
  public String render() {
    String title = escaped(profile.model().name() + " on " + profile.target().board().title());
    html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<link rel=\"icon\" href=\"data:,\">\n<title>")
        .append(title)
        .append("</title>\n<style>\n")
        .append(resource("profile.css"))
        .append("</style>\n</head>\n<body>\n<header><div><h1>")
        .append(title)
        .append("</h1>");
    for (String line : TableReport.heading(profile).split("\n")) {
      html.append("<p class=\"soft\">").append(escaped(line)).append("</p>");
    }
    html.append("</div><button id=\"theme\" type=\"button\">Light or dark</button></header>\n");
    summary();
    layers();
    pictures();
    advice();
    duty.ifPresent(this::duty);
    provenance();
    html.append("<script>\n")
        .append(resource("profile.js"))
        .append("</script>\n</body>\n</html>\n");
    return html.toString();
  }

  private void summary() {
    var total = profile.total();
    html.append("<ul class=\"summary\">\n");
    String of = profile.partial() ? " of the layers priced" : "";
    entry("Latency" + of, total.inferenceTimeMs(), "ms", "");
    entry("Energy" + of, total.energyUj(), "uJ", "");
    entry("Cycles" + of, total.cycles(), "", "");
    entry("Arena", total.arenaBytes(), "bytes", "");
    entry("RAM", total.ramBytes(), "bytes", "ram");
    entry("Flash", total.flashBytes(), "bytes", "flash");
    plain("Work", Numbers.grouped(profile.model().macs()), "multiply-accumulates");
    plain("Layers", Integer.toString(profile.layers().size()), longest());
    if (!profile.notPriced().isEmpty()) {
      plain("Not priced", Integer.toString(profile.notPriced().size()), "layers without a figure");
    }
    plain("Waiting for memory", Numbers.percent(waiting()), "of the cycles, code and weights");
    plain("Advice", Integer.toString(profile.advice().size()), best());
    html.append("</ul>\n");
  }

  private String longest() {
    return profile.layers().stream()
        .filter(layer -> layer.share().isPresent())
        .max(Comparator.comparingDouble(layer -> layer.share().getAsDouble()))
        .map(
            layer ->
                "longest: %d, %s, %s"
                    .formatted(layer.index(), layer.work().operator(), LayerTable.share(layer)))
        .orElse("");
  }

  private double waiting() {
    Parts parts = explanation.total();
    return parts.total() > 0 ? (parts.codeFetch() + parts.weightFetch()) / parts.total() : 0;
  }

  private String best() {
    return profile.advice().isEmpty()
        ? "nothing known that saves one per cent"
        : "best saves %s ms".formatted(Numbers.significant(profile.advice().getFirst().gainMs()));
  }

  private void entry(String name, Metric metric, String unit, String kind) {
    List<Fit.Region> full =
        profile.fit().stream()
            .flatMap(fit -> fit.regions().stream())
            .filter(region -> region.kind().equals(kind) && !region.fits())
            .toList();
    html.append(full.isEmpty() ? "<li>" : "<li class=\"bad\">").append(name);
    switch (metric) {
      case Estimate e -> {
        String interval =
            e.low() == e.high()
                ? ""
                : "90 %%: %s to %s, "
                    .formatted(Numbers.significant(e.low()), Numbers.significant(e.high()));
        html.append("<b>%s %s</b><span>".formatted(Numbers.significant(e.value()), unit))
            .append(interval)
            .append(e.source().label());
        full.forEach(region -> html.append(", does not fit ").append(escaped(region.name())));
        html.append("</span>");
      }
      case Unavailable none ->
          html.append("<b>not available</b><span>")
              .append(escaped(none.reason()))
              .append("</span>");
    }
    html.append("</li>\n");
  }

  private void plain(String name, String value, String remark) {
    html.append("<li>%s<b>%s</b><span>%s</span></li>\n".formatted(name, value, escaped(remark)));
  }

  private void layers() {
    html.append("<h2>Layers</h2>\n<div class=\"legend\">");
    for (String part : Parts.NONE.toMap().keySet()) {
      html.append(
          "<span style=\"--swatch: var(--%s)\">%s</span>"
              .formatted(part.replace('_', '-'), part.replace('_', ' ')));
    }
    html.append(
        "</div>\n<p class=\"soft\">The line across a bar is the 90 % interval. Choose a layer for"
            + " its reasons.</p>\n<div class=\"scroll\"><table>\n<tr><th class=\"n\">#</th>"
            + "<th>operator</th><th>time</th><th class=\"n\">ms</th><th class=\"n\">share</th>"
            + "<th class=\"n\">uJ</th><th>output</th><th>kernel path</th></tr>\n");
    double most = 1e-12;
    for (LayerWhy layer : explanation.layers()) {
      if (layer.profile().inferenceTimeMs() instanceof Estimate e) {
        most = Math.max(most, e.high());
      }
    }
    for (LayerWhy layer : explanation.layers()) {
      row(layer, most);
    }
    html.append("</table></div>\n");
  }

  private void row(LayerWhy layer, double most) {
    var figures = layer.profile();
    html.append(
        "<tr class=\"layer\" data-layer=\"%d\" tabindex=\"0\"><td class=\"n\">%d</td><td>%s</td><td"
                .formatted(figures.index(), figures.index(), figures.work().operator())
            + " class=\"wide\">");
    if (figures.inferenceTimeMs() instanceof Estimate time) {
      bar(time, layer.parts(), most);
    }
    html.append(
        "</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td>%s</td><td>%s</td></tr>\n"
            .formatted(
                LayerTable.value(figures.inferenceTimeMs()),
                LayerTable.share(figures),
                LayerTable.value(figures.energyUj()),
                figures.work().output(),
                escaped(figures.path())));
    html.append(
        "<tr class=\"why\" id=\"why-%d\" hidden><td></td><td colspan=\"7\"><ul>"
            .formatted(figures.index()));
    layer.why().forEach(why -> html.append("<li>").append(escaped(why)).append("</li>"));
    html.append("</ul></td></tr>\n");
  }

  private void bar(Estimate time, Parts parts, double most) {
    html.append(
        String.format(
            Locale.ROOT,
            "<div class=\"bar\"><div class=\"stack\" style=\"width:%.2f%%\">",
            100 * time.value() / most));
    for (Map.Entry<String, Double> part : parts.toMap().entrySet()) {
      double share = parts.total() > 0 ? part.getValue() / parts.total() : 0;
      if (share > 0) {
        html.append(
            String.format(
                Locale.ROOT,
                "<span class=\"%s\" style=\"width:%.2f%%\" title=\"%s: %s\"></span>",
                part.getKey(),
                100 * share,
                part.getKey().replace('_', ' '),
                Numbers.percent(share)));
      }
    }
    html.append(
        String.format(
            Locale.ROOT,
            "</div><i style=\"left:%.2f%%;width:%.2f%%\"></i></div>",
            100 * time.low() / most,
            100 * (time.high() - time.low()) / most));
  }

  private void pictures() {
    html.append(
            "<div class=\"pair\"><section><h2>Graph, coloured by time</h2><div class=\"sheet\">\n")
        .append(GraphSvg.render(explanation))
        .append("</div></section>\n<section><h2>Arena over operators</h2>");
    if (plan.isPresent()) {
      html.append("<div class=\"sheet\">").append(ArenaSvg.render(plan.get())).append("</div>");
    } else {
      html.append("<p class=\"soft\">A layer list does not say how tensors are connected.</p>");
    }
    html.append("</section></div>\n");
  }

  private void advice() {
    html.append("<h2>What would help</h2>\n");
    if (profile.advice().isEmpty()) {
      html.append("<p class=\"soft\">Nothing is known that saves one per cent.</p>\n");
      return;
    }
    html.append(
        "<p class=\"soft\">Each alone, priced again by the same model.</p>\n<div class=\"scroll\"><table>"
            + "\n<tr><th class=\"n\">saves ms</th><th>change</th><th>id</th></tr>\n");
    for (Advice advice : profile.advice()) {
      html.append(
          "<tr><td class=\"n\">%s</td><td class=\"wrap\">%s</td><td>%s</td></tr>\n"
              .formatted(
                  Numbers.significant(advice.gainMs()),
                  escaped(advice.message()),
                  escaped(advice.id())));
    }
    html.append("</table></div>\n");
  }

  private void duty(Duty cycle) {
    html.append("<h2>Duty cycle</h2>\n<pre>")
        .append(escaped(DutyReport.text(cycle).strip()))
        .append("</pre>\n");
  }

  private void provenance() {
    html.append("<h2>Where the figures come from</h2>\n<ul class=\"provenance\">\n");
    html.append("<li>").append(escaped(tool)).append("</li>\n");
    profile
        .provenance()
        .forEach(line -> html.append("<li>").append(escaped(line)).append("</li>\n"));
    html.append("</ul>\n");
  }

  private static String escaped(String text) {
    return TableForms.escaped(text);
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource missing: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
