import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks ({@code --check}) or applies ({@code --apply}) google-java-format to every source file.
 */
final class Format {
  private static final List<String> ROOTS =
      List.of(
          "build",
          "kernels/src",
          "kernels-vector/src",
          "cost-models/src",
          "validation-data/src",
          "simulator/src");

  public static void main(String[] args) throws Exception {
    boolean apply = args.length == 1 && args[0].equals("--apply");
    List<Path> different = new ArrayList<>();
    for (String root : ROOTS) {
      for (Path file : sources(Path.of(root))) {
        String source = Files.readString(file);
        String formatted = format(source);
        if (!formatted.equals(source)) {
          different.add(file);
          if (apply) {
            Files.writeString(file, formatted);
          }
        }
      }
    }
    if (!different.isEmpty() && !apply) {
      System.err.println("Not in the project's format:");
      different.forEach(file -> System.err.println("  " + file));
      System.err.println("Run: mvn -Pformat -N process-sources");
      System.exit(1);
    }
  }

  private static List<Path> sources(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static String format(String source) throws Exception {
    Formatter formatter = new Formatter();
    String tidy = RemoveUnusedImports.removeUnusedImports(source);
    tidy = ImportOrderer.reorderImports(tidy, JavaFormatterOptions.Style.GOOGLE);
    return formatter.formatSource(tidy);
  }
}
