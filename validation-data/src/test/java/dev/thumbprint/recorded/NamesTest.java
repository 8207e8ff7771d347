package dev.thumbprint.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
  private static final List<Recording> ALL = Recordings.builtIn();

  @Test
  void shouldResolveSpellingsOfBoards() {
    assertThat(Names.board("NUCLEO-L496ZG")).isEqualTo("nucleo-l496zg");
    assertThat(Names.board("32F469IDISCOVERY")).isEqualTo("disco-f469ni");
    assertThat(Names.board("Arduino Nano 33 BLE")).isEqualTo("arduino-nano-33-ble");
    assertThat(Names.board("DISCO_F746NG")).isEqualTo("disco-f746ng");
    assertThat(Names.board("Teensy 4.0")).isEqualTo("teensy-4-0");
    assertThat(Names.board("my board")).isEqualTo("my-board");
  }

  @Test
  void shouldResolveSpellingsOfCores() {
    assertThat(Names.core("Cortex-M4F")).isEqualTo("cortex-m4");
    assertThat(Names.core("Cortex-M7")).isEqualTo("cortex-m7");
    assertThat(Names.core("Cortex-M0+")).isEqualTo("cortex-m0plus");
    assertThat(Names.core("cortex-m55")).isEqualTo("cortex-m55");
    assertThat(Names.core("")).isEmpty();
  }

  @Test
  void shouldResolveLibrariesWithTheirGeneration() {
    assertThat(Names.library("tflm-cmsis-nn")).isEqualTo(new LibraryId("cmsis-nn", ""));
    assertThat(Names.library("CMSIS-NN@2022").toString()).isEqualTo("cmsis-nn@2022");
    assertThat(Names.library("X-CUBE-AI@8.1.0").toString()).isEqualTo("x-cube-ai@8.1.0");
    assertThat(Names.library("").generationKnown()).isFalse();
  }

  /** A resolved name must stay what it is, or the tables would hold two names for one thing. */
  @Test
  void shouldFindOnlyResolvedNamesInTheTables() {
    assertThat(ALL)
        .allSatisfy(
            row -> {
              Setting setting = row.setting();
              assertThat(Names.board(setting.boardId())).isEqualTo(setting.boardId());
              assertThat(Names.core(setting.core())).isEqualTo(setting.core());
              assertThat(Names.library(setting.library().toString())).isEqualTo(setting.library());
              assertThat(Names.network(row.work().network())).isEqualTo(row.work().network());
            });
  }

  @Test
  void shouldResolveTheSourcesSpellingOfEveryBoardToItsName() {
    List<String> unresolved =
        ALL.stream()
            .filter(row -> !row.setting().boardId().isEmpty())
            .filter(row -> !Names.board(row.setting().board()).equals(row.setting().boardId()))
            .map(row -> row.setting().board() + " -> " + row.setting().boardId())
            .distinct()
            .sorted()
            .toList();
    assertThat(unresolved)
        .as("sources that name the chip alone; the board is what they most likely used")
        .containsExactly(
            "RP2040 -> raspberry-pi-pico", "STM32H743 (NUCLEO-H743ZI assumed) -> nucleo-h743zi");
  }
}
