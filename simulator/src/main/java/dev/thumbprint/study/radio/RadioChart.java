package dev.thumbprint.study.radio;

import dev.thumbprint.report.chart.Chart;
import dev.thumbprint.report.chart.Series;
import dev.thumbprint.report.chart.Series.Mark;

/** Energy of sending against the size of the input, with the energy of computing across. */
public final class RadioChart {
  private static final double BYTES_LEAST = 1;
  private static final double BYTES_MOST = 1e7;

  private RadioChart() {}

  /** The picture. */
  public static String render(RadioComparison comparison) {
    Chart chart =
        new Chart(
                "%s on %s: sending against computing"
                    .formatted(comparison.model(), comparison.target().board().title()),
                "input, bytes",
                "energy, uJ")
            .logarithmic();
    int colour = 0;
    for (RadioChoice choice : comparison.choices()) {
      Radio radio = choice.radio();
      chart.add(
          Series.of(radio.name() + ", dearest", Mark.LINE, colour)
              .add(BYTES_LEAST, radio.highUj(BYTES_LEAST))
              .add(BYTES_MOST, radio.highUj(BYTES_MOST)));
      chart.add(
          Series.of(radio.name() + ", cheapest", Mark.DASHES, colour)
              .add(BYTES_LEAST, radio.lowUj(BYTES_LEAST))
              .add(BYTES_MOST, radio.lowUj(BYTES_MOST)));
      // Above the line of computing by what sending the result takes.
      double least = choice.crossoverBytesLeast();
      double most = choice.crossoverBytesMost();
      chart.add(Series.of("", Mark.DOTS, colour).add(least, radio.highUj(least), "crossover"));
      chart.add(Series.of("", Mark.RINGS, colour).add(most, radio.lowUj(most), "crossover"));
      colour++;
    }
    double compute = comparison.computeUj().value();
    chart.add(
        Series.of("computing", Mark.LINE, 7).add(BYTES_LEAST, compute).add(BYTES_MOST, compute));
    chart.add(
        Series.of("this input", Mark.DASHES, 6)
            .add((double) comparison.inputBytes(), Radio.ALL.getFirst().lowUj(BYTES_LEAST))
            .add((double) comparison.inputBytes(), Radio.ALL.getLast().highUj(BYTES_MOST)));
    return chart.render();
  }
}
