package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Boards;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BoardsCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void shouldListEveryBoard() {
    assertThat(run("boards", "list")).isZero();
    assertThat(out.toString().lines()).hasSize(Boards.names().size() + 1);
    assertThat(out.toString()).contains("nucleo-l4r5zi", "external");
  }

  @Test
  void shouldListAsJsonAndNothingElse() {
    assertThat(run("boards", "list", "--json")).isZero();
    JsonNode document = JsonMapper.shared().readTree(out.toString());
    assertThat(document.get("schema_version").asString()).isEqualTo("1.0");
    assertThat(document.get("boards")).hasSize(Boards.names().size());
  }

  @Test
  void shouldShowEveryBoardInBothForms() {
    for (Board board : Boards.builtIn()) {
      assertThat(run("boards", "show", board.id())).isZero();
      assertThat(out.toString()).contains(board.mcu(), "source: ");
      for (String unknown : board.unknown()) {
        assertThat(out.toString()).contains(unknown);
      }
      assertThat(run("boards", "show", board.id(), "--json")).isZero();
      JsonNode shown = JsonMapper.shared().readTree(out.toString()).get("board");
      assertThat(shown.get("clock").get("default_hz").asLong())
          .isEqualTo(board.clock().defaultHz());
    }
  }

  @Test
  void shouldStartABoardOfTheUser(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("mine.yaml");
    assertThat(run("boards", "new", "--from", "pico", "-o", file.toString())).isZero();
    Board mine = Boards.read(file);
    assertThat(mine.id()).isEqualTo("my-raspberry-pi-pico");
    assertThat(mine.aliases()).isEmpty();
    assertThat(mine.ram()).isEqualTo(Boards.named("pico").ram());
    String before = Files.readString(file);
    assertThat(run("boards", "new", "--from", "pico", "-o", file.toString()))
        .isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(Files.readString(file)).isEqualTo(before);
  }

  @Test
  void shouldSayWhichBoardWasMeant() {
    assertThat(run("boards", "show", "nucleo-l4r5z")).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("did you mean 'nucleo-l4r5zi'?").hasLineCount(1);
    assertThat(run("boards", "show", "nowhere.yaml")).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("nowhere.yaml: no such file");
  }

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(new PrintWriter(out), new PrintWriter(err), args);
  }
}
