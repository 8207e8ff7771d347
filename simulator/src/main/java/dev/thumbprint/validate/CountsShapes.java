package dev.thumbprint.validate;

import static dev.thumbprint.report.TextTable.Align.LEFT;
import static dev.thumbprint.report.TextTable.Align.RIGHT;

import dev.thumbprint.report.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the shape of a layer does to its cost, recorded and from counts: an addition whose loop does
 * not fit the code cache, and channel counts that are odd, even and multiples of four.
 */
final class CountsShapes {
  private static final String BOARD = "nucleo-l496zg";
  private static final String KERNELS = "cmsis-nn@2020-03";
  private static final String OPT = "Ofast";

  /** The sweep of 3x3 convolutions over 32x32 pixels into 60 channels. */
  private static final Pattern SWEEP_FILTER = Pattern.compile("60x3x3x(\\d+)");

  private final List<CountedLayer> layers;

  CountsShapes(List<CountedLayer> all) {
    layers =
        all.stream()
            .filter(layer -> layer.recording().setting().boardId().equals(BOARD))
            .filter(layer -> layer.kernels().equals(KERNELS))
            .filter(layer -> layer.recording().setting().opt().equals(OPT))
            .toList();
  }

  TextTable table() {
    TextTable table =
        new TextTable()
            .column("%s, %s, %s".formatted(BOARD, KERNELS, OPT), LEFT)
            .column("layers", RIGHT)
            .column("recorded", RIGHT)
            .column("from counts", RIGHT)
            .column("unit", LEFT);
    List<CountedLayer> additions =
        layers.stream().filter(layer -> layer.recording().work().op().equals("ADD")).toList();
    row(table, "ADD", additions, CountsShapes::elements, "cycles an element");
    sweep(table, "odd input channels", channels -> channels % 2 == 1);
    sweep(table, "even, not a multiple of 4", channels -> channels % 4 == 2);
    sweep(table, "a multiple of 4", channels -> channels % 4 == 0);
    return table;
  }

  private void sweep(TextTable table, String name, IntPredicate channels) {
    List<CountedLayer> some =
        layers.stream().filter(layer -> channels.test(sweepChannels(layer))).toList();
    String title = "CONV_2D 3x3 into 60, " + name;
    row(table, title, some, CountsShapes::macs, "cycles a multiply-accumulate");
  }

  /** Input channels of a layer of the sweep; -1 for other layers, which is no kind of number. */
  private static int sweepChannels(CountedLayer layer) {
    Matcher filter = SWEEP_FILTER.matcher(layer.recording().work().filter().toString());
    return filter.matches() ? Integer.parseInt(filter.group(1)) : -1;
  }

  private static double elements(CountedLayer layer) {
    return layer.recording().work().output().elements();
  }

  private static double macs(CountedLayer layer) {
    return layer.recording().work().macs().orElseThrow();
  }

  private static void row(
      TextTable table,
      String name,
      List<CountedLayer> some,
      ToDoubleFunction<CountedLayer> size,
      String unit) {
    if (some.isEmpty()) {
      return;
    }
    table.row(
        name,
        String.valueOf(some.size()),
        mean(some, layer -> layer.recordedCycles() / size.applyAsDouble(layer)),
        mean(some, layer -> layer.cycles() / size.applyAsDouble(layer)),
        unit);
  }

  private static String mean(List<CountedLayer> some, ToDoubleFunction<CountedLayer> value) {
    return String.format(
        Locale.ROOT, "%.2f", some.stream().mapToDouble(value).average().orElseThrow());
  }
}
