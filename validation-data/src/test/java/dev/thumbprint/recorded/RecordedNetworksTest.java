package dev.thumbprint.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordedNetworksTest {
  private static final Map<String, RecordedNetwork> NETWORKS = RecordedNetworks.builtIn();

  /** Networks that the zoo of the simulator builds; they need no operator list here. */
  private static final Set<String> ZOO = Set.of("kws", "ic", "vww", "ad", "lenet", "resnet20");

  @Test
  void shouldHoldEveryNetworkThatARecordingNames() {
    assertThat(NETWORKS).hasSize(121);
    Set<String> missing = new TreeSet<>();
    for (Recording row : Recordings.builtIn()) {
      String name = row.work().network();
      if (!name.isEmpty() && RecordedNetworks.find(name).isEmpty()) {
        missing.add(name);
      }
    }
    assertThat(missing).isEqualTo(new TreeSet<>(ZOO));
  }

  @Test
  void shouldTellInputAndFilterOfEveryOperatorWithWeights() {
    for (RecordedNetwork network : NETWORKS.values()) {
      assertThat(network.ops()).isNotEmpty();
      assertThat(network.ops())
          .as(network.name())
          .filteredOn(op -> op.op().matches("(DEPTHWISE_)?CONV_2D|FULLY_CONNECTED"))
          .allMatch(op -> op.input().known() && op.output().known() && op.filter().known());
      assertThat(network.ops())
          .as(network.name())
          .filteredOn(op -> op.op().matches("(DEPTHWISE_)?CONV_2D|(AVERAGE|MAX)_POOL_2D"))
          .allMatch(op -> op.stride().known() && !op.padding().isEmpty());
    }
  }

  @Test
  void shouldReadTheOperatorsOfLeNet() {
    RecordedNetwork lenet = NETWORKS.get("heim/lenet-int8");
    assertThat(lenet.ops()).hasSize(11);
    assertThat(lenet.ops().get(3).filter()).isEqualTo(Shape.of(16, 3, 3, 6));
    assertThat(lenet.ops().stream().mapToLong(op -> op.macs().orElse(0)).sum()).isEqualTo(274_656);
  }

  @Test
  void shouldPutTheFilterTogetherFromWindowAndChannels() throws IOException {
    RecordedNetwork network =
        read("""
                {"n": {"ops": [
                  {"op":"CONV_2D","inp":[1,8,8,3],"out":[1,8,8,4],"k":[3,5],"cin":3,"cout":4},
                  {"op":"DEPTHWISE_CONV_2D","inp":[1,8,8,3],"out":[1,8,8,6],"k":[3,5],"cin":3,"cout":6},
                  {"op":"FULLY_CONNECTED","cin":3,"cout":4},
                  {"op":"MAX_POOL_2D","k":[2,2],"stride":[2,2],"pad":"VALID"}]}}
                """)
            .get("n");
    assertThat(network.ops())
        .extracting(op -> op.filter().toString())
        .containsExactly("4x3x5x3", "1x3x5x6", "4x3", "2x2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1]                                          | an object of networks",
        "{\"n\": 3}                                   | column n: found NUMBER",
        "{\"n\": {\"ops\": []}}                       | column n.ops",
        "{\"n\": {\"ops\": [{\"inp\": [1]}]}}         | column n.ops[0].op: found nothing",
        "{\"n\": {\"ops\": [{\"op\": 3}]}}            | column n.ops[0].op: found 3",
        "{\"n\": {\"ops\": [{\"op\": \"A\", \"inp\": [0]}]}}      | column n.ops[0].inp: found 0",
        "{\"n\": {\"ops\": [{\"op\": \"A\", \"inp\": [1.5]}]}}    | column n.ops[0].inp: found 1.5",
        "{\"n\": {\"ops\": [{\"op\": \"A\", \"macs\": -1}]}}      | column n.ops[0].macs: found -1",
        "{\"n\": {\"ops\": [{\"op\": \"A\", \"pad\": \"x\"}]}}    | column n.ops[0].pad: found 'x'",
        "{\"n\": {\"ops\": [{\"op\": \"A\"}]}, \"n\": {}}         | twice",
        "{\"n\":                                      | valid JSON",
        "{} {}                                        | valid JSON",
      })
  void shouldNameWhatIsWrong(String json, String message) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(BadRecordingException.class)
        .hasMessageContaining("mine.json")
        .hasMessageContaining(message);
  }

  @Test
  void shouldNameAMissingFile(@TempDir Path dir) {
    assertThatThrownBy(() -> RecordedNetworks.read(dir.resolve("none.json")))
        .isInstanceOf(BadRecordingException.class)
        .hasMessageContaining("no such file");
  }

  private static Map<String, RecordedNetwork> read(String json) throws IOException {
    return RecordedNetworks.read(
        "mine.json", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }
}
