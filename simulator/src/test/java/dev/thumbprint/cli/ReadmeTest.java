package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the README and the examples of the documents show is what the commands print. {@code mvn -pl
 * simulator -am -Dtest=ReadmeTest -Dthumbprint.readme=write -Dsurefire.failIfNoSpecifiedTests=false
 * verify} writes it anew.
 */
final class ReadmeTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern SESSION =
      Pattern.compile("```console\n\\$ \\./thumbprint ([^\n]*)\n(.*?)```", Pattern.DOTALL);

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/explore.md"})
  void shownOutputIsRealOutput(String name) throws IOException {
    Path document = ROOT.resolve(name);
    String shown = Files.readString(document);
    Matcher sessions = SESSION.matcher(shown);
    assertThat(sessions.results()).isNotEmpty();
    String real = SESSION.matcher(shown).replaceAll(ReadmeTest::rerun);
    if (System.getProperty("thumbprint.readme", "").equals("write")) {
      Files.writeString(document, real);
    } else {
      assertThat(shown).isEqualTo(real);
    }
  }

  private static String rerun(MatchResult session) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] arguments = session.group(1).split(" +");
    for (int i = 0; i < arguments.length; i++) {
      // The reader stands in the root of the checkout, this test in its module.
      Path file = ROOT.resolve(arguments[i]);
      arguments[i] = Files.isRegularFile(file) ? file.toString() : arguments[i];
    }
    int status = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    // No design that keeps all limits is an answer too.
    assertThat(status).as(err.toString()).isIn(ExitStatus.FINE, ExitStatus.LIMIT_FAILED);
    return Matcher.quoteReplacement(
        "```console\n$ ./thumbprint %s\n%s```"
            .formatted(session.group(1), out.toString().replace(" ../", " ")));
  }
}
