package dev.thumbprint.firmware.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Ram;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.firmware.machine.MemoryMap;
import dev.thumbprint.model.InputException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PartsTest {
  static Stream<String> emulated() {
    return Boards.names().stream().filter(PartsTest::isEmulated);
  }

  private static boolean isEmulated(String board) {
    try {
      Parts.map(Target.of(Boards.named(board), TargetOptions.DEFAULTS));
      return true;
    } catch (InputException e) {
      return false;
    }
  }

  @Test
  void shouldKnowTheFamiliesItNames() {
    assertThat(emulated())
        .contains(
            "nucleo-l496zg",
            "disco-f469ni",
            "nucleo-f767zi",
            "nucleo-h7a3zi-q",
            "nucleo-l552ze-q",
            "nucleo-u575zi-q",
            "nucleo-g0b1re",
            "nucleo-f207zg",
            "arduino-nano-33-ble",
            "nrf5340dk",
            "raspberry-pi-pico",
            "raspberry-pi-pico-2")
        .doesNotContain("teensy-4-0", "ek-ra8d1", "apollo510-evb");
  }

  @ParameterizedTest
  @MethodSource("emulated")
  void shouldPlaceEveryMemoryOfBoardByItsTableWithoutOverlap(String name) {
    Board board = Boards.named(name);
    Target target = Target.of(board, TargetOptions.DEFAULTS);
    MemoryMap map = Parts.map(target);
    for (Ram ram : board.ram()) {
      assertThat(PartMemories.find(board.mcu(), ram.name())).as(ram.name()).isPresent();
    }
    List<MemoryMap.Region> regions = map.regions();
    for (MemoryMap.Region region : regions) {
      for (MemoryMap.Region other : regions) {
        assertThat(region.equals(other) || !region.contains(other.address()))
            .as("%s and %s", region, other)
            .isTrue();
      }
    }
    assertThat(Parts.geometry(target, map).regions()).isNotEmpty();
  }

  @Test
  void shouldNameSourceOfEveryAddress() {
    assertThat(PartMemories.rows()).hasSizeGreaterThan(30);
    assertThat(PartMemories.rows()).allMatch(row -> row.source().length() > 20);
    assertThat(PartMemories.rows()).allMatch(row -> row.address() % 4096 == 0);
  }
}
