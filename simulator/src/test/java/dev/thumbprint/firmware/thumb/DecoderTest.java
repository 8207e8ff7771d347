package dev.thumbprint.firmware.thumb;

import static dev.thumbprint.cost.core.Registers.C_MASK;
import static dev.thumbprint.cost.core.Registers.LR;
import static dev.thumbprint.cost.core.Registers.NZCV_MASK;
import static dev.thumbprint.cost.core.Registers.N_MASK;
import static dev.thumbprint.cost.core.Registers.PC;
import static dev.thumbprint.cost.core.Registers.SP;
import static dev.thumbprint.cost.core.Registers.Z_MASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thumbprint.cost.core.InstructionClass;
import dev.thumbprint.cost.core.MemoryAccess;
import org.junit.jupiter.api.Test;

class DecoderTest {
  private static final int ADDRESS = 0x0800_0100;

  @Test
  void shouldDecodeSmladWithItsAccumulator() {
    Instruction smlad = wide(0xFB23, 0x1402);

    assertThat(smlad.mnemonic()).isEqualTo(Mnemonic.SMLAD);
    assertThat(smlad.instructionClass()).isEqualTo(InstructionClass.MULTIPLY_ADD_DSP);
    assertThat(smlad.extension()).isEqualTo(Extension.DSP);
    assertThat(smlad.reads()).isEqualTo(1 << 3 | 1 << 2 | 1 << 1);
    assertThat(smlad.accumulatorReads()).isEqualTo(1 << 1);
    assertThat(smlad.writes() & 0xFFFF).isEqualTo(1 << 4);
    assertThat(smlad.setsFlags()).isFalse();
  }

  @Test
  void shouldSetFlagsOfNarrowInstructionsOutsideItBlocksOnly() {
    Instruction outside = narrow(0x1888, ItState.NONE);
    Instruction inside = narrow(0x1888, 0x08);

    assertThat(outside.text()).isEqualTo("adds");
    assertThat(outside.writes()).isEqualTo(1 | NZCV_MASK);
    assertThat(inside.text()).isEqualTo("addeq");
    assertThat(inside.writes()).isEqualTo(1);
    assertThat(inside.reads()).isEqualTo(1 << 1 | 1 << 2 | Z_MASK);
  }

  @Test
  void shouldFollowItStateThroughABlock() {
    byte[] code = code(0xBF0C, 0x2001, 0x2002, 0x2003);
    CodeBlock block = Decoder.decodeRange(code, 0, ADDRESS, code.length, ItState.NONE);

    assertThat(block.instructions())
        .extracting(Instruction::text)
        .containsExactly("ite", "moveq", "movne", "movs");
    assertThat(block.itStateAfter()).isEqualTo(ItState.NONE);
  }

  @Test
  void shouldEndABlockAtABranchAndNotDecodeThePoolBehindIt() {
    byte[] code = code(0x4801, 0x4770, 0xFFFF, 0xFFFF);
    CodeBlock block = Decoder.decodeBlock(code, 0, ADDRESS, code.length, ItState.NONE);

    assertThat(block.instructions()).hasSize(2);
    assertThat(block.sizeBytes()).isEqualTo(4);
    assertThat(block.last().text()).isEqualTo("bx");
  }

  @Test
  void shouldKnowTheAddressOfALiteral() {
    Instruction literal = Decoder.decode(code(0x4801), 0, 0x0800_0102);

    assertThat(literal.access().isLiteral()).isTrue();
    assertThat(literal.access().literalAddress()).isEqualTo(0x0800_0108L);
  }

  @Test
  void shouldCountARegisterListWithWriteBack() {
    Instruction pop = wide(0xE8BD, 0x8FF0);

    assertThat(pop.mnemonic()).isEqualTo(Mnemonic.POP);
    assertThat(pop.access())
        .isEqualTo(
            new MemoryAccess(
                MemoryAccess.Direction.LOAD,
                4,
                9,
                SP,
                MemoryAccess.NONE_REGISTER,
                0,
                true,
                MemoryAccess.NO_LITERAL));
    assertThat(pop.writes()).isEqualTo(0x8FF0 | 1 << SP);
    assertThat(pop.endsBlock()).isTrue();
  }

  @Test
  void shouldResolveBranchTargets() {
    assertThat(narrow(0xD0FE, 0).target()).isEqualTo(ADDRESS);
    assertThat(narrow(0xE7FE, 0).target()).isEqualTo(ADDRESS);
    assertThat(wide(0xF7FF, 0xFFFE).target()).isEqualTo(ADDRESS);
    assertThat(wide(0xF7FF, 0xFFFE).writes()).isEqualTo(1 << LR | 1 << PC);
    assertThat(wide(0xF43F, 0xAFFE).target()).isEqualTo(ADDRESS);
    assertThat(wide(0xF43F, 0xAFFE).condition()).isEqualTo(Condition.EQ);
    assertThat(narrow(0xB101, 0).target()).isEqualTo(ADDRESS + 4);
  }

  @Test
  void shouldMarkShiftedOperands() {
    Instruction shifted = wide(0xEB01, 0x1042);

    assertThat(shifted.instructionClass()).isEqualTo(InstructionClass.ALU_SHIFTED);
    assertThat(shifted.shift()).isEqualTo(new Shift(Shift.Kind.LSL, 5));
    assertThat(shifted.shiftedReads()).isEqualTo(1 << 2);
    assertThat(wide(0xEB01, 0x0002).instructionClass()).isEqualTo(InstructionClass.ALU);
  }

  @Test
  void shouldMapDoublesToPairsOfSingles() {
    Instruction vadd = wide(0xEE31, 0x0B02);

    assertThat(vadd.text()).isEqualTo("vadd.f64");
    assertThat(vadd.fpWrites()).isEqualTo(0b11);
    assertThat(vadd.fpReads()).isEqualTo(0b111100);
    assertThat(vadd.doublePrecision()).isTrue();
    assertThat(wide(0xEEF1, 0xFA10).writes()).isEqualTo(NZCV_MASK);
    assertThat(wide(0xEE71, 0x0B02).mnemonic()).isEqualTo(Mnemonic.UNDEFINED);
  }

  @Test
  void shouldReadFlagsOfConditionsAndCarries() {
    assertThat(narrow(0xD401, 0).reads()).isEqualTo(N_MASK);
    assertThat(narrow(0x4148, 0).reads()).isEqualTo(0b11 | C_MASK);
  }

  @Test
  void shouldRefuseCodeThatEndsInsideAnInstruction() {
    assertThatThrownBy(() -> Decoder.decode(code(0xFB23), 0, ADDRESS))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static Instruction narrow(int halfword, int itState) {
    return Decoder.decode(halfword, 2, ADDRESS, itState);
  }

  private static Instruction wide(int first, int second) {
    return Decoder.decode(first << 16 | second, 4, ADDRESS, ItState.NONE);
  }

  private static byte[] code(int... halfwords) {
    byte[] bytes = new byte[2 * halfwords.length];
    for (int i = 0; i < halfwords.length; i++) {
      bytes[2 * i] = (byte) halfwords[i];
      bytes[2 * i + 1] = (byte) (halfwords[i] >> 8);
    }
    return bytes;
  }
}
