package dev.thumbprint.cost.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thumbprint.cost.memory.RamBus;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A read of RAM takes what recordings say of its way, or the mean of the other ways. */
final class TransferTest {
  private static final Transfer UNTOLD =
      new Transfer(Map.of(), Map.of(), Figures.none(RamBus.class), Map.of());

  @Test
  void shouldTakeNothingForReadsWhereNothingIsTold() {
    for (RamBus bus : RamBus.values()) {
      assertThat(UNTOLD.ramReadCycles(bus)).isZero();
    }
  }

  @Test
  void shouldTakeTheMeanOfTheOthersWhereThisWayIsNotTold() {
    Transfer art = UNTOLD.withRamReadCycles(RamBus.ART, 0.8);
    assertThat(art.ramReadCycles(RamBus.ART)).isEqualTo(0.8);
    assertThat(art.ramReadCycles(RamBus.ICACHE))
        .as("between none and those of the accelerator")
        .isCloseTo(0.4, within(1e-12));
    assertThat(art.ramReadCycles(RamBus.DIRECT)).isZero();
  }

  @Test
  void shouldKeepTheRestWhenOneNumberIsReplaced() {
    Transfer both =
        UNTOLD
            .withBoard("board", new Transfer.BoardNumbers(2, 3, 4))
            .withRamReadCycles(RamBus.ICACHE, 1);
    assertThat(both.board("board")).isEqualTo(new Transfer.BoardNumbers(2, 3, 4));
    assertThat(both.withBoard("other", Transfer.BoardNumbers.NONE).ramReads().toMap())
        .containsExactly(Map.entry(RamBus.ICACHE, 1.0));
  }
}
