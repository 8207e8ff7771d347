package dev.thumbprint.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Where recordings contradict each other: named here and in docs/recordings.md, never repaired. */
class DataIssuesTest {
  private static final double REPEAT_SPREAD_MAX = 0.03;

  /**
   * Trust A, one board and build and supply, the same layer measured twice: timer and GPIO, or two
   * dates.
   */
  @Test
  void shouldNameTheRepeatsThatDifferByMoreThanThreePercent() {
    Map<String, List<Recording>> repeats = new HashMap<>();
    for (Recording row : Recordings.builtIn()) {
      Set<String> repeating = Set.of("heim2021", "micronas");
      if (row.trust() == Trust.A
          && row.cycles().isPresent()
          && repeating.contains(row.origin().source())) {
        repeats.computeIfAbsent(key(row), key -> new ArrayList<>()).add(row);
      }
    }
    Collection<List<Recording>> pairs =
        repeats.values().stream().filter(rows -> rows.size() > 1).toList();
    assertThat(pairs).hasSize(1_023);
    Set<String> differing = new TreeSet<>();
    for (List<Recording> rows : pairs) {
      double low = rows.stream().mapToDouble(row -> row.cycles().orElseThrow()).min().orElseThrow();
      double high =
          rows.stream().mapToDouble(row -> row.cycles().orElseThrow()).max().orElseThrow();
      if (high / low - 1 > REPEAT_SPREAD_MAX) {
        differing.add(rows.getFirst().id());
      }
    }
    assertThat(differing)
        .containsExactly(
            "heim-fw-f469ni-lenet-int8-cmsis-nn-Ofast-fpu1-0_quantize-l",
            "heim-fw-f469ni-lenet-int8-cmsis-nn-Ofast-fpu1-2_average_pool_2d-l",
            "heim-fw-f469ni-lenet-int8-cmsis-nn-Ofast-fpu1-4_average_pool_2d-l",
            "heim-fw-f469ni-lenet-int8-cmsis-nn-Ofast-fpu1-7_fully_connected-l",
            "heim-fw-f767zi-lenet-int8-cmsis-nn-Ofast-fpu1-4_average_pool_2d-l",
            "heim-fw-f767zi-lenet-int8-cmsis-nn-Ofast-fpu1-7_fully_connected-l",
            "heim-fw-f767zi-lenet-int8-none-Ofast-fpu1-4_average_pool_2d-l",
            "heim-fw-l496zg-lenet-int8-cmsis-nn-Ofast-fpu1-9_softmax-l",
            "heim-fw-l496zg-lenet-int8-none-Ofast-fpu1-9_softmax-l");
  }

  private static String key(Recording row) {
    Setting setting = row.setting();
    boolean single = row.work().model().equals("single-op");
    return String.join(
        "|",
        setting.boardId(),
        setting.library().toString(),
        setting.opt(),
        setting.fpu().name(),
        setting.type(),
        setting.clockHz().toString(),
        single ? row.work().signature() : row.work().model() + " " + row.work().layer());
  }

  /**
   * The whole network (GPIO) against the sum of its layers (timer), of one campaign of the sweeps.
   */
  @Test
  void shouldNameTheSweepNetworksThatContradictTheirLayers() {
    Map<String, Map<String, Double>> layersMs = new HashMap<>();
    for (Recording row : Recordings.builtIn()) {
      if (row.isLayer() && row.work().model().contains("sweep-01")) {
        layersMs
            .computeIfAbsent(campaign(row), key -> new TreeMap<>())
            .put(row.work().layer(), row.measured().latencyMs().orElseThrow());
      }
    }
    Set<String> contradicting = new TreeSet<>();
    int compared = 0;
    for (Recording row : Recordings.builtIn()) {
      Map<String, Double> layers = layersMs.get(campaign(row));
      boolean complete =
          RecordedNetworks.find(row.work().network())
              .filter(network -> layers != null && layers.size() == network.ops().size())
              .isPresent();
      if (complete && !row.isLayer() && row.work().model().contains("sweep-01")) {
        compared++;
        double wholeMs = row.measured().latencyMs().orElseThrow();
        double sumMs = layers.values().stream().mapToDouble(Double::doubleValue).sum();
        if (row.work().model().startsWith("densesweep")) {
          assertThat(wholeMs - sumMs).as("constant, " + row.id()).isBetween(2.49, 2.76);
        } else if (Math.abs(sumMs / wholeMs - 1) > REPEAT_SPREAD_MAX) {
          contradicting.add(row.id());
        }
      }
    }
    assertThat(compared).isEqualTo(417);
    assertThat(contradicting).containsExactly("heim-sweepnet-convsweep-01dg-F115-K3-ref");
  }

  private static String campaign(Recording row) {
    return row.work().model() + " " + row.setting().library() + " " + row.origin().campaign();
  }

  /**
   * Float layers by timer: code without FPU takes 1.7 to 10 times as long, or it is the same code.
   */
  @Test
  void shouldNameTheFloatRowsWhoseFpuMakesNoDifference() {
    Map<String, Double> softMs = new HashMap<>();
    List<Recording> timed =
        Recordings.builtIn().stream()
            .filter(row -> row.isLayer() && row.setting().type().equals("float32"))
            .filter(row -> row.origin().campaign().equals("firmware-timer"))
            .filter(row -> !row.work().op().equals("RESHAPE"))
            .toList();
    for (Recording row : timed) {
      if (row.setting().fpu() == Switch.OFF) {
        softMs.put(row.id().replace("-fpu0-", "-fpu1-"), row.measured().latencyMs().orElseThrow());
      }
    }
    Set<String> same = new TreeSet<>();
    Set<String> contradicted = new TreeSet<>();
    for (Recording row : timed) {
      if (row.setting().fpu() == Switch.ON) {
        if (softMs.get(row.id()) / row.measured().latencyMs().orElseThrow() < 1.5) {
          same.add(row.id());
        }
        if (Contradictions.of(row).isPresent()) {
          contradicted.add(row.id());
        }
      }
    }
    assertThat(same).hasSizeGreaterThan(70).isEqualTo(contradicted);
  }

  @Test
  void shouldSetContradictedRowsApartAndNeverFitThem() {
    List<Recording> rows =
        Recordings.builtIn().stream().filter(row -> Contradictions.of(row).isPresent()).toList();
    assertThat(rows).hasSize(88).noneMatch(Splits::fittable);
    assertThat(rows).allMatch(row -> Splits.apart(row).isPresent());
  }
}
