package dev.thumbprint.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Placement;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.memory.Footprint.Part;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every built-in board, filled to the last byte and by one byte too much. */
class EveryBoardFitTest {
  private static final Pattern OTHER_REGION =
      Pattern.compile("would fit with the arena in (.+) \\(--arena (.+)\\)");
  private static final long STACK = 4_096;
  private static final long CODE = 40_000;
  private static final long LITTLE = 1_000;

  static Stream<Board> boards() {
    return Boards.builtIn().stream();
  }

  private static Footprint footprint(long arenaBytes, long modelBytes) {
    return new Footprint(
        List.of(new Part(FootprintModel.ARENA, arenaBytes), new Part(FootprintModel.STACK, STACK)),
        List.of(new Part(FootprintModel.MODEL, modelBytes), new Part(FootprintModel.KERNELS, CODE)),
        List.of());
  }

  private static Target target(Board board, TargetOptions.Builder options) {
    return Target.of(board, options.build());
  }

  @ParameterizedTest
  @MethodSource("boards")
  void shouldTakeAnArenaThatJustFitsAndNotOneByteMore(Board board) {
    Target target = target(board, TargetOptions.builder());
    long room = target.arena().bytes();
    if (target.arena().name().equals(board.arena().name())) {
      room -= STACK;
    }
    assertThat(Fit.check(footprint(room, LITTLE), target).fits()).isTrue();
    Fit tooMuch = Fit.check(footprint(room + 1, LITTLE), target);
    assertThat(tooMuch.fits()).isFalse();
    assertThat(tooMuch.remedies())
        .anyMatch(line -> line.startsWith(target.arena().name() + " lacks 1 bytes of "));
    for (String remedy : tooMuch.remedies()) {
      Matcher other = OTHER_REGION.matcher(remedy);
      if (other.matches()) {
        Target moved = target(board, TargetOptions.builder().arena(other.group(2)));
        assertThat(Fit.check(footprint(room + 1, LITTLE), moved).fits()).as(remedy).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("boards")
  void shouldTakeAModelThatJustFitsAndNotOneByteMore(Board board) {
    Target target = target(board, TargetOptions.builder());
    List<Fit.Region> regions = Fit.check(footprint(LITTLE, LITTLE), target).regions();
    Fit.Region flash =
        regions.stream()
            .filter(region -> region.parts().stream().anyMatch(p -> p.what().equals("model")))
            .findFirst()
            .orElseThrow();
    long room = flash.availableBytes() - (flash.neededBytes() - LITTLE);
    assertThat(Fit.check(footprint(LITTLE, room), target).fits()).isTrue();
    Fit tooMuch = Fit.check(footprint(LITTLE, room + 1), target);
    assertThat(tooMuch.fits()).isFalse();
    assertThat(tooMuch.remedies())
        .anyMatch(line -> line.startsWith(flash.name() + " lacks 1 bytes of "));
    boolean outside = tooMuch.remedies().stream().anyMatch(l -> l.contains("--weights xip"));
    assertThat(outside)
        .isEqualTo(
            board.flash().isPresent()
                && board.externalFlash().filter(e -> e.bytes() >= room + 1).isPresent());
    if (outside) {
      Target moved = target(board, TargetOptions.builder().weights(Placement.XIP));
      assertThat(Fit.check(footprint(LITTLE, room + 1), moved).fits()).isTrue();
    }
  }
}
