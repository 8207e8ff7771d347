package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.pricing.CoefficientSet;
import dev.thumbprint.cost.pricing.Figures;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Executed instructions per operator of TensorFlow Lite Micro 90b983c2 with CMSIS-NN 4ab83cc3 (GCC
 * 12.2.1 -O2), counted while the networks ran on emulated Cortex-M3, M4 and M55. They give the
 * structure of the newest generation, for which there are no recordings; instructions become
 * zero-wait cycles by one ratio per core.
 */
final class InstructionCounts {
  private static final double PULL = 0.05;
  private static final double SOFT_FLOAT_FACTOR = 7;
  private static final double CYCLES_PER_INSTRUCTION_M4 = 1.21;

  /**
   * The counted builds. Cycles per instruction without wait states: M4 from 9.20 / 7.70 (KWS),
   * 29.17 / 24.10 (VWW), 36.80 / 29.86 (IC) million cycles per million instructions with the
   * pipeline rules of Arm's technical reference manual; M3 taken alike; M55: a 128-bit vector
   * instruction takes two beats of 64 bit.
   */
  private static final List<Column> COLUMNS =
      List.of(
          column("reference_asserts", "tflm-reference@2026", "nucleo-l4r5zi", true, 1.21),
          column("reference", "tflm-reference@2026", "nucleo-l4r5zi", false, 1.21),
          column("cmsis_c", "cmsis-nn@2026", "nucleo-f207zg", false, 1.25),
          column("cmsis_dsp", "cmsis-nn@2026", "nucleo-l4r5zi", false, 1.21),
          column("cmsis_mve", "cmsis-nn@2026", "apollo510-evb", false, 1.5));

  /** Instructions per trip by static count of the compiled loops (GCC 12.2.1 -O2, M4). */
  private static final Map<Term, Double> UNCOUNTED =
      Map.ofEntries(
          Map.entry(Term.MUL_ELEMENT, 35.0),
          Map.entry(Term.BROADCAST_ELEMENT, 60.0),
          Map.entry(Term.LOGISTIC_ELEMENT, 373.0),
          Map.entry(Term.CLAMP_ELEMENT, 12.0),
          Map.entry(Term.QUANTIZE_CALL, 100.0),
          Map.entry(Term.DEQUANTIZE_CALL, 100.0),
          Map.entry(Term.QUANTIZE_ELEMENT, 36.0),
          Map.entry(Term.QUANTIZE_ZERO, 36.0),
          // 49 cycles, most of them calls, as a double less as a float (programs/rounding.c): as
          // many instructions of 1.21 cycles.
          Map.entry(Term.QUANTIZE_DOUBLE, 40.5),
          // A product of doubles, in software on a unit of single precision (table of 2020).
          Map.entry(Term.DEQUANTIZE_ELEMENT, 86.0),
          // A zero leaves it early: half of that, as executed (77 of 143 cycles, same table).
          Map.entry(Term.DEQUANTIZE_ZERO, 43.0),
          Map.entry(Term.REQUANTIZE_ELEMENT, 46.0),
          Map.entry(Term.MEAN_ELEMENT, 32.0),
          Map.entry(Term.MEAN_OUTPUT, 120.0),
          // One division with rounding is about as long as two exponent steps of a softmax.
          Map.entry(Term.DIVISION_ELEMENT, 120.0),
          // Four products in the fraction of a pixel and a rounding shift.
          Map.entry(Term.BILINEAR_ELEMENT, 60.0),
          // The offset of the input and the length are read anew for every product
          // (svdf_common.cc of tensorflow/tflite-micro 90b983c2, GCC 12.2.1).
          Map.entry(Term.REF_SEQUENCE_MAC, 9.0),
          Map.entry(Term.REF_MATMUL_MAC, 10.8),
          Map.entry(Term.REF_MATMUL_OUTPUT, 40.0),
          Map.entry(Term.SVDF_OUTPUT, 50.0),
          Map.entry(Term.REF_WIDE_MAC, 14.0),
          Map.entry(Term.FLOAT_MATMUL_MAC, 10.0),
          Map.entry(Term.LSTM_STEP, 930.0),
          Map.entry(Term.SEQUENCE_TIME_MAC, 6.0),
          Map.entry(Term.FLOAT_LSTM_CELL, 1200.0),
          Map.entry(Term.POOL_TAP4, 12.0),
          // As executed, GCC 12 -Ofast on a Cortex-M4 (sweeps/cmsis-nn-2022-m4-Ofast.csv).
          Map.entry(Term.POOL_WINDOW, 16.0),
          Map.entry(Term.MAXPOOL_TAP, 7.5),
          Map.entry(Term.MAXPOOL_TAP4, 30.0),
          Map.entry(Term.MAXPOOL_OUTPUT, 10.25),
          Map.entry(Term.SHAPE_CALL, 500.0),
          Map.entry(Term.MOVE_RUN, 30.0),
          Map.entry(Term.MOVE_ELEMENT, 12.0),
          // Load, store, compare, branch: 7 to 8 cycles on a Cortex-M4, as many of 1.21.
          Map.entry(Term.SHIFT_BYTE, 6.0),
          Map.entry(Term.UNALIGNED, 0.5),
          Map.entry(Term.CONV_ODD_FETCH, 0.0),
          Map.entry(Term.CONV_TAIL_FETCH, 0.0),
          Map.entry(Term.DENSE_TAIL_FETCH, 0.0),
          Map.entry(Term.BLOCK_FETCH, 0.0),
          Map.entry(Term.DW_FETCH, 0.0),
          Map.entry(Term.DW_ODD_FETCH, 0.0),
          Map.entry(Term.DW_TAIL_FETCH, 0.0),
          Map.entry(Term.DW3_FETCH, 0.0),
          Map.entry(Term.DW3_TAIL_FETCH, 0.0),
          Map.entry(Term.CONV_PAD, 40.0),
          Map.entry(Term.CONV_PAD_BYTE, 0.5),
          Map.entry(Term.CONV_MAC16, 26.0),
          Map.entry(Term.CONV_MAC4, 10.0),
          Map.entry(Term.CONV_COPY4, 11.0),
          Map.entry(Term.CONV_COPY1, 5.0),
          Map.entry(Term.CONV_SINGLE_MAC4, 9.0),
          Map.entry(Term.CONV_SINGLE_MAC1, 5.0),
          Map.entry(Term.CONV_SINGLE, 45.0),
          Map.entry(Term.GEMM_MAC4, 10.0),
          Map.entry(Term.GEMM_CHANNEL_MAC, 7.0),
          Map.entry(Term.GEMM_SINGLE_MAC, 4.0),
          Map.entry(Term.GEMM_SINGLE, 45.0),
          Map.entry(Term.DW_PAD, 40.0),
          Map.entry(Term.DW_PAD_BYTE, 0.5),
          Map.entry(Term.DW_COPY1, 5.0),
          Map.entry(Term.DW_MAC4, 22.0),
          Map.entry(Term.DW_SINGLE_MAC, 8.0),
          Map.entry(Term.DW_SINGLE, 50.0),
          Map.entry(Term.DW3_SINGLE_MAC, 8.0),
          Map.entry(Term.DW3_SINGLE, 50.0),
          Map.entry(Term.DW_SCALAR_MAC, 12.0),
          Map.entry(Term.DW_SCALAR_ROW, 15.0),
          Map.entry(Term.DW_SCALAR, 60.0),
          Map.entry(Term.DW_MULT4, 15.0),
          Map.entry(Term.DENSE_MAC32, 60.0),
          Map.entry(Term.DENSE_TAIL, 9.0),
          Map.entry(Term.DENSE_SINGLE_MAC, 6.0),
          Map.entry(Term.REF_CONV_SKIP, 3.0),
          // As the loops of 8 bits; scaling with 64 bits and spreading nibbles take a few more.
          Map.entry(Term.CONV16_MAC16, 22.0),
          Map.entry(Term.CONV16_MAC4, 10.0),
          Map.entry(Term.CONV16_QUAD, 160.0),
          Map.entry(Term.CONV16_SINGLE, 45.0),
          Map.entry(Term.DW16_MAC8, 24.0),
          Map.entry(Term.DW16_MAC4, 16.0),
          Map.entry(Term.DW16_QUAD, 160.0),
          Map.entry(Term.DW16_SINGLE, 50.0),
          Map.entry(Term.DW16_SCALAR_MAC, 12.0),
          Map.entry(Term.DENSE16_MAC8, 16.0),
          Map.entry(Term.DENSE16_TAIL, 10.0),
          Map.entry(Term.DENSE16_BLOCK, 80.0),
          Map.entry(Term.POOL16_TAP, 6.0),
          Map.entry(Term.MAXPOOL16_TAP, 6.0),
          Map.entry(Term.ADD16_ELEMENT, 45.0),
          Map.entry(Term.MUL16_ELEMENT, 20.0),
          Map.entry(Term.CONV4_MAC16, 32.0),
          Map.entry(Term.CONV4_MAC8, 22.0),
          Map.entry(Term.CONV4_SINGLE_MAC4, 18.0),
          Map.entry(Term.CONV4_SINGLE_MAC2, 12.0),
          Map.entry(Term.GEMM4_MAC16, 32.0),
          Map.entry(Term.GEMM4_MAC8, 24.0),
          Map.entry(Term.DW4_MAC8, 36.0),
          Map.entry(Term.DW4_MAC4, 24.0),
          Map.entry(Term.DW4_SINGLE_MAC, 12.0),
          Map.entry(Term.DW4_SCALAR_MAC, 25.0),
          Map.entry(Term.DW4_SCALAR, 100.0),
          Map.entry(Term.DW4_SCALAR_MAC2, 24.0),
          Map.entry(Term.TRANSPOSE_BIAS, 30.0),
          Map.entry(Term.TRANSPOSE_TAP4, 40.0),
          Map.entry(Term.TRANSPOSE_MAC16, 32.0),
          Map.entry(Term.TRANSPOSE_MAC4, 14.0),
          Map.entry(Term.TRANSPOSE_TAP, 20.0),
          Map.entry(Term.TRANSPOSE_OUTPUT, 35.0),
          Map.entry(Term.DENSE4_MAC8, 24.0),
          Map.entry(Term.DENSE4_TAIL, 14.0),
          Map.entry(Term.DENSE4_SINGLE_MAC, 8.0),
          Map.entry(Term.MVE_DW_LEFT_TAP, 8.0),
          Map.entry(Term.MVE_DW_LEFT, 105.0),
          Map.entry(Term.MVE_GEMM16, 5.0),
          Map.entry(Term.MVE_GEMM_SINGLE, 25.0),
          Map.entry(Term.MVE_DENSE_SINGLE, 54.0),
          // Float kernels on the floating-point unit.
          Map.entry(Term.FLOAT_CONV_MAC, 12.0),
          Map.entry(Term.FLOAT_CONV_ZERO, 12.0),
          Map.entry(Term.FLOAT_CONV_SKIP, 5.0),
          Map.entry(Term.FLOAT_CONV_TAP, 25.0),
          Map.entry(Term.FLOAT_CONV_OUTPUT, 30.0),
          Map.entry(Term.FLOAT_DW_MAC, 25.0),
          Map.entry(Term.FLOAT_DW_ZERO, 25.0),
          Map.entry(Term.FLOAT_DW_OUTPUT, 60.0),
          Map.entry(Term.FLOAT_DENSE_MAC, 8.0),
          Map.entry(Term.FLOAT_DENSE_ZERO, 8.0),
          Map.entry(Term.FLOAT_DENSE_OUTPUT, 30.0),
          Map.entry(Term.FLOAT_POOL_TAP, 15.0),
          Map.entry(Term.FLOAT_MAXPOOL_TAP, 15.0),
          Map.entry(Term.FLOAT_POOL_OUTPUT, 40.0),
          Map.entry(Term.FLOAT_ELEMENT, 20.0),
          Map.entry(Term.FLOAT_EXP_ELEMENT, 200.0),
          // Runtimes whose loops are not known: as fast as CMSIS-NN until recordings say more.
          Map.entry(Term.COARSE_CONV_MAC, 2.0),
          Map.entry(Term.COARSE_POINTWISE_MAC, 1.9),
          Map.entry(Term.COARSE_DW_MAC, 6.0),
          Map.entry(Term.COARSE_DENSE_MAC, 2.0),
          Map.entry(Term.COARSE_OUTPUT, 20.0),
          Map.entry(Term.COARSE_ELEMENT, 20.0));

  /**
   * What few layers of the networks tell, and not apart: the gates and cells of one LSTM, as
   * executed (sweeps/*-2026-m4-O2-operators.csv), and elements that are moved one by one.
   */
  private static final Map<Term, Double> DRAWN_TO =
      Map.of(Term.LSTM_STEP, 930.0, Term.LSTM_CELL, 230.0, Term.MOVE_ELEMENT, 12.0);

  /** Products of an LSTM in the reference kernel, from the same tables. */
  private static final Map<Term, Double> AS_EXECUTED =
      Map.of(Term.REF_MATMUL_MAC, 10.8, Term.REF_MATMUL_OUTPUT, 40.0);

  private static final Figures<Term> STATIC_CYCLES = multiplied();

  private record Column(String name, Target home, double cyclesPerInstruction) {}

  private static Column column(
      String name, String library, String board, boolean asserts, double cyclesPerInstruction) {
    TargetOptions options =
        TargetOptions.builder()
            .kernels(LibraryId.parse(library))
            .opt(OptLevel.O2)
            .asserts(asserts)
            .waitStates(0)
            .build();
    return new Column(name, Target.of(Boards.named(board), options), cyclesPerInstruction);
  }

  private InstructionCounts() {}

  /** Coefficients of the builds that were counted, as zero-wait cycles. */
  static List<CoefficientSet> sets() {
    return Fitted.SETS;
  }

  /** Zero-wait cycles of terms by static count of their loops on a Cortex-M4. */
  static Figures<Term> staticCycles() {
    return STATIC_CYCLES;
  }

  /** The same on a machine, which may have to compute floats in software. */
  static Figures<Term> staticCycles(Target home) {
    Map<Term, Double> cycles = STATIC_CYCLES.toMap();
    if (!home.fpu()) {
      cycles.replaceAll(
          (term, value) -> term.kind() == Term.Kind.FLOAT ? value * SOFT_FLOAT_FACTOR : value);
    }
    return Figures.of(Term.class, cycles);
  }

  private static Figures<Term> multiplied() {
    Map<Term, Double> cycles = new EnumMap<>(UNCOUNTED);
    cycles.replaceAll((term, instructions) -> instructions * CYCLES_PER_INSTRUCTION_M4);
    return Figures.of(Term.class, cycles);
  }

  /**
   * What rounding as a double adds to a float that becomes int8 on a Cortex-M0+:
   * programs/rounding.c executed, the quantising loop alone over 2,000 elements.
   */
  private static final Map<Term, Double> ON_M0_PLUS = Map.of(Term.QUANTIZE_DOUBLE, 119.0);

  /**
   * The loop of memmove on a Cortex-M7: load and store in one cycle, compare and branch in the
   * next.
   */
  private static final Map<Term, Double> ON_M7 = Map.of(Term.SHIFT_BYTE, 2.0);

  /** Fits at first use. */
  private static final class Fitted {
    static final List<CoefficientSet> SETS = fit();
  }

  private static List<CoefficientSet> fit() {
    List<CountedRow> rows = CountedRow.read("instructions.csv");
    List<CoefficientSet> sets = new ArrayList<>();
    for (Column column : COLUMNS) {
      List<Sample> samples = new ArrayList<>();
      for (CountedRow row : rows) {
        double instructions = row.number(column.name());
        samples.add(
            new Sample(
                row.get("model") + "/" + row.get("index"),
                List.of(row.layer()),
                false,
                column.home(),
                instructions * column.cyclesPerInstruction(),
                OptionalDouble.empty()));
      }
      double cycles = column.cyclesPerInstruction();
      Fitter fitter =
          new Fitter(column.home(), known(cycles, DRAWN_TO), PULL)
              .fixing(known(cycles, AS_EXECUTED));
      samples.forEach(fitter::add);
      CoefficientSet counted = fitter.set(Source.MODELLED);
      CoefficientSet all = withUncounted(counted, column.cyclesPerInstruction());
      sets.add(all);
      if (column.name().equals("reference")) {
        sets.add(inSoftware(all));
        sets.add(of(Boards.named("nucleo-g0b1re"), false, ON_M0_PLUS));
        sets.add(of(Boards.named("nucleo-f767zi"), true, ON_M7));
      }
    }
    return sets;
  }

  /**
   * What no sweep without a floating-point unit holds: seven times the cycles (arXiv:2104.10645:
   * LeNet float on a Cortex-M4, unit on against off).
   */
  private static CoefficientSet inSoftware(CoefficientSet hard) {
    Map<Term, Double> cycles = hard.cycles().toMap();
    cycles.keySet().retainAll(Set.of(Term.FLOAT_LSTM_CELL));
    cycles.replaceAll((term, value) -> value * SOFT_FLOAT_FACTOR);
    return of(hard.home().board(), false, cycles);
  }

  private static CoefficientSet of(Board board, boolean fpu, Map<Term, Double> cycles) {
    TargetOptions options =
        TargetOptions.builder()
            .kernels(LibraryId.parse("tflm-reference@2026"))
            .opt(OptLevel.O2)
            .waitStates(0)
            .fpu(fpu)
            .build();
    return new CoefficientSet(
        Target.of(board, options),
        Source.MODELLED,
        0,
        0,
        Figures.of(Term.class, cycles),
        Map.of(),
        Figures.none(Term.class),
        Figures.none(Term.class),
        Double.NaN);
  }

  private static Figures<Term> known(double cyclesPerInstruction, Map<Term, Double> instructions) {
    Map<Term, Double> cycles = new EnumMap<>(instructions);
    cycles.replaceAll((term, count) -> count * cyclesPerInstruction);
    return Figures.of(Term.class, cycles);
  }

  /**
   * Adds the terms that no counted network executes, from static counts of their loops; those of
   * floats use a floating-point unit.
   */
  private static CoefficientSet withUncounted(CoefficientSet counted, double cyclesPerInstruction) {
    Map<Term, Double> cycles = new EnumMap<>(Term.class);
    UNCOUNTED.forEach(
        (term, instructions) -> cycles.put(term, instructions * cyclesPerInstruction));
    if (!counted.home().fpu()) {
      cycles.keySet().removeIf(term -> term.kind() == Term.Kind.FLOAT);
    }
    cycles.putAll(counted.cycles().toMap());
    return counted.withCycles(Figures.of(Term.class, cycles));
  }
}
