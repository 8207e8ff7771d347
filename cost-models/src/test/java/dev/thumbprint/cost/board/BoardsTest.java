package dev.thumbprint.cost.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thumbprint.cost.BadDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BoardsTest {

  static List<Board> builtIn() {
    return Boards.builtIn();
  }

  @Test
  void shouldListEveryBoardFileInTheIndex() throws IOException {
    Path folder = Path.of("src/main/resources/dev/thumbprint/cost/board");
    try (Stream<Path> files = Files.list(folder)) {
      List<String> ids =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".yaml"))
              .map(name -> name.substring(0, name.length() - ".yaml".length()))
              .toList();
      assertThat(Boards.names()).containsExactlyInAnyOrderElementsOf(ids);
    }
  }

  @ParameterizedTest
  @MethodSource("builtIn")
  void shouldFindABoardByItsNameAndItsAliases(Board board) {
    assertThat(Boards.named(board.id())).isEqualTo(board);
    for (String alias : board.aliases()) {
      assertThat(Boards.named(alias).id()).isEqualTo(board.id());
    }
  }

  @ParameterizedTest
  @MethodSource("builtIn")
  void shouldReadBackEqualWhatItWrites(Board board) {
    assertThat(Boards.parse("written", Boards.write(board))).isEqualTo(board);
  }

  @ParameterizedTest
  @MethodSource("builtIn")
  void shouldKnowACopyWhateverItsName(Board board) {
    String copy = Boards.template(board);
    assertThat(Boards.recognised(Boards.parse("copy", copy))).isEqualTo(board);
    Board changed = Boards.parse("copy", copy.replaceFirst("(?m)^vendor: .*$", "vendor: \"me\""));
    assertThat(Boards.recognised(changed)).isSameAs(changed);
  }

  @ParameterizedTest
  @MethodSource("builtIn")
  void shouldRunInItsDefaultConfiguration(Board board) {
    Target target = Target.of(board, TargetOptions.DEFAULTS);
    assertThat(target.clockHz()).isEqualTo(board.clock().defaultHz());
    assertThat(target.caches()).isTrue();
    assertThat(target.kernels()).hasToString("cmsis-nn@2026");
    assertThat(target.arena()).isEqualTo(board.arena());
    assertThat(target.weights() == Placement.XIP).isEqualTo(board.flash().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "nucleo-l4r5z, nucleo-l4r5zi",
    "NUCLEO-L4R5ZIQ, nucleo-l4r5zi",
    "nucleo_h7a3zi_q, nucleo-h7a3zi-q",
    "brd2602, brd2601"
  })
  void shouldSayWhichBoardWasProbablyMeant(String mistyped, String meant) {
    assertThatThrownBy(() -> Boards.named(mistyped))
        .isInstanceOf(BadDescription.class)
        .hasMessageContaining("did you mean '" + meant + "'?");
  }

  @Test
  void shouldNotGuessWhereNothingIsNear() {
    assertThatThrownBy(() -> Boards.named("x\u0007" + "y".repeat(5000)))
        .isInstanceOf(BadDescription.class)
        .hasMessageContaining("boards list")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300).doesNotContain("\u0007"));
  }

  @Test
  void shouldReadABoardOfTheUser(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("mine.yaml");
    Files.writeString(
        file, Boards.write(Boards.named("pico")).replace("id: raspberry-pi-pico", "id: mine"));
    assertThat(Boards.resolve(file.toString()).id()).isEqualTo("mine");
  }

  @Test
  void shouldRefuseAFileThatIsTooLargeOrNotText(@TempDir Path folder) throws IOException {
    Path large = Files.write(folder.resolve("large.yaml"), new byte[2 << 20]);
    assertThatThrownBy(() -> Boards.read(large)).hasMessageContaining("at most 1048576");
    Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xc3, 0x28, 0});
    assertThatThrownBy(() -> Boards.read(binary)).hasMessageContaining("not UTF-8 text");
  }
}
