package dev.thumbprint.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.report.chart.Series.Mark;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

final class ScatterGridTest {
  private static ScatterPanel panel(String name) {
    return new ScatterPanel(
        name, "n = 2", List.of(Series.of("some", Mark.DOTS, 0).add(20, 50).add(100, 700).build()));
  }

  private static String render(ScatterPanel... panels) {
    return new ScatterGrid("a < b", "x", "y", List.of("a caption"), List.of(panels)).render();
  }

  @Test
  void pointsStandWhereTheAxesSay() {
    // Both axes are 220 wide and go from 10 to 1000: 100 is half way, 700 is 92.3 % of the way.
    // The first panel begins 62 from the left; its lower edge is 76 + 44 + 220 below the top.
    assertThat(render(panel("one"))).contains("M172.0 137.0h0");
  }

  @Test
  void axesAreWholePowersOfTenAndHoldEveryPoint() throws Exception {
    Axis axis = panel("one").axis();
    assertThat(axis.low()).isEqualTo(10);
    assertThat(axis.high()).isEqualTo(1000);
    assertThat(render(panel("one"))).contains(">10¹<", ">10²<", ">10³<").doesNotContain("10⁴");
    // Of fractions too, and where there is no point at all.
    parse(render(new ScatterPanel("none", "", List.of())));
    assertThat(
            render(
                new ScatterPanel(
                    "small", "", List.of(Series.of("", Mark.DOTS, 0).add(0.2, 0.5).build()))))
        .contains(">10⁻¹<", ">10⁰<");
  }

  @Test
  void everyPanelIsDrawnAndTheLegendNamesAColourOnce() throws Exception {
    ScatterPanel[] panels =
        IntStream.range(0, 7)
            .mapToObj(i -> panel("panel " + i + " & more"))
            .toArray(ScatterPanel[]::new);
    Document svg = parse(render(panels));
    assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(1);
    List<String> texts =
        IntStream.range(0, svg.getElementsByTagName("text").getLength())
            .mapToObj(i -> svg.getElementsByTagName("text").item(i).getTextContent())
            .toList();
    assertThat(texts).filteredOn(text -> text.endsWith("& more")).hasSize(7);
    assertThat(texts).filteredOn("some"::equals).hasSize(1);
    assertThat(texts).contains("a caption");
  }

  @Test
  void theLocaleChangesNothing() {
    Locale before = Locale.getDefault();
    String here = render(panel("one"));
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(render(panel("one"))).isEqualTo(here);
    } finally {
      Locale.setDefault(before);
    }
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
