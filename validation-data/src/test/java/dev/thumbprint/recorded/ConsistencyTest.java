package dev.thumbprint.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConsistencyTest {
  @Test
  void shouldFindNoRowWhoseShapesContradictEachOther() {
    Map<String, List<String>> issues = new TreeMap<>();
    for (Recording row : Recordings.builtIn()) {
      List<String> found = Consistency.issues(row.work());
      if (!found.isEmpty()) {
        issues.put(row.id(), found);
      }
    }
    assertThat(issues).isEmpty();
  }

  @Test
  void shouldFindNoNetworkWhoseOperatorsContradictThemselves() {
    for (RecordedNetwork network : RecordedNetworks.builtIn().values()) {
      assertThat(network.ops()).allMatch(op -> Consistency.issues(op).isEmpty());
      if (network.macs().isPresent()) {
        assertThat(network.ops().stream().mapToLong(op -> op.macs().orElse(0)).sum())
            .as(network.name())
            .isEqualTo(network.macs().getAsLong());
      }
    }
  }

  /**
   * Known issue of the data: EdgeMark counts MACs its own way, 0.04 to 30 percent above what the
   * operators give. All other rows of networks agree with their operator list.
   */
  @Test
  void shouldNameTheNetworksWhoseRecordedMacsAreNotThoseOfTheirOperators() {
    Map<String, RecordedNetwork> networks = RecordedNetworks.builtIn();
    Map<String, Long> deviating =
        Recordings.builtIn().stream()
            .filter(row -> !row.isLayer() && networks.containsKey(row.work().network()))
            .filter(row -> row.work().macs().isPresent())
            .filter(
                row ->
                    row.work().macs().getAsLong()
                        != networks.get(row.work().network()).ops().stream()
                            .mapToLong(op -> op.macs().orElse(0))
                            .sum())
            .collect(
                Collectors.groupingBy(
                    row -> row.work().network(), TreeMap::new, Collectors.counting()));
    assertThat(deviating.keySet())
        .containsExactly(
            "edgemark/CNN_1",
            "edgemark/CNN_2",
            "edgemark/CNN_3",
            "edgemark/CNN_4",
            "edgemark/CNN_5",
            "edgemark/CNN_6",
            "edgemark/CNN_7",
            "edgemark/FC_1",
            "edgemark/FC_10",
            "edgemark/FC_2",
            "edgemark/FC_3",
            "edgemark/FC_4",
            "edgemark/FC_5",
            "edgemark/FC_6",
            "edgemark/FC_7",
            "edgemark/FC_8",
            "edgemark/FC_9");
    assertThat(deviating.values()).allMatch(count -> count == 5);
  }

  @Test
  void shouldReportWhatDoesNotFit() {
    assertThat(issues("CONV_2D", "1x8x8x3", "4x3x3x3", "1x8x8x4", "1x1", "VALID"))
        .containsExactly("height 8, VALID gives 6", "width 8, VALID gives 6");
    assertThat(issues("CONV_2D", "1x8x8x3", "5x3x3x2", "1x8x8x4", "1x1", "SAME")).hasSize(2);
    assertThat(issues("DEPTHWISE_CONV_2D", "1x8x8x3", "1x3x3x6", "1x8x8x3", "1x1", "SAME"))
        .containsExactly("output has 3 channels, the filter 6");
    assertThat(issues("FULLY_CONNECTED", "1x10", "5x11", "1x4", "", "")).hasSize(2);
    assertThat(issues("RESHAPE", "1x10", "", "1x11", "", "")).hasSize(1);
    assertThat(issues("SOFTMAX", "1x10", "", "1x11", "", "")).hasSize(1);
    assertThat(issues("CONV_2D", "8x8x3", "4x3x3x3", "1x8x8x4", "1x1", "SAME")).hasSize(1);
  }

  @Test
  void shouldAcceptWhatFits() {
    assertThat(issues("CONV_2D", "1x7x9x3", "4x3x3x3", "1x4x5x4", "2x2", "SAME")).isEmpty();
    assertThat(issues("MAX_POOL_2D", "1x13x13x16", "2x2", "1x6x6x16", "2x2", "VALID")).isEmpty();
    assertThat(issues("CONV_2D", "1x8x8x4", "4x3x3x2", "1x8x8x4", "1x1", "SAME")).isEmpty();
    assertThat(issues("CONV_2D", "", "4x3x3x2", "1x8x8x4", "1x1", "SAME")).isEmpty();
  }

  private static List<String> issues(
      String op, String input, String filter, String output, String stride, String padding) {
    return Consistency.issues(
        new Work(
            "",
            "",
            "",
            op,
            Shape.parse(input),
            Shape.parse(filter),
            Shape.parse(output),
            Shape.parse(stride),
            padding,
            OptionalLong.empty()));
  }
}
