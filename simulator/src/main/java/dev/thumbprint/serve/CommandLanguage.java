package dev.thumbprint.serve;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;

/** What the command line lends to requests: its options, its exit statuses, its version. */
public interface CommandLanguage {
  /** Names of the options that a request can set, such as {@code clock}, without dashes. */
  List<String> optionNames();

  /**
   * The setting that options ask for, each written as on the command line.
   *
   * @throws Refusal if an option has no such value
   * @throws IOException if a file that an option names cannot be read
   */
  Setting setting(SortedMap<String, String> options) throws IOException;

  /** Exit status and message that a command would end with. */
  Failure failure(Exception exception);

  /** Version of the tool. */
  String version();

  /** Commit of the tool. */
  String commit();

  /**
   * How a request ended.
   *
   * @param status 0 fine, 2 wrong request, 3 bad input, 70 a bug
   * @param message what was found and what was expected
   */
  record Failure(int status, String message) {}
}
