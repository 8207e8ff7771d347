package dev.thumbprint.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Generations that a packaged runtime tells. */
final class PackagedRuntimeTest {
  private static Setting read(String library, String version, String source, String opt)
      throws IOException {
    String csv =
        "id,source,board_id,library,opt,runtime_version,network,latency_ms\n"
            + String.join(",", "x", source, "nucleo-f207zg", library, opt, version, "kws", "10\n");
    List<Recording> rows =
        Recordings.read("x.csv", new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
    return rows.getFirst().setting();
  }

  @Test
  void aPackageTellsTheGenerationOfItsKernels() throws IOException {
    Setting setting =
        read("cmsis-nn", "tflite-micro-arduino-examples fork (Gostas) 2025-05", "a", "Os");
    assertThat(setting.library()).isEqualTo(new LibraryId("cmsis-nn", "2022"));
    assertThat(setting.opt()).isEqualTo("Os");
    assertThat(setting.buildKnown()).isTrue();
  }

  @Test
  void aPackageTellsItsBuildWhereTheRowDoesNot() throws IOException {
    Setting setting = read("cmsis-nn", "2024-01", "usefulsensors/pico-tflmicro: log", "");
    assertThat(setting.library().generation()).isEqualTo("2024");
    assertThat(setting.opt()).isEqualTo("O3");
    assertThat(setting.asserts()).isEqualTo(Switch.OFF);
  }

  @Test
  void aClosedRuntimeIsKnownByTheMostOfItsVersion() throws IOException {
    assertThat(read("plumerai", "Plumerai engine 2022-10", "a", "").library().generation())
        .isEqualTo("2022-10");
    assertThat(read("plumerai", "Plumerai engine 2022", "a", "").library().generation())
        .isEqualTo("2022");
    assertThat(read("bosch-hale", "HALE 1.0.175", "a", "").library().generation())
        .isEqualTo("1.0.175");
  }

  @Test
  void whatTheRowTellsGoesBefore() throws IOException {
    assertThat(read("cmsis-nn@2024", "tflite-micro-arduino-examples", "a", "").library())
        .isEqualTo(new LibraryId("cmsis-nn", "2024"));
  }

  @Test
  void anotherRuntimeStaysWithoutGeneration() throws IOException {
    assertThat(read("cmsis-nn", "2024-01", "somebody: log", "").library().generationKnown())
        .isFalse();
  }

  @Test
  void everyPackageNamesWhereItWasRead() {
    assertThat(PackagedRuntime.all())
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.why()).contains("@"));
  }
}
