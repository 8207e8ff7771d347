package dev.thumbprint.cost.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What stands between a core and its RAM goes by the family of the part. */
final class RamBusTest {
  @ParameterizedTest
  @CsvSource({
    "nucleo-l496zg, DIRECT",
    "nucleo-f446re, ART",
    "disco-f469ni, ART",
    "nucleo-f207zg, DIRECT",
    "nucleo-l552ze-q, ICACHE",
    "nucleo-u575zi-q, ICACHE",
    "raspberry-pi-pico-2, DIRECT",
    "nucleo-f767zi, DIRECT",
  })
  void shouldGoByTheFamilyOfThePart(String board, RamBus bus) {
    Target target = Target.of(Boards.named(board), TargetOptions.DEFAULTS);
    assertThat(Stall.of(target).ramBus()).isEqualTo(bus);
  }

  @Test
  void readsOfRamShouldGetNoFasterWithoutCaches() {
    Target target =
        Target.of(Boards.named("nucleo-f446re"), TargetOptions.builder().caches(false).build());
    assertThat(Stall.of(target).ramBus()).isEqualTo(RamBus.ART);
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeFoundByItsLabel(RamBus bus) {
    assertThat(RamBus.ofLabel(bus.label())).contains(bus);
  }
}
