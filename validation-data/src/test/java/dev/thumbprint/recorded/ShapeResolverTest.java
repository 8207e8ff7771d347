package dev.thumbprint.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ShapeResolverTest {
  private static final List<Recording> SWEEPS =
      Recordings.builtIn().stream().filter(row -> row.work().model().contains("sweep-01")).toList();

  @Test
  void shouldResolveEveryOperatorOfTheSweeps() {
    assertThat(SWEEPS).hasSize(4096);
    assertThat(SWEEPS)
        .filteredOn(Recording::isLayer)
        .allSatisfy(
            row -> {
              assertThat(row.work().input().known()).as(row.id()).isTrue();
              assertThat(row.work().output().known()).as(row.id()).isTrue();
            });
  }

  /**
   * What the resolver says must fit the recorded shapes of the layers before and after, in the same
   * network.
   */
  @Test
  void shouldFitTheRecordedNeighbours() {
    Map<String, Map<Integer, Work>> networks = new HashMap<>();
    for (Recording row : SWEEPS) {
      if (row.isLayer()) {
        int index =
            Integer.parseInt(row.work().layer().substring(0, row.work().layer().indexOf('_')));
        networks.computeIfAbsent(row.work().model(), key -> new HashMap<>()).put(index, row.work());
      }
    }
    assertThat(networks).hasSize(239);
    int neighbours = 0;
    for (Map<Integer, Work> layers : networks.values()) {
      for (Map.Entry<Integer, Work> layer : layers.entrySet()) {
        Work next = layers.get(layer.getKey() + 1);
        if (next != null) {
          neighbours++;
          assertThat(layer.getValue().output().elements())
              .as(layer.getValue().model() + " " + layer.getValue().layer())
              .isEqualTo(next.input().elements());
        }
      }
    }
    assertThat(neighbours).isGreaterThan(1_000);
  }

  /** The operator list made from a model's name, layer by layer against what was recorded. */
  @Test
  void shouldMakeTheNetworksThatWereRecorded() {
    int layers = 0;
    for (Recording row : SWEEPS) {
      if (row.isLayer()) {
        Work work = row.work();
        RecordedNetwork network = RecordedNetworks.find("heim/" + work.model()).orElseThrow();
        int index = Integer.parseInt(work.layer().substring(0, work.layer().indexOf('_')));
        RecordedNetwork.Op op = network.ops().get(index);
        assertThat(op.op()).as(row.id()).isEqualTo(work.op());
        assertThat(op.input()).as(row.id()).isEqualTo(work.input());
        assertThat(op.output()).as(row.id()).isEqualTo(work.output());
        assertThat(op.filter()).as(row.id()).isEqualTo(work.filter());
        assertThat(op.stride()).as(row.id()).isEqualTo(work.stride());
        assertThat(op.padding()).as(row.id()).isEqualTo(work.padding());
        assertThat(op.macs()).as(row.id()).isEqualTo(work.macs());
        assertThat(Consistency.issues(op)).as(row.id()).isEmpty();
        layers++;
      }
    }
    assertThat(layers).isEqualTo(3_630);
  }

  @Test
  void shouldNameTheNetworkOfWholeSweepNetworksExceptWhereADenseLayerWraps() {
    List<Recording> whole = SWEEPS.stream().filter(row -> !row.isLayer()).toList();
    assertThat(whole).hasSize(466);
    assertThat(whole)
        .filteredOn(row -> row.work().network().isEmpty())
        .hasSize(49)
        .allMatch(row -> row.setting().library().name().equals("cmsis-nn"))
        .allMatch(
            row ->
                row.work().model().matches("dwsweep-01f-C1(1[4-9]|20)-.*|convsweep-01de-F16-.*"));
    assertThat(whole)
        .filteredOn(row -> !row.work().network().isEmpty())
        .allMatch(row -> RecordedNetworks.find(row.work().network()).isPresent());
  }

  @Test
  void shouldLeaveWhatTheModelDoesNotTell() {
    assertThat(resolved("LeNet5-mnist-int8", "RESHAPE").input().known()).isFalse();
    assertThat(resolved("convsweep-01zz-F100-K1-int8", "QUANTIZE").input().known()).isFalse();
    assertThat(resolved("convsweep-01dg-F0-K1-int8", "QUANTIZE").input().known()).isFalse();
    assertThat(resolved("convsweep-01dg-F100-K1-int8", "CONV_2D").input().known()).isFalse();
  }

  @Test
  void shouldFlattenTheLastFeatureMap() {
    assertThat(resolved("dwsweep-01f-C101-K3-int8", "RESHAPE").output())
        .isEqualTo(Shape.of(1, 58176));
    assertThat(resolved("convsweep-01de-F3-K2-int8", "RESHAPE").input())
        .isEqualTo(Shape.of(1, 64, 64, 3));
  }

  private static Work resolved(String model, String op) {
    return ShapeResolver.resolve(
        new Work(
            "",
            model,
            "",
            op,
            Shape.UNKNOWN,
            Shape.UNKNOWN,
            Shape.UNKNOWN,
            Shape.UNKNOWN,
            "",
            OptionalLong.empty()),
        new LibraryId("cmsis-nn", "2020-03"));
  }
}
