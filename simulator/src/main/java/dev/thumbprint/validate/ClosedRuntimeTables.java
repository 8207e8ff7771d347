package dev.thumbprint.validate;

import dev.thumbprint.recorded.Recording;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The part of the accuracy document on runtimes that are known by totals only. */
final class ClosedRuntimeTables {
  private static final Map<String, String> SPLITS =
      new TreeMap<>(
          Map.of(
              "network", "unseen network",
              "build", "unseen version on a board, the version known elsewhere or others here",
              "version", "unseen version on all boards",
              "board", "unseen board, others with its chip left out as well"));

  private ClosedRuntimeTables() {}

  static String of(HeldOut heldOut) {
    StringBuilder text = new StringBuilder();
    text.append(
        "\n## Closed runtimes, coarsely\n\nOnly totals of whole networks are known of these: ");
    text.append(
        "seven kinds of work, whose rates are sums of effects of the runtime,\nits version ");
    text.append("and the core. With four networks of MLPerf Tiny, leaving one out often leaves a ");
    text.append("kind of work out: AD alone\nis dense, IC alone has 3x3 convolutions of many ");
    text.append("channels. Channels without weights, which X-CUBE-AI from 8.1, Plumerai 2023.05\n");
    text.append(
        "and Tiny ONNC leave out, are counted in the published weights of VWW. A runtime of ");
    text.append("one board is unknown where that board is held out.\n\n");
    text.append(AccuracyDocument.titles());
    SPLITS.forEach(
        (split, title) -> {
          List<Prediction> rows =
              heldOut.split(split, ClosedRuntimeTables::isClosed).stream()
                  .filter(prediction -> prediction.apart().isEmpty())
                  .toList();
          grouped(text, title, rows, row -> row.setting().library().name());
        });
    List<Prediction> versions =
        heldOut.split("version", ClosedRuntimeTables::isClosed).stream()
            .filter(prediction -> prediction.apart().isEmpty())
            .toList();
    grouped(text, "unseen version", versions, row -> row.setting().library().toString());
    return text.toString();
  }

  private static void grouped(
      StringBuilder text, String title, List<Prediction> rows, Function<Recording, String> key) {
    rows.stream()
        .collect(
            Collectors.groupingBy(
                each -> key.apply(each.recording()), TreeMap::new, Collectors.toList()))
        .forEach(
            (name, members) ->
                text.append(AccuracyDocument.row(title + ": " + name, Score.of(members))));
  }

  private static boolean isClosed(Recording row) {
    return Validation.isClosed(row);
  }
}
