package dev.thumbprint.firmware.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.firmware.Programs;
import dev.thumbprint.firmware.machine.Budget;
import dev.thumbprint.firmware.machine.Outcome;
import dev.thumbprint.firmware.retime.CountsReader;
import dev.thumbprint.firmware.retime.CountsWriter;
import dev.thumbprint.firmware.retime.PartTime;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.model.Network;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.profile.Profile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code src/firmware/programs/operators.c} calls three kernels in each of two inferences. */
class OperatorMonitorTest {
  private static final Target TARGET =
      Target.of(Boards.named("nucleo-l496zg"), TargetOptions.DEFAULTS);

  private static FirmwareRun run(Optional<Network> network) {
    var usual = FirmwareRun.Options.USUAL;
    return new FirmwareRun(
        TARGET,
        Programs.image("operators.elf"),
        new FirmwareRun.Options(
            usual.counted(), usual.callListener(), usual.directory(), network, true, true));
  }

  @Test
  void shouldTellOperatorsApartAndFollowTailCalls() {
    try (FirmwareRun run = run(Optional.empty())) {
      Outcome outcome = run.machine().run(Budget.USUAL);
      assertThat(outcome.fine()).as(outcome.toString()).isTrue();

      Emulation emulation = run.emulation(outcome);

      List<Emulation.Operator> operators = emulation.operators();
      assertThat(operators).extracting(Emulation.Operator::index).containsExactly(0, 1, 2);
      assertThat(operators)
          .extracting(Emulation.Operator::function)
          .containsExactly(
              "tflite::(anonymous namespace)::ConvEval",
              "tflite::(anonymous namespace)::AverageEval",
              "tflite::(anonymous namespace)::ConvEval");
      assertThat(operators).allMatch(operator -> operator.time().entries() == 2);
      // 1,100 rounds of the loop against 200, of at least 4 instructions each.
      assertThat(operators.get(0).time().instructions()).isGreaterThan(2 * 1100 * 4);
      assertThat(operators.get(1).time().instructions()).isBetween(2 * 200 * 4L, 2 * 300 * 8L);
      assertThat(operators.get(2).time().instructions())
          .isEqualTo(operators.get(0).time().instructions());
      PartTime inference = emulation.inference().orElseThrow();
      assertThat(inference.entries()).isEqualTo(2);
      long inside = operators.stream().mapToLong(operator -> operator.time().cycles()).sum();
      assertThat(inference.cycles()).isGreaterThan(inside).isLessThan(emulation.cycles());
    }
  }

  @Test
  void shouldSeeStackHeapAndArena() {
    try (FirmwareRun run = run(Optional.empty())) {
      Emulation emulation = run.emulation(run.machine().run(Budget.USUAL));
      MemoryUse use = emulation.memory();
      assertThat(use.heapBytesMax()).hasValue(500);
      assertThat(use.stackBytesMax()).isBetween(16L, 400L);
      assertThat(use.staticBytes().orElseThrow()).isGreaterThanOrEqualTo(4096);
      MemoryUse.Arena arena = use.arena().orElseThrow();
      assertThat(arena.bytes()).isEqualTo(4096);
      // Bytes 0 and 200 from the beginning, 100 from the end, in granules of 16 bytes.
      assertThat(arena.usedBytes()).isEqualTo(208 + 112);
      Coverage coverage = emulation.coverage().orElseThrow();
      assertThat(coverage.executedBytes()).isPositive().isLessThan(coverage.bytes());
      assertThat(coverage.functions())
          .anyMatch(function -> function.name().equals("main") && function.executedBytes() > 20)
          .anyMatch(function -> function.executedBytes() == 0);
      assertThat(coverage.linesExecuted()).isPositive().isLessThanOrEqualTo(coverage.lines());
      assertThat(emulation.calls().getFirst()).contains("reset");
    }
  }

  @Test
  void shouldNameLayersOfModelAndReportProfileOfOneInference() {
    Optional<Network> network = Optional.of(Lowering.network(Zoo.graph("kws")));
    try (FirmwareRun run = run(network)) {
      Emulation emulation = run.emulation(run.machine().run(Budget.USUAL));
      assertThat(emulation.operators())
          .extracting(Emulation.Operator::name)
          .containsExactly("CONV_2D", "DEPTHWISE_CONV_2D", "CONV_2D");
      Profile profile = EmulationProfile.of(emulation, network);
      assertThat(profile.layers()).hasSize(3);
      assertThat(profile.layers().get(1).work().operator().name()).isEqualTo("DEPTHWISE_CONV_2D");
      double shares = profile.layers().stream().mapToDouble(layer -> layer.share().orElse(0)).sum();
      assertThat(shares).isBetween(0.9, 1.0);
    }
  }

  @Test
  void shouldKeepOperatorsInCounts() {
    try (FirmwareRun run = run(Optional.empty())) {
      Outcome outcome = run.machine().run(Budget.USUAL);
      var counts = CountsReader.parse(CountsWriter.write(run.counts(outcome)));
      Emulation timed = new RetimedRun(counts, TARGET).emulation(Optional.empty());
      Emulation ran = run.emulation(outcome);
      assertThat(timed.operators()).isEqualTo(ran.operators());
      assertThat(timed.inference()).isEqualTo(ran.inference());
      assertThat(timed.cycles()).isEqualTo(ran.cycles());
    }
  }
}
