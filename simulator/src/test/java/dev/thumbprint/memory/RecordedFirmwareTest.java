package dev.thumbprint.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.recorded.RecordedNetworks;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Recordings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Whole firmware images of five boards (DivinityQQ/MicroAI_Benchmark bcd3c21a, TFLM of 2025, -Os
 * and -Ofast) against model, kernels and runtime. One row of each board and level,
 * KWS_DS_CNN_SMALL, tells what the board's core and the benchmark's own code take; the other rows
 * are predicted.
 */
class RecordedFirmwareTest {
  /** What the benchmark's programs register (keyword_spotting_benchmark.cpp and its siblings). */
  private static final Set<String> KEYWORDS =
      words("RESHAPE CONV_2D DEPTHWISE_CONV_2D AVERAGE_POOL_2D FULLY_CONNECTED SOFTMAX");

  private static final Set<String> SCRAMBLED = words("SVDF QUANTIZE FULLY_CONNECTED SOFTMAX");
  private static final Set<String> SPEECH =
      words(
          "DEPTHWISE_CONV_2D FULLY_CONNECTED SOFTMAX RESHAPE CAST STRIDED_SLICE CONCATENATION MUL"
              + " ADD DIV MINIMUM MAXIMUM SignalWindow SignalFftAutoScale SignalRfft SignalEnergy"
              + " SignalFilterBank SignalFilterBankSquareRoot SignalFilterBankSpectralSubtraction"
              + " SignalPCAN SignalFilterBankLog");

  /** The model of the audio front end and four test sounds of one second, in the same place. */
  private static final long SPEECH_CONSTANTS_BYTES = 8_772 + 4 * 32_044;

  @Test
  void shouldPredictTheImagesOfFirmwareOfFiveBoards() {
    Map<String, Long> base = new HashMap<>();
    List<Recording> rows = rows();
    rows.stream()
        .filter(RecordedFirmwareTest::tellsTheBase)
        .forEach(row -> base.put(build(row), flash(row) - linkedBytes(row)));
    assertThat(base).hasSize(10);
    int predicted = 0;
    for (Recording row : rows) {
      if (!tellsTheBase(row)) {
        long bytes = base.get(baseBuild(row)) + linkedBytes(row);
        assertThat((double) bytes / flash(row) - 1).as(row.id()).isBetween(-0.05, 0.05);
        predicted++;
      }
    }
    assertThat(predicted).isEqualTo(rows.size() - base.size());
  }

  private static boolean tellsTheBase(Recording row) {
    return row.work().network().endsWith("KWS_DS_CNN_SMALL_INT8");
  }

  /**
   * The build whose base a row has. On the Raspberry Pi Pico W the keyword programs hold some 250
   * KB of the radio's firmware and drivers that the speech program lacks, which is smaller than
   * they are although it holds more: its base is that of the Pico 2, the same core without a radio.
   */
  private static String baseBuild(Recording row) {
    boolean withoutRadio =
        row.setting().boardId().equals("raspberry-pi-pico")
            && row.work().network().endsWith("SPEECH_YES_NO_MODEL");
    return withoutRadio ? "raspberry-pi-pico-2 " + row.setting().opt() : build(row);
  }

  private static String build(Recording row) {
    return row.setting().boardId() + " " + row.setting().opt();
  }

  private static long flash(Recording row) {
    return row.measured().flashBytes().getAsLong();
  }

  private static long linkedBytes(Recording row) {
    String network = row.work().network();
    boolean speech = network.endsWith("SPEECH_YES_NO_MODEL");
    Set<String> operators = network.contains("SCRAMBLED") ? SCRAMBLED : speech ? SPEECH : KEYWORDS;
    Footprint footprint =
        FootprintModel.linked(
            operators,
            RecordedNetworks.find(network).orElseThrow().modelBytes().getAsLong(),
            0,
            LibraryId.parse("cmsis-nn"),
            Core.ofLabel(row.setting().core()).orElseThrow(),
            OptLevel.ofLabel(row.setting().opt()).orElseThrow());
    return footprint.flashBytes()
        - FootprintModel.START_UP_BYTES
        + (speech ? SPEECH_CONSTANTS_BYTES : 0);
  }

  private static List<Recording> rows() {
    return Recordings.builtIn().stream()
        .filter(row -> row.id().startsWith("MAI-"))
        .filter(row -> row.measured().flashBytes().isPresent())
        .toList();
  }

  private static Set<String> words(String names) {
    return new TreeSet<>(Arrays.asList(names.split(" ")));
  }
}
