package dev.thumbprint.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RecordingsDocumentTest {
  private static final Path PAGE = Path.of("..", "docs", "recordings.md");
  private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

  @Test
  void shouldAgreeWithTheData() throws IOException {
    String page = Files.readString(PAGE);
    String rewritten = RecordingsDocument.rewritten(page);
    if ("write".equals(System.getProperty("thumbprint.docs"))) {
      Files.writeString(PAGE, rewritten);
      return;
    }
    assertThat(page)
        .as("rewrite with: mvn -pl validation-data test -Dthumbprint.docs=write")
        .isEqualTo(rewritten);
  }

  @Test
  void shouldDescribeEveryColumnAndNoOther() throws IOException {
    Set<String> described = new TreeSet<>();
    boolean inside = false;
    for (String line : Files.readAllLines(PAGE)) {
      inside = line.startsWith("## ") ? line.equals("## Columns") : inside;
      if (inside && line.startsWith("| `")) {
        Matcher names = NAME.matcher(line.substring(0, line.indexOf('|', 1)));
        while (names.find()) {
          described.add(names.group(1));
        }
      }
    }
    Set<String> columns = new TreeSet<>(Columns.KNOWN);
    List<String> tables = new ArrayList<>(BuiltIn.TABLES);
    tables.addAll(List.of("origins.csv", "settings.csv", "methods.csv", "sources.csv"));
    for (String table : tables) {
      BuiltIn.table(table, row -> columns.addAll(row.header().keySet()));
    }
    assertThat(described).isEqualTo(columns);
  }
}
