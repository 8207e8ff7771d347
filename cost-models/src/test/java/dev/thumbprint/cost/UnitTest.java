package dev.thumbprint.cost;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitTest {

  @ParameterizedTest
  @CsvSource({
    "HERTZ, 80MHz, 80000000",
    "HERTZ, 32.768 kHz, 32768",
    "BYTES, 128KiB, 131072",
    "BYTES, 128 kB, 128000",
    "BYTES, 0, 0",
    "VOLTS, 1.8V, 1.8",
    "AMPERES, 24.8 mA, 0.0248",
    "AMPERES, 2.8 uA, 0.0000028",
    "AMPERES, 2.8 \u00b5A, 0.0000028",
    "WATTS, 45.7 mW, 0.0457",
    "SECONDS, 50ms, 0.05",
    "JOULES, 2 mJ, 0.002",
    "AMPERE_HOURS, 220 mAh, 0.22"
  })
  void shouldReadANumberWithItsUnit(Unit unit, String text, double value) {
    assertThat(unit.parse(text)).hasValue(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "80", "MHz", "-3 MHz", "80 mHzz", "1e9 Hz", "80 MiHz", "8 0 MHz"})
  void shouldRefuseWhatIsNoFrequency(String text) {
    assertThat(Unit.HERTZ.parse(text)).isEmpty();
  }
}
