package dev.thumbprint.cost.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.board.ActivePower.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of docs/boards.md is the table of the descriptions. */
class BoardsDocumentTest {

  @Test
  void shouldDocumentEveryBoardAsDescribed() throws IOException {
    String document = Files.readString(Path.of("../docs/boards.md"));
    assertThat(document)
        .as("docs/boards.md should hold this table:%n%s", table())
        .contains(table());
  }

  private static String table() {
    return Stream.concat(
            Stream.of(
                "| board | part | core | MHz | flash | RAM | power of inference | not known |",
                "|---|---|---|---|---|---|---|---|"),
            Boards.builtIn().stream().map(BoardsDocumentTest::row))
        .collect(Collectors.joining("\n"));
  }

  private static String row(Board board) {
    return "| "
        + String.join(
            " | ",
            List.of(
                board.id(),
                board.mcu(),
                board.core().label(),
                Long.toString(board.clock().defaultHz() / 1_000_000),
                board.flash().map(flash -> flash.bytes() / 1024 + " KiB").orElse("external"),
                board.ramBytes() / 1024 + " KiB",
                power(board),
                unknown(board)))
        + " |";
  }

  private static String power(Board board) {
    if (board.active().isEmpty()) {
      return "not known";
    }
    ActivePower first = board.active().getFirst();
    return first.workload() == Workload.INFERENCE
        ? String.format(
            Locale.ROOT, "%.1f mW (%s)", first.milliwatts().orElseThrow(), first.boundary().label())
        : "from the data sheet";
  }

  private static String unknown(Board board) {
    String keys =
        board.unknown().stream()
            .filter(key -> !key.equals("price"))
            .map(key -> key.replaceAll("\\[\\d+]", ""))
            .distinct()
            .collect(Collectors.joining(", "));
    return keys.isEmpty() ? "-" : keys;
  }
}
