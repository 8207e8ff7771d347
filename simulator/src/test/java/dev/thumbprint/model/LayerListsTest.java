package dev.thumbprint.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.recorded.RecordedNetwork;
import dev.thumbprint.recorded.RecordedNetworks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerListsTest {
  private static final String LIST =
      """
      {"name": "two", "layers": [
        {"op": "CONV_2D", "input": [1,32,32,16], "filter": [16,3,3,16], "output": [1,32,32,16],
         "stride": [1,1], "padding": "SAME", "type": "int8"},
        {"op": "AVERAGE_POOL_2D", "name": "pool", "input": [1,32,32,16], "filter": [2,2]}
      ]}
      """;

  private static Network read(String json) {
    try {
      return LayerLists.read(
          "list.json", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException impossible) {
      return fail("a stream over bytes does not fail", impossible);
    }
  }

  @Test
  void shouldReadTheFullForm() {
    Network network = read(LIST);
    assertThat(network.name()).isEqualTo("two");
    LayerWork convolution = network.works().getFirst();
    assertThat(convolution.macs()).isEqualTo(32L * 32 * 16 * 3 * 3 * 16);
    assertThat(convolution.window().padding()).isEqualTo(Padding.SAME);
    assertThat(convolution.perChannel()).isTrue();
    LayerWork pool = network.works().getLast();
    assertThat(pool.output()).hasToString("1x16x16x16");
    assertThat(pool.filter().rank()).isZero();
    assertThat(pool.window().strideWidth()).isEqualTo(2);
    assertThat(network.layers().getLast().name()).isEqualTo("pool");
  }

  @Test
  void shouldReadTheCompactForm() {
    Network network =
        read(
            """
            {"mine": {"ops": [{"op":"CONV_2D","inp":[1,8,8,3],"out":[1,4,4,5],"k":[3,3],
              "stride":[2,2],"cin":3,"cout":5,"itype":"int8"}]}}
            """);
    assertThat(network.name()).isEqualTo("mine");
    assertThat(network.works().getFirst().window().padding()).isEqualTo(Padding.SAME);
    assertThat(network.macs()).isEqualTo(4L * 4 * 5 * 27);
  }

  /** SVDF is counted by its weights in time too, which the compact form does not hold. */
  @Test
  void shouldLowerEveryRecordedNetwork() {
    for (RecordedNetwork recorded : RecordedNetworks.builtIn().values()) {
      Network network = LayerLists.network(recorded);
      assertThat(network.layers()).as(recorded.name()).hasSameSizeAs(recorded.ops());
      boolean counted =
          network.works().stream().noneMatch(work -> work.operator() == Operator.SVDF);
      if (recorded.macs().isPresent() && counted) {
        assertThat(network.macs()).as(recorded.name()).isEqualTo(recorded.macs().getAsLong());
      }
    }
  }

  /** The study's networks, as it recorded them and as the zoo builds them. */
  @ParameterizedTest
  @CsvSource({"heim/lenet-int8, lenet", "heim/resnet20-int8, resnet20"})
  void shouldAgreeWithTheZoo(String recorded, String zoo) {
    Network list = LayerLists.network(RecordedNetworks.builtIn().get(recorded));
    Network built = Lowering.network(Zoo.graph(zoo));
    assertThat(list.layers()).hasSameSizeAs(built.layers());
    for (int i = 0; i < list.layers().size(); i++) {
      LayerWork told = list.works().get(i);
      LayerWork lowered = built.works().get(i);
      assertThat(told.operator()).isEqualTo(lowered.operator());
      assertThat(told.input()).isEqualTo(lowered.input());
      assertThat(told.output()).isEqualTo(lowered.output());
      assertThat(told.filter()).isEqualTo(lowered.filter());
      assertThat(told.window()).isEqualTo(lowered.window());
      assertThat(told.inputType()).isEqualTo(lowered.inputType());
      assertThat(told.outputType()).isEqualTo(lowered.outputType());
      assertThat(told.macs()).isEqualTo(lowered.macs());
    }
  }

  @Test
  void shouldKeepUnknownOperatorsByName() {
    LayerWork work =
        read("{\"layers\":[{\"op\":\"TILE\",\"input\":[1,4],\"type\":\"int16\"}]}")
            .works()
            .getFirst();
    assertThat(work.operator()).isEqualTo(Operator.CUSTOM);
    assertThat(work.customName()).isEqualTo("TILE");
    assertThat(work.inputType()).isEqualTo(DataType.INT16);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[                                                           | line 1",
        "{}                                                          | 0 networks",
        "{\"layers\":[]}                                             | layers",
        "{\"layers\":[{\"op\":\"RELU\",\"inptu\":[1]}]}               | did you mean 'input'?",
        "{\"layers\":[{\"op\":\"RELU\"}]}                            | layer 0 (RELU): no input",
        "{\"layers\":[{\"op\":\"RELU\",\"input\":[1,0]}]}             | at least 1",
        "{\"layers\":[{\"op\":\"RELU\",\"input\":[1.5]}]}             | whole number",
        "{\"layers\":[{\"op\":\"RELU\",\"input\":[99999999999]}]}     | whole number",
        "{\"layers\":[{\"op\":\"RELU\",\"input\":[99999,99999]}]}     | at most",
        "{\"layers\":[{\"op\":\"RELU\",\"input\":[1],\"type\":\"i8\"}]} | type \"i8\"",
        "{\"layers\":[{\"op\":\"CONV_2D\",\"input\":[1,4,4,3],\"filter\":[8,3,3,2]}]} | groups",
        "{\"layers\":[{\"op\":\"CONV_2D\",\"input\":[1,4,4,3]}]}      | no filter",
        "{\"layers\":[{\"op\":\"MAX_POOL_2D\",\"input\":[1,4,4,3],\"filter\":[9,9],\"padding\":\"VALID\"}]} | empty output",
        "{\"layers\":[{\"op\":\"FULLY_CONNECTED\",\"input\":[1,7],\"filter\":[4,3]}]} | multiple of 3",
        "{\"layers\":[{\"op\":\"RELU\",\"input\":[1]}],\"layers\":[]} | twice",
      })
  void shouldSayWhatIsWrong(String json, String reason) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("list.json")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void shouldReadOrRefuseDamagedLists(int seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 1_000; round++) {
      byte[] bytes = LIST.getBytes(StandardCharsets.UTF_8);
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) (random.nextInt(96) + 32);
      }
      String damaged = new String(bytes, StandardCharsets.UTF_8);
      try {
        assertThat(read(damaged).macs()).isNotNegative();
      } catch (InputException expected) {
        assertThat(expected.getMessage()).startsWith("list.json");
      } catch (RuntimeException bug) {
        fail("seed " + seed + ", round " + round + ": " + damaged, bug);
      }
    }
  }
}
