package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The help of a command names the forms of its report that it takes, and no others. */
final class FormsHelpTest {
  private static final Pattern FORMS = Pattern.compile("Form of the report: ([a-z,\\s]+)\\.");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String command) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(new PrintWriter(out), new PrintWriter(err), command.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "explain | explain kws -b nucleo-l4r5zi",
        "check | check kws -b nucleo-l4r5zi --max-latency 1s",
        "compare | compare none.json none.json",
        "validate | validate none.csv",
        "analyze | analyze kws",
        "emulate | emulate none.elf -b nucleo-l4r5zi",
        "kernels show | kernels show cmsis-nn@2022",
        "boards show | boards show nucleo-l4r5zi",
        "zoo show | zoo show kws",
      })
  void otherFormsAreRefused(String name, String command) {
    assertThat(run(name + " --help")).isZero();
    Matcher found = FORMS.matcher(out.toString());
    assertThat(found.find()).as(out::toString).isTrue();
    List<String> forms = Arrays.asList(found.group(1).replaceAll("\\s+", "").split(","));
    assertThat(forms).contains("table", "json");
    for (String form : List.of("csv", "md", "html")) {
      int status = run(command + " -f " + form);
      boolean refused = status == ExitStatus.USAGE && err.toString().contains("knows table");
      // A file that is not there may be missed before the form is; it is no evidence.
      if (status != ExitStatus.BAD_INPUT) {
        assertThat(refused)
            .as(command + " -f " + form + ": " + err)
            .isEqualTo(!forms.contains(form));
      }
    }
  }

  @ParameterizedTest
  @CsvSource("compare, --fail-above=5%")
  void aPercentSignStandsOnce(String name, String option) {
    assertThat(run(name + " --help")).isZero();
    assertThat(out.toString()).contains(option).doesNotContain("%%");
  }
}
