package dev.thumbprint.validate;

import static dev.thumbprint.report.TextTable.Align.LEFT;
import static dev.thumbprint.report.TextTable.Align.RIGHT;

import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Recordings;
import dev.thumbprint.recorded.Setting;
import dev.thumbprint.report.TextTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code validate --counts}: emulated kernels beside the recorded layers that they stand for. */
public final class CountsReport {
  /** Layers of a network that have to be there before a total is worth a line. */
  private static final int NETWORK_LAYERS_MIN = 7;

  private final List<CountedLayer> layers;

  private CountsReport(List<CountedLayer> layers) {
    this.layers = layers;
  }

  /** The report over the built-in recordings. */
  public static CountsReport builtIn() {
    return of(Recordings.builtIn());
  }

  /** The report over recordings. */
  static CountsReport of(List<Recording> recordings) {
    return new CountsReport(new CountsValidation().layers(recordings));
  }

  /** Board, kernels, flags and type of a line of the tables. */
  private record Line(String board, String kernels, String opt, String type) {}

  private static Line line(CountedLayer layer, String kernels) {
    Setting setting = layer.recording().setting();
    String type = setting.type().isEmpty() ? "int8" : setting.type();
    return new Line(setting.boardId(), kernels, setting.opt(), type);
  }

  private static Map<Line, List<CountedLayer>> grouped(
      List<CountedLayer> layers, Function<CountedLayer, Line> key) {
    Map<Line, List<CountedLayer>> groups =
        new TreeMap<>(
            Comparator.comparing(Line::board)
                .thenComparing(Line::kernels)
                .thenComparing(Line::opt)
                .thenComparing(Line::type, Comparator.reverseOrder()));
    for (CountedLayer layer : layers) {
      groups.computeIfAbsent(key.apply(layer), k -> new ArrayList<>()).add(layer);
    }
    return groups;
  }

  private static Map<String, List<CountedLayer>> split(
      List<CountedLayer> layers, Function<Recording, String> key) {
    Map<String, List<CountedLayer>> parts = new LinkedHashMap<>();
    for (CountedLayer layer : layers) {
      parts.computeIfAbsent(key.apply(layer.recording()), k -> new ArrayList<>()).add(layer);
    }
    return parts;
  }

  /** Tables for people. */
  public String text() {
    return "Recorded layers beside stored counts of real kernels, timed for the board"
        + " (docs/sweeps.md); nothing is fitted but the scalar.\n\n"
        + table("layers of", group -> Map.of("all operators", group)).render()
        + "\nBy operator\n"
        + table("operator", group -> split(group, recording -> recording.work().op())).render()
        + "\nNetworks, sum over the layers that were emulated\n"
        + networks().render()
        + "\nWhat shapes do, mean over layers\n"
        + new CountsShapes(layers).table().render();
  }

  private interface Parts {
    Map<String, List<CountedLayer>> of(List<CountedLayer> group);
  }

  private TextTable table(String what, Parts parts) {
    TextTable table =
        header(what)
            .column("mean error", RIGHT)
            .column("median", RIGHT)
            .column("bias", RIGHT)
            .column("within 10 %", RIGHT)
            .column("instructions x scalar", RIGHT);
    grouped(layers, layer -> line(layer, layer.kernels()))
        .forEach(
            (line, group) -> {
              double scalar = scalar(group);
              parts.of(group).forEach((name, part) -> row(table, line, name, part, scalar));
            });
    return table;
  }

  private static TextTable header(String what) {
    return new TextTable()
        .column("board", LEFT)
        .column("kernels", LEFT)
        .column("opt", LEFT)
        .column("type", LEFT)
        .column(what, LEFT)
        .column("layers", RIGHT);
  }

  private static void row(
      TextTable table, Line line, String name, List<CountedLayer> part, double scalar) {
    double[] errors = part.stream().mapToDouble(l -> 100 * Math.abs(l.error())).sorted().toArray();
    table.row(
        line.board(),
        line.kernels(),
        line.opt(),
        line.type(),
        name,
        String.valueOf(part.size()),
        percent(Arrays.stream(errors).average().orElse(Double.NaN)),
        percent(errors[errors.length / 2]),
        signed(part.stream().mapToDouble(l -> 100 * l.error()).average().orElse(0)),
        percent(100.0 * Arrays.stream(errors).filter(e -> e <= 10).count() / errors.length),
        percent(scalarError(part, scalar)));
  }

  private TextTable networks() {
    TextTable table =
        header("network")
            .column("recorded cycles", RIGHT)
            .column("from counts", RIGHT)
            .column("error", RIGHT);
    grouped(layers, layer -> line(layer, layer.recording().setting().library().toString()))
        .forEach(
            (line, group) ->
                split(group, CountsReport::run)
                    .forEach(
                        (run, part) -> {
                          if (isNetwork(part)) {
                            networkRow(table, line, run, part);
                          }
                        }));
    return table;
  }

  private static boolean isNetwork(List<CountedLayer> run) {
    Recording first = run.getFirst().recording();
    return run.size() >= NETWORK_LAYERS_MIN
        && !first.work().model().isEmpty()
        && !first.origin().campaign().startsWith("sweep");
  }

  private static void networkRow(TextTable table, Line line, String run, List<CountedLayer> part) {
    double recorded = part.stream().mapToDouble(CountedLayer::recordedCycles).sum();
    long cycles = part.stream().mapToLong(CountedLayer::cycles).sum();
    table.row(
        line.board(),
        line.kernels(),
        line.opt(),
        line.type(),
        run,
        String.valueOf(part.size()),
        String.format(Locale.ROOT, "%,.0f", recorded),
        String.format(Locale.ROOT, "%,d", cycles),
        signed(100 * (cycles / recorded - 1)));
  }

  /** One inference: the layers of a model that one campaign measured. */
  private static String run(Recording recording) {
    String campaign = recording.origin().campaign();
    return recording.work().model() + (campaign.isEmpty() ? "" : " (" + campaign + ")");
  }

  /** Rows for programs: one layer each. */
  public String csv() {
    String rows =
        layers.stream()
            .map(
                layer ->
                    String.join(
                        ",",
                        layer.recording().id(),
                        layer.recording().setting().boardId(),
                        layer.recording().setting().library().toString(),
                        layer.recording().setting().opt(),
                        layer.kernels(),
                        layer.recording().work().signature(),
                        String.format(Locale.ROOT, "%.0f", layer.recordedCycles()),
                        String.valueOf(layer.cycles()),
                        String.valueOf(layer.instructions())))
            .collect(Collectors.joining("\n"));
    return "id,board_id,library,opt,kernels,layer,recorded_cycles,cycles,instructions\n"
        + rows
        + "\n";
  }

  /** The median of cycles per instruction: the best single number in hindsight. */
  private static double scalar(List<CountedLayer> layers) {
    double[] ratios =
        layers.stream().mapToDouble(l -> l.recordedCycles() / l.instructions()).sorted().toArray();
    return ratios[ratios.length / 2];
  }

  private static double scalarError(List<CountedLayer> layers, double scalar) {
    return layers.stream()
        .mapToDouble(l -> 100 * Math.abs(scalar * l.instructions() / l.recordedCycles() - 1))
        .average()
        .orElse(Double.NaN);
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.1f %%", value);
  }

  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+.1f %%", value);
  }
}
