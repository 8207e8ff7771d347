package dev.thumbprint.cost.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.memory.RamBus;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.Figures;
import dev.thumbprint.cost.pricing.Transfer;
import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Closed runtimes that are made up: cycles of known rates on two cores, in three versions. */
final class RuntimeFitTest {
  private static final CostModel OPEN =
      new CostModel(
          List.of(), new Transfer(Map.of(), Map.of(), Figures.none(RamBus.class), Map.of()));
  private static final String M4 = "nucleo-l4r5zi";
  private static final String M33 = "nucleo-u575zi-q";

  @Test
  void shouldGiveATotalThatItHasSeen() {
    assertThat(priced(fitted(samples()), "8.0.0", M4, 48)).isCloseTo(1, within(0.02));
  }

  @Test
  void shouldBringAVersionToACoreAsOtherVersionsWere() {
    List<Sample> rows = samples();
    rows.removeIf(row -> row.id().startsWith("8.0.0 " + M33));
    assertThat(priced(fitted(rows), "8.0.0", M33, 48)).isCloseTo(1, within(0.03));
  }

  @Test
  void shouldTakeTheMiddleForAVersionBetweenTwo() {
    CostModel model = fitted(samples());
    double older = priced(model, "7.1.0", M4, 32) * speed("7.1.0");
    double newer = priced(model, "8.0.0", M4, 32) * speed("8.0.0");
    assertThat(priced(model, "7.2", M4, 32) * speed("7.2"))
        .isCloseTo(Math.sqrt(older * newer), within(0.01));
  }

  @Test
  void shouldBeLessSureTheFartherTheRecordingsAre() {
    CostModel model = fitted(samples());
    double home = width(model, "x-cube-ai@8.0.0", M4);
    double board = width(model, "x-cube-ai@8.0.0", "nucleo-l496zg");
    double between = width(model, "x-cube-ai@7.2", M4);
    double core = width(model, "x-cube-ai@8.0.0", "nucleo-h7a3zi-q");
    double untold = width(model, "x-cube-ai", M4);
    double unknown = width(model, "tinyengine", M4);
    assertThat(List.of(home, board, between, core, untold, unknown)).isSorted();
    assertThat(unknown).isGreaterThan(2 * home);
  }

  @Test
  void shouldNotFitAVersionOfTwoNetworks() {
    List<Sample> rows = samples();
    rows.removeIf(row -> row.id().startsWith("8.0.0") && row.id().endsWith("32"));
    assertThat(fitted(rows).sets())
        .extracting(set -> set.library().generation())
        .containsOnly("7.1.0", "9.0.0");
  }

  private static CostModel fitted(List<Sample> rows) {
    return RuntimeFit.added(OPEN, rows);
  }

  private static List<Sample> samples() {
    List<Sample> rows = new ArrayList<>();
    for (String version : List.of("7.1.0", "8.0.0", "9.0.0")) {
      for (String board : List.of(M4, M33)) {
        for (int channels : List.of(16, 32, 48)) {
          Target home = target("x-cube-ai@" + version, board);
          rows.add(
              new Sample(
                  version + " " + board + " " + channels,
                  network(channels),
                  true,
                  home,
                  truth(version, board, channels),
                  OptionalDouble.empty()));
        }
      }
    }
    return rows;
  }

  private static double truth(String version, String board, int channels) {
    double core = board.equals(M33) ? 0.8 : 1;
    double macs = network(channels).stream().mapToLong(LayerWork::macs).sum();
    double outputs = network(channels).stream().mapToLong(work -> work.output().elements()).sum();
    return (2 * macs + 40 * outputs + 3000) * core * speed(version);
  }

  private static double speed(String version) {
    return switch (version) {
      case "7.1.0" -> 1.2;
      case "8.0.0" -> 1;
      case "9.0.0" -> 0.8;
      default -> 1.1;
    };
  }

  /** Predicted over made up. */
  private static double priced(CostModel model, String version, String board, int channels) {
    Estimate cycles = estimate(model, "x-cube-ai@" + version, board, channels);
    return cycles.value() / truth(version, board, channels);
  }

  private static double width(CostModel model, String kernels, String board) {
    Estimate cycles = estimate(model, kernels, board, 32);
    return cycles.high() / cycles.value();
  }

  private static Estimate estimate(CostModel model, String kernels, String board, int channels) {
    return (Estimate) model.on(target(kernels, board)).network(network(channels)).cycles();
  }

  private static Target target(String kernels, String board) {
    return Target.of(
        Boards.named(board), TargetOptions.builder().kernels(LibraryId.parse(kernels)).build());
  }

  private static List<LayerWork> network(int channels) {
    return List.of(convolution(3, channels, 3), convolution(channels, channels, 1));
  }

  private static LayerWork convolution(int in, int out, int window) {
    return new LayerWork(
        Operator.CONV_2D,
        "",
        List.of(Shape.of(1, 16, 16, in)),
        Shape.of(out, window, window, in),
        Shape.of(1, 16, 16, out),
        new Window(window, window, 1, 1, 1, 1, Padding.SAME),
        DataType.INT8,
        DataType.INT8,
        DataType.INT8,
        Activation.NONE,
        true,
        true);
  }
}
