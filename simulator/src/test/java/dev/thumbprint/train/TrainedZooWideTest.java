package dev.thumbprint.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.model.zoo.Zoo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The trained network of the zoo is what {@code train lenet} gives, byte for byte. */
@Tag("wide")
final class TrainedZooWideTest {
  @Test
  void trainingAgainGivesTheSameFile() {
    LenetTrainer trainer = new LenetTrainer(1);
    trainer.train(DigitSet.training(), 8, step -> {});
    assertThat(trainer.graph("lenet-digits").sha256())
        .isEqualTo(Zoo.graph("lenet-digits-float").sha256());
  }
}
