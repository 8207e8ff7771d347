package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.report.Browser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page of {@code profile -f html} in a real browser: it works offline, and every click does.
 */
final class HtmlReportTest {
  @TempDir Path folder;

  private Path page(String model, String... options) {
    Path file = folder.resolve("page.html");
    String[] head = {"profile", model, "-b", "nucleo-l4r5zi", "-f", "html", "-o", file.toString()};
    String[] args = new String[head.length + options.length];
    System.arraycopy(head, 0, args, 0, head.length);
    System.arraycopy(options, 0, args, head.length, options.length);
    StringWriter err = new StringWriter();
    assertThat(Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err), args))
        .as(err::toString)
        .isZero();
    return file;
  }

  @Test
  void everyClickWorksOfflineOnWideAndNarrowScreens() throws IOException {
    Path page = page("kws", "--period", "1s");
    try (Browser browser = new Browser(folder.resolve("browser"))) {
      browser.resize(1200, 900);
      browser.open(page);
      assertThat(browser.evaluate("document.querySelectorAll('tr.layer').length").intValue())
          .isEqualTo(13);
      assertThat(browser.evaluate("document.querySelectorAll('.graph g.node').length").intValue())
          .isEqualTo(13);
      assertThat(browser.evaluate("document.querySelectorAll('.summary li').length").intValue())
          .isEqualTo(10);
      assertThat(browser.evaluate("document.querySelectorAll('.sheet svg').length").intValue())
          .isEqualTo(2);
      assertThat(browser.evaluate("document.body.innerText").asString())
          .contains("Latency", "What would help", "CR2032", "Where the figures come from");
      String visible = "[...document.querySelectorAll('tr.why')].filter(r => !r.hidden).length";
      assertThat(browser.evaluate(visible).intValue()).isZero();
      browser.evaluate("document.querySelectorAll('tr.layer').forEach(row => row.click())");
      assertThat(browser.evaluate(visible).intValue()).isEqualTo(13);
      browser.evaluate(
          "document.querySelectorAll('.graph g.node').forEach("
              + "node => node.dispatchEvent(new MouseEvent('click', {bubbles: true})))");
      assertThat(browser.evaluate(visible).intValue()).isZero();
      assertThat(browser.evaluate("document.querySelectorAll('tr.chosen').length").intValue())
          .isEqualTo(1);
      String paper = "getComputedStyle(document.body).backgroundColor";
      String before = browser.evaluate(paper).asString();
      browser.evaluate("document.getElementById('theme').click()");
      String after = browser.evaluate(paper).asString();
      assertThat(after).isNotEqualTo(before);
      browser.evaluate("document.getElementById('theme').click()");
      assertThat(browser.evaluate(paper).asString()).isEqualTo(before);
      browser.resize(380, 800);
      assertThat(
              browser.evaluate("document.documentElement.scrollWidth <= innerWidth").booleanValue())
          .as("nothing sticks out of a narrow screen")
          .isTrue();
      assertThat(browser.errors()).isEmpty();
      assertThat(browser.requests())
          .isNotEmpty()
          .allSatisfy(url -> assertThat(url).matches("(?s)(file|data):.*"));
    }
  }

  @Test
  void namesOfAModelCannotBreakOutOfThePage() throws IOException {
    Path model = folder.resolve("hostile.json");
    Files.writeString(
        model,
        "{\"name\": \"<script>alert(1)</script>\", \"layers\": [{\"op\": \"SOFTMAX\", \"name\":"
            + " \"</title><img src=x>\", \"input\": [1,8], \"output\": [1,8]}]}");
    String html = Files.readString(page(model.toString()));
    assertThat(html).doesNotContain("<script>alert", "<img").contains("&lt;script&gt;");
    assertThat(html).doesNotContain("src=\"http", "href=\"http", "url(http", "@import");
  }
}
