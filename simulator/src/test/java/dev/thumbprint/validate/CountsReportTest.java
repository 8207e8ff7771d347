package dev.thumbprint.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thumbprint.cli.Main;
import dev.thumbprint.recorded.Recordings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What emulation without any fit has to reach beside recordings. */
final class CountsReportTest {
  private static final List<CountedLayer> LAYERS =
      new CountsValidation().layers(Recordings.builtIn());

  private static List<CountedLayer> layers(String board, String opt, Predicate<CountedLayer> more) {
    return layers(board, "cmsis-nn@2020-03", opt, more);
  }

  private static List<CountedLayer> layers(
      String board, String kernels, String opt, Predicate<CountedLayer> more) {
    List<CountedLayer> found =
        LAYERS.stream()
            .filter(l -> l.recording().setting().boardId().equals(board))
            .filter(l -> l.kernels().equals(kernels))
            .filter(l -> l.recording().setting().opt().equals(opt))
            .filter(more)
            .toList();
    assertThat(found).isNotEmpty();
    return found;
  }

  private static double meanPct(List<CountedLayer> layers) {
    return layers.stream().mapToDouble(l -> 100 * Math.abs(l.error())).average().orElseThrow();
  }

  private static boolean isLeNet(CountedLayer layer) {
    return layer.recording().work().model().equals("LeNet5-mnist-int8");
  }

  @Test
  void shouldMeetTheLayersOfTheL496() {
    List<CountedLayer> layers = layers("nucleo-l496zg", "Ofast", l -> true);

    assertThat(layers).hasSizeGreaterThan(1_000);
    assertThat(meanPct(layers)).isLessThan(4);
    assertThat(layers.stream().filter(l -> Math.abs(l.error()) <= 0.1).count())
        .isGreaterThan(layers.size() * 85 / 100);
  }

  @Test
  void shouldMeetTheWholeResnet20OfTheL496() {
    List<CountedLayer> layers =
        layers(
            "nucleo-l496zg",
            "Ofast",
            l -> l.recording().work().model().equals("ResNet20-cifar10-int8"));
    double recorded = layers.stream().mapToDouble(CountedLayer::recordedCycles).sum();
    double cycles = layers.stream().mapToDouble(CountedLayer::cycles).sum();

    assertThat(cycles / recorded).isCloseTo(1, within(0.03));
  }

  @Test
  void shouldSeeTheAdditionThatDoesNotFitTheCache() {
    for (CountedLayer add :
        layers("nucleo-l496zg", "Ofast", l -> l.recording().work().op().equals("ADD"))) {
      assertThat((double) add.cycles() / add.recording().work().output().elements())
          .isGreaterThan(200);
    }
  }

  @Test
  void shouldSeeThatOddChannelCountsCostMostAndMultiplesOfFourLeast() {
    double odd = cyclesPerMac(channels -> channels % 2 == 1);
    double even = cyclesPerMac(channels -> channels % 4 == 2);
    double four = cyclesPerMac(channels -> channels % 4 == 0);

    assertThat(odd).isGreaterThan(even);
    assertThat(even).isGreaterThan(four);
  }

  /** Mean over the recorded 3x3 convolutions of 32x32 pixels with 100 to 120 channels into 60. */
  private static double cyclesPerMac(IntPredicate channels) {
    return layers("nucleo-l496zg", "Ofast", l -> isSweep(l, channels)).stream()
        .mapToDouble(l -> (double) l.cycles() / l.recording().work().macs().orElseThrow())
        .average()
        .orElseThrow();
  }

  private static boolean isSweep(CountedLayer layer, IntPredicate channels) {
    String filter = layer.recording().work().filter().toString();
    return filter.startsWith("60x3x3x")
        && channels.test(Integer.parseInt(filter.substring("60x3x3x".length())));
  }

  @Test
  void shouldMeetLeNetBehindAPrefetchingAcceleratorAndOnTheM7() {
    assertThat(meanPct(layers("disco-f469ni", "Ofast", CountsReportTest::isLeNet))).isLessThan(8);
    assertThat(meanPct(layers("nucleo-f767zi", "Ofast", CountsReportTest::isLeNet))).isLessThan(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nucleo-f446re", "nucleo-l552ze-q"})
  void shouldMeetTheConvolutionsOfMicroNas(String board) {
    List<CountedLayer> layers =
        layers(board, "cmsis-nn@2022", "Ofast", l -> l.recording().work().op().equals("CONV_2D"));

    assertThat(layers).hasSizeGreaterThan(1_000);
    assertThat(meanPct(layers)).isLessThan(5);
  }

  @Test
  void shouldPrintTablesAndRowsAndRefuseWhatDoesNotGoTogether() {
    assertThat(run(0, "validate", "--counts"))
        .contains("nucleo-l496zg", "ResNet20-cifar10-int8", "instructions x scalar")
        .containsPattern("ADD +\\d+ +2\\d\\d\\.\\d+ +2\\d\\d\\.\\d+ +cycles an element")
        .contains("odd input channels", "even, not a multiple of 4", "into 60, a multiple of 4");
    assertThat(run(0, "validate", "--counts", "-f", "csv").lines())
        .hasSize(LAYERS.size() + 1)
        .first()
        .isEqualTo("id,board_id,library,opt,kernels,layer,recorded_cycles,cycles,instructions");
    assertThat(run(2, "validate", "--counts", "--json")).isEmpty();
    assertThat(run(2, "validate", "--counts", "--split", "SWEEP")).isEmpty();
  }

  private static String run(int status, String... args) {
    StringWriter out = new StringWriter();
    assertThat(Main.run(new PrintWriter(out), new PrintWriter(new StringWriter()), args))
        .isEqualTo(status);
    return out.toString();
  }
}
