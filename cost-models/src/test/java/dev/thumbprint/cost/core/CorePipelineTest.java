package dev.thumbprint.cost.core;

import static dev.thumbprint.cost.core.TestOp.alu;
import static dev.thumbprint.cost.core.TestOp.bcc;
import static dev.thumbprint.cost.core.TestOp.cmp;
import static dev.thumbprint.cost.core.TestOp.fp;
import static dev.thumbprint.cost.core.TestOp.ldr;
import static dev.thumbprint.cost.core.TestOp.ldrPost;
import static dev.thumbprint.cost.core.TestOp.ldrb;
import static dev.thumbprint.cost.core.TestOp.ldrd;
import static dev.thumbprint.cost.core.TestOp.line;
import static dev.thumbprint.cost.core.TestOp.mul;
import static dev.thumbprint.cost.core.TestOp.pop;
import static dev.thumbprint.cost.core.TestOp.push;
import static dev.thumbprint.cost.core.TestOp.shifted;
import static dev.thumbprint.cost.core.TestOp.smlad;
import static dev.thumbprint.cost.core.TestOp.str;
import static dev.thumbprint.cost.core.TestOp.strIndexed;
import static dev.thumbprint.cost.core.TestOp.strd;
import static dev.thumbprint.cost.core.TestOp.vldr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Times worked out by hand from the tables that the pipelines name as their sources. */
class CorePipelineTest {
  private static final TestOp IT = TestOp.of(InstructionClass.IF_THEN, 0, 0);
  private static final TestOp BL = TestOp.of(InstructionClass.CALL, 1 << 14 | 1 << 15, 0).wide();
  private static final TestOp BX = TestOp.of(InstructionClass.BRANCH_REGISTER, 1 << 15, 1 << 14);
  private static final TestOp B = TestOp.of(InstructionClass.BRANCH, 1 << 15, 0);
  private static final TestOp BX_R3 = TestOp.of(InstructionClass.BRANCH_REGISTER, 1 << 15, 1 << 3);
  private static final TestOp DIV = TestOp.of(InstructionClass.DIVIDE, 1, 1 << 1 | 1 << 2).wide();

  @Test
  void shouldTimeTheTableOfTheM4() {
    assertThat(cycles(Core.CORTEX_M4, alu(0, 1), shifted(1, 2, 3), mul(4, 5), smlad(6, 7, 8, 6)))
        .isEqualTo(4);
    assertThat(cycles(Core.CORTEX_M4, ldr(0, 1))).isEqualTo(2);
    assertThat(cycles(Core.CORTEX_M4, str(0, 1))).isEqualTo(1);
    assertThat(cycles(Core.CORTEX_M4, strIndexed(0, 1, 2))).isEqualTo(2);
    assertThat(cycles(Core.CORTEX_M4, ldrd(0, 1, 2))).isEqualTo(3);
    assertThat(cycles(Core.CORTEX_M4, strd(0, 1, 2))).isEqualTo(3);
    assertThat(cycles(Core.CORTEX_M4, push(0x4FF0))).isEqualTo(1 + 9);
    assertThat(cycles(Core.CORTEX_M4, DIV)).isEqualTo(5);
  }

  @Test
  void shouldPipelineLoadsOfTheM4UnlessTheAddressDependsOnTheLoadBefore() {
    assertThat(cycles(Core.CORTEX_M4, ldr(0, 1), ldr(2, 1), ldr(3, 1))).isEqualTo(2 + 1 + 1);
    assertThat(cycles(Core.CORTEX_M4, ldr(0, 1), ldr(2, 0))).isEqualTo(2 + 2);
    assertThat(cycles(Core.CORTEX_M4, ldrPost(0, 1), ldr(2, 1))).isEqualTo(2 + 2);
    assertThat(cycles(Core.CORTEX_M4, ldrPost(0, 1), ldrPost(2, 3))).isEqualTo(2 + 1);
    assertThat(cycles(Core.CORTEX_M3, ldrPost(0, 1), ldrPost(2, 3))).isEqualTo(2 + 2);
    assertThat(cycles(Core.CORTEX_M4, ldr(0, 1), alu(4, 5), ldr(2, 1))).isEqualTo(2 + 1 + 2);
    assertThat(cycles(Core.CORTEX_M4, str(0, 1), ldr(2, 1))).isEqualTo(1 + 2 + 1);
  }

  @Test
  void shouldTimeTheInnerLoopOfAConvolutionOnTheM4() {
    CorePipeline m4 = CorePipeline.of(Core.CORTEX_M4);
    PricedBlock loop =
        m4.prepare(line(0x1000, ldrPost(0, 4), ldrPost(1, 5), smlad(6, 0, 1, 6), cmp(4), bcc()));

    assertThat(m4.edge(loop, loop)).isEqualTo(new EdgePrice(2, 2 + 1 + 1 + 1 + 1));
  }

  @Test
  void shouldFoldItBehindNarrowInstructionsOnly() {
    assertThat(cycles(Core.CORTEX_M4, alu(0, 1), IT)).isEqualTo(1);
    assertThat(cycles(Core.CORTEX_M4, alu(0, 1).wide(), IT)).isEqualTo(2);
  }

  @Test
  void shouldRefillByTheTargetOnTheM4() {
    CorePipeline m4 = CorePipeline.of(Core.CORTEX_M4);
    PricedBlock from = m4.prepare(line(0x1000, cmp(0), bcc()));
    PricedBlock aligned = m4.prepare(line(0x2000, mul(0, 1)));
    PricedBlock split = m4.prepare(line(0x2002, mul(0, 1)));
    PricedBlock narrow = m4.prepare(line(0x2002, alu(0, 1)));
    PricedBlock next = m4.prepare(line(0x1004, mul(0, 1)));

    assertThat(m4.edge(from, aligned).refillCycles()).isEqualTo(2);
    assertThat(m4.edge(from, split).refillCycles()).isEqualTo(3);
    assertThat(m4.edge(from, narrow).refillCycles()).isEqualTo(2);
    assertThat(m4.edge(from, next).refillCycles()).isZero();
  }

  @Test
  void shouldCarryTheLastLoadIntoTheNextBlock() {
    CorePipeline m4 = CorePipeline.of(Core.CORTEX_M4);
    PricedBlock first = m4.prepare(line(0x1000, ldr(0, 1)));
    PricedBlock second = m4.prepare(line(0x1002, ldr(2, 3)));

    assertThat(m4.edge(null, second).cycles()).isEqualTo(2);
    assertThat(m4.edge(first, second).cycles()).isEqualTo(1);
  }

  @Test
  void shouldTimeMultiplicationsOfTheM3ByItsOwnTable() {
    TestOp mla = TestOp.of(InstructionClass.MULTIPLY_ADD, 1, 2).wide();
    TestOp smull = TestOp.of(InstructionClass.MULTIPLY_LONG, 3, 4).wide();

    assertThat(cycles(Core.CORTEX_M3, mla)).isEqualTo(2);
    assertThat(cycles(Core.CORTEX_M4, mla)).isEqualTo(1);
    assertThat(cycles(Core.CORTEX_M3, smull)).isBetween(3, 5);
  }

  @Test
  void shouldTimeTheFloatingPointTableOfTheM4() {
    TestOp add = fp(InstructionClass.FP_ADD, 0, 1, 2);
    assertThat(cycles(Core.CORTEX_M4, add)).isEqualTo(1);
    assertThat(cycles(Core.CORTEX_M4, add, fp(InstructionClass.FP_ADD, 3, 0, 4))).isEqualTo(3);
    assertThat(cycles(Core.CORTEX_M4, add, fp(InstructionClass.FP_ADD, 3, 4, 5))).isEqualTo(2);
    assertThat(cycles(Core.CORTEX_M4, fp(InstructionClass.FP_MULTIPLY_ADD, 0, 1, 2))).isEqualTo(3);
    assertThat(cycles(Core.CORTEX_M4, vldr(0, 1))).isEqualTo(2);
    assertThat(cycles(Core.CORTEX_M4, vldr(0, 1), vldr(2, 3))).isEqualTo(3);
    assertThat(cycles(Core.CORTEX_M4, vldr(0, 1), alu(4, 5), vldr(2, 3))).isEqualTo(5);
    assertThat(cycles(Core.CORTEX_M4, vldr(0, 1), ldr(2, 3))).isEqualTo(3);
    assertThat(cycles(Core.CORTEX_M4, ldr(2, 3), vldr(0, 1))).isEqualTo(3);
    assertThat(cycles(Core.CORTEX_M4, ldr(2, 3), vldr(0, 2))).isEqualTo(4);
  }

  @Test
  void shouldLetIntegersPassADivisionOfTheM4() {
    TestOp divide = fp(InstructionClass.FP_DIVIDE, 0, 1, 2);
    TestOp apart = fp(InstructionClass.FP_ADD, 3, 4, 5);
    assertThat(cycles(Core.CORTEX_M4, divide)).isEqualTo(1);
    assertThat(cycles(Core.CORTEX_M4, divide, alu(0, 1), alu(2, 3))).isEqualTo(3);
    assertThat(cycles(Core.CORTEX_M4, divide, apart)).isEqualTo(14 + 1);
    assertThat(cycles(Core.CORTEX_M4, divide, alu(0, 1), apart)).isEqualTo(14 + 1);
    assertThat(cycles(Core.CORTEX_M4, divide, divide)).isEqualTo(14 + 1);
  }

  @Test
  void shouldMakeWaitForArithmeticAloneOnTheM4() {
    TestOp use = fp(InstructionClass.FP_ADD, 3, 0, 4);
    assertThat(cycles(Core.CORTEX_M4, fp(InstructionClass.FP_CONVERT, 0, 1), use)).isEqualTo(3);
    assertThat(cycles(Core.CORTEX_M4, fp(InstructionClass.FP_MOVE, 0, 1), use)).isEqualTo(2);
    assertThat(cycles(Core.CORTEX_M4, fp(InstructionClass.FP_TRANSFER, 0), use)).isEqualTo(2);
    assertThat(cycles(Core.CORTEX_M4, vldr(0, 1), use)).isEqualTo(3);
  }

  @Test
  void shouldFollowBranchesThatTheDecoderKnowsOnTheM3AndM4() {
    for (Core core : List.of(Core.CORTEX_M3, Core.CORTEX_M4)) {
      assertThat(refill(core, cmp(0), B)).isEqualTo(1);
      assertThat(refill(core, ldr(0, 1), B)).isZero();
      assertThat(refill(core, alu(0, 1), BX)).isEqualTo(1);
      assertThat(refill(core, alu(0, 1), BX_R3)).isEqualTo(2);
      assertThat(refill(core, ldr(0, 1), bcc())).isEqualTo(2);
    }
  }

  @Test
  void shouldTimeTheTablesOfTheM0AndM0Plus() {
    assertThat(cycles(Core.CORTEX_M0, alu(0, 1), ldr(0, 1), str(0, 1), push(0xF0)))
        .isEqualTo(1 + 2 + 2 + 5);
    assertThat(edge(Core.CORTEX_M0, bcc())).isEqualTo(3);
    assertThat(edge(Core.CORTEX_M0PLUS, bcc())).isEqualTo(2);
    assertThat(edge(Core.CORTEX_M0, BL)).isEqualTo(4);
    assertThat(edge(Core.CORTEX_M0PLUS, BL)).isEqualTo(3);
    assertThat(edge(Core.CORTEX_M0, BX)).isEqualTo(3);
    assertThat(edge(Core.CORTEX_M0PLUS, BX)).isEqualTo(2);
    assertThat(edge(Core.CORTEX_M0, pop(0x80F0))).isEqualTo(4 + 5);
    assertThat(edge(Core.CORTEX_M0PLUS, pop(0x80F0))).isEqualTo(3 + 5);
  }

  @Test
  void shouldTakeTheSmallMultiplierWhenThePartHasIt() {
    TestOp muls = TestOp.of(InstructionClass.MULTIPLY, 1, 2);
    CorePipeline small = CorePipeline.of(Core.CORTEX_M0PLUS, new PipelineOptions(32));

    assertThat(small.edge(null, small.prepare(line(0, muls))).cycles()).isEqualTo(32);
    assertThat(cycles(Core.CORTEX_M0PLUS, muls)).isEqualTo(1);
  }

  @Test
  void shouldWaitForResultsOnTheM33() {
    assertThat(cycles(Core.CORTEX_M33, ldr(0, 1), alu(2, 3))).isEqualTo(2);
    assertThat(cycles(Core.CORTEX_M33, ldr(0, 1), alu(2, 0))).isEqualTo(3);
    assertThat(cycles(Core.CORTEX_M33, ldr(0, 1), str(0, 2))).isEqualTo(2);
    assertThat(cycles(Core.CORTEX_M33, mul(0, 1), alu(2, 0))).isEqualTo(3);
    assertThat(cycles(Core.CORTEX_M33, smlad(0, 1, 2, 0), smlad(0, 3, 4, 0))).isEqualTo(2);
    assertThat(cycles(Core.CORTEX_M33, smlad(0, 1, 2, 0), smlad(3, 0, 4, 3))).isEqualTo(3);
    assertThat(cycles(Core.CORTEX_M33, push(0xF0))).isEqualTo(4);
  }

  @Test
  void shouldPairBranchesOnTheM33() {
    CorePipeline m33 = CorePipeline.of(Core.CORTEX_M33);
    PricedBlock behindFlags = m33.prepare(line(0x1000, alu(0, 1), cmp(0), bcc()));
    PricedBlock behindAlu = m33.prepare(line(0x1000, cmp(0), alu(0, 1), bcc()));
    PricedBlock next = m33.prepare(line(0x1006, alu(2, 3)));
    PricedBlock far = m33.prepare(line(0x2000, alu(2, 3)));

    assertThat(m33.edge(null, behindFlags).cycles()).isEqualTo(2);
    assertThat(m33.edge(behindFlags, next)).isEqualTo(new EdgePrice(0, 1));
    assertThat(m33.edge(behindFlags, far)).isEqualTo(new EdgePrice(2, 1));
    assertThat(m33.edge(behindAlu, far)).isEqualTo(new EdgePrice(1, 1));
  }

  @Test
  void shouldIssueTwoOnTheM7() {
    assertThat(taken(Core.CORTEX_M7, alu(0, 1), alu(2, 3), alu(4, 5), alu(6, 7))).isEqualTo(2);
    assertThat(taken(Core.CORTEX_M7, alu(0, 1), alu(2, 0))).isEqualTo(1);
    // A chain starts in the early ALU and goes on in the late one, which takes one each cycle.
    assertThat(taken(Core.CORTEX_M7, alu(0, 1), alu(2, 0), alu(4, 2), alu(6, 4))).isEqualTo(3);
    assertThat(taken(Core.CORTEX_M7, alu(0, 1), shifted(2, 3, 4))).isEqualTo(2);
    assertThat(taken(Core.CORTEX_M7, shifted(2, 3, 4), alu(0, 1))).isEqualTo(1);
    assertThat(taken(Core.CORTEX_M7, mul(0, 1), mul(2, 3))).isEqualTo(2);
    assertThat(taken(Core.CORTEX_M7, mul(0, 1), str(4, 5))).isEqualTo(2);
    assertThat(taken(Core.CORTEX_M7, str(0, 1), str(2, 1))).isEqualTo(2);
    assertThat(taken(Core.CORTEX_M7, ldr(0, 1), str(2, 1))).isEqualTo(1);
  }

  @Test
  void shouldPairLoadsOfDifferentBanksOnTheM7() {
    assertThat(taken(Core.CORTEX_M7, ldr(0, 1, 0), ldr(2, 1, 4))).isEqualTo(1);
    assertThat(taken(Core.CORTEX_M7, ldr(0, 1, 0), ldr(2, 1, 8))).isEqualTo(2);
    assertThat(taken(Core.CORTEX_M7, ldr(0, 1, 0), ldr(2, 3, 8))).isEqualTo(1);
  }

  @Test
  void shouldWaitForLoadsByHowTheirResultIsUsedOnTheM7() {
    assertThat(taken(Core.CORTEX_M7, ldr(0, 1), alu(2, 0))).isEqualTo(2);
    assertThat(taken(Core.CORTEX_M7, ldr(0, 1), mul(2, 0))).isEqualTo(3);
    assertThat(taken(Core.CORTEX_M7, ldr(0, 1), ldr(2, 0))).isEqualTo(3);
    assertThat(taken(Core.CORTEX_M7, ldrb(0, 1), alu(2, 0))).isEqualTo(3);
    assertThat(taken(Core.CORTEX_M7, smlad(0, 1, 2, 0), smlad(0, 3, 4, 0))).isEqualTo(2);
    assertThat(taken(Core.CORTEX_M7, push(0x4FF0))).isEqualTo(5);
  }

  /** Factors are taken by the late ALU's stage, accumulators behind it, products come two later. */
  @Test
  void shouldMultiplyBehindTheLateAluOnTheM7() {
    assertThat(taken(Core.CORTEX_M7, alu(0, 1), mul(2, 0))).isEqualTo(1);
    assertThat(taken(Core.CORTEX_M7, ldrb(0, 1), mul(2, 0))).isEqualTo(3);
    assertThat(taken(Core.CORTEX_M7, mul(0, 1), alu(2, 0))).isEqualTo(3);
    assertThat(taken(Core.CORTEX_M7, mul(0, 1), smlad(2, 3, 4, 0))).isEqualTo(2);
    assertThat(taken(Core.CORTEX_M7, mul(0, 1), ldr(2, 0))).isEqualTo(4);
  }

  @Test
  void shouldHoldLoadsBackBehindAFusedMultiplyAddOnTheM7() {
    TestOp fused = fp(InstructionClass.FP_MULTIPLY_ADD, 0, 1, 2);
    TestOp many = fp(InstructionClass.FP_LOAD_MULTIPLE, 3);

    assertThat(taken(Core.CORTEX_M7, many, fused)).isEqualTo(2);
    assertThat(taken(Core.CORTEX_M7, fused, many)).isEqualTo(5);
    assertThat(taken(Core.CORTEX_M7, fused, alu(0, 1), alu(2, 3), alu(4, 5), many)).isEqualTo(5);
  }

  @Test
  void shouldLetTheNextBlockFillAnOpenGroupOnTheM7() {
    CorePipeline m7 = CorePipeline.of(Core.CORTEX_M7);
    PricedBlock first = m7.prepare(line(0x1000, alu(0, 1), alu(2, 3), bcc()));
    PricedBlock next = m7.prepare(line(0x1006, alu(4, 5)));
    PricedBlock far = m7.prepare(line(0x2000, alu(4, 5), alu(6, 7)));

    assertThat(m7.edge(null, first).cycles() + m7.edge(first, next).cycles()).isEqualTo(2);
    assertThat(m7.edge(first, far)).isEqualTo(new EdgePrice(1, 1));
    PricedBlock leaving = m7.prepare(line(0x1000, alu(0, 1), alu(2, 3), pop(1 << 15)));
    assertThat(m7.edge(leaving, far).refillCycles()).isEqualTo(8);
  }

  @Test
  void shouldChargeTheRarerSideOfABranchOnTheM7() {
    CorePipeline m7 = CorePipeline.of(Core.CORTEX_M7);

    assertThat(m7.mispredictCycles(1000, 3)).isEqualTo(24);
    assertThat(m7.mispredictCycles(0, 50)).isZero();
    assertThat(CorePipeline.of(Core.CORTEX_M4).mispredictCycles(1000, 3)).isZero();
  }

  @Test
  void shouldChargeUnalignedAccesses() {
    CorePipeline m4 = CorePipeline.of(Core.CORTEX_M4);
    assertThat(m4.unalignedCycles(0x2000_0000, 4, false)).isZero();
    assertThat(m4.unalignedCycles(0x2000_0002, 4, false)).isEqualTo(1);
    assertThat(m4.unalignedCycles(0x2000_0003, 4, false)).isEqualTo(2);
    assertThat(m4.unalignedCycles(0x2000_0003, 2, false)).isEqualTo(1);
    assertThat(m4.unalignedCycles(0x2000_0002, 2, false)).isZero();
    assertThat(m4.unalignedCycles(0x2000_0003, 1, false)).isZero();
    assertThat(CorePipeline.of(Core.CORTEX_M7).unalignedCycles(0x2000_0001, 4, false)).isEqualTo(4);
  }

  /** Two beats each: the second is hidden behind an instruction for another pipe, and no other. */
  @Test
  void shouldOverlapVectorInstructionsOfDifferentPipes() {
    TestOp load = vector(InstructionClass.VECTOR_LOAD, 0, 0);
    TestOp add = vector(InstructionClass.VECTOR, 1, 2);
    TestOp multiply = vector(InstructionClass.VECTOR_MULTIPLY, 3, 4);
    TestOp store = vector(InstructionClass.VECTOR_STORE, 0, 5);

    assertThat(cycles(Core.CORTEX_M55, load, add, multiply, store, alu(0, 1))).isEqualTo(5);
    assertThat(cycles(Core.CORTEX_M55, load, load)).isEqualTo(2 + 1);
    assertThat(cycles(Core.CORTEX_M55, multiply, vector(InstructionClass.VECTOR, 5, 3)))
        .isEqualTo(2 + 1);
  }

  private static TestOp vector(InstructionClass kind, int written, int read) {
    int writes = kind == InstructionClass.VECTOR_STORE ? 0 : 0xf << (4 * written);
    return TestOp.vector(kind, writes, 0xf << (4 * read));
  }

  @Test
  void shouldNameWhatItCannotPrice() {
    TestOp vector = TestOp.of(InstructionClass.VECTOR, 0, 0).wide();

    for (Core core : List.of(Core.CORTEX_M0, Core.CORTEX_M4, Core.CORTEX_M33, Core.CORTEX_M7)) {
      assertThat(CorePipeline.of(core).prepare(line(0, alu(0, 1), vector)).unpriced()).hasSize(1);
    }
    assertThat(CorePipeline.of(Core.CORTEX_M55).prepare(line(0, vector)).unpriced()).isEmpty();
    assertThat(CorePipeline.of(Core.CORTEX_M3).prepare(line(0, smlad(0, 1, 2, 0))).unpriced())
        .hasSize(1);
    assertThat(CorePipeline.of(Core.CORTEX_M0).prepare(line(0, DIV)).unpriced()).hasSize(1);
    assertThat(CorePipeline.of(Core.CORTEX_M4).prepare(line(0, smlad(0, 1, 2, 0))).unpriced())
        .isEmpty();
  }

  @Test
  void shouldRefuseCoresWithoutAModel() {
    assertThatThrownBy(() -> CorePipeline.of(Core.CORTEX_M85))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cortex-m85");
  }

  /** A block cut in two at any place must cost what it costs in one piece. */
  @ParameterizedTest
  @EnumSource(
      value = Core.class,
      names = {
        "CORTEX_M0",
        "CORTEX_M0PLUS",
        "CORTEX_M3",
        "CORTEX_M4",
        "CORTEX_M33",
        "CORTEX_M7",
        "CORTEX_M55"
      })
  void shouldCostTheSameInOnePieceAndInTwo(Core core) {
    long seed = 20_26_11_20;
    Random random = new Random(seed);
    CorePipeline pipeline = CorePipeline.of(core);
    for (int trial = 0; trial < 2_000; trial++) {
      TestOp[] ops = new TestOp[2 + random.nextInt(12)];
      for (int i = 0; i < ops.length; i++) {
        ops[i] = randomOp(random);
      }
      List<Op> line = line(0x1000, ops);
      int cut = 1 + random.nextInt(line.size() - 1);
      PricedBlock whole = pipeline.prepare(line);
      PricedBlock head = pipeline.prepare(new ArrayList<>(line.subList(0, cut)));
      PricedBlock tail = pipeline.prepare(new ArrayList<>(line.subList(cut, line.size())));
      BlockPrice all = pipeline.price(whole, CorePipeline.START);
      BlockPrice first = pipeline.price(head, CorePipeline.START);
      BlockPrice second = pipeline.price(tail, first.exitState());

      assertThat(first.cycles() + second.cycles())
          .as("seed %d trial %d cut %d of %s", seed, trial, cut, line)
          .isEqualTo(all.cycles());
      assertThat(second.exitState()).isEqualTo(all.exitState());
      assertThat(second.exitStateTaken()).isEqualTo(all.exitStateTaken());
    }
  }

  private static TestOp randomOp(Random random) {
    int d = random.nextInt(4);
    int n = random.nextInt(4);
    return switch (random.nextInt(14)) {
      case 0 -> alu(d, n);
      case 1 -> shifted(d, n, random.nextInt(4));
      case 2 -> mul(d, n);
      case 3 -> smlad(d, n, random.nextInt(4), d);
      case 4 -> ldr(d, n);
      case 5 -> ldr(d, n, 4 * random.nextInt(3));
      case 6 -> ldrPost(d, n);
      case 7 -> ldrb(d, n);
      case 8 -> str(d, n);
      case 9 -> cmp(n);
      case 10 -> IT;
      case 11 -> pop(0xF0);
      case 12 -> fp(InstructionClass.FP_MULTIPLY_ADD, d, n);
      default -> fp(InstructionClass.FP_ADD, d, n);
    };
  }

  private static int cycles(Core core, TestOp... ops) {
    CorePipeline pipeline = CorePipeline.of(core);
    return pipeline.price(pipeline.prepare(line(0x1000, ops)), CorePipeline.START).cycles();
  }

  private static int taken(Core core, TestOp... ops) {
    CorePipeline pipeline = CorePipeline.of(core);
    return pipeline.price(pipeline.prepare(line(0x1000, ops)), CorePipeline.START).cyclesTaken();
  }

  /** A branch alone and the refill behind it. */
  private static int refill(Core core, TestOp... ops) {
    CorePipeline pipeline = CorePipeline.of(core);
    PricedBlock to = pipeline.prepare(line(0x2000, alu(0, 1)));
    return pipeline.edge(pipeline.prepare(line(0x1000, ops)), to).refillCycles();
  }

  private static int edge(Core core, TestOp branch) {
    CorePipeline pipeline = CorePipeline.of(core);
    PricedBlock from = pipeline.prepare(line(0x1000, branch));
    PricedBlock to = pipeline.prepare(line(0x2000, alu(0, 1)));
    return pipeline.edge(null, from).cycles() + pipeline.edge(from, to).refillCycles();
  }
}
