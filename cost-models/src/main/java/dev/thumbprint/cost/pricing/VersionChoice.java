package dev.thumbprint.cost.pricing;

import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.RuntimeVersion;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which recorded versions of a closed runtime stand for a version: itself, the one of the same
 * release, those on both sides, or the one at the end.
 *
 * @param versions recorded versions, each as good as another
 * @param steps what the distance adds to the square of the error of a new network
 * @param reason what was not recorded; empty where the version was
 */
record VersionChoice(List<String> versions, double steps, String reason) {
  private static final double SAME_RELEASE = 0.1;
  private static final double BETWEEN = 0.5;

  /** From one version to the next the time changed by up to 30 %, against 15 % of a new network. */
  private static final double BEYOND = 2;

  private static final double UNTOLD = 4;

  VersionChoice {
    versions = List.copyOf(versions);
  }

  /**
   * The choice for a version.
   *
   * @param wanted the version, empty where none is told
   * @param recorded versions that were recorded; at least one
   */
  static VersionChoice of(String wanted, List<String> recorded) {
    List<String> sorted =
        recorded.stream().sorted(Comparator.comparing(RuntimeVersion::of)).distinct().toList();
    if (sorted.contains(wanted)) {
      return new VersionChoice(List.of(wanted), 0, "");
    }
    RuntimeVersion version = RuntimeVersion.of(wanted);
    if (version.numbers().isEmpty()) {
      String reason = wanted.isEmpty() ? "no version told" : "no version that is known";
      return new VersionChoice(List.of(sorted.getLast()), UNTOLD, reason);
    }
    List<String> open =
        sorted.stream().filter(each -> version.leavesOpen(RuntimeVersion.of(each))).toList();
    if (!open.isEmpty()) {
      return new VersionChoice(
          open, open.size() == 1 ? 0 : BETWEEN, open.size() == 1 ? "" : "several are possible");
    }
    for (String each : sorted) {
      if (version.isOfReleaseOf(RuntimeVersion.of(each))) {
        return new VersionChoice(List.of(each), SAME_RELEASE, "not recorded");
      }
    }
    List<String> older =
        sorted.stream().filter(each -> RuntimeVersion.of(each).compareTo(version) < 0).toList();
    if (older.isEmpty()) {
      return new VersionChoice(List.of(sorted.getFirst()), BEYOND, "older than what was recorded");
    }
    if (older.size() == sorted.size()) {
      return new VersionChoice(List.of(sorted.getLast()), BEYOND, "newer than what was recorded");
    }
    return new VersionChoice(
        List.of(older.getLast(), sorted.get(older.size())), BETWEEN, "not recorded");
  }

  /** What a reader should know; empty where the version was recorded. */
  Optional<String> note(LibraryId wanted) {
    return reason.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s: %s, taken from %s".formatted(wanted, reason, String.join(", ", versions)));
  }
}
