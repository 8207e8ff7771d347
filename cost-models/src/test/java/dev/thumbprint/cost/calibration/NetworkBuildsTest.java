package dev.thumbprint.cost.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.Exposure;
import dev.thumbprint.cost.pricing.Nearness;
import dev.thumbprint.cost.pricing.Pricer;
import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NetworkBuildsTest {
  /** What the compiler of the recordings makes slower. */
  private static final double SLOWER = 1.3;

  private static final CostModel BEFORE = Calibration.run(List.of());

  @Test
  void shouldLearnOfAnotherNetworkWhatThreeNetworksHaveInCommon() {
    CostModel after = NetworkBuilds.added(BEFORE, samples(8, 16, 24));
    double ratio =
        cycles(after, target("nucleo-l4r5zi"), 40) / cycles(BEFORE, target("nucleo-l4r5zi"), 40);
    assertThat(ratio).isCloseTo(SLOWER, within(0.03));
    Pricer pricer = after.on(target("nucleo-l4r5zi"));
    assertThat(Exposure.of(List.of(pricer.layer(network(40).getFirst()))).farthest())
        .isEqualTo(Nearness.FEW);
  }

  @Test
  void shouldKeepOnItsBoardWhatFewNetworksSay() {
    CostModel after = NetworkBuilds.added(BEFORE, samples(8, 16, 24));
    Target other = target("nucleo-l496zg");
    assertThat(cycles(after, other, 40)).isEqualTo(cycles(BEFORE, other, 40));
  }

  @Test
  void shouldTakeTheSameNetworkTwiceForOne() {
    CostModel after = NetworkBuilds.added(BEFORE, samples(8, 16, 16));
    assertThat(after.sets()).hasSameSizeAs(BEFORE.sets());
  }

  private static List<Sample> samples(int... channels) {
    return IntStream.of(channels).mapToObj(NetworkBuildsTest::sample).toList();
  }

  private static Sample sample(int channels) {
    Target home = target("nucleo-l4r5zi");
    return new Sample(
        "network of " + channels,
        network(channels),
        true,
        home,
        SLOWER * cycles(BEFORE, home, channels),
        OptionalDouble.empty());
  }

  private static double cycles(CostModel model, Target target, int channels) {
    return ((Estimate) model.on(target).network(network(channels)).cycles()).value();
  }

  private static Target target(String board) {
    return Target.of(
        Boards.named(board),
        TargetOptions.builder()
            .kernels(LibraryId.parse("cmsis-nn@2020-09"))
            .opt(OptLevel.OS)
            .build());
  }

  private static List<LayerWork> network(int channels) {
    return List.of(convolution(3, channels), convolution(channels, channels));
  }

  private static LayerWork convolution(int in, int out) {
    return new LayerWork(
        Operator.CONV_2D,
        "",
        List.of(Shape.of(1, 16, 16, in)),
        Shape.of(out, 3, 3, in),
        Shape.of(1, 16, 16, out),
        new Window(3, 3, 1, 1, 1, 1, Padding.SAME),
        DataType.INT8,
        DataType.INT8,
        DataType.INT8,
        Activation.NONE,
        true,
        true);
  }
}
