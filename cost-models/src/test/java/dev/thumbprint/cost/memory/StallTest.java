package dev.thumbprint.cost.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.counts.CountTable;
import dev.thumbprint.cost.work.Operator;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which words of a layer come from their memory and not from a cache. */
final class StallTest {
  private static final int READ_BYTES = 8;

  private static Stall stall(String board) {
    return Stall.of(Target.of(Boards.named(board), TargetOptions.DEFAULTS));
  }

  private static double missed(String board, long words, long setBytes, long filterBytes) {
    return stall(board).missedWords(Operator.CONV_2D, words, setBytes, filterBytes);
  }

  @Test
  void everyWordIsReadOnceWhateverTheCacheHoldsLater() {
    // 8 KiB of cache: a filter of 4,000 bytes stays in it, two rows of a filter of 40,000 do.
    assertThat(missed("nucleo-l552ze-q", 50_000, 4_000, 4_000)).isEqualTo(1_000);
    assertThat(missed("nucleo-l552ze-q", 500_000, 512, 40_000)).isEqualTo(10_000);
  }

  @Test
  void aFilterThatTheCacheDoesNotHoldIsReadAnewEachTime() {
    assertThat(missed("nucleo-l552ze-q", 50_000, 40_000, 40_000)).isEqualTo(50_000);
  }

  @Test
  void weightsReadOnceMissOnce() {
    assertThat(missed("nucleo-l552ze-q", 1_000, Long.MAX_VALUE, 4_000)).isEqualTo(1_000);
  }

  @Test
  void oneCacheForCodeAndWeightsBringsTheCodeOfACallAgain() {
    double code = CallCode.bytes(Operator.CONV_2D) / 4;
    assertThat(missed("raspberry-pi-pico", 1_000, Long.MAX_VALUE, 4_000)).isEqualTo(1_000 + code);
    assertThat(missed("teensy-4-0", 0, 0, 0)).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "CONV_2D",
        "DEPTHWISE_CONV_2D",
        "FULLY_CONNECTED",
        "SOFTMAX",
        "AVERAGE_POOL_2D",
        "MAX_POOL_2D",
        "ADD",
        "MUL"
      })
  void theCodeOfACallIsTheMedianOfWhatWasCounted(Operator operator) {
    List<Integer> reads =
        CountTable.rows("sweeps/cmsis-nn-2022-m0plus-Ofast.csv").stream()
            .filter(row -> row.get("op").equals(operator.name()))
            .map(row -> Integer.valueOf(row.get("xip_code_miss")))
            .sorted()
            .toList();
    assertThat(CallCode.bytes(operator)).isEqualTo(READ_BYTES * reads.get(reads.size() / 2));
  }

  @Test
  void linesOfTensorsWaitBehindADataCacheAlone() {
    Board m7 = Boards.named("nucleo-f767zi");
    assertThat(lineCycles(m7, options -> options.arena("SRAM"))).isEqualTo(15);
    assertThat(lineCycles(m7, options -> options.arena("DTCM"))).isZero();
    assertThat(lineCycles(Boards.named("nucleo-l4r5zi"), options -> {})).isZero();
  }

  private static double lineCycles(Board board, Consumer<TargetOptions.Builder> change) {
    TargetOptions.Builder options = TargetOptions.builder();
    change.accept(options);
    return Stall.of(Target.of(board, options.build())).tensorLineCycles();
  }
}
