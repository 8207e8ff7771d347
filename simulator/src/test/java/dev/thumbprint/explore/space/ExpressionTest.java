package dev.thumbprint.explore.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions of templates. */
final class ExpressionTest {
  private static final Map<String, Double> NAMES = Map.of("width", 0.25, "n", 7.0);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 + 2 * 3                 | 7
          (1 + 2) * 3               | 9
          -n + 10                   | 3
          floor(64 * width)         | 16
          2 - 1 - 1                 | 0
          8 / 2 / 2                 | 2
          n % 4                     | 3
          max(8, min(n, 5))         | 8
          ceil(n / 2) + round(2.5)  | 6
          (n == 7) * 3 + (n < 7)    | 3
          multiple(20, 8)           | 24
          multiple(11, 8)           | 16
          multiple(3, 8)            | 8
          abs(-n)                   | 7
          """)
  void values(String text, double expected) {
    assertThat(Expression.parse(text, NAMES.keySet()).value(NAMES)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "1 +", "(1", "1)", "foo", "max(1)", "wdth", "2 3", "max(1,2", "1..2", "flor(1)"
      })
  void nonsenseIsRefusedWithItsPlace(String text) {
    assertThatThrownBy(() -> Expression.parse(text, NAMES.keySet()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void misspeltNameGetsTheNearest() {
    assertThatThrownBy(() -> Expression.parse("2 * widht", NAMES.keySet()))
        .hasMessageContaining("did you mean 'width'");
  }

  @Test
  void depthAndLengthAreBounded() {
    assertThatThrownBy(() -> Expression.parse("(".repeat(200) + "1", NAMES.keySet()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Expression.parse("-".repeat(400) + "1", NAMES.keySet()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Expression.parse("1+".repeat(5000) + "1", NAMES.keySet()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void divisionByZeroIsNoNumber() {
    assertThatThrownBy(() -> Expression.parse("1 / (n - 7)", NAMES.keySet()).value(NAMES))
        .isInstanceOf(ArithmeticException.class);
  }

  /** Sums and products of whole numbers, against the same tree evaluated as it is written. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void randomTreesGiveWhatTheyAreMadeOf(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      StringBuilder text = new StringBuilder();
      double expected = tree(random, 0, text);
      assertThat(Expression.parse(text.toString(), NAMES.keySet()).value(NAMES))
          .as("seed %d: %s", seed, text)
          .isEqualTo(expected);
    }
  }

  private static double tree(Random random, int depth, StringBuilder text) {
    if (depth > 3 || random.nextInt(3) == 0) {
      int value = random.nextInt(10);
      text.append(value);
      return value;
    }
    text.append('(');
    double left = tree(random, depth + 1, text);
    int sign = random.nextInt(3);
    text.append(" + ".repeat(sign == 0 ? 1 : 0))
        .append(" - ".repeat(sign == 1 ? 1 : 0))
        .append(" * ".repeat(sign == 2 ? 1 : 0));
    double right = tree(random, depth + 1, text);
    text.append(')');
    return sign == 0 ? left + right : sign == 1 ? left - right : left * right;
  }
}
