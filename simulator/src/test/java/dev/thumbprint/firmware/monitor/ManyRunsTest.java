package dev.thumbprint.firmware.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Resident memory over many runs in one process. A process of its own, with a Java heap that is
 * resident from the start: what grows is then native. The first few hundred runs make the virtual
 * machine itself grow (compiled code, class data), which is no leak.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "/proc tells how much memory a process holds")
class ManyRunsTest {
  /**
   * The median of five windows: what the virtual machine allocates for itself falls into one or two
   * of them (later ones when its compiler has to wait for a busy machine), a leak into each.
   */
  @Test
  void shouldHardlyGrowOverHundredsOfRuns() throws IOException, InterruptedException {
    assertThat(bytesGrownEachRun(200, 120, 5)).isLessThan(24 * 1024);
  }

  /** With a C function for each engine that Java bound to it, each run left 440 to 760 bytes. */
  @Test
  @Tag("wide")
  void shouldNotGrowOverThousandsOfRuns() throws IOException, InterruptedException {
    assertThat(bytesGrownEachRun(8_000, 2_000, 6)).isLessThan(128);
  }

  private static long bytesGrownEachRun(int first, int runs, int windows)
      throws IOException, InterruptedException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-Xms64m",
                    "-Xmx64m",
                    "-XX:+AlwaysPreTouch",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    classPath,
                    ManyRuns.class.getName(),
                    Integer.toString(first),
                    Integer.toString(runs),
                    Integer.toString(windows)))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return Long.parseLong(output.strip());
  }
}
