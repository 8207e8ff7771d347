package dev.thumbprint.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thumbprint.explore.engine.Design;
import dev.thumbprint.explore.engine.Exploration;
import dev.thumbprint.explore.engine.Explorer;
import dev.thumbprint.explore.engine.PointTable;
import dev.thumbprint.explore.pareto.Outcome;
import dev.thumbprint.explore.space.Inputs;
import dev.thumbprint.explore.space.Space;
import dev.thumbprint.explore.space.SpaceReader;
import dev.thumbprint.explore.space.SpaceRequest;
import dev.thumbprint.model.InputException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same space on Spark and on this machine: the same rows, the same front. */
final class SparkEngineTest {
  @TempDir Path folder;

  private final List<String> properties = new ArrayList<>();

  private static String space(int filters) {
    return """
      version: 1
      network:
        - { family: ds-cnn, filters: { from: 8, to: %d }, depth: [2, 4], kernel: [3, 5] }
        - file: own.json
      board: [nucleo-l4r5zi, nucleo-f446re, nucleo-f746zg]
      clock: [max, 150 MHz, 80 MHz, 60 MHz]
      kernels: [cmsis-nn@2020-09, cmsis-nn@2026, tflm-reference@2026]
      opt: [Os, O2]
      constraints: [latency <= 300 ms]
      """
        .formatted(filters);
  }

  private void set(String key, String value) {
    properties.add(key);
    System.setProperty(key, value);
  }

  @BeforeEach
  void watch() {
    set("spark.driver.host", "127.0.0.1");
    set("spark.driver.bindAddress", "127.0.0.1");
    set("spark.extraListeners", TaskWatch.class.getName());
    TaskWatch.reset(Optional.empty());
  }

  @AfterEach
  void forget() {
    properties.forEach(System::clearProperty);
  }

  private record Asked(SpaceRequest request, Inputs inputs, Space space) {}

  private Asked asked(int filters) throws Exception {
    Files.writeString(
        folder.resolve("own.json"),
        "{\"name\":\"own\",\"layers\":[{\"op\":\"SOFTMAX\",\"input\":[1,8],\"output\":[1,8]}]}");
    SpaceRequest request =
        SpaceRequest.of(folder.resolve("space.yaml").toString(), space(filters));
    Inputs inputs = Inputs.ofThisMachine();
    return new Asked(request, inputs, SpaceReader.read(request, inputs));
  }

  private static Exploration spark(Asked asked, String master, Path output) throws Exception {
    return new SparkEngine()
        .run(
            asked.space(),
            asked.request(),
            asked.inputs(),
            "print",
            Optional.of(master),
            Optional.of(output),
            designs -> {});
  }

  private static void same(Exploration a, Exploration b) {
    assertThat(ids(a.tally().front().members())).isEqualTo(ids(b.tally().front().members()));
    assertThat(ids(a.tally().front().notSeparable()))
        .isEqualTo(ids(b.tally().front().notSeparable()));
    assertThat(a.stability()).isEqualTo(b.stability());
    assertThat(a.tally().designs()).isEqualTo(b.tally().designs());
    assertThat(a.tally().reasons()).isEqualTo(b.tally().reasons());
    assertThat(a.tally().sample().stream().map(Design::point).toList())
        .isEqualTo(b.tally().sample().stream().map(Design::point).toList());
  }

  private static List<Long> ids(List<Outcome<Design>> outcomes) {
    return outcomes.stream().map(Outcome::id).toList();
  }

  @Test
  void embeddedSparkGivesTheRowsOfTheLocalEngine() throws Exception {
    Asked asked = asked(48);
    Path local = folder.resolve("local.csv");
    Exploration expected = new Explorer(asked.space(), 2).writing(local, "print", false).run();
    Path csv = folder.resolve("spark.csv");
    same(spark(asked, "local[2]", csv), expected);
    assertThat(Files.mismatch(csv, local)).isEqualTo(-1);
    Path parquet = folder.resolve("spark.parquet");
    same(spark(asked, "local[2]", parquet), expected);
    // Spark reads the files of a folder in any order.
    assertThat(rows(parquet))
        .containsExactlyInAnyOrderElementsOf(
            Files.readAllLines(local).stream().skip(1).toList());
  }

  @Test
  void masterThatIsNoneIsTold() throws Exception {
    Asked asked = asked(8);
    assertThatThrownBy(() -> spark(asked, "nonsense", folder.resolve("none.csv")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--master")
        .hasMessageContaining("nonsense");
    assertThat(folder.resolve("none.csv")).doesNotExist();
  }

  /** Rows of a Parquet folder as lines of CSV. */
  private static List<String> rows(Path parquet) throws IOException {
    try (SparkSession session =
        SparkSession.builder()
            .config(new SparkConf().setMaster("local[1]").setAppName("test"))
            .getOrCreate()) {
      List<Row> rows = session.read().parquet(parquet.toString()).collectAsList();
      List<String> lines = new ArrayList<>();
      for (Row row : rows) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
          cells.add(cell(row.get(i)));
        }
        lines.add(PointTable.line(cells));
      }
      return lines;
    }
  }

  private static String cell(Object value) {
    if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
      return Long.toString(number.longValue());
    }
    return value == null ? "" : value.toString();
  }

  @Test
  @Tag("wide")
  void killedWorkerLosesNothing() throws Exception {
    Asked asked = asked(127);
    Path local = folder.resolve("local.csv");
    Exploration expected = new Explorer(asked.space(), 2).writing(local, "print", false).run();
    set("spark.executor.extraClassPath", String.join(File.pathSeparator, absolute()));
    set("spark.executor.extraJavaOptions", System.getProperty("thumbprint.spark.opens"));
    set("spark.executor.memory", "700m");
    Path csv = folder.resolve("cluster.csv");
    try (StandaloneCluster cluster = new StandaloneCluster(folder, 2)) {
      TaskWatch.reset(Optional.of(() -> cluster.killWorker(0)));
      long start = System.nanoTime();
      Exploration survived = spark(asked, cluster.address(), csv);
      System.out.printf(
          "standalone cluster: %d designs, %d tasks ended, %d executors lost, %.1f s%n",
          survived.tally().designs(),
          TaskWatch.tasksEnded.get(),
          TaskWatch.executorsLost.get(),
          (System.nanoTime() - start) / 1e9);
      assertThat(TaskWatch.executorsLost.get()).isPositive();
      same(survived, expected);
    }
    assertThat(Files.mismatch(csv, local)).isEqualTo(-1);
  }

  private static List<String> absolute() {
    return StandaloneCluster.classPath().stream()
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .toList();
  }
}
