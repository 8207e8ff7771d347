package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What {@code explain}, {@code check}, {@code compare} and {@code calibrate} print as JSON. */
final class ReportSchemasTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private JsonNode json(int status, String command) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    String[] words = command.replace("FOLDER", folder.toString()).split(" ");
    assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), words))
        .as("%s: %s", command, err)
        .isEqualTo(status);
    return JsonMapper.shared().readTree(out.toString());
  }

  private static Schema schema(String name) throws IOException {
    Path file = Path.of("..", "docs", "schema", name + ".schema.json");
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(file));
  }

  private void assertDescribed(String name, JsonNode report) throws IOException {
    Schema schema = schema(name);
    assertThat(schema.validate(report)).as(name).isEmpty();
    ObjectNode other = (ObjectNode) report.deepCopy();
    other.put("unheard_of", 1);
    assertThat(schema.validate(other)).as("a key that %s does not name", name).isNotEmpty();
    other.remove("unheard_of");
    other.remove("schema_version");
    assertThat(schema.validate(other)).as("%s without its version", name).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "explain | 0 | explain lenet -b nucleo-l496zg --kernels cmsis-nn@2020-03 --opt Ofast --json",
        "explain | 0 | explain kws -b nucleo-f446re --against nucleo-l552ze-q --json",
        "explain | 0 | explain ad -b raspberry-pi-pico --json",
        "check | 0 | check kws -b nucleo-l4r5zi --max-latency 10s --max-energy 1J --json",
        "check | 1 | check kws -b nucleo-l4r5zi --max-latency 1ms --max-ram 1KiB --json",
      })
  void reportsAreAsTheirSchemaSays(String name, int status, String command) throws IOException {
    assertDescribed(name, json(status, command));
  }

  @Test
  void comparisonsAreAsTheirSchemaSays() throws IOException {
    for (String model : new String[] {"kws", "ad"}) {
      Path file = folder.resolve(model + ".json");
      Files.writeString(file, json(0, "profile " + model + " -b nucleo-l4r5zi --json").toString());
    }
    assertDescribed("compare", json(0, "compare FOLDER/kws.json FOLDER/ad.json --json"));
    assertDescribed("compare", json(0, "compare FOLDER/ad.json FOLDER/ad.json --json"));
    assertDescribed(
        "compare", json(1, "compare FOLDER/ad.json FOLDER/kws.json --fail-above 5% --json"));
  }

  @Test
  void calibrationsAreAsTheirSchemaSays() throws IOException {
    StringBuilder csv =
        new StringBuilder("id,board_id,clock_mhz,library,opt,type,network,latency_ms\n");
    for (String model : new String[] {"kws", "ic", "ad"}) {
      double latencyMs =
          json(0, "profile " + model + " -b nucleo-f413zh --json")
              .at("/total/inference_time/value")
              .doubleValue();
      csv.append(model).append(",nucleo-f413zh,100,cmsis-nn@2026,O2,int8,").append(model);
      csv.append(',').append(1.1 * latencyMs).append('\n');
    }
    Files.writeString(folder.resolve("rows.csv"), csv);
    assertDescribed("calibrate", json(0, "calibrate FOLDER/rows.csv -o FOLDER/board.yaml --json"));
    assertDescribed(
        "calibrate", json(0, "calibrate FOLDER/rows.csv --library -o FOLDER/own.yaml --json"));
  }
}
