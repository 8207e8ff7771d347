package dev.thumbprint.cost.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RuntimeVersionTest {
  @Test
  void shouldOrderByNumbersAndNotByLetters() {
    List<String> sorted =
        Stream.of("10.0.0", "9.1", "7.1.0", "8.1.0", "8.0.1")
            .sorted((one, other) -> RuntimeVersion.of(one).compareTo(RuntimeVersion.of(other)))
            .toList();
    assertThat(sorted).containsExactly("7.1.0", "8.0.1", "8.1.0", "9.1", "10.0.0");
  }

  @Test
  void shouldTakeAMonthAndAVariantForWhatTheyAre() {
    assertThat(RuntimeVersion.of("2022-10").numbers()).containsExactly(2022L, 10L);
    assertThat(RuntimeVersion.of("1.0.175-min-ram").variant()).isEqualTo("min-ram");
    assertThat(RuntimeVersion.of("beta").numbers()).isEmpty();
    assertThat(RuntimeVersion.of("").numbers()).isEmpty();
  }

  @Test
  void shouldKnowWhichVersionsAShorterOneLeavesOpen() {
    RuntimeVersion wanted = RuntimeVersion.of("8.0");
    assertThat(wanted.leavesOpen(RuntimeVersion.of("8.0.0"))).isTrue();
    assertThat(wanted.leavesOpen(RuntimeVersion.of("8.1.0"))).isFalse();
    assertThat(RuntimeVersion.of("8.0.1").isOfReleaseOf(RuntimeVersion.of("8.0.0"))).isTrue();
    assertThat(RuntimeVersion.of("8.0.1").isOfReleaseOf(RuntimeVersion.of("8.1.0"))).isFalse();
  }
}
