package dev.thumbprint.explore.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cli.Main;
import dev.thumbprint.report.Chromium;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page of an exploration in a real Chromium, clicked. */
final class ExplorationPageTest {
  private static final String SPACE =
      """
      version: 1
      title: "Tiny </script><b>MobileNets</b>"
      network: { family: mobilenet-v1, width: [0.25, 0.5], resolution: [64, 96, 128], classes: 2 }
      board: [nucleo-l4r5zi, nucleo-f746zg, nucleo-h743zi]
      kernels: [cmsis-nn@2026, tflm-reference@2026]
      clock: [max, 80 MHz]
      constraints: [latency <= 2 s]
      """;

  @Test
  void pageIsDrawnFilteredAndClicked(@TempDir Path folder) throws Exception {
    Path space = Files.writeString(folder.resolve("space.yaml"), SPACE);
    Path page = folder.resolve("page.html");
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Main.run(
            new PrintWriter(out),
            new PrintWriter(err),
            "explore",
            space.toString(),
            "--json",
            "--html",
            page.toString());
    assertThat(status).as(err::toString).isZero();
    JsonNode json = JsonMapper.builder().build().readTree(out.toString());
    try (Chromium chromium = Chromium.open(page, 1280, 1500)) {
      assertLabelsInside(chromium);
      assertThat(chromium.errors()).isEmpty();
      assertThat(chromium.requests()).containsExactly(page.toUri().toString());
      assertThat(chromium.text("#title")).isEqualTo("Tiny </script><b>MobileNets</b>");
      assertThat(chromium.count("circle.front")).isEqualTo(json.get("front").size());
      assertThat(chromium.count("circle.unclear")).isEqualTo(json.get("not_separable").size());
      int all = chromium.count("circle.dot");
      long feasible = json.get("counts").get("feasible").asLong();
      assertThat((long) all).isEqualTo(feasible);
      // In front of each bar stands its design: two bars for each, horizontal and vertical.
      assertThat(chromium.count("line.bar"))
          .isEqualTo(2 * (json.get("front").size() + json.get("not_separable").size()));
      assertThat(chromium.count("path.curve")).isEqualTo(all);

      filterByBoardAndLibrary(chromium, all);
      choosesADesign(chromium, json.get("front").get(0));
      sortsTheTable(chromium);
      changesTheAxes(chromium);
      assertLabelsInside(chromium);
      String keep = System.getProperty("thumbprint.screenshot", "");
      if (!keep.isEmpty()) {
        Files.write(Path.of(keep), chromium.screenshot());
      }
      assertThat(chromium.errors()).isEmpty();
      assertThat(chromium.requests()).hasSize(1);
    }
    try (Chromium chromium = Chromium.open(page, 400, 1500)) {
      assertLabelsInside(chromium);
      assertThat(chromium.errors()).isEmpty();
    }
  }

  /** No label of a plot is cut off by its edge, and no two of an axis lie on each other. */
  private static void assertLabelsInside(Chromium chromium) throws Exception {
    assertThat(
            chromium
                .evaluate(
                    """
                    [...document.querySelectorAll('svg')].flatMap((svg) => {
                      const edge = svg.getBoundingClientRect();
                      return [...svg.querySelectorAll('text')].filter((text) => {
                        const box = text.getBoundingClientRect();
                        return box.left < edge.left - 1 || box.right > edge.right + 1;
                      }).map((text) => text.textContent);
                    })""")
                .valueStream()
                .map(JsonNode::asString)
                .toList())
        .isEmpty();
    assertThat(
            chromium
                .evaluate(
                    """
                    [...document.querySelectorAll('#scatter text')].map((t) => t.getBoundingClientRect())
                      .some((a, i, all) => all.slice(0, i).some((b) => a.left < b.right && b.left < a.right
                        && a.top < b.bottom - 2 && b.top < a.bottom - 2))""")
                .asBoolean())
        .isFalse();
  }

  private static void filterByBoardAndLibrary(Chromium chromium, int all) throws Exception {
    chromium.click("input[data-filter='nucleo-h743zi']");
    int fewer = chromium.count("circle.dot");
    assertThat(fewer).isLessThan(all).isPositive();
    assertThat(chromium.count("#table tr[data-row]")).isEqualTo(fewer);
    chromium.click("input[data-filter='tflm-reference@2026']");
    assertThat(chromium.count("circle.dot")).isLessThan(fewer).isPositive();
    chromium.click("input[data-filter='nucleo-h743zi']");
    chromium.click("input[data-filter='tflm-reference@2026']");
    assertThat(chromium.count("circle.dot")).isEqualTo(all);
    chromium.click("#limited");
    assertThat(chromium.count("circle.limited")).isPositive();
    chromium.click("#limited");
    chromium.click("#bars");
    assertThat(chromium.count("line.bar")).isZero();
    chromium.click("#bars");
  }

  private static void choosesADesign(Chromium chromium, JsonNode first) throws Exception {
    long point = first.get("point").asLong();
    assertThat(chromium.evaluate("document.querySelector('#detail').hidden").asBoolean()).isTrue();
    chromium.click("circle.front[data-point='" + point + "']");
    assertThat(chromium.text("#chosen")).contains("Design " + point, first.get("board").asString());
    assertThat(chromium.text("#command")).isEqualTo(first.get("command").asString());
    // MobileNetV1: 27 convolutions, pooling, reshape, dense, softmax; and the head of the table.
    assertThat(chromium.count("#layers tr")).isEqualTo(32);
    assertThat(chromium.text("#layers tr:nth-child(2)")).contains("CONV_2D");
    double cycles =
        chromium
            .evaluate(
                "data.points.find((p) => p.id === %d).cycles.reduce((a, b) => a + b, 0)"
                    .formatted(point))
            .asDouble();
    assertThat(cycles)
        .isCloseTo(
            first.get("cycles").get("value").asDouble(),
            org.assertj.core.data.Percentage.withPercentage(0.01));
  }

  private static void sortsTheTable(Chromium chromium) throws Exception {
    String latency =
        "[...document.querySelectorAll('#table tr[data-row]')].map((r) => Number(r.children[6].textContent.replaceAll(',', '')))";
    chromium.click("#table th:nth-child(7)");
    List<Double> sorted = doubles(chromium.evaluate(latency));
    assertThat(sorted).isSorted().hasSizeGreaterThan(5);
    chromium.click("#table th:nth-child(7)");
    assertThat(doubles(chromium.evaluate(latency))).isEqualTo(sorted.reversed());
  }

  private static void changesTheAxes(Chromium chromium) throws Exception {
    chromium.choose("#x", "6");
    chromium.choose("#y", "1");
    assertThat(chromium.text("#scatter")).contains("ram (bytes)", "latency (ms)");
    chromium.click("#log");
    assertThat(chromium.count("circle.dot")).isPositive();
    chromium.click("path.curve.isfront");
    assertThat(chromium.count("path.curve.chosen")).isEqualTo(1);
  }

  private static List<Double> doubles(JsonNode array) {
    return array.valueStream().map(JsonNode::asDouble).toList();
  }
}
