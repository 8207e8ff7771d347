package dev.thumbprint.firmware.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.core.CorePipeline;
import dev.thumbprint.firmware.Programs;
import dev.thumbprint.firmware.engine.Cpu;
import dev.thumbprint.firmware.engine.Register;
import dev.thumbprint.firmware.engine.UnicornEngine;
import dev.thumbprint.firmware.image.Image;
import dev.thumbprint.firmware.image.ImageReader;
import dev.thumbprint.firmware.image.Symbol;
import dev.thumbprint.firmware.monitor.FirmwareRun;
import dev.thumbprint.firmware.time.Parts;
import dev.thumbprint.model.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachineTest {
  private static final Budget SMALL = new Budget(3_000_000, 1L << 40, Duration.ofSeconds(20));

  @ParameterizedTest
  @CsvSource({
    "0, FAULT, 'load from 0x60000000, where nothing is', go_wrong",
    "1, FAULT, 'store to 0x70000004, where nothing is', go_wrong",
    "2, FAULT, 'jump to 0x60000000, where no code is; it came from go_wrong+', 0x60000000",
    "3, FAULT, 'the stack may have overflowed', deeper",
    "4, BUDGET, 'the budget of 3,000,000 instructions is used up', go_wrong",
    "5, FAULT, '0xde07 is no instruction of this processor', go_wrong",
    "6, FAULT, 'without the Thumb bit: a Cortex-M has no Arm state; it came from go_wrong+', go_wrong",
    "7, HANG, 'WFI with nothing that could end the sleep', go_wrong",
    "8, FAULT, 'BKPT 3', go_wrong",
    "9, FAULT, 'store to 0x00000004, which is read-only', go_wrong",
  })
  void shouldEndWithReasonPlaceAndBacktrace(
      int kind, Outcome.Ending ending, String reason, String place) {
    try (Machine machine = TestMachines.of("m4", Programs.image("faults.elf"))) {
      // Start-up code clears the variable: it is set when main begins.
      Symbol main = machine.image().symbols().find("main").orElseThrow();
      machine.setUntil(main.address());
      assertThat(machine.run(SMALL).ending()).isEqualTo(Outcome.Ending.REACHED);
      machine.setUntil(-1);
      Symbol variable = machine.image().symbols().find("fault_kind").orElseThrow();
      machine.engine().writeWord(variable.address(), kind);

      Outcome outcome = machine.resume(SMALL);

      assertThat(outcome.ending()).as(outcome.toString()).isEqualTo(ending);
      assertThat(outcome.reason()).contains(reason);
      assertThat(outcome.place()).contains(place);
      assertThat(outcome.fine()).isFalse();
      assertThat(outcome.backtrace()).anyMatch(frame -> frame.startsWith("main"));
    }
  }

  /** Where RAM ends the stack ends, also where the vendor has read-only memory below. */
  @ParameterizedTest
  @ValueSource(strings = {"nucleo-l496zg", "nucleo-l4r5zi", "nucleo-f446re", "arduino-nano-33-ble"})
  void shouldEndStackWhereRamEnds(String board) {
    int ram = 0x2000_0000;
    int frameBytesMax = 128;
    Target target = Target.of(Boards.named(board), TargetOptions.DEFAULTS);
    Image image = Programs.image("faults.elf");
    try (FirmwareRun run = new FirmwareRun(target, image, FirmwareRun.Options.USUAL)) {
      Machine machine = run.machine();
      Symbol main = image.symbols().find("main").orElseThrow();
      machine.setUntil(main.address());
      assertThat(machine.run(SMALL).ending()).isEqualTo(Outcome.Ending.REACHED);
      machine.setUntil(-1);
      machine.engine().writeWord(image.symbols().find("fault_kind").orElseThrow().address(), 3);

      Outcome outcome = machine.resume(SMALL);

      assertThat(outcome.ending()).as(outcome.toString()).isEqualTo(Outcome.Ending.FAULT);
      assertThat(outcome.reason()).contains("the stack may have overflowed");
      assertThat(machine.engine().get(Register.SP))
          .as(outcome.reason())
          .isBetween(ram - frameBytesMax, ram + frameBytesMax);
    }
  }

  @Test
  void shouldDriveTimersSleepAndSerialLineByModelledTime() {
    try (Machine machine =
        TestMachines.of(
            "m4",
            Programs.image("devices.elf"),
            MemoryMap.Family.STM32_NEW_USART,
            Machine.Setup.PLAIN)) {
      machine.console().send("abcd".getBytes(StandardCharsets.US_ASCII));

      Outcome outcome = machine.run(SMALL);

      assertThat(outcome.fine()).as(outcome.toString()).isTrue();
      assertThat(new String(machine.console().output(), StandardCharsets.US_ASCII))
          .isEqualTo("ready\nabcd!\n");
      assertThat(machine.sleptCycles()).isGreaterThan(90_000);
      assertThat(machine.meter().instructions()).isLessThan(20_000);
      assertThat(machine.pollingNotes()).singleElement().asString().contains("main", "0x40021000");
    }
  }

  @Test
  void shouldRefuseInstructionsOfAnotherCore() {
    // An M4 build has DSP instructions, which the engine would execute on an M3.
    var image = Programs.image("layers-m4-O2.elf");
    var map =
        new MemoryMap(
            "test",
            Cpu.CORTEX_M3,
            MemoryMap.Family.NONE,
            1_000_000,
            List.of(
                MemoryMap.Region.flash("flash", 0x0800_0000, 0x20000),
                MemoryMap.Region.ram("ram", 0x2000_0000, 0x8000)));
    try (Machine machine =
        new Machine(
            map,
            image,
            new UnicornEngine(map.cpu()),
            CorePipeline.of(Core.CORTEX_M3),
            Machine.Setup.PLAIN)) {
      Outcome outcome = machine.run(SMALL);
      assertThat(outcome.ending()).isEqualTo(Outcome.Ending.FAULT);
      assertThat(outcome.reason()).contains("DSP extension", "cortex-m3");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "floats-m4, m3, FPv4 single precision",
    "floats-m7, m0, Armv7-M",
    "integer-m3, m0, Armv7-M",
  })
  void shouldSayWhichExtensionAnInstructionBelongsTo(
      String program, String core, String extension) {
    try (Machine machine = TestMachines.of(core, Programs.image(program + ".elf"))) {
      Outcome outcome = machine.run(SMALL);
      assertThat(outcome.ending()).as(outcome.toString()).isEqualTo(Outcome.Ending.FAULT);
      assertThat(outcome.reason()).contains("is no instruction of this processor", extension);
      assertThat(outcome.backtrace()).isNotEmpty();
    }
  }

  @Test
  void shouldSayWhereProgramWouldHaveToLie() {
    assertThatThrownBy(() -> TestMachines.of("m4", Programs.image("layers-m4-O2.elf")).close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("0x08000000")
        .hasMessageContaining("linked for this board");
  }

  @Test
  void shouldCallFunctionThatReadsZeroedStatics() {
    try (Machine machine =
        new Machine(
            Parts.map(Target.of(Boards.named("nucleo-l496zg"), TargetOptions.DEFAULTS)),
            Programs.image("operators.elf"),
            new UnicornEngine(Cpu.CORTEX_M4),
            CorePipeline.of(Core.CORTEX_M4),
            Machine.Setup.PLAIN)) {
      Symbol function = machine.image().symbols().find("_sbrk").orElseThrow();
      Symbol end = machine.image().symbols().find("__bss_end").orElseThrow();
      machine.call(function.address(), new int[] {12}, SMALL);
      assertThat(machine.engine().get(Register.R0)).isEqualTo(end.address());
    }
  }

  @Test
  void shouldCallOneFunctionWithoutStartUp() {
    try (Machine machine = TestMachines.program("integer", "m4")) {
      Symbol function = machine.image().symbols().find("fibonacci").orElseThrow();

      Outcome outcome = machine.call(function.address(), new int[] {10}, SMALL);

      assertThat(outcome.ending()).isEqualTo(Outcome.Ending.RETURNED);
      assertThat(machine.engine().get(Register.R0)).isEqualTo(55);
    }
  }

  /** The first word is an instruction: a stack there would lie where devices are. */
  @Test
  void shouldCallAFunctionOfAProgramThatBeginsWithCode() {
    byte[] elf = Programs.bytes("integer-m4.elf");
    ByteBuffer headers = ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN);
    headers.putInt(headers.getInt(headers.getInt(28) + 4), 0x4ff0_e92d);
    try (Machine machine =
        TestMachines.of("m4", ImageReader.parse("code-first.elf", elf, OptionalInt.empty()))) {
      Symbol function = machine.image().symbols().find("fibonacci").orElseThrow();

      Outcome outcome = machine.call(function.address(), new int[] {10}, SMALL);

      assertThat(outcome.ending()).isEqualTo(Outcome.Ending.RETURNED);
      assertThat(machine.engine().get(Register.R0)).isEqualTo(55);
      int stack = machine.engine().get(Register.MSP);
      assertThat(machine.map().regionAt(stack - 1)).get().matches(MemoryMap.Region::writable);
      assertThat(machine.ramUse().stackBytesMax()).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0x00100000, '0x20000000 to 0x200fffff', '1048576 bytes of memory, the last 917504 of them, from 0x20020000 on'",
    "0xfffffff0, '0x20000000 to 0x11fffffef', 'from 0x20020000 on'",
  })
  void shouldRefuseASegmentThatTakesMoreMemoryThanThereIs(
      String memoryBytes, String segment, String found) {
    byte[] elf = Programs.bytes("stacks-m4.elf");
    ByteBuffer headers = ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN);
    int ram = dataSegment(headers);
    headers.putInt(ram + 8, 0x2000_0000);
    headers.putInt(ram + 20, Long.decode(memoryBytes).intValue());
    Image image = ImageReader.parse("stacks-m4.elf", elf, OptionalInt.empty());

    assertThatThrownBy(() -> TestMachines.of("m4", image))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("stacks-m4.elf")
        .hasMessageContaining(segment)
        .hasMessageContaining(found)
        .hasMessageContaining("hint: a board with more RAM");
  }

  /** Offset of the last program header that is loaded and takes memory at 0x20000000 or above. */
  private static int dataSegment(ByteBuffer elf) {
    int found = -1;
    for (int i = 0; i < elf.getShort(44); i++) {
      int header = elf.getInt(28) + i * elf.getShort(42);
      if (elf.getInt(header) == 1 && elf.getInt(header + 8) >= 0x2000_0000) {
        found = header;
      }
    }
    assertThat(found).isNotNegative();
    return found;
  }

  /** SG is a load to an engine that knows no Armv8-M there, and vectors are not executed at all. */
  @ParameterizedTest
  @CsvSource({"7fe97fe9, sg, Armv8-M", "20ef5001, vorr, MVE"})
  void shouldRefuseInstructionsOfOtherCoresByName(String code, String name, String extension) {
    int place = 0x3f000;
    try (Machine machine = TestMachines.of("m4", Programs.image("integer-m4.elf"))) {
      machine.engine().write(place, HexFormat.of().parseHex(code));
      Outcome outcome = machine.call(place | 1, new int[0], SMALL);
      assertThat(outcome.ending()).isEqualTo(Outcome.Ending.FAULT);
      assertThat(outcome.reason()).contains(name, extension);
      assertThat(outcome.pc()).isEqualTo(place);
    }
  }
}
