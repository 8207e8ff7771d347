package dev.thumbprint.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RecordingsTest {
  private static final List<Recording> ALL = Recordings.builtIn();

  @Test
  void shouldHoldEveryRowOfEverySource() {
    assertThat(ALL).hasSize(10_786);
    assertThat(counts(recording -> recording.origin().source()))
        .containsEntry("heim2021", 5482L)
        .containsEntry("micronas", 4072L)
        .containsEntry("mlperf-tiny", 198L)
        .containsEntry("stm32ai-modelzoo", 174L)
        .containsEntry("tinymaix", 158L)
        .containsEntry("microai", 123L)
        .containsEntry("edgemark", 97L)
        .hasSize(28);
  }

  @Test
  void shouldCountBoards() {
    assertThat(counts(recording -> recording.setting().boardId()))
        .containsEntry("nucleo-l496zg", 4692L)
        .containsEntry("nucleo-l552ze-q", 2636L)
        .containsEntry("nucleo-f446re", 1444L)
        .containsEntry("disco-f469ni", 574L)
        .containsEntry("nucleo-f767zi", 216L)
        .containsEntry("nucleo-l4r5zi", 174L)
        .containsEntry("apollo510-evb", 136L);
  }

  @Test
  void shouldCountLibraries() {
    assertThat(counts(recording -> recording.setting().library().toString()))
        .containsEntry("cmsis-nn@2022", 4190L)
        .containsEntry("cmsis-nn@2020-03", 3268L)
        .containsEntry("tflm-reference@2020", 2214L)
        .containsEntry("cmsis-nn", 159L)
        .containsEntry("cmsis-nn@2024", 143L)
        .containsEntry("cmsis-nn@2020-09", 4L);
  }

  @Test
  void shouldCountTrust() {
    assertThat(counts(Recording::trust))
        .isEqualTo(Map.of(Trust.A, 8481L, Trust.B, 2028L, Trust.C, 277L));
  }

  @Test
  void shouldNameEveryRowOnce() {
    Set<String> ids = new HashSet<>();
    assertThat(ALL).allSatisfy(recording -> assertThat(ids.add(recording.id())).isTrue());
  }

  @Test
  void shouldTellForEveryRowWhereItComesFromAndWhatRan() {
    assertThat(ALL)
        .allSatisfy(
            recording -> {
              assertThat(recording.origin().source()).isNotEmpty();
              assertThat(recording.origin().place()).isNotEmpty();
              assertThat(recording.setting().library().name()).isNotEmpty();
              assertThat(recording.work().model()).isNotEmpty();
            });
  }

  private static <K> Map<K, Long> counts(Function<Recording, K> key) {
    return ALL.stream().collect(Collectors.groupingBy(key, Collectors.counting()));
  }
}
