package dev.thumbprint.cost.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thumbprint.cost.BadDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {

  /** Wait states as the recordings of the boards have them, and as the vendors' tables ask. */
  @ParameterizedTest
  @CsvSource({
    "nucleo-l496zg, 80, 3.3, 4",
    "nucleo-l496zg, 64, 3.3, 3",
    "nucleo-l496zg, 16, 3.3, 0",
    "disco-f469ni, 180, 3.3, 5",
    "disco-f469ni, 180, 2.0, 8",
    "nucleo-f767zi, 216, 3.3, 7",
    "nucleo-l4r5zi, 120, 1.8, 5",
    "nucleo-l552ze-q, 80, 3.3, 3",
    "nucleo-u575zi-q, 160, 1.8, 4",
    "nucleo-h7a3zi-q, 280, 3.0, 6",
    "nucleo-h743zi, 480, 3.3, 4",
    "nucleo-h743zi, 400, 3.3, 2",
    "nucleo-g0b1re, 64, 3.3, 2"
  })
  void shouldDeriveWaitStatesFromClockAndVoltage(
      String board, long megahertz, double volts, int waitStates) {
    Target target = target(board, options().clockHz(megahertz * 1_000_000).supplyVolts(volts));
    assertThat(target.waitStates()).hasValue(waitStates);
  }

  @Test
  void shouldTakeTheWaitStatesOfTheUser() {
    assertThat(target("nucleo-l496zg", options().waitStates(0)).waitStates()).hasValue(0);
    assertThatThrownBy(() -> target("nucleo-l496zg", options().waitStates(16)))
        .hasMessageContaining("expected 0 to 15");
  }

  @Test
  void shouldSayWhatItHadToAssume() {
    Target target = target("nrf5340dk", options());
    assertThat(target.waitStates()).isEmpty();
    assertThat(target.assumptions())
        .anyMatch(line -> line.contains("wait states"))
        .anyMatch(line -> line.contains("regulator"));
  }

  @Test
  void shouldNameTheMaximumOfAClockThatIsTooHigh() {
    assertThatThrownBy(() -> target("nucleo-l4r5zi", options().clockHz(200_000_000L)))
        .isInstanceOf(BadDescription.class)
        .hasMessageContaining("found 200 MHz, expected at least 0.032 MHz and at most 120 MHz")
        .hasMessageContaining("runs at 120 MHz unless told otherwise");
    assertThatThrownBy(() -> target("nucleo-l4r5zi", options().clockHz(0L)))
        .isInstanceOf(BadDescription.class);
  }

  @Test
  void shouldRefuseAClockThatTheFlashCannotFollowAtThisVoltage() {
    assertThatThrownBy(
            () -> target("nucleo-f767zi", options().clockHz(216_000_000L).supplyVolts(1.8)))
        .hasMessageContaining("at most 180 MHz at a supply of 1.8 V");
  }

  @Test
  void shouldRefuseWhatThePartDoesNotHave() {
    assertThatThrownBy(() -> target("raspberry-pi-pico", options().fpu(true)))
        .hasMessageContaining("no floating-point unit");
    assertThatThrownBy(() -> target("raspberry-pi-pico", options().weights(Placement.FLASH)))
        .hasMessageContaining("no such memory");
    assertThatThrownBy(() -> target("nucleo-l496zg", options().weights(Placement.TCM)))
        .hasMessageContaining("no such memory");
    assertThatThrownBy(() -> target("nucleo-l496zg", options().weights(Placement.XIP)))
        .hasMessageContaining("no such memory");
    assertThatThrownBy(() -> target("nucleo-l496zg", options().regulator(Regulator.SMPS)))
        .hasMessageContaining("expected ldo");
    assertThatThrownBy(() -> target("nucleo-h743zi", options().prefetch(true)))
        .hasMessageContaining("no flash prefetch");
    assertThatThrownBy(() -> target("nucleo-l496zg", options().supplyVolts(5.0)))
        .hasMessageContaining("expected 1.71 V to 3.6 V");
    assertThatThrownBy(() -> target("nucleo-f767zi", options().arena("DTMC")))
        .hasMessageContaining("did you mean 'DTCM'?");
  }

  @Test
  void shouldFollowWhatTheUserSaid() {
    Target target =
        target(
            "nucleo-f767zi",
            options()
                .arena("dtcm")
                .weights(Placement.TCM)
                .caches(false)
                .prefetch(false)
                .fpu(false));
    assertThat(target.arena().name()).isEqualTo("DTCM");
    assertThat(target.weights()).isEqualTo(Placement.TCM);
    assertThat(target.caches() || target.prefetch() || target.fpu()).isFalse();
  }

  private static TargetOptions.Builder options() {
    return TargetOptions.builder();
  }

  private static Target target(String board, TargetOptions.Builder options) {
    return Target.of(Boards.named(board), options.build());
  }
}
