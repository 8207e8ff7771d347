package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** {@code study}: its forms, and what wrong use gets. */
final class StudyCommandTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  @Test
  void jsonFollowsItsSchema() throws IOException {
    assertThat(run("study", "heim2021", "--only", "FIG2,15", "--json")).as(err::toString).isZero();
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("..", "docs", "schema", "study.schema.json")));
    assertThat(schema.validate(MAPPER.readTree(out.toString()))).isEmpty();
  }

  @Test
  void oneRowAloneShowsItsTablesAndWritesItsPlots() {
    assertThat(run("study", "heim2021", "--only", "fig4", "--plots", folder.toString())).isZero();
    assertThat(out.toString()).contains("8 FIG4").contains("90 % interval");
    assertThat(folder.resolve("sawtooth.svg")).content().startsWith("<svg");
  }

  @Test
  void csvHasOneLineForEachFigure() {
    assertThat(run("study", "heim2021", "--only", "8", "-f", "csv")).isZero();
    assertThat(out.toString().lines()).hasSize(121).first().asString().startsWith("row,id,");
  }

  @Test
  void anUnknownRowNamesTheNearest() {
    assertThat(run("study", "heim2021", "--only", "FIG44")).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("FIG44").contains("FIG4");
  }

  @Test
  void wrongUseIsRefused() {
    assertThat(run("study", "heim2022")).isEqualTo(ExitStatus.USAGE);
    assertThat(run("study", "heim2021", "--only", "8", "--document", folder.toString()))
        .isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void verdictsThatChangedAreToldWithinBounds() {
    List<String> found = List.of("a,holds", "b,holds");
    assertThat(StudyCommand.changes(found, found)).isEmpty();
    assertThat(StudyCommand.changes(found, List.of("a,holds", "b,fails")))
        .containsExactly("now b,holds", "was b,fails");
    List<String> another = IntStream.range(0, 24_000).mapToObj(line -> "row " + line).toList();
    assertThat(StudyCommand.changes(found, another))
        .hasSize(101)
        .startsWith("now a,holds")
        .endsWith("and 23,902 more");
  }

  @Test
  void verdictsThatAreNotThereAreToldBeforeTheWork() {
    String missing = folder.resolve("missing.csv").toString();
    int status =
        assertTimeoutPreemptively(
            Duration.ofSeconds(5), () -> run("study", "heim2021", "--expect", missing));
    assertThat(status).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("missing.csv: no such file");
  }

  @Test
  void aFolderThatIsNotThereIsTold() {
    String missing = folder.resolve("missing").toString();
    assertThat(run("study", "heim2021", "--only", "8", "--plots", missing))
        .isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("missing");
  }
}
