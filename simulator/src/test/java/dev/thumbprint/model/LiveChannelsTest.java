package dev.thumbprint.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Live;
import dev.thumbprint.model.zoo.Zoo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Channels without weights, found in files. */
final class LiveChannelsTest {
  /** Share of the multiply-accumulates of VWW that is left, from the published weights. */
  private static final double VWW_LIVE = 0.499;

  @Test
  void shouldFindHalfOfVwwInChannelsWithoutWeights() {
    assertThat(share(Lowering.lower(Zoo.graph("vww")))).isCloseTo(VWW_LIVE, within(0.005));
  }

  @Test
  void shouldFindTheSameInThePublishedWeights() {
    Path file = Path.of(System.getProperty("thumbprint.models", ""), "mlperf-vww.tflite");
    Assumptions.assumeTrue(Files.exists(file), "no folder of published models");
    assertThat(share(Lowering.lower(TfliteReader.read(file)))).isCloseTo(VWW_LIVE, within(0.005));
  }

  @Test
  void shouldFindNoneInNetworksThatUseAllTheirWeights() {
    for (String name : List.of("ad", "ic", "kws")) {
      assertThat(Lowering.lower(Zoo.graph(name)))
          .extracting(LayerWork::live)
          .containsOnly(Live.ALL);
    }
  }

  @Test
  void shouldFollowAChannelThroughDepthwiseAndPooling() {
    List<LayerWork> works = Lowering.lower(Zoo.graph("vww"));
    LayerWork dense =
        works.stream()
            .filter(work -> work.operator().name().equals("FULLY_CONNECTED"))
            .findFirst()
            .orElseThrow();
    assertThat(dense.live().inputs()).isCloseTo(22 / 256.0, within(1e-9));
    assertThat(dense.live().outputs()).isEqualTo(1);
  }

  @Test
  void shouldTakeLiveChannelsFromALayerList() throws IOException {
    String list =
        """
        {"name": "pruned", "layers": [{"op": "CONV_2D", "input": [1,8,8,4], "filter": [16,1,1,4],
          "output": [1,8,8,16], "live": [4, 6]}]}
        """;
    LayerWork work = LayerLists.read("pruned.json", stream(list)).works().getFirst();
    assertThat(work.live()).isEqualTo(new Live(1, 6 / 16.0));
  }

  @Test
  void shouldRefuseMoreLiveChannelsThanThereAre() {
    String list =
        """
        {"name": "pruned", "layers": [{"op": "CONV_2D", "input": [1,8,8,4], "filter": [16,1,1,4],
          "output": [1,8,8,16], "live": [4, 17]}]}
        """;
    assertThatThrownBy(() -> LayerLists.read("pruned.json", stream(list)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("at most 4 input and 16 output channels");
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static double share(List<LayerWork> works) {
    double live = works.stream().mapToDouble(work -> work.macs() * work.liveShare()).sum();
    return live / works.stream().mapToLong(LayerWork::macs).sum();
  }
}
