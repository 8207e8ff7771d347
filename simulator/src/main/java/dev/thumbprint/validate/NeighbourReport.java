package dev.thumbprint.validate;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.report.Numbers;
import dev.thumbprint.report.TextTable;
import dev.thumbprint.report.TextTable.Align;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The recordings nearest to a network and to its longest layers, as text and as JSON. */
public final class NeighbourReport {
  private record Entry(int layer, LayerWork work, List<Neighbour> neighbours) {}

  private final List<Neighbour> network;
  private final List<Entry> entries = new ArrayList<>();

  /** Starts with the recordings nearest to the network as a whole. */
  public NeighbourReport(List<Neighbour> network) {
    this.network = List.copyOf(network);
  }

  /** Adds a layer. */
  public void add(int layer, LayerWork work, List<Neighbour> neighbours) {
    entries.add(new Entry(layer, work, List.copyOf(neighbours)));
  }

  /** Whether a layer that asks for the same was added. */
  public boolean covers(LayerWork work) {
    return entries.stream().anyMatch(entry -> entry.work().equals(work));
  }

  /** Number of layers that were added. */
  public int size() {
    return entries.size();
  }

  /** A table, nearest first. */
  public String text() {
    TextTable table =
        new TextTable()
            .column("case", Align.LEFT)
            .column("distance", Align.RIGHT)
            .column("recording", Align.LEFT)
            .column("what", Align.LEFT)
            .column("board, kernels", Align.LEFT)
            .column("recorded ms", Align.RIGHT)
            .column("model says", Align.RIGHT)
            .column("differs in", Align.LEFT);
    network.forEach(neighbour -> row(table, "network", neighbour));
    for (Entry entry : entries) {
      if (entry.neighbours().isEmpty()) {
        table.row(
            "layer " + entry.layer(), "", "none of " + entry.work().operator(), "", "", "", "", "");
      }
      entry.neighbours().forEach(near -> row(table, "layer " + entry.layer(), near));
    }
    return "\nRecordings nearest to this case\n" + table.render();
  }

  private static void row(TextTable table, String what, Neighbour neighbour) {
    Recording row = neighbour.recording();
    table.row(
        what,
        String.format(Locale.ROOT, "%.2f", neighbour.distance()),
        row.id(),
        work(row),
        setting(row),
        Numbers.significant(neighbour.recordedMs()),
        neighbour.errorPct().isPresent()
            ? String.format(Locale.ROOT, "%+.1f %%", neighbour.errorPct().getAsDouble())
            : "-",
        neighbour.differs());
  }

  private static String work(Recording row) {
    return row.isLayer()
        ? "%s %s -> %s".formatted(row.work().op(), row.work().input(), row.work().output())
        : row.work().network();
  }

  private static String setting(Recording row) {
    return "%s, %s -%s"
        .formatted(row.setting().boardId(), row.setting().library(), row.setting().opt());
  }

  /** Adds the key {@code nearest}. */
  public void addTo(ObjectNode root) {
    ObjectNode nearest = root.putObject("nearest");
    array(nearest.putArray("network"), network);
    ArrayNode layers = nearest.putArray("layers");
    for (Entry entry : entries) {
      ObjectNode layer = layers.addObject().put("index", entry.layer());
      array(layer.putArray("recordings"), entry.neighbours());
    }
  }

  private static void array(ArrayNode array, List<Neighbour> neighbours) {
    for (Neighbour neighbour : neighbours) {
      Recording row = neighbour.recording();
      ObjectNode node =
          array
              .addObject()
              .put("id", row.id())
              .put("source", row.origin().source())
              .put("board", row.setting().boardId())
              .put("kernels", row.setting().library().toString())
              .put("opt", row.setting().opt())
              .put("what", work(row))
              .put("distance", neighbour.distance())
              .put("recorded_ms", neighbour.recordedMs())
              .put("differs_in", neighbour.differs());
      neighbour.predictedMs().ifPresent(ms -> node.put("predicted_ms", ms));
      neighbour.errorPct().ifPresent(pct -> node.put("error_pct", pct));
    }
  }
}
