package dev.thumbprint.firmware.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnicornEngineTest {
  private static final int FLASH = 0x0800_0000;
  private static final int RAM = 0x2000_0000;
  private static final int DEVICE = 0x4000_0000;

  /**
   * A processor with code at the start of flash, a stack at the end of RAM, and the PC at the code.
   */
  private static UnicornEngine with(Cpu cpu, int... halfwords) {
    var engine = new UnicornEngine(cpu);
    engine.mapMemory(FLASH, 0x10000, Engine.Access.READ_EXECUTE);
    engine.mapMemory(RAM, 0x10000, Engine.Access.READ_WRITE_EXECUTE);
    byte[] code = new byte[halfwords.length * 2];
    for (int i = 0; i < halfwords.length; i++) {
      code[2 * i] = (byte) halfwords[i];
      code[2 * i + 1] = (byte) (halfwords[i] >> 8);
    }
    engine.write(FLASH, code);
    engine.set(Register.SP, RAM + 0x10000);
    engine.set(Register.PC, FLASH);
    return engine;
  }

  @ParameterizedTest
  @EnumSource(Cpu.class)
  void shouldExecuteLoopAndAnnounceEveryBlock(Cpu cpu) {
    // movs r0, #5; loop: subs r0, #1; bne loop; bkpt 0
    try (var engine = with(cpu, 0x2005, 0x3801, 0xd1fd, 0xbe00)) {
      List<Integer> blocks = new ArrayList<>();
      engine.observeBlocks((address, size) -> blocks.add(((address - FLASH) << 8) | size));

      Stop stop = engine.run();

      assertThat(stop.reason()).isEqualTo(Stop.Reason.BREAKPOINT);
      assertThat(stop.pc()).isEqualTo(FLASH + 6);
      assertThat(engine.get(Register.R0)).isZero();
      assertThat(blocks).containsExactly(0x006, 0x204, 0x204, 0x204, 0x204, 0x602);
    }
  }

  @ParameterizedTest
  @EnumSource(Cpu.class)
  void shouldStopBeforeRefusedBlockAndAnnounceItAgain(Cpu cpu) {
    // movs r0, #5; loop: subs r0, #1; bne loop; bkpt 0
    try (var engine = with(cpu, 0x2005, 0x3801, 0xd1fd, 0xbe00)) {
      List<Integer> values = new ArrayList<>();
      List<Integer> addresses = new ArrayList<>();
      engine.observeBlocks(
          (address, size) -> {
            addresses.add(address - FLASH);
            values.add(engine.get(Register.R0));
            return values.size() != 2;
          });

      assertThat(engine.run()).isEqualTo(new Stop(Stop.Reason.REQUESTED, FLASH + 2, 0));
      assertThat(engine.get(Register.R0)).isEqualTo(4);
      assertThat(engine.run().reason()).isEqualTo(Stop.Reason.BREAKPOINT);
      assertThat(addresses).containsExactly(0, 2, 2, 2, 2, 2, 6);
      assertThat(values).containsExactly(0, 4, 4, 3, 2, 1, 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Cpu.class)
  void shouldReportWhatTheProcessorWaitsForOrCalls(Cpu cpu) {
    // svc 3; wfi; wfe; bkpt 0xab; udf 1
    try (var engine = with(cpu, 0xdf03, 0xbf30, 0xbf20, 0xbeab, 0xde01)) {
      engine.observeBlocks((address, size) -> true);
      assertThat(engine.run()).isEqualTo(new Stop(Stop.Reason.SUPERVISOR_CALL, FLASH + 2, 0));
      assertThat(engine.run()).isEqualTo(new Stop(Stop.Reason.WAIT_FOR_INTERRUPT, FLASH + 4, 0));
      assertThat(engine.run()).isEqualTo(new Stop(Stop.Reason.YIELD, FLASH + 6, 0));
      assertThat(engine.run()).isEqualTo(new Stop(Stop.Reason.BREAKPOINT, FLASH + 6, 0));
      engine.set(Register.PC, FLASH + 8);
      assertThat(engine.run()).isEqualTo(new Stop(Stop.Reason.UNDEFINED_INSTRUCTION, FLASH + 8, 0));
    }
  }

  @ParameterizedTest
  @EnumSource(Cpu.class)
  void shouldReportFaultsWithTheirAddress(Cpu cpu) {
    // ldr r1, [r0]; str r1, [r0]; bx r0
    try (var engine = with(cpu, 0x6801, 0x6001, 0x4700)) {
      engine.observeBlocks((address, size) -> true);
      engine.set(Register.R0, 0x6000_0000);
      assertThat(engine.run()).isEqualTo(new Stop(Stop.Reason.READ_FAULT, FLASH, 0x6000_0000));

      engine.set(Register.R0, FLASH + 0x100);
      assertThat(engine.run()).isEqualTo(new Stop(Stop.Reason.WRITE_FAULT, FLASH, FLASH + 0x100));

      engine.set(Register.R0, 0x6000_0001);
      engine.set(Register.PC, FLASH + 4);
      assertThat(engine.run())
          .isEqualTo(new Stop(Stop.Reason.FETCH_FAULT, 0x6000_0000, 0x6000_0000));
    }
  }

  @ParameterizedTest
  @EnumSource(Cpu.class)
  void shouldReportBranchToArmState(Cpu cpu) {
    try (var engine = with(cpu, 0x4700)) { // bx r0
      engine.set(Register.R0, FLASH + 0x20);
      Stop stop = engine.run();
      assertThat(stop.reason()).isEqualTo(Stop.Reason.INVALID_STATE);
      assertThat(stop.pc()).isEqualTo(FLASH + 0x20);
    }
  }

  @ParameterizedTest
  @EnumSource(Cpu.class)
  void shouldReportExceptionReturnFromHandler(Cpu cpu) {
    // mov lr, r0; bx lr
    try (var engine = with(cpu, 0x4686, 0x4770)) {
      engine.set(Register.IPSR, 15);
      engine.set(Register.R0, 0xfffffff9);
      Stop stop = engine.run();
      assertThat(stop.reason()).isEqualTo(Stop.Reason.EXCEPTION_RETURN);
      assertThat(stop.address()).isEqualTo(0xfffffff9);
      assertThat(engine.get(Register.XPSR) & 0x1ff).isEqualTo(15);
    }
  }

  @ParameterizedTest
  @EnumSource(Cpu.class)
  void shouldSwitchStacksWithTheActiveException(Cpu cpu) {
    try (var engine = with(cpu, 0xbe00)) {
      engine.set(Register.MSP, RAM + 0x100);
      engine.set(Register.PSP, RAM + 0x200);
      engine.set(Register.CONTROL, 2);
      assertThat(engine.get(Register.SP)).isEqualTo(RAM + 0x200);
      engine.set(Register.IPSR, 14);
      assertThat(engine.get(Register.SP)).isEqualTo(RAM + 0x100);
      engine.set(Register.IPSR, 0);
      assertThat(engine.get(Register.SP)).isEqualTo(RAM + 0x200);
    }
  }

  @Test
  void shouldRefuseUnalignedWordsOnArmv6M() {
    try (var engine = with(Cpu.CORTEX_M0, 0x6801)) { // ldr r1, [r0]
      engine.set(Register.R0, RAM + 1);
      assertThat(engine.run()).isEqualTo(new Stop(Stop.Reason.UNALIGNED_ACCESS, FLASH, 0));
    }
  }

  @Test
  void shouldExecuteSinglePrecisionWhereThereIsAnFpu() {
    int[] add = {0xee30, 0x0a20, 0xbe00}; // vadd.f32 s0, s0, s1; bkpt
    for (Cpu cpu : Cpu.values()) {
      try (var engine = with(cpu, add)) {
        engine.setFloatBits(0, Float.floatToIntBits(1.5f));
        engine.setFloatBits(1, Float.floatToIntBits(2.25f));
        Stop stop = engine.run();
        if (cpu.floatingPoint()) {
          assertThat(stop.reason()).isEqualTo(Stop.Reason.BREAKPOINT);
          assertThat(Float.intBitsToFloat(engine.getFloatBits(0))).isEqualTo(3.75f);
          assertThat(engine.get(Register.CONTROL) & 4).as("FPCA of %s", cpu).isEqualTo(4);
        } else {
          assertThat(stop.reason()).isEqualTo(Stop.Reason.UNDEFINED_INSTRUCTION);
        }
      }
    }
  }

  @Test
  void shouldExecuteDoublePrecisionOnCortexM7() {
    try (var engine = with(Cpu.CORTEX_M7, 0xee30, 0x0b01, 0xbe00)) { // vadd.f64 d0, d0, d1; bkpt
      setDouble(engine, 0, 1.5);
      setDouble(engine, 1, 1e300);
      assertThat(engine.run().reason()).isEqualTo(Stop.Reason.BREAKPOINT);
      assertThat(getDouble(engine, 0)).isEqualTo(1.5 + 1e300);
    }
  }

  private static void setDouble(Engine engine, int number, double value) {
    long bits = Double.doubleToRawLongBits(value);
    engine.setFloatBits(2 * number, (int) bits);
    engine.setFloatBits(2 * number + 1, (int) (bits >>> 32));
  }

  private static double getDouble(Engine engine, int number) {
    long high = engine.getFloatBits(2 * number + 1);
    return Double.longBitsToDouble(
        (high << 32) | Integer.toUnsignedLong(engine.getFloatBits(2 * number)));
  }

  @Test
  void shouldRefuseInstructionsOfLargerCores() {
    try (var engine = with(Cpu.CORTEX_M0, 0xfb90, 0xf0f1)) { // sdiv r0, r0, r1
      assertThat(engine.run().reason()).isEqualTo(Stop.Reason.UNDEFINED_INSTRUCTION);
    }
    try (var engine = with(Cpu.CORTEX_M4, 0xee30, 0x0b01)) { // vadd.f64 d0, d0, d1
      assertThat(engine.run().reason()).isEqualTo(Stop.Reason.UNDEFINED_INSTRUCTION);
    }
  }

  @ParameterizedTest
  @EnumSource(Cpu.class)
  void shouldLetDevicesAnswerAndProbesSeeAccesses(Cpu cpu) {
    // ldr r1, [r0]; strb r1, [r0, #4]; str r1, [r2]; bkpt
    try (var engine = with(cpu, 0x6801, 0x7101, 0x6011, 0xbe00)) {
      List<String> seen = new ArrayList<>();
      engine.mapIo(
          DEVICE,
          0x1000,
          new IoHandler() {
            @Override
            public int read(int address, int size) {
              seen.add("read %x %d".formatted(address, size));
              return 0x1234_5678;
            }

            @Override
            public void write(int address, int size, int value) {
              seen.add("write %x %d %x".formatted(address, size, value & 0xff));
            }
          });
      engine.observeAccesses(
          RAM,
          RAM + 0xffff,
          (address, size, write) -> seen.add("access %x %d %b".formatted(address, size, write)));
      engine.set(Register.R0, DEVICE + 0x10);
      engine.set(Register.R2, RAM + 8);

      assertThat(engine.run().reason()).isEqualTo(Stop.Reason.BREAKPOINT);

      assertThat(seen)
          .containsExactly("read 40000010 4", "write 40000014 1 78", "access 20000008 4 true");
      assertThat(engine.readWord(RAM + 8)).isEqualTo(0x1234_5678);
    }
  }

  @Test
  void shouldBringExceptionsOfProbesOut() {
    try (var engine = with(Cpu.CORTEX_M4, 0xe7fe)) { // b .
      engine.observeBlocks(
          (address, size) -> {
            throw new IllegalArgumentException("from the probe");
          });
      assertThatThrownBy(engine::run).hasMessage("from the probe");
    }
  }

  @Test
  void shouldNameTheReasonWhenMappingsAreWrong() {
    try (var engine = with(Cpu.CORTEX_M4, 0xbe00)) {
      assertThatThrownBy(
              () -> engine.mapMemory(FLASH + 0x8000, 0x10000, Engine.Access.READ_EXECUTE))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("overlaps");
      assertThatThrownBy(() -> engine.mapMemory(0x100, 0x1000, Engine.Access.READ_EXECUTE))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("multiples of 4096");
      assertThatThrownBy(() -> engine.read(0x6000_0000, 4))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("0x60000000");
    }
  }

  @Test
  void shouldSeeOneMemoryThroughAnAlias() {
    try (var engine = with(Cpu.CORTEX_M4, 0x6801, 0xbe00)) {
      engine.mapAlias(0, FLASH, 0x10000, Engine.Access.READ_EXECUTE);
      engine.set(Register.R0, 0);
      engine.set(Register.PC, 0);
      assertThat(engine.run()).isEqualTo(new Stop(Stop.Reason.BREAKPOINT, 2, 0));
      assertThat(engine.get(Register.R1)).isEqualTo(0xbe00_6801);
    }
  }
}
