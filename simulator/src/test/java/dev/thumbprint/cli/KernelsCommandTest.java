package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.pricing.CostModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code kernels list} counts what was recorded. */
final class KernelsCommandTest {
  @Test
  void shouldCountRecordedBuildsOnly() {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), "kernels", "list", "--json"))
        .as(err::toString)
        .isZero();
    int builds = 0;
    for (JsonNode library : JsonMapper.shared().readTree(out.toString()).get("kernels")) {
      String name = library.get("name").asString();
      long recorded =
          CostModel.shipped().sets().stream()
              .filter(set -> set.library().toString().equals(name))
              .filter(set -> set.source() == Source.CALIBRATED)
              .count();
      assertThat(library.get("builds").longValue()).as(name).isEqualTo(recorded);
      assertThat(library.get("rows").intValue() > 0).as(name).isEqualTo(recorded > 0);
      builds += library.get("builds").intValue();
    }
    assertThat(builds).isPositive();
  }
}
