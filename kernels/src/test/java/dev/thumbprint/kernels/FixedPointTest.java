package dev.thumbprint.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The primitives against their definitions, in numbers that cannot overflow. */
final class FixedPointTest {
  private static final int CASES = 20_000;
  private static final int[] CORNERS = {
    0,
    1,
    -1,
    2,
    -2,
    127,
    -128,
    1 << 30,
    -(1 << 30),
    Integer.MAX_VALUE,
    Integer.MIN_VALUE + 1,
    Integer.MIN_VALUE
  };

  private static int any(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> CORNERS[random.nextInt(CORNERS.length)];
      case 1 -> random.nextInt() >> random.nextInt(32);
      default -> random.nextInt();
    };
  }

  private static BigDecimal ratio(int a, int b, int power) {
    return new BigDecimal(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)))
        .divide(BigDecimal.TWO.pow(power));
  }

  @Test
  void highMultiplyIsTheDoubledProductRoundedUpAtTies() {
    Random random = new Random(1);
    for (int i = 0; i < CASES; i++) {
      int a = any(random);
      int b = any(random);
      long exact =
          ratio(a, b, 31)
              .add(new BigDecimal("0.5"))
              .setScale(0, RoundingMode.FLOOR)
              .longValueExact();
      assertThat(FixedPoint.roundingDoublingHighMultiply(a, b))
          .as("%d x %d", a, b)
          .isEqualTo((int) Math.min(exact, Integer.MAX_VALUE));
    }
  }

  @Test
  void divisionByAPowerOfTwoRoundsTiesAwayFromZero() {
    Random random = new Random(2);
    for (int i = 0; i < CASES; i++) {
      int x = any(random);
      int exponent = random.nextInt(32);
      int exact =
          new BigDecimal(x)
              .divide(BigDecimal.TWO.pow(exponent))
              .setScale(0, RoundingMode.HALF_UP)
              .intValueExact();
      assertThat(FixedPoint.roundingDivideByPowerOfTwo(x, exponent))
          .as("%d / 2^%d", x, exponent)
          .isEqualTo(exact);
    }
  }

  @Test
  void singleRoundingRoundsTheProductOnce() {
    Random random = new Random(3);
    for (int i = 0; i < CASES; i++) {
      int x = any(random) >> 8;
      int multiplier = (1 << 30) + random.nextInt(1 << 30);
      int shift = random.nextInt(39) - 31;
      int exact =
          ratio(x, multiplier, 31 - shift)
              .add(new BigDecimal("0.5"))
              .setScale(0, RoundingMode.FLOOR)
              .intValue();
      assertThat(FixedPoint.multiply(x, multiplier, shift, Rounding.SINGLE))
          .as("%d x %d, shift %d", x, multiplier, shift)
          .isEqualTo(exact);
    }
  }

  @Test
  void realMultipliersAreTheNearestThirtyOneBits() {
    Random random = new Random(4);
    for (int i = 0; i < CASES; i++) {
      double real = Math.scalb(1 + random.nextDouble(), random.nextInt(55) - 31);
      QuantizedMultiplier quantized = QuantizedMultiplier.of(real);
      double back = Math.scalb((double) quantized.multiplier(), quantized.shift() - 31);
      assertThat(Math.abs(back - real) / real).as("%s", real).isLessThanOrEqualTo(0x1p-31);
      assertThat(quantized.multiplier()).isBetween(1 << 30, Integer.MAX_VALUE);
      assertThat(QuantizedMultiplier.of(-real).multiplier()).isEqualTo(-quantized.multiplier());
    }
  }

  @Test
  void multipliersAtTheEndsAreFlushedOrRefused() {
    assertThat(QuantizedMultiplier.of(0)).isEqualTo(new QuantizedMultiplier(0, 0));
    assertThat(QuantizedMultiplier.of(0x1p-33)).isEqualTo(new QuantizedMultiplier(0, 0));
    assertThat(QuantizedMultiplier.of(0x1p-32)).isEqualTo(new QuantizedMultiplier(1 << 30, -31));
    assertThat(QuantizedMultiplier.of(1 - 0x1p-40)).isEqualTo(new QuantizedMultiplier(1 << 30, 1));
    assertThat(QuantizedMultiplier.of(0x1p40, Rounding.SINGLE))
        .isEqualTo(new QuantizedMultiplier(Integer.MAX_VALUE, 30));
    for (double bad : new double[] {0x1p40, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> QuantizedMultiplier.of(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(bad));
    }
  }

  @Test
  void roundingOfRealsIsHalfAwayFromZero() {
    assertThat(FixedPoint.roundHalfAway(0.49999999999999994)).isZero();
    assertThat(FixedPoint.roundHalfAway(2.5)).isEqualTo(3);
    assertThat(FixedPoint.roundHalfAway(-2.5)).isEqualTo(-3);
    assertThat(FixedPoint.roundHalfAway(0x1p60 + 1)).isEqualTo(0x1p60);
  }

  @Test
  void exponentialAndLogisticFollowTheRealFunctions() {
    for (int i = 0; i < 31; i++) {
      int a = -(1 << i);
      double real = Math.exp(Math.scalb((double) a, 5 - 31));
      assertThat(Gemmlowp.expOfNegative(a, 5) * 0x1p-31).isCloseTo(real, within());
      double logistic = 1 / (1 + Math.exp(-Math.scalb((double) a, 4 - 31)));
      assertThat(Gemmlowp.logistic(a) * 0x1p-31).isCloseTo(logistic, within());
      assertThat(Gemmlowp.tanh(a) * 0x1p-31)
          .isCloseTo(Math.tanh(Math.scalb((double) a, 4 - 31)), within());
    }
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-5);
  }
}
