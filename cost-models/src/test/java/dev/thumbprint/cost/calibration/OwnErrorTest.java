package dev.thumbprint.cost.calibration;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is nowhere near the model is a mistake of units, not a board. */
final class OwnErrorTest {
  @Test
  void shouldTakeWhatIsAFactorOfTwoOff() {
    assertThatCode(errors(1.1, 0.5, 2)::requireSense).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1000, 1e300, Double.POSITIVE_INFINITY, 1e-300})
  void shouldRefuseWhatNoScaleExplains(double ratio) {
    assertThatThrownBy(errors(1, 1, ratio)::requireSense)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("times off")
        .hasMessageContaining("a unit or a cell may be wrong");
  }

  private static OwnError errors(double... ratios) {
    OwnError errors = new OwnError();
    for (int i = 0; i < ratios.length; i++) {
      errors.add("network " + i, ratios[i]);
    }
    return errors;
  }
}
