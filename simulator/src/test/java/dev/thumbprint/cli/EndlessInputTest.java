package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file without an end is read up to a bound and refused, whatever it is read as. */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class EndlessInputTest {
  private static final int DATA_ERROR = 3;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "profile E.json -b nucleo-l496zg",
        "profile E.tflite -b nucleo-l496zg",
        "profile kws -b E.yaml",
        "profile kws -b nucleo-l496zg --kernels E.yaml",
        "run kws --input E.npy",
        "run kws --input E.bin",
        "run kws --inputs E.npy",
        "run kws --inputs E.idx",
        "explore E.yaml",
        "compare E.json E.json",
        "validate E.csv",
        "calibrate E.csv -o out.yaml",
        "phase analyse kws --record E.json",
      })
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void isRefused(String line) throws IOException {
    String[] args = line.split(" ");
    for (int i = 0; i < args.length; i++) {
      if (args[i].startsWith("E.")) {
        Path endless = folder.resolve(args[i]);
        if (!Files.exists(endless)) {
          Files.createSymbolicLink(endless, Path.of("/dev/zero"));
        }
        args[i] = endless.toString();
      } else if (args[i].equals("out.yaml")) {
        args[i] = folder.resolve(args[i]).toString();
      }
    }
    StringWriter err = new StringWriter();
    int status = Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err), args);
    assertThat(status).as(err::toString).isEqualTo(DATA_ERROR);
    assertThat(err.toString()).contains(folder.resolve("E.").toString());
    assertThat(folder.resolve("out.yaml")).doesNotExist();
    for (String arg : args) {
      if (arg.startsWith(folder.resolve("E.").toString())) {
        Files.deleteIfExists(Path.of(arg));
      }
    }
  }
}
