package dev.thumbprint.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.TfliteWriter;
import dev.thumbprint.model.zoo.SplitMix;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.run.BatchRun;
import dev.thumbprint.run.LabelledSet;
import dev.thumbprint.run.RunOptions;
import dev.thumbprint.run.operators.OperatorTable;
import org.junit.jupiter.api.Test;

final class TrainerTest {
  /** The gradient of every layer is the slope of its values: tried by moving each input. */
  @Test
  void gradientsAreSlopes() {
    SplitMix random = new SplitMix(5);
    ConvolutionLayer convolution = new ConvolutionLayer(5, 4, 2, 3, 3, false, random);
    checkSlopes(convolution, 5 * 4 * 2, 3 * 2 * 3, random);
    checkSlopes(new PoolLayer(5, 4, 2), 5 * 4 * 2, 2 * 2 * 2, random);
  }

  private static void checkSlopes(TrainedLayer layer, int inputs, int outputs, SplitMix random) {
    float[] input = draw(inputs, random);
    float[] weighting = draw(outputs, random);
    layer.forward(input);
    float[] gradient = layer.backward(weighting.clone()).clone();
    float step = 1e-2f;
    for (int i = 0; i < inputs; i++) {
      float[] moved = input.clone();
      moved[i] += step;
      double above = weighted(layer.forward(moved), weighting);
      moved[i] -= 2 * step;
      double below = weighted(layer.forward(moved), weighting);
      assertThat((above - below) / (2 * step))
          .as("input " + i)
          .isCloseTo(gradient[i], within(1e-3));
    }
  }

  private static float[] draw(int count, SplitMix random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.between(-1, 1);
    }
    return values;
  }

  private static double weighted(float[] values, float... weights) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * (double) weights[i];
    }
    return sum;
  }

  @Test
  void aFewSamplesAreLearntAndTheSameSeedGivesTheSameFile() {
    LabelledSet set = DigitSet.of(800, 7);
    Graph once = trained(set);
    assertThat(TfliteWriter.bytes(trained(set))).isEqualTo(TfliteWriter.bytes(once));
    // Guessing gives 10 %.
    assertThat(percent(once, set)).isGreaterThan(50);
  }

  private static double percent(Graph graph, LabelledSet set) {
    var program = OperatorTable.prepare(graph, RunOptions.defaults());
    return 100 * BatchRun.run(program, set, 2, done -> {}).accuracy().orElseThrow();
  }

  private static Graph trained(LabelledSet set) {
    LenetTrainer trainer = new LenetTrainer(3);
    trainer.train(set, 8, step -> {});
    return trainer.graph("few");
  }

  @Test
  void theZoosInt8NetworkIsTheConversionOfItsFloatOne() {
    Graph real = Zoo.graph("lenet-digits-float");
    Graph converted = Quantizer.convert(real, NumberForm.INT8, DigitSet.training());
    assertThat(converted.sha256()).isEqualTo(Zoo.graph("lenet-digits").sha256());
  }

  @Test
  void int8KeepsTheAccuracyAndMixedHasNoKernel() {
    LabelledSet set = DigitSet.of(1000, DigitSet.TEST_SEED);
    Graph real = Zoo.graph("lenet-digits-float");
    double before = percent(real, set);
    assertThat(before).isGreaterThan(90);
    assertThat(percent(Zoo.graph("lenet-digits"), set)).isCloseTo(before, within(1.0));
    Graph mixed = Quantizer.convert(real, NumberForm.MIXED, set);
    assertThatThrownBy(() -> OperatorTable.prepare(mixed, RunOptions.defaults()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("hybrid");
  }

  @Test
  void everyZooNetworkInFloatHasAnInt8Form() {
    Graph real = Zoo.graph("resnet20-float");
    assertThatThrownBy(() -> Quantizer.convert(real, NumberForm.INT8, DigitSet.of(10, 1)))
        .as("digits are no colour images")
        .isInstanceOf(InputException.class);
    assertThatThrownBy(
            () -> Quantizer.convert(Zoo.graph("kws"), NumberForm.INT8, DigitSet.of(10, 1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("float32");
  }
}
