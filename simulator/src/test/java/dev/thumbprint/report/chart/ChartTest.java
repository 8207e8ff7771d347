package dev.thumbprint.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thumbprint.report.chart.Series.Mark;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

final class ChartTest {
  @Test
  void valuesStandWhereTheAxesSay() throws Exception {
    Chart chart = new Chart("a < b & c", "x, ms", "y, uJ");
    chart.add(Series.of("dots", Mark.DOTS, 0).add(0, 0, "\"low\"").add(10, 10));
    Document svg = parse(chart.render());
    var circles = svg.getElementsByTagName("circle");
    // Two values and the sign in the legend.
    assertThat(circles.getLength()).isEqualTo(3);
    double left = attribute(svg, 0, "cx");
    double right = attribute(svg, 1, "cx");
    assertThat(right).isGreaterThan(left);
    assertThat(attribute(svg, 1, "cy")).isLessThan(attribute(svg, 0, "cy"));
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("a < b & c");
  }

  @Test
  void unknownAndUnshowableValuesAreLeftOut() throws Exception {
    Chart chart = new Chart("t", "x", "y").logarithmic();
    chart.add(
        Series.of("", Mark.RINGS, 0)
            .add(1, 1)
            .add(-1, 1)
            .add(2, Double.NaN)
            .add(Double.POSITIVE_INFINITY, 3));
    chart.add(Series.of("", Mark.LINE, 1).add(1, 1).add(2, Double.NaN).add(3, 3).add(4, 4));
    Document svg = parse(chart.render());
    assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(1);
    assertThat(chart.render()).doesNotContain("NaN").doesNotContain("Infinity");
  }

  @Test
  void nothingToShowIsStillAPicture() throws Exception {
    parse(new Chart("empty", "x", "y").render());
    parse(new Chart("empty", "x", "y").logarithmic().render());
    parse(new BarChart("empty", "x", List.of("a")).render());
    Chart one = new Chart("one", "x", "y").add(Series.of("s", Mark.DOTS, 0).add(5, 5));
    assertThat(one.render()).doesNotContain("NaN");
  }

  @Test
  void numbersAreTheSameInEveryLocale() {
    BarChart bars = new BarChart("bars", "ms", List.of("a", "b")).group("g", 1.5, Double.NaN);
    String english = bars.render();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(bars.render()).isEqualTo(english);
    } finally {
      Locale.setDefault(before);
    }
    assertThatThrownBy(() -> bars.group("h", 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void marksAreRoundAndInside() {
    Axis axis = new Axis("x", 3, 97, false);
    assertThat(axis.marks()).containsExactly(20.0, 40.0, 60.0, 80.0);
    Axis decades = new Axis("x", 0.5, 2000, true);
    assertThat(decades.marks()).containsExactly(1.0, 10.0, 100.0, 1000.0);
    assertThat(axis.text(0.25)).isEqualTo("0.25");
    assertThat(axis.text(40)).isEqualTo("40");
    assertThat(axis.text(1000)).isEqualTo("1,000");
  }

  private static double attribute(Document svg, int circle, String name) {
    var node = svg.getElementsByTagName("circle").item(circle);
    return Double.parseDouble(node.getAttributes().getNamedItem(name).getNodeValue());
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
