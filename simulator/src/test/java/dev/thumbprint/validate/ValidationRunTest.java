package dev.thumbprint.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ValidationRunTest {
  private static final String HEADER =
      "id,board_id,clock_mhz,library,opt,op,input_shape,filter_shape,output_shape,stride,padding,"
          + "network,latency_ms,trust\n";

  @TempDir Path directory;

  @Test
  void shouldPriceAnOperatorAndANetworkOfAUsersFileAndRefuseTheRest() throws IOException {
    Path file = directory.resolve("own.csv");
    Files.writeString(
        file,
        HEADER
            + "one,nucleo-f446re,180,cmsis-nn@2022,Ofast,CONV_2D,1x16x8x40,40x3x1x40,1x16x8x40,1x1,"
            + "SAME,,12.1,A\n"
            + "two,nucleo-l4r5zi,120,cmsis-nn@2022,O2,,,,,,,kws,99.8,A\n"
            + "three,no-such-board,120,cmsis-nn@2022,O2,,,,,,,kws,99.8,A\n"
            + "four,nucleo-l4r5zi,120,cmsis-nn@2022,O2,,,,,,,no-such-net,99.8,A\n");
    Path rows = directory.resolve("predictions.csv");
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Main.run(
            new PrintWriter(out),
            new PrintWriter(err),
            "validate",
            file.toString(),
            "--json",
            "--predictions",
            rows.toString());
    assertThat(status).as(err.toString()).isZero();
    JsonNode report = JsonMapper.builder().build().readTree(out.toString());
    assertThat(report.path("known").path("rows").asInt()).isEqualTo(4);
    assertThat(report.path("known").path("priced").asInt()).isEqualTo(2);
    assertThat(report.path("refused").path("board is not built in").asInt()).isEqualTo(1);
    assertThat(report.path("refused").path("no operator list of this network").asInt())
        .isEqualTo(1);
    assertThat(Files.readAllLines(rows)).hasSize(5).first().asString().startsWith("id,predicted");
  }

  @Test
  void shouldNameFileAndLineOfADamagedFile() throws IOException {
    Path file = directory.resolve("damaged.csv");
    Files.writeString(
        file, HEADER + "one,nucleo-f446re,fast,cmsis-nn@2022,Ofast,ADD,1x4,,1x4,,,,1,A\n");
    StringWriter err = new StringWriter();
    int status =
        Main.run(
            new PrintWriter(new StringWriter()), new PrintWriter(err), "validate", file.toString());
    assertThat(status).isEqualTo(3);
    assertThat(err.toString()).contains("damaged.csv").contains("2").doesNotContain("\tat ");
  }
}
