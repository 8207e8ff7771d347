package dev.thumbprint.cost.board;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.Suggestion;
import dev.thumbprint.cost.yaml.Section;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The built-in boards, and boards in files of the user. */
public final class Boards {
  private Boards() {}

  /** Names of the built-in boards, in the order of the index. */
  public static List<String> names() {
    return List.copyOf(Index.NAMES.values().stream().distinct().toList());
  }

  /** All built-in boards. */
  public static List<Board> builtIn() {
    return names().stream().map(Boards::load).toList();
  }

  /**
   * A built-in board by its name or one of its aliases, upper or lower case.
   *
   * @throws BadDescription if there is none, with the name that was probably meant
   */
  public static Board named(String name) {
    String id = Index.NAMES.get(name.toLowerCase(Locale.ROOT));
    if (id == null) {
      throw new BadDescription(
          "board",
          "found '%s', expected a built-in board or a .yaml file".formatted(printable(name)),
          Suggestion.hint(name, Index.NAMES.keySet(), "'boards list' shows what is built in"));
    }
    return load(id);
  }

  /** Whether a name is that of a built-in board or one of its aliases. */
  public static boolean isBuiltIn(String name) {
    return Index.NAMES.containsKey(name.toLowerCase(Locale.ROOT));
  }

  /**
   * A board as a command line names it: a built-in name, or the path of a file, recognised by its
   * ending {@code .yaml} or {@code .yml} or a separator.
   *
   * @throws IOException if the file cannot be read
   * @throws BadDescription if there is no such board or the file is damaged
   */
  public static Board resolve(String nameOrFile) throws IOException {
    String lower = nameOrFile.toLowerCase(Locale.ROOT);
    boolean file = lower.endsWith(".yaml") || lower.endsWith(".yml") || lower.contains("/");
    return file ? read(Path.of(nameOrFile)) : named(nameOrFile);
  }

  /**
   * Reads a board from a YAML file.
   *
   * @throws IOException if the file cannot be read
   * @throws BadDescription if it is damaged: file, line, key, found, expected
   */
  public static Board read(Path file) throws IOException {
    return BoardReader.read(Section.read(file));
  }

  /**
   * The built-in board that a description equals in all but its names, so that what was recorded of
   * it holds; else the description itself.
   */
  public static Board recognised(Board described) {
    for (String id : names()) {
      // Most are told apart without being read whole.
      if (resource(id + ".yaml").contains(described.title())) {
        Board board = load(id);
        if (described.named(board.id(), board.aliases()).equals(board)) {
          return board;
        }
      }
    }
    return described;
  }

  /**
   * Reads a board from the text of a YAML file.
   *
   * @param file name for error messages
   * @param text the text
   * @throws BadDescription if it is damaged: file, line, key, found, expected
   */
  public static Board parse(String file, String text) {
    return BoardReader.read(Section.parse(file, text));
  }

  /** The YAML form of a board; {@link #parse} reads it back equal. */
  public static String write(Board board) {
    return BoardWriter.write(board);
  }

  /**
   * The YAML form of a board under another name, with what to do about it: a start for one's own.
   */
  public static String template(Board board) {
    String head =
        """
        # A board of your own, started from %s. Change what differs; write 'unknown' where a value
        # is not known and 'none' where a thing is not there. Every block names its source: a source
        # that was not opened says 'unverified'. Then: profile MODEL -b THIS-FILE.yaml
        """
            .formatted(board.id());
    return head
        + write(board)
            .replaceFirst("(?m)^id: .*$", "id: my-" + board.id())
            .replaceFirst("(?m)^aliases:.*\\n( +- .*\\n)*", "aliases: []\n");
  }

  private static Board load(String id) {
    return parse("built-in board " + id, resource(id + ".yaml"));
  }

  private static String resource(String name) {
    try (InputStream stream = Boards.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("resource missing: " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String printable(String name) {
    String cut = name.length() > 60 ? name.substring(0, 57) + "..." : name;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }

  /** The index, read at first use: one line for each board, its name and its aliases. */
  private static final class Index {
    static final Map<String, String> NAMES = names();

    private static Map<String, String> names() {
      Map<String, String> names = new LinkedHashMap<>();
      for (String line : resource("index.txt").split("\n")) {
        String[] words = line.strip().split(" +");
        for (String word : words) {
          if (!word.isEmpty()) {
            names.put(word, words[0]);
          }
        }
      }
      return names;
    }
  }
}
