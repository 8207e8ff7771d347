package dev.thumbprint.cost.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.work.Operator;
import org.junit.jupiter.api.Test;

/** Lines of serial flash cost what goes over the bus for them. */
final class SerialFlashTest {
  private static Target target(String board) {
    return Target.of(Boards.named(board), TargetOptions.DEFAULTS);
  }

  @Test
  void aLineOfRp2040IsTwoTransfersOfAWordEach() {
    // 24 bits of address and 8 mode bits on 4 lines, 4 dummy cycles, 32 bits on 4 lines: 20 clocks;
    // 5 between transfers.
    assertThat(SerialFlash.cycles(target("raspberry-pi-pico"), 8)).isEqualTo(2 * 25 * 2);
  }

  @Test
  void aLineOfRp2350IsOneTransferWithItsCommand() {
    // 8 + 6 + 2 + 4 clocks before the data, 4 to deselect and select, 16 of data, at a third of the
    // core's clock.
    assertThat(SerialFlash.cycles(target("raspberry-pi-pico-2"), 8)).isEqualTo((24 + 16) * 3);
  }

  @Test
  void aLineOfFlexSpiFollowsItsOwnClock() {
    assertThat(SerialFlash.cycles(target("teensy-4-0"), 32))
        .isCloseTo(84 * 600 / 133.0, within(0.1));
  }

  @Test
  void onlyAControllerThatReadsOnMakesOrderCheap() {
    assertThat(SerialFlash.streamedShare(target("teensy-4-0"))).isCloseTo(64 / 84.0, within(1e-9));
    assertThat(SerialFlash.streamedShare(target("raspberry-pi-pico"))).isEqualTo(1);
  }

  @Test
  void aMemoryThatStaysSelectedGivesTheNextLineWithoutACommand() {
    assertThat(SerialFlash.followingShare(target("raspberry-pi-pico-2"))).isEqualTo(16 / 40.0);
    assertThat(SerialFlash.followingShare(target("raspberry-pi-pico"))).isEqualTo(1);
    assertThat(SerialFlash.followingShare(target("teensy-4-0")))
        .isEqualTo(SerialFlash.streamedShare(target("teensy-4-0")));
  }

  @Test
  void codeThatFollowsIsBroughtFasterThanWeightsThatDoNot() {
    double words =
        Stall.of(target("raspberry-pi-pico-2")).missedWords(Operator.SOFTMAX, 0, Long.MAX_VALUE, 0);
    double bytes = 8 * 391;
    assertThat(words).isCloseTo(bytes / 4 * (0.1 + 0.9 * 16 / 40), within(1e-9));
    assertThat(
            Stall.of(target("raspberry-pi-pico"))
                .missedWords(Operator.SOFTMAX, 0, Long.MAX_VALUE, 0))
        .isEqualTo(bytes / 4);
  }

  @Test
  void aControllerThatReadsOnHidesWordsBehindComputing() {
    Stall teensy = Stall.of(target("teensy-4-0"));
    assertThat(teensy.hiddenWords(1000, Long.MAX_VALUE, 4000, 300)).isEqualTo(300);
    assertThat(teensy.hiddenWords(1000, Long.MAX_VALUE, 4000, 2000))
        .as("no more than come in order")
        .isCloseTo(1000 * 64 / 84.0, within(1e-9));
    assertThat(teensy.hiddenWords(1000, 400, 400, 2000))
        .as("what is read again comes line by line")
        .isCloseTo(100 * 64 / 84.0, within(1e-9));
    assertThat(Stall.of(target("raspberry-pi-pico")).hiddenWords(1000, 400, 400, 2000)).isZero();
  }
}
