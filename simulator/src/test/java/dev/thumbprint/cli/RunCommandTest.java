package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.run.Npy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code run} and {@code ops} as programs use them. */
final class RunCommandTest {
  private static final int SAMPLES = 40;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  /** The document that was printed, which must follow its schema. */
  private JsonNode follows(String schema) throws IOException {
    JsonNode document = JsonMapper.builder().build().readTree(out.toString());
    Path file = Path.of("..", "docs", "schema", schema + ".schema.json");
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(file))
                .validate(document))
        .isEmpty();
    return document;
  }

  private String npy(String name, Shape shape) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(shape.elements())];
    new Random(5).nextBytes(bytes);
    for (int i = 0; shape.rank() == 1 && i < bytes.length; i++) {
      bytes[i] = (byte) (i % 12);
    }
    Path file = folder.resolve(name);
    Npy.write(file, DataType.INT8, shape, bytes);
    return file.toString();
  }

  @Test
  void oneInputFollowsTheSchema() throws IOException {
    assertThat(run("run", "kws", "--json", "--repeat", "3")).isZero();
    assertThat(follows("run").get("inferences").intValue()).isEqualTo(3);
    String dumped = folder.resolve("dump").toString();
    assertThat(run("run", "kws", "--dump", dumped)).isZero();
    assertThat(run("run", "kws", "--expect", dumped, "--json")).isZero();
    assertThat(follows("run").get("differences").size()).isZero();
  }

  @Test
  void whereTwoLibrariesPartFollowsTheSchema() throws IOException {
    assertThat(run("run", "kws", "--diff", "cmsis-nn@2026", "--json")).isZero();
    assertThat(follows("run").get("equal").booleanValue()).isTrue();
    assertThat(run("run", "kws", "--diff", "cmsis-nn@2020-03", "--json"))
        .isEqualTo(ExitStatus.LIMIT_FAILED);
    JsonNode parts = follows("run");
    assertThat(parts.get("differences").get(0).get("name").asString()).contains("AVERAGE_POOL_2D");
    assertThat(parts.get("known_departures").toString()).contains("average-pool-in-two-passes");
  }

  @Test
  void aSetFollowsTheSchemaAndTakesTheThreadsThatWereAskedFor() throws IOException {
    String samples = npy("x.npy", Shape.of(SAMPLES, 49, 10, 1));
    String labels = npy("y.npy", Shape.of(SAMPLES));
    assertThat(run("run", "kws", "--inputs", samples, "--json", "-j", "1")).isZero();
    JsonNode alone = follows("run");
    assertThat(alone.get("threads").intValue()).isEqualTo(1);
    assertThat(run("run", "kws", "--inputs", samples, "--labels", labels, "--json", "--threads=3"))
        .isZero();
    JsonNode three = follows("run");
    assertThat(three.get("threads").intValue()).isEqualTo(3);
    assertThat(three.get("predicted")).isEqualTo(alone.get("predicted"));
  }

  @Test
  void operatorsFollowTheSchema() throws IOException {
    assertThat(run("ops", "--json")).isZero();
    follows("ops");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--inputs x.npy --input zeros",
        "--inputs x.npy --dump d",
        "--inputs x.npy --expect d",
        "--inputs x.npy --repeat 2",
        "--diff cmsis-nn --repeat 2",
        "--diff cmsis-nn --dump d",
        "--dump d --expect d",
        "--labels y.npy",
        "--repeat 0"
      })
  void whatExcludesEachOtherIsWrongUsage(String options) {
    assertThat(run(("run kws " + options).split(" "))).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("found").doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cmsis-nn-mve@2026", "cmsis-nn@2026-helium", "MVE"})
  void bitsOfHeliumAreRefusedPlainly(String kernels) {
    assertThat(run("run", "kws", "--kernels", kernels)).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("Helium");
  }

  @Test
  void damagedSetsAreRefusedByName() throws IOException {
    Path whole = Path.of(npy("whole.npy", Shape.of(SAMPLES, 490)));
    byte[] bytes = Files.readAllBytes(whole);
    Path broken = folder.resolve("broken.npy");
    Random random = new Random(11);
    for (int i = 0; i < 300; i++) {
      byte[] other = bytes.clone();
      int length = i % 2 == 0 ? random.nextInt(bytes.length) : bytes.length;
      other[random.nextInt(Math.min(128, Math.max(1, length)))] ^= (byte) (1 + random.nextInt(255));
      Files.write(broken, java.util.Arrays.copyOf(other, length));
      int status = run("run", "kws", "--inputs", broken.toString());
      assertThat(status).as("case %d: %s", i, err).isIn(ExitStatus.FINE, ExitStatus.BAD_INPUT);
      if (status == ExitStatus.BAD_INPUT) {
        assertThat(err.toString()).as("case %d", i).contains("broken.npy");
      }
    }
    byte[] idx = ByteBuffer.allocate(16 + 490).putInt(0x0803).putInt(1).putInt(49).array();
    for (int i = 0; i < 300; i++) {
      byte[] other = idx.clone();
      other[random.nextInt(16)] = (byte) random.nextInt(256);
      other[0] = 0;
      Files.write(broken, java.util.Arrays.copyOf(other, random.nextInt(idx.length) + 1));
      assertThat(run("run", "kws", "--inputs", broken.toString()))
          .as("case %d: %s", i, err)
          .isIn(ExitStatus.FINE, ExitStatus.BAD_INPUT);
    }
    String few = npy("few.npy", Shape.of(SAMPLES - 1));
    assertThat(run("run", "kws", "--inputs", whole.toString(), "--labels", few))
        .isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("few.npy", "one for each of 40 samples");
  }
}
