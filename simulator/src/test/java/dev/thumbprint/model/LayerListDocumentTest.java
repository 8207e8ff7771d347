package dev.thumbprint.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/recordings.md} tells the keys that a layer list is read by. */
final class LayerListDocumentTest {
  private static String section() throws IOException {
    String text = Files.readString(Path.of("..", "docs", "recordings.md"));
    return text.substring(text.indexOf("\n## Layer lists\n"));
  }

  @Test
  void shouldTellEveryKeyOfALayer() throws IOException {
    List<String> told =
        Pattern.compile("(?m)^\\| `(\\w+)` \\|")
            .matcher(section())
            .results()
            .map(row -> row.group(1))
            .toList();
    assertThatThrownBy(() -> read("{\"layers\": [{\"unheard_of\": 1}]}"))
        .isInstanceOfSatisfying(
            InputException.class,
            refusal -> {
              String message = String.valueOf(refusal.getMessage());
              String keys = message.substring(message.indexOf("expected ") + 9);
              assertThat(Arrays.stream(keys.lines().findFirst().orElseThrow().split(", ")))
                  .containsExactlyInAnyOrderElementsOf(told);
            });
  }

  @Test
  void shouldShowAListThatCanBeRead() throws IOException {
    MatchResult example =
        Pattern.compile("(?s)```json\n(.*?)```").matcher(section()).results().findFirst().get();
    assertThat(read(example.group(1)).layers()).hasSize(2);
  }

  private static Network read(String json) throws IOException {
    return LayerLists.read(
        "list.json", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }
}
