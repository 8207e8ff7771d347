package dev.thumbprint.explore.report;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.explore.engine.Points;
import dev.thumbprint.explore.space.Axis;
import dev.thumbprint.explore.space.Sampler;
import dev.thumbprint.explore.space.Space;
import dev.thumbprint.model.Layer;
import dev.thumbprint.model.Network;
import dev.thumbprint.report.Numbers;
import dev.thumbprint.report.TextTable;
import dev.thumbprint.report.TextTable.Align;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What would be looked at, without pricing anything. */
public final class Plan {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int LABELS_SHOWN = 8;

  private Plan() {}

  /** Axes, counts and the first designs, for a terminal. */
  public static String text(Space space, int listed) {
    StringBuilder text = new StringBuilder();
    for (Axis axis : space.axes()) {
      List<String> labels = axis.labels();
      if (labels.equals(List.of("auto")) || labels.equals(List.of("none"))) {
        continue;
      }
      String shown = String.join(" ", labels.subList(0, Math.min(LABELS_SHOWN, labels.size())));
      text.append(
          "%-12s %7s  %s%s\n"
              .formatted(
                  axis.name(),
                  Numbers.grouped(axis.size()),
                  shown,
                  labels.size() > LABELS_SHOWN ? " ... " + labels.getLast() : ""));
    }
    text.append(
        "\n%s designs; %s looks at %s\n"
            .formatted(
                Numbers.grouped(space.size()),
                space.sampler().kind().label(),
                Numbers.grouped(space.sampler().points(space.size()))));
    List<Long> points = first(space, listed);
    if (points.isEmpty()) {
      return text.toString();
    }
    TextTable table =
        new TextTable()
            .column("point", Align.RIGHT)
            .column("network", Align.LEFT)
            .column("board", Align.LEFT)
            .column("setting", Align.LEFT);
    points.forEach(point -> table.row(cells(space, point)));
    return text.append('\n').append(table.render()).toString();
  }

  /** The same as JSON. */
  public static String json(Space space, int listed) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("schema_version", ExplorationJson.SCHEMA_VERSION);
    root.set("space", ExplorationJson.space(space));
    ArrayNode points = root.putArray("points");
    for (long point : first(space, listed)) {
      String[] cells = cells(space, point);
      points
          .addObject()
          .put("point", point)
          .put("network", cells[1])
          .put("board", cells[2])
          .put("setting", cells[3]);
    }
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static List<Long> first(Space space, int listed) {
    List<Long> first = new ArrayList<>();
    if (space.sampler().kind() == Sampler.Kind.NSGA2) {
      return first;
    }
    Points points = Points.of(space);
    for (long part = 0; part < points.parts() && first.size() < listed; part++) {
      for (long point : points.part(part)) {
        if (first.size() < listed) {
          first.add(point);
        }
      }
    }
    return first;
  }

  private static String[] cells(Space space, long point) {
    long network = space.networkOf(point);
    long configuration = space.configurationOf(point);
    String name = space.networkName(network) + " " + space.networkParameters(network);
    return new String[] {
      Long.toString(point),
      name.replace(';', ' ').strip(),
      space.board(configuration).id(),
      String.join(" ", space.options(configuration))
    };
  }

  /**
   * The network of a design as a layer list, which other commands read.
   *
   * @throws dev.thumbprint.model.InputException if its parameters give none
   */
  public static String network(Space space, long point) {
    Network network = space.network(space.networkOf(point)).network();
    ObjectNode root = MAPPER.createObjectNode();
    root.put("name", network.name());
    ArrayNode layers = root.putArray("layers");
    for (Layer layer : network.layers()) {
      layer(layers.addObject(), layer.work());
    }
    return MAPPER.writeValueAsString(root) + "\n";
  }

  private static void layer(ObjectNode node, LayerWork work) {
    node.put("op", work.operator().name());
    ArrayNode inputs = node.putArray("inputs");
    work.inputs().forEach(shape -> shape(inputs.addArray(), shape));
    boolean pools = work.operator().name().endsWith("_POOL_2D");
    if (pools) {
      node.putArray("filter").add(work.window().height()).add(work.window().width());
    } else if (work.filter().rank() > 0) {
      shape(node.putArray("filter"), work.filter());
    }
    shape(node.putArray("output"), work.output());
    boolean slides = pools || work.operator().name().contains("CONV_2D");
    if (slides) {
      node.putArray("stride").add(work.window().strideHeight()).add(work.window().strideWidth());
      node.put("padding", work.window().padding().name());
    }
    node.put("activation", work.activation().name());
    node.put("type", work.inputType().label());
    node.put("weight_type", work.weightType().label());
    node.put("output_type", work.outputType().label().toLowerCase(Locale.ROOT));
    node.put("bias", work.bias());
    node.put("per_channel", work.perChannel());
  }

  private static void shape(ArrayNode node, Shape shape) {
    for (int dim : shape.toArray()) {
      node.add(dim);
    }
  }
}
