package dev.thumbprint.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Source;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Recordings;
import dev.thumbprint.report.chart.ScatterPanel;
import dev.thumbprint.report.chart.Series;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** The pictures of the accuracy document, and its section on what no row speaks of. */
final class AccuracyPlotsTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "accuracy.md");
  private static final Pattern PICTURE = Pattern.compile("!\\[[^]]*\\]\\(([^)]+)\\)");

  /** Every recording with cycles, as if a model had said 10 % more. */
  private static final List<Prediction> ROWS =
      Recordings.builtIn().stream()
          .filter(row -> row.cycles().isPresent() && row.cycles().getAsDouble() > 0)
          .map(row -> predicted(row, true))
          .toList();

  private static Prediction predicted(Recording row, boolean heldOut) {
    double cycles = 1.1 * row.cycles().orElseThrow();
    return new Prediction(
        row,
        row.cycles(),
        0,
        Optional.of(new Estimate(cycles, cycles, cycles, Source.CALIBRATED)),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        "",
        heldOut,
        Optional.empty(),
        List.of());
  }

  private static String board(Prediction row) {
    return row.recording().setting().boardId();
  }

  private static int points(ScatterPanel panel) {
    return panel.series().stream().map(Series::points).mapToInt(List::size).sum();
  }

  @Test
  void shouldDrawAPanelForEachKeyWithNumberAndErrorOfAllItsRows() {
    List<ScatterPanel> panels = AccuracyPlots.panels(ROWS, AccuracyPlotsTest::board);
    assertThat(panels)
        .hasSize((int) ROWS.stream().map(AccuracyPlotsTest::board).distinct().count());
    for (ScatterPanel panel : panels) {
      long rows = ROWS.stream().filter(row -> board(row).equals(panel.name())).count();
      assertThat(panel.remark()).isEqualTo("n = " + rows + ", mean error 10.0 %");
      assertThat(points(panel)).isBetween(1, AccuracyPlots.POINTS_MAX);
      assertThat(points(panel))
          .isGreaterThan((int) Math.min(rows, AccuracyPlots.POINTS_MAX) / 2 - 1);
    }
  }

  @Test
  void shouldThinOutTheSameWhateverTheOrderOfTheRows() throws Exception {
    List<Prediction> shuffled = new ArrayList<>(ROWS);
    Collections.shuffle(shuffled, new Random(1));
    String svg = AccuracyPlots.svg("by board", ROWS, AccuracyPlotsTest::board);
    assertThat(AccuracyPlots.svg("by board", shuffled, AccuracyPlotsTest::board)).isEqualTo(svg);
    assertThat(svg).hasSizeLessThan(300_000).contains("cmsis-nn", "tflm-reference");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  @Test
  void shouldKeepTheFewestRowsOfAPanelAndLeaveOutWhatIsNotScored() {
    List<Prediction> few = ROWS.subList(0, 5);
    assertThat(AccuracyPlots.thinned(few)).hasSize(5);
    assertThat(AccuracyPlots.thinned(ROWS.subList(0, 401))).hasSize(201);
    Prediction seen = predicted(ROWS.getFirst().recording(), false);
    assertThat(AccuracyPlots.panels(List.of(seen), AccuracyPlotsTest::board)).isEmpty();
  }

  @Test
  void shouldSayOfWhichLibrariesCoresAndOperatorsNoRowSpeaks() {
    String section = Unvalidated.of(Recordings.builtIn(), ROWS);
    assertThat(section)
        .startsWith("\n## What is not validated\n")
        .containsPattern("without a recording \\(\\d+\\): cmsis-nn@2026, tflm-reference@2026")
        .contains("`cmsis-nn@2026` is what is priced unless told otherwise")
        .containsPattern("Cores without a recording \\(\\d+\\): .*cortex-m85")
        .containsPattern("Operators in no scored row \\(\\d+\\): .*UNIDIRECTIONAL_SEQUENCE_LSTM")
        .containsPattern("Vectors \\(MVE\\): \\d+ recordings \\(.*apollo510-evb")
        .contains("Assertions: 0 recordings are known to keep them");
    assertThat(section.lines().filter(line -> line.contains("without a recording")))
        .noneMatch(line -> line.contains("cmsis-nn@2020-03"));
    assertThat(Unvalidated.of(Recordings.builtIn(), List.of()))
        .containsPattern("Operators in no scored row \\(\\d+\\): .*CONV_2D");
  }

  @Test
  void shouldLinkPicturesThatAreThere() throws IOException {
    Matcher pictures = PICTURE.matcher(Files.readString(DOCUMENT));
    while (pictures.find()) {
      assertThat(DOCUMENT.resolveSibling(pictures.group(1))).isNotEmptyFile();
    }
  }
}
