package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * {@code docs/commands.md} shows the help that the commands print. {@code mvn -pl simulator -am
 * -Dtest=CommandsDocumentTest -Dthumbprint.docs=write -Dsurefire.failIfNoSpecifiedTests=false
 * verify} writes it anew.
 */
final class CommandsDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "commands.md");
  private static final int WIDTH = 100;

  @Test
  void documentShowsTheHelpOfEveryCommand() throws IOException {
    StringBuilder document = new StringBuilder("# Commands\n\n");
    document.append(
        """
        Exit status: 0 fine; 1 ran, but a limit or threshold failed; 2 wrong usage; 3 an input is \
        unreadable, damaged or
        holds something unsupported; 70 a bug of ours. With `--json`, standard output holds JSON \
        and nothing else.
        """);
    Main program = new Main();
    CommandLine root = new CommandLine(program);
    Commands.addTo(root, program.shared);
    List<List<String>> paths = new ArrayList<>();
    collect(root, List.of(), paths);
    for (List<String> path : paths) {
      document.append("\n## ").append(String.join(" ", path)).append("\n\n```\n");
      document.append(help(path)).append("```\n");
    }
    if (System.getProperty("thumbprint.docs", "").equals("write")) {
      Files.writeString(DOCUMENT, document);
    }
    assertThat(Files.readString(DOCUMENT)).isEqualTo(document.toString());
  }

  private static void collect(CommandLine command, List<String> path, List<List<String>> paths) {
    command
        .getSubcommands()
        .forEach(
            (name, child) -> {
              List<String> childPath = new ArrayList<>(path);
              childPath.add(name);
              paths.add(childPath);
              collect(child, childPath, paths);
            });
  }

  private static String help(List<String> path) {
    Main main = new Main();
    CommandLine line = new CommandLine(main);
    Commands.addTo(line, main.shared);
    for (String name : path) {
      line = line.getSubcommands().get(name);
    }
    StringWriter text = new StringWriter();
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(WIDTH);
    line.usage(new PrintWriter(text), CommandLine.Help.Ansi.OFF);
    return text.toString().replaceAll("[ \t]+\n", "\n");
  }
}
