package dev.thumbprint.recorded;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Writes the tables of docs/recordings.md that follow from the data. */
final class RecordingsDocument {
  private static final int FOLDS = 5;
  private static final List<Recording> ALL = Recordings.builtIn();

  private RecordingsDocument() {}

  /** The page with every generated part written anew. */
  static String rewritten(String page) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("sources", sources());
    parts.put("boards", counts("board", row -> row.setting().boardId()));
    parts.put("libraries", counts("library", row -> row.setting().library().toString()));
    parts.put("scoring", scoring());
    parts.put("folds", folds());
    String result = page;
    for (Map.Entry<String, String> part : parts.entrySet()) {
      String begin = "<!-- " + part.getKey() + ": written by RecordingsDocument -->\n";
      String end = "<!-- end of " + part.getKey() + " -->";
      int from = result.indexOf(begin);
      int to = result.indexOf(end);
      if (from < 0 || to < from) {
        throw new IllegalStateException("docs/recordings.md has no part '" + part.getKey() + "'");
      }
      result = result.substring(0, from + begin.length()) + part.getValue() + result.substring(to);
    }
    return result;
  }

  private static String sources() {
    StringBuilder text =
        new StringBuilder(
            """
            | source | rows | operators | networks | trust A / B / C | boards | what, where |
            |---|---|---|---|---|---|---|
            """);
    for (RecordedSource source : Recordings.sources().values()) {
      List<Recording> rows =
          ALL.stream().filter(row -> row.origin().source().equals(source.key())).toList();
      long operators = count(rows, Recording::isLayer);
      text.append("| ").append(source.key());
      text.append(" | ").append(rows.size());
      text.append(" | ").append(operators);
      text.append(" | ").append(rows.size() - operators);
      text.append(" | ").append(count(rows, row -> row.trust() == Trust.A));
      text.append(" / ").append(count(rows, row -> row.trust() == Trust.B));
      text.append(" / ").append(count(rows, row -> row.trust() == Trust.C));
      text.append(" | ")
          .append(rows.stream().map(row -> row.setting().boardId()).distinct().count());
      text.append(" | ").append(source.title()).append("; ").append(source.url()).append(" |\n");
    }
    text.append("| **all** | ").append(ALL.size());
    text.append(" | ").append(count(ALL, Recording::isLayer));
    text.append(" | ").append(count(ALL, row -> !row.isLayer()));
    text.append(" | ").append(count(ALL, row -> row.trust() == Trust.A));
    text.append(" / ").append(count(ALL, row -> row.trust() == Trust.B));
    text.append(" / ").append(count(ALL, row -> row.trust() == Trust.C));
    return text.append(" | | |\n").toString();
  }

  private static String counts(String title, Function<Recording, String> key) {
    Map<String, List<Recording>> groups =
        ALL.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
    List<String> names = new ArrayList<>(groups.keySet());
    names.sort((a, b) -> Integer.compare(groups.get(b).size(), groups.get(a).size()));
    StringBuilder text =
        new StringBuilder("| " + title + " | rows | of trust A and B |\n|---|---|---|\n");
    for (String name : names) {
      List<Recording> rows = groups.get(name);
      text.append("| ").append(name.isEmpty() ? "(not told)" : name);
      text.append(" | ").append(rows.size());
      text.append(" | ").append(count(rows, row -> row.trust() != Trust.C)).append(" |\n");
    }
    return text.toString();
  }

  private static String scoring() {
    Predicate<Recording> described =
        row ->
            row.isLayer()
                ? row.work().input().known()
                : !row.work().network().isEmpty()
                    && (RecordedNetworks.find(row.work().network()).isPresent()
                        || !row.work().network().contains("/"));
    StringBuilder text =
        new StringBuilder("| rows | work described | not described |\n|---|---|---|\n");
    Map<String, List<Recording>> reasons =
        ALL.stream()
            .collect(
                Collectors.groupingBy(
                    row -> Splits.apart(row).map(why -> "apart: " + why).orElse("scored"),
                    TreeMap::new,
                    Collectors.toList()));
    reasons.forEach(
        (reason, rows) -> {
          long count = count(rows, described);
          text.append("| ").append(reason).append(" | ").append(count);
          text.append(" | ").append(rows.size() - count).append(" |\n");
        });
    return text.toString();
  }

  private static String folds() {
    StringBuilder text =
        new StringBuilder(
            "| split | fold | fit | test | of these scored | aside |\n|---|---|---|---|---|---|\n");
    List<Fold> folds = new ArrayList<>(Splits.bySweepValue(ALL, FOLDS));
    folds.addAll(Splits.byNetwork(ALL));
    folds.addAll(Splits.byBoard(ALL));
    folds.addAll(Splits.bySource(ALL));
    for (Fold fold : folds) {
      long scored = count(fold.test(), row -> Splits.apart(row).isEmpty());
      if (scored > 0) {
        text.append("| ").append(fold.split()).append(" | ").append(fold.name());
        text.append(" | ").append(fold.fit().size()).append(" | ").append(fold.test().size());
        text.append(" | ").append(scored).append(" | ").append(fold.aside().size()).append(" |\n");
      }
    }
    return text.append("\nFolds without a scored row are left out of this table.\n").toString();
  }

  private static long count(List<Recording> rows, Predicate<Recording> predicate) {
    return rows.stream().filter(predicate).count();
  }
}
