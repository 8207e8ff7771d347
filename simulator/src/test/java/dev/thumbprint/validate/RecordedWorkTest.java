package dev.thumbprint.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Recordings;
import org.junit.jupiter.api.Test;

final class RecordedWorkTest {
  private static Recording row(String id) {
    return Recordings.builtIn().stream()
        .filter(row -> row.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void networksForASineEndInLogistic() throws Refused {
    Samples samples = new Samples();
    assertThat(samples.of(row("edgemark-tflm-stm-FC_1-q_full_int_only")).layers())
        .extracting(LayerWork::operator)
        .containsExactly(Operator.FULLY_CONNECTED, Operator.FULLY_CONNECTED, Operator.LOGISTIC);
    assertThat(samples.of(row("edgemark-tflm-stm-FC_5-q_full_int_only")).layers())
        .extracting(LayerWork::operator)
        .containsOnly(Operator.FULLY_CONNECTED);
  }

  @Test
  void whatTheSourceMeasuredBesideTheInferenceIsTakenOff() throws Refused {
    Recording row = row("edgemark-tflm-stm-FC_9-q_full_int_only");
    double window = 476 + 784 * 68.9 + 10 * 70.7;
    assertThat(new Samples().of(row).cycles()).isEqualTo(row.cycles().getAsDouble() - window);
  }
}
