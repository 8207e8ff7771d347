package dev.thumbprint.explore.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Live;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.model.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The YAML form of a space: what it means, and what damaged files get. */
final class SpaceReaderTest {
  private static final String GOOD =
      """
      version: 1
      title: "a test"   # with a comment
      network:
        family: mobilenet-v1
        width: [0.25, 0.5]
        resolution: { from: 96, to: 160, step: 32 }
      board: [nucleo-l4r5zi, nucleo-f746zg]
      clock: [max, 80 MHz]
      kernels: cmsis-nn@2026
      opt: [O2, Os]
      period: [1 s, 60 s]
      battery: { charge: 220 mAh, voltage: 3 V }
      constraints: [latency <= 50 ms, ram <= 128 KiB, fits, life >= 1 y surely]
      objectives: [minimise latency, maximise life, ram]
      sampler: { kind: random, budget: 20, seed: 3 }
      """;

  static Space space(String yaml) {
    try {
      return SpaceReader.read(SpaceRequest.of("test.yaml", yaml), Inputs.ofThisMachine());
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  @Test
  void goodFileSaysWhatItSays() {
    Space space = space(GOOD);
    assertThat(space.title()).isEqualTo("a test");
    assertThat(space.networks()).isEqualTo(2 * 3);
    assertThat(space.configurations()).isEqualTo(2 * 2 * 2);
    assertThat(space.size()).isEqualTo(6 * 8 * 2);
    assertThat(space.objectives().stream().map(Objective::toString))
        .containsExactly("minimise latency", "maximise life", "minimise ram");
    assertThat(space.constraints()).hasSize(3);
    assertThat(space.constraints().getFirst().limit()).isEqualTo(50);
    assertThat(space.constraints().get(1).limit()).isEqualTo(128 * 1024);
    assertThat(space.constraints().get(2).limit()).isEqualTo(365);
    assertThat(space.constraints().get(2).surely()).isTrue();
    assertThat(space.mustFit()).isTrue();
    assertThat(space.networkParameters(4)).isEqualTo("width=0.5;resolution=128");
    assertThat(space.sampler().points(space.size())).isEqualTo(20);
  }

  @Test
  void everyNumberNamesOneDesignAndEveryDesignHasOne() {
    Space space = space(GOOD);
    for (long point = 0; point < space.size(); point++) {
      assertThat(
              space.point(
                  space.networkOf(point), space.configurationOf(point), space.periodOf(point)))
          .isEqualTo(point);
    }
    long axes = space.axes().stream().mapToLong(Axis::size).reduce(1, (a, b) -> a * b);
    assertThat(axes).isEqualTo(space.size());
    assertThat(space.target(0).clockHz()).isEqualTo(120_000_000);
    assertThat(space.options(3))
        .containsExactly("--kernels", "cmsis-nn@2026", "--opt", "Os", "--clock", "80MHz");
    assertThat(space.board(4).id()).isEqualTo("nucleo-f746zg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "nsga2"})
  void samplesThatWouldFillTheMemoryAreRefused(String kind) {
    String space =
        """
        version: 1
        network: { family: mobilenet-v1, width: { from: 0.0001, to: 1, step: 0.0001 }, resolution: { from: 32, to: 10031 } }
        board: nucleo-l4r5zi
        sampler: { kind: %s, budget: 99_000_000 }
        """
            .formatted(kind);
    assertThatThrownBy(() -> space(space))
        .isInstanceOf(BadDescription.class)
        .hasMessageContaining("found budget '99000000', expected at most");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          boards: x                        | did you mean 'board'
          constrains: [fits]               | did you mean 'constraints'
          objectives: [latencyy]           | did you mean 'latency'
          objectives: [maximise]           | expected something to optimise
          constraints: [latency < 5]       | a time such as 50 ms
          constraints: [ram <= 5 ms]       | a size such as 512 KiB
          constraints: [latency == 5 ms]   | expected <=
          constraints: [speed <= 5 ms]     | expected something to limit
          constraints: [price <= 5]        | an amount with its currency
          objectives: [price]              | --prices FILE.csv
          objectives: [life]               | period
          clock: fast                      | a frequency such as 80 MHz
          clock: { from: 80 MHz, to: 20 MHz, step: 1 MHz } | is below 'from'
          clock: [80 MHz, 80 MHz]          | twice
          kernels: cmsis-nm                | did you mean 'cmsis-nn
          opt: O7                          | Os, O2, O3 or Ofast
          fpu: maybe                       | on or off
          weights: eeprom                  | flash, ram, tcm, xip
          sampler: nsga3                   | did you mean 'nsga2'
          sampler: { kind: grid, budget: -4 } | a whole number from 1
          sampler: { kind: grid, buget: 4 }   | did you mean 'budget'
          wait-states: 99                  | from 0 to 15
          period: 0                        | a time such as 1 s
          battery: { charge: 3 V, voltage: 3 V } | a charge such as 220 mAh
          must-fit: perhaps                | one of
          """)
  void damageIsToldWithLineAndHint(String line, String expected) {
    String yaml = "version: 1\nnetwork: ad\nboard: nucleo-l4r5zi\n" + line + "\n";
    assertThatThrownBy(() -> space(yaml))
        .isInstanceOf(BadDescription.class)
        .hasMessageContaining(expected)
        .hasMessageContaining("test.yaml:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          { family: mobilnet-v1 }                     | did you mean 'mobilenet-v1'
          { family: mobilenet-v1, widht: 1 }          | did you mean 'width'
          { family: mobilenet-v1, width: big }        | expected a number
          { family: mobilenet-v1, width: [] }         | at least one value
          { famly: mobilenet-v1 }                     | did you mean 'family'
          mobilenet-v1                                | is a family
          kwz                                         | did you mean 'kws'
          none.tflite                                 | none.tflite
          {}                                          | found an empty block, expected zoo, file, family or template
          [{}]                                        | network[0]: found an empty block
          { template: t, input: [8, 8, 1], layers: [ {} ] } | layers[0]: found an empty block, expected a layer
          "a\\0b.json"                               | test.yaml:3: a NUL character in 'a?b.json'
          { family: "mobilenet\\0" }                 | a NUL character in
          { template: t, input: [8, 8, 1], layers: [dens] }                     | did you mean 'dense'
          { template: t, input: [8, 8, 1], layers: [dense] }                    | 'units' is missing
          { template: t, input: [8, 8, 1], layers: [ { conv: { filters: c } } ] }      | unknown name 'c'
          { template: t, input: [8, 8], layers: [flatten] }                     | expected [height, width, channels]
          { template: t, input: [8, 8, 1], layers: [ { conv: { filers: 3 } } ] }       | did you mean 'filters'
          """)
  void damagedNetworkIsTold(String network, String expected) {
    String yaml = "version: 1\nboard: nucleo-l4r5zi\nnetwork: " + network + "\n";
    assertThatThrownBy(
            () -> SpaceReader.read(SpaceRequest.of("test.yaml", yaml), Inputs.ofThisMachine()))
        .isInstanceOfAny(BadDescription.class, IOException.class)
        .hasMessageContaining(expected);
  }

  /** Every prefix and many mutants of a good file: refused or read, never anything else. */
  @Test
  void mutantsAreRefusedOrRead() {
    Random random = new Random(5);
    for (int i = 0; i < GOOD.length() + 2_000; i++) {
      StringBuilder text = new StringBuilder(GOOD);
      if (i < GOOD.length()) {
        text.setLength(i);
      } else {
        for (int edit = 0; edit < 3; edit++) {
          int at = random.nextInt(text.length());
          text.setCharAt(at, "0{}[]:,-#\n z9'\"%&*".charAt(random.nextInt(18)));
        }
      }
      try {
        space(text.toString());
      } catch (BadDescription | InputException told) {
        assertThat(told).hasMessageNotContaining("Exception");
      }
    }
  }

  @Test
  void sweepsReplaceTheFileAndShareAUnit() throws IOException {
    SpaceRequest request =
        new SpaceRequest(
            "",
            "",
            Map.of(
                "network", List.of("kws", "ad"),
                "board", List.of("nucleo-l4r5zi"),
                "clock", List.of("64", "80", "120MHz")),
            "",
            Map.of("kind", "nsga2", "budget", "1_000"));
    Space space = SpaceReader.read(request, Inputs.ofThisMachine());
    assertThat(space.size()).isEqualTo(6);
    assertThat(space.target(1).clockHz()).isEqualTo(80_000_000);
    assertThat(space.sampler().budget()).hasValue(1000);
    SpaceRequest wrong =
        new SpaceRequest(
            "",
            "",
            Map.of(
                "network", List.of("kws"),
                "board", List.of("nucleo-l4r5zi"),
                "clocks", List.of("80MHz")),
            "",
            Map.of());
    assertThatThrownBy(() -> SpaceReader.read(wrong, Inputs.ofThisMachine()))
        .hasMessageContaining("--sweep clocks")
        .hasMessageContaining("did you mean 'clock'");
  }

  @Test
  void spaceThatNobodyCanCountIsRefused() {
    String big = "{ from: 1, to: 900000, step: 1 }";
    assertThatThrownBy(
            () ->
                space(
                    "version: 1\nboard: all\nnetwork: { family: ds-cnn, filters: %s, depth: %s, frames: %s, classes: %s }"
                        .formatted(big, big, big, big)))
        .isInstanceOf(BadDescription.class)
        .hasMessageContaining("64-bit");
  }

  @ParameterizedTest
  @CsvSource({
    "mobilenet-v1,  vww,  'width: 0.25, resolution: 96, classes: 2'",
    "ds-cnn,        kws,  'depth: 4'",
    "autoencoder,   ad,   'units: 128'",
    "lenet,         lenet, 'first: 6'"
  })
  void familiesHoldTheNetworksTheyAreNamedFor(String family, String zoo, String parameters) {
    Space space =
        space(
            "version: 1\nboard: nucleo-l4r5zi\nnetwork: { family: %s, %s }"
                .formatted(family, parameters));
    // The zoo's vww has dead filters, as the benchmark's own; a family has shapes alone.
    assertThat(space.network(0).network().works())
        .isEqualTo(
            Lowering.lower(Zoo.graph(zoo)).stream().map(work -> work.with(Live.ALL)).toList());
  }

  @Test
  void resnetFamilyHoldsTheLayersOfResnet20() {
    Space space = space("version: 1\nboard: nucleo-l4r5zi\nnetwork: { family: resnet, depth: 3 }");
    Comparator<LayerWork> order = Comparator.comparing(LayerWork::toString);
    // The study computes one of its two projections first, the family both.
    assertThat(space.network(0).network().works().stream().sorted(order))
        .containsExactlyElementsOf(
            Lowering.lower(Zoo.graph("resnet20")).stream().sorted(order).toList());
    assertThat(space.network(0).network().macs()).isEqualTo(40_813_184);
    assertThat(space.network(0).network().parameters()).hasValue(271_690);
  }

  /** Figures of arXiv:1801.04381, Table 4: 300 million multiply-adds, 3.4 million parameters. */
  @Test
  void mobilenetV2HasThePublishedSize() {
    Space space =
        space("version: 1\nboard: nucleo-l4r5zi\nnetwork: { family: mobilenet-v2, classes: 1000 }");
    assertThat(space.network(0).network().macs() / 1e6).isBetween(295.0, 305.0);
    assertThat(space.network(0).network().parameters().orElseThrow() / 1e6).isBetween(3.4, 3.5);
  }

  @Test
  void templateWithBranchesComputesItsShapes() {
    Space space =
        space(
            """
            version: 1
            board: nucleo-l4r5zi
            network:
              template: mine
              parameters: { c: [8, 12], n: { from: 1, to: 2 } }
              input: [16, 16, 3]
              layers:
                - conv: { filters: c, kernel: 3, stride: 2, activation: relu }
                  as: trunk
                - repeat: n
                  layers:
                    - conv: { filters: c, kernel: [1, 3] }
                    - add: { with: trunk }
                      as: trunk
                - conv: { filters: 4 }
                  from: trunk
                  as: side
                - max-pool: { size: 2 }
                - flatten
                - dense: { units: 10 }
                - softmax
            """);
    assertThat(space.networks()).isEqualTo(4);
    List<LayerWork> works = space.network(3).network().works();
    assertThat(works.stream().map(LayerWork::operator))
        .containsExactly(
            Operator.CONV_2D,
            Operator.CONV_2D,
            Operator.ADD,
            Operator.CONV_2D,
            Operator.ADD,
            Operator.CONV_2D,
            Operator.MAX_POOL_2D,
            Operator.RESHAPE,
            Operator.FULLY_CONNECTED,
            Operator.SOFTMAX);
    assertThat(works.get(5).output().toString()).isEqualTo("1x8x8x4");
    assertThat(works.get(7).output().toString()).isEqualTo("1x64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"c: [0]", "c: [0.5]", "c: [2000000]"})
  void parametersThatGiveNoNetworkAreToldByDesign(String parameter) {
    Space space =
        space(
            """
            version: 1
            board: nucleo-l4r5zi
            network: { template: t, parameters: { %s }, input: [8, 8, 1], layers: [ { conv: { filters: c } } ] }
            """
                .formatted(parameter));
    assertThatThrownBy(() -> space.network(0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("filters")
        .hasMessageContaining("a whole number");
  }

  @Test
  void filesAreRelativeToTheSpaceAndPricesAreRead(@TempDir Path folder) throws IOException {
    Path list = folder.resolve("net.json");
    Files.writeString(
        list,
        "{\"name\":\"x\",\"layers\":[{\"op\":\"SOFTMAX\",\"input\":[1,8],\"output\":[1,8]}]}");
    Path prices = folder.resolve("prices.csv");
    Files.writeString(prices, "board,price,currency,source\nnucleo-l4r5zi,21.50,EUR,a shop\n");
    SpaceRequest request =
        new SpaceRequest(
            folder.resolve("space.yaml").toString(),
            "version: 1\nnetwork: net.json\nboard: nucleo-l4r5zi\nobjectives: [price]\n",
            Map.of(),
            prices.toString(),
            Map.of());
    Space space = SpaceReader.read(request, Inputs.ofThisMachine());
    assertThat(space.networkName(0)).isEqualTo(list.toString());
    assertThat(space.price(space.board(0)).orElseThrow().amount()).isEqualTo(21.5);
    SpaceRequest dollars =
        new SpaceRequest(
            request.file(),
            request.yaml().replace("objectives: [price]", "constraints: [price <= 30 USD]"),
            Map.of(),
            prices.toString(),
            Map.of());
    assertThatThrownBy(() -> SpaceReader.read(dollars, Inputs.ofThisMachine()))
        .hasMessageContaining("the limit is in USD, prices are in EUR");
    Files.writeString(prices, "board,price,currency\nnucleo-l4r5zi,cheap,EUR\n");
    assertThatThrownBy(() -> SpaceReader.read(request, Inputs.ofThisMachine()))
        .isInstanceOf(BadDescription.class)
        .hasMessageContaining("prices.csv:2");
  }
}
