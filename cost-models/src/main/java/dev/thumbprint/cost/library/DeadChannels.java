package dev.thumbprint.cost.library;

import java.util.Map;

/**
 * Which runtimes leave out channels whose weights are all zero ({@link
 * dev.thumbprint.cost.work.Live}). VWW of MLPerf Tiny has 50 % of its multiply-accumulates in such
 * channels. In the submissions v1.1 of mlcommons/tiny_results it takes 1.8 to 2.1 times the time of
 * the keyword network with the runtimes named here, and 2.9 to 3.3 times with all others.
 */
final class DeadChannels {
  /** The first version that leaves them out, by family; empty where all that are known do. */
  private static final Map<String, String> SINCE =
      Map.of("x-cube-ai", "8.1", "plumerai", "2023", "onnc-cmsis-nn-q7", "");

  private DeadChannels() {}

  /** Whether a runtime leaves them out; one without a version is taken for its newest. */
  static boolean leftOutBy(LibraryId id) {
    String since = SINCE.get(id.family());
    return since != null
        && (since.isEmpty()
            || !id.dated()
            || RuntimeVersion.of(id).compareTo(RuntimeVersion.of(since)) >= 0);
  }
}
