package dev.thumbprint.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReasonsTest {
  @Test
  void shouldTellEveryReasonWhereTheyAreFew() {
    assertThat(Reasons.shown(Map.of())).isEmpty();
    Map<String, Integer> two = new LinkedHashMap<>();
    two.put("line 2: no number", 1);
    two.put("another board", 7);
    assertThat(Reasons.shown(two))
        .containsExactly("    7  another board", "    1  line 2: no number");
  }

  @Test
  void shouldTellTheFirstOfMany() {
    Map<String, Integer> many = new LinkedHashMap<>();
    for (int line = 2; line < 24_002; line++) {
      many.put("line " + line, 1);
    }
    assertThat(Reasons.shown(many))
        .hasSize(21)
        .startsWith("    1  line 2", "    1  line 3")
        .endsWith("    1  line 21", "23980  for 23,980 other reasons");
  }
}
