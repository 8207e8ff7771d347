package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** The command line as a whole: exit statuses and what a wrong word gets. */
final class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  @Test
  void versionNamesVersionAndCommit() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString())
        .matches("(?s)thumbprint \\d+\\.\\d+\\.\\d+, commit [0-9a-f]{7,}.*|.*commit unknown.*");
  }

  @Test
  void noCommandShowsTheHelp() {
    assertThat(run()).isZero();
    assertThat(out.toString()).contains("Usage: thumbprint");
  }

  @Test
  void unknownCommandIsWrongUsage() {
    assertThat(run("profle")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("profle").doesNotContain("at dev.");
    assertThat(out.toString()).isEmpty();
  }
}
