package dev.thumbprint.firmware.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.core.CorePipeline;
import dev.thumbprint.firmware.Programs;
import dev.thumbprint.firmware.engine.UnicornEngine;
import dev.thumbprint.firmware.time.Parts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Firmware that starts the clocks of a family and talks over its serial line. */
class SerialTest {
  private static final Budget SMALL = new Budget(3_000_000, 1L << 40, Duration.ofSeconds(20));

  @ParameterizedTest
  @CsvSource({
    "serial-f4, nucleo-f446re, 12",
    "serial-f7, nucleo-f767zi, 12",
    "serial-h7, nucleo-h743zi, 12",
    "serial-g0, nucleo-g0b1re, 12",
    "serial-l4, nucleo-l496zg, 12",
    "serial-l5, nucleo-l552ze-q, 12",
    "serial-u5, nucleo-u575zi-q, 12",
    "serial-nrf, arduino-nano-33-ble, 8",
    "serial-rp2040, raspberry-pi-pico, 8",
  })
  void shouldStartClocksAndEchoByPollingInterruptAndDma(String program, String board, int bytes) {
    Target target = Target.of(Boards.named(board), TargetOptions.DEFAULTS);
    shouldEcho(program, Parts.map(target), target.board().core(), bytes);
  }

  @Test
  void shouldEchoOnArmsOwnBoards() {
    MemoryMap map =
        new MemoryMap(
            "an385",
            Parts.cpu(Core.CORTEX_M3),
            MemoryMap.Family.CMSDK,
            25_000_000,
            List.of(
                MemoryMap.Region.flash("code", 0, 0x40000),
                MemoryMap.Region.ram("ram", 0x2000_0000, 0x20000)));
    shouldEcho("serial-cmsdk", map, Core.CORTEX_M3, 8);
  }

  private static void shouldEcho(String program, MemoryMap map, Core core, int bytes) {
    try (Machine machine =
        new Machine(
            map,
            Programs.image(program + ".elf"),
            new UnicornEngine(map.cpu()),
            CorePipeline.of(core),
            Machine.Setup.PLAIN)) {
      String sent = "abcdefghijklmnop".substring(0, bytes);
      machine.console().send(sent.getBytes(StandardCharsets.US_ASCII));

      Outcome outcome = machine.run(SMALL);

      assertThat(outcome.fine()).as(outcome.toString()).isTrue();
      assertThat(new String(machine.console().output(), StandardCharsets.US_ASCII))
          .isEqualTo(sent + "\n");
      assertThat(machine.pollingNotes()).isEmpty();
      // The line is as fast as 115,200 baud: the bytes that came by interrupt took their time.
      assertThat(machine.meter().cycles()).isGreaterThan(bytes * map.clockHz() / 11_520 / 2);
    }
  }

  @Test
  void shouldPlaceDevicesOfEveryFamilyOnceAndNameTheirSource() {
    Set<String> places = new HashSet<>();
    for (DeviceTable.Row row : DeviceTable.rows()) {
      assertThat(places.add(row.family() + " " + row.address())).as(row.toString()).isTrue();
      assertThat(row.source()).as(row.toString()).hasSizeGreaterThan(10);
    }
    for (MemoryMap.Family family : MemoryMap.Family.values()) {
      boolean any = DeviceTable.rows().stream().anyMatch(row -> row.family() == family);
      assertThat(any).as(family.toString()).isEqualTo(family != MemoryMap.Family.NONE);
    }
  }
}
