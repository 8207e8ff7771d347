package dev.thumbprint.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.zoo.Zoo;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RAM and flash beside the arena, and the fit on a board. */
class FootprintTest {
  private static final LibraryId CMSIS_NN = LibraryId.parse("cmsis-nn");

  /**
   * Text of whole programs that were linked with several operators at once, as arm-none-eabi-size
   * printed it (tensorflow/tflite-micro 90b983c2, ARM-software/CMSIS-NN 4ab83cc3, GCC 12.2.1, -O2,
   * Cortex-M4, newlib-nano). The tables come from links of one operator at a time.
   */
  @ParameterizedTest
  @CsvSource({
    "cmsis-nn, 100236, CONV_2D DEPTHWISE_CONV_2D AVERAGE_POOL_2D RESHAPE FULLY_CONNECTED SOFTMAX",
    "cmsis-nn, 94808, CONV_2D ADD AVERAGE_POOL_2D RESHAPE FULLY_CONNECTED SOFTMAX",
    "cmsis-nn, 42171, FULLY_CONNECTED",
    "cmsis-nn, 69532, UNIDIRECTIONAL_SEQUENCE_LSTM RESHAPE FULLY_CONNECTED SOFTMAX",
    "cmsis-nn, 109204, CONV_2D PAD MEAN MUL ADD QUANTIZE DEQUANTIZE LOGISTIC CONCATENATION"
        + " STRIDED_SLICE",
  })
  void shouldPredictTheTextOfLinkedPrograms(String library, long linkedBytes, String operators) {
    Footprint footprint = footprint(library, operators(operators), OptLevel.O2);
    long text = footprint.flashBytes() - FootprintModel.START_UP_BYTES;
    assertThat((double) text / linkedBytes).isCloseTo(1.0, within(0.005));
  }

  @Test
  void shouldCountSharedSectionsOnce() {
    long convolution = kernels("CONV_2D");
    long depthwise = kernels("DEPTHWISE_CONV_2D");
    assertThat(kernels("CONV_2D DEPTHWISE_CONV_2D"))
        .isGreaterThan(Math.max(convolution, depthwise))
        .isLessThan(convolution + depthwise);
  }

  @Test
  void shouldSayWhatItAssumes() {
    Footprint footprint =
        FootprintModel.of(
            EnumSet.of(Operator.CONV_2D, Operator.CUSTOM),
            1_000,
            2_000,
            CMSIS_NN,
            Core.CORTEX_M7,
            OptLevel.O2);
    assertThat(String.join("\n", footprint.assumptions()))
        .contains("cortex-m7")
        .contains("size of CUSTOM is unknown")
        .contains("90b983c2");
    assertThat(footprint.ramBytes()).isGreaterThan(2_000 + FootprintModel.STACK_MARGIN_BYTES);
  }

  @Test
  void shouldFitASmallModelAndSayWhatToDoWithALargeOne() {
    Target target = Target.of(Boards.named("nucleo-l496zg"), TargetOptions.DEFAULTS);
    Fit small = Fit.check(footprint("cmsis-nn", operators("CONV_2D"), OptLevel.O2), target);
    assertThat(small.fits()).isTrue();
    assertThat(small.remedies()).isEmpty();
    Footprint large =
        FootprintModel.of(
            operators("CONV_2D"), 5_000_000, 1_000_000, CMSIS_NN, Core.CORTEX_M4, OptLevel.O2);
    Fit fit = Fit.check(large, target);
    assertThat(fit.fits()).isFalse();
    assertThat(fit.regions()).filteredOn(region -> !region.fits()).hasSize(2);
    assertThat(fit.remedies()).isNotEmpty();
  }

  /** Every remedy is computed: following it gives what it says. */
  @Test
  void shouldSayWhatToChangeOfTheModelAndItsBuild() {
    Target target = Target.of(Boards.named("seeeduino-xiao"), TargetOptions.DEFAULTS);
    Core core = target.board().core();
    Graph graph = Zoo.graph("vww");
    MemoryPlan plan = ArenaPlanner.plan(graph, CMSIS_NN, core);
    Footprint footprint = FootprintModel.of(graph, plan, CMSIS_NN, core, OptLevel.O2);
    Fit fit = Fit.check(footprint, target, graph);
    assertThat(fit.fits()).isFalse();
    MemoryAdvice advice =
        MemoryAdvice.of(graph, PlanOptions.of(RuntimeBuild.of(CMSIS_NN, core))).getFirst();
    long sizeSaves =
        footprint.flashBytes()
            - FootprintModel.of(graph, plan, CMSIS_NN, core, OptLevel.OS).flashBytes();
    assertThat(fit.remedies())
        .anySatisfy(
            remedy ->
                assertThat(remedy)
                    .contains(
                        "SRAM",
                        advice.message(),
                        String.format(Locale.ROOT, "saves %,d", advice.gainBytes())))
        .anySatisfy(
            remedy ->
                assertThat(remedy)
                    .contains("--opt Os", String.format(Locale.ROOT, "saves %,d", sizeSaves)))
        .anySatisfy(remedy -> assertThat(remedy).contains("--kernels tflm-reference"));
  }

  /** Weights in external flash are an answer where the board has one. */
  @Test
  void shouldOfferExternalFlash() {
    Target target = Target.of(Boards.named("disco-f746ng"), TargetOptions.DEFAULTS);
    assertThat(target.board().externalFlash()).isPresent();
    Footprint large =
        FootprintModel.of(
            operators("CONV_2D"), 2_000_000, 10_000, CMSIS_NN, Core.CORTEX_M7, OptLevel.O2);
    Fit fit = Fit.check(large, target);
    assertThat(fit.fits()).isFalse();
    assertThat(String.join("\n", fit.remedies()))
        .contains("would fit with weights in external flash");
  }

  private static long kernels(String operators) {
    return Footprint.of(
        footprint("cmsis-nn", operators(operators), OptLevel.O2).flash(), FootprintModel.KERNELS);
  }

  private static Footprint footprint(String library, Set<Operator> operators, OptLevel opt) {
    return FootprintModel.of(operators, 0, 1_000, LibraryId.parse(library), Core.CORTEX_M4, opt);
  }

  private static Set<Operator> operators(String names) {
    Set<Operator> operators = EnumSet.noneOf(Operator.class);
    Arrays.stream(names.split(" ")).map(Operator::valueOf).forEach(operators::add);
    return operators;
  }
}
