package dev.thumbprint.cli;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Window;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Layer;
import dev.thumbprint.model.Network;
import dev.thumbprint.report.TextTable;
import dev.thumbprint.report.TextTable.Align;
import java.util.Locale;

/** The layers of a network as a table: operators, shapes, multiply-accumulates, constants. */
final class LayersText {
  private LayersText() {}

  static String render(Graph graph, Network network) {
    String head =
        "%s: %d bytes, sha256 %s%n%s"
            .formatted(graph.name(), graph.fileBytes(), graph.sha256(), totals(network));
    return head + System.lineSeparator() + table(network);
  }

  /** Layers, multiply-accumulates and parameters in one line. */
  static String totals(Network network) {
    String parameters =
        network.parameters().isPresent()
            ? String.format(Locale.ROOT, "%,d parameters", network.parameters().getAsLong())
            : "parameters unknown";
    return String.format(
        Locale.ROOT,
        "%d layers, %,d MACs, %s%n",
        network.layers().size(),
        network.macs(),
        parameters);
  }

  static String table(Network network) {
    TextTable table =
        new TextTable()
            .column("#", Align.RIGHT)
            .column("operator", Align.LEFT)
            .column("input", Align.LEFT)
            .column("filter", Align.LEFT)
            .column("output", Align.LEFT)
            .column("window", Align.LEFT)
            .column("type", Align.LEFT)
            .column("MACs", Align.RIGHT)
            .column("constants", Align.RIGHT);
    for (Layer layer : network.layers()) {
      LayerWork work = layer.work();
      table.row(
          String.valueOf(layer.index()),
          work.operator() == Operator.CUSTOM ? work.customName() : work.operator().name(),
          work.input().toString(),
          work.filter().toString(),
          work.output().toString(),
          window(work),
          type(work),
          String.format(Locale.ROOT, "%,d", work.macs()),
          String.format(Locale.ROOT, "%,d", work.constantBytes()));
    }
    return table.render();
  }

  private static String window(LayerWork work) {
    Window window = work.window();
    String activation = work.activation() == Activation.NONE ? "" : " " + work.activation();
    if (window.equals(Window.NONE)) {
      return activation.strip();
    }
    boolean dilated = window.dilationHeight() > 1 || window.dilationWidth() > 1;
    return "%dx%d /%dx%d %s%s%s"
        .formatted(
            window.height(),
            window.width(),
            window.strideHeight(),
            window.strideWidth(),
            window.padding(),
            dilated ? " dilated " + window.dilationHeight() + 'x' + window.dilationWidth() : "",
            activation);
  }

  private static String type(LayerWork work) {
    String type = work.inputType().label();
    if (work.weightType() != work.inputType()) {
      type += " x " + work.weightType().label();
    }
    return work.outputType() == work.inputType() ? type : type + " -> " + work.outputType().label();
  }
}
