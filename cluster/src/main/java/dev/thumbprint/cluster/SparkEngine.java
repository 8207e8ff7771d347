package dev.thumbprint.cluster;

import dev.thumbprint.explore.engine.ClusterEngine;
import dev.thumbprint.explore.engine.Exploration;
import dev.thumbprint.explore.engine.PointFile;
import dev.thumbprint.explore.engine.Points;
import dev.thumbprint.explore.engine.Tally;
import dev.thumbprint.explore.pareto.Stability;
import dev.thumbprint.explore.space.Inputs;
import dev.thumbprint.explore.space.Space;
import dev.thumbprint.explore.space.SpaceRequest;
import dev.thumbprint.model.InputException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Explores on Apache Spark. Executors price parts; the driver takes what became of them in order,
 * so that front and rows are those of the local engine. What a lost executor held is priced again.
 */
public final class SparkEngine implements ClusterEngine {
  /** Tasks for each core: enough that a lost one costs little. */
  private static final int TASKS_PER_CORE = 8;

  private static final String EMBEDDED = "local[*]";

  @Override
  public Exploration run(
      Space space,
      SpaceRequest request,
      Inputs inputs,
      String fingerprint,
      Optional<String> master,
      Optional<Path> output,
      LongConsumer progress)
      throws IOException {
    long start = System.nanoTime();
    Tally tally = new Tally(space);
    try (SparkSession session = session(master)) {
      try {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        Points points = Points.of(space);
        JavaRDD<PartResult> priced =
            context
                .parallelize(numbers(points), slices(context, points))
                .mapPartitions(new PartPricer(request, inputs.carried(), fingerprint))
                .persist(StorageLevel.MEMORY_AND_DISK());
        // All parts at once; what follows takes them one after another.
        priced.count();
        if (output.isPresent() && isParquet(output.get())) {
          writeParquet(session, priced, output.get());
          tally(priced, tally, progress);
        } else if (output.isPresent()) {
          writeCsv(priced, tally, output.get(), fingerprint, progress);
        } else {
          tally(priced, tally, progress);
        }
      } catch (Exception failure) { // Spark throws checked exceptions that it does not declare
        // Spark gives a silent master up in a thread of its own and stops under our hands.
        if (session.sparkContext().isStopped()) {
          throw unanswered(session.sparkContext().master(), failure);
        }
        throw failure;
      }
    }
    Stability stability = Stability.of(tally.front(), space.sampler().seed());
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Exploration(space, tally, stability, seconds, 0);
  }

  private static List<Long> numbers(Points points) {
    return LongStream.range(0, points.parts()).boxed().toList();
  }

  private static int slices(JavaSparkContext context, Points points) {
    return (int)
        Math.min(points.parts(), (long) TASKS_PER_CORE * Math.max(2, context.defaultParallelism()));
  }

  static boolean isParquet(Path output) {
    return output.getFileName().toString().endsWith(".parquet");
  }

  private static SparkSession session(Optional<String> master) {
    SparkConf conf = new SparkConf().setAppName("thumbprint explore");
    master.ifPresent(conf::setMaster);
    if (!conf.contains("spark.master")) {
      conf.setMaster(EMBEDDED);
    }
    boolean embedded = conf.get("spark.master").startsWith("local");
    ownJar()
        .filter(jar -> !embedded && !conf.contains("spark.jars"))
        .ifPresent(jar -> conf.set("spark.jars", jar.toString()));
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.sql.parquet.compression.codec", "zstd");
    try {
      return SparkSession.builder().config(conf).getOrCreate();
    } catch (Exception cannot) { // Spark throws checked exceptions that it does not declare
      throw unanswered(conf.get("spark.master"), cannot);
    }
  }

  private static InputException unanswered(String master, Exception failure) {
    return InputException.of("", "--master", master, "a Spark master that answers")
        .withHint("such as spark://HOST:7077, or local[*] for this machine: " + first(failure))
        .causedBy(failure);
  }

  private static String first(Exception cannot) {
    return String.valueOf(cannot.getMessage()).lines().findFirst().orElse("");
  }

  /** The jar that this class came in, for executors; empty where it came in a folder. */
  private static Optional<Path> ownJar() {
    try {
      Path place =
          Path.of(SparkEngine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Files.isRegularFile(place) ? Optional.of(place) : Optional.empty();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void tally(JavaRDD<PartResult> priced, Tally tally, LongConsumer progress) {
    // The rows stay where they are.
    Iterator<Tally> parts = priced.map(PartResult::tally).toLocalIterator();
    while (parts.hasNext()) {
      tally.merge(parts.next());
      progress.accept(tally.designs());
    }
  }

  private static void writeCsv(
      JavaRDD<PartResult> priced,
      Tally tally,
      Path output,
      String fingerprint,
      LongConsumer progress)
      throws IOException {
    try (PointFile file = PointFile.begin(output, fingerprint)) {
      Iterator<PartResult> parts = priced.toLocalIterator();
      while (parts.hasNext()) {
        PartResult part = parts.next();
        file.write(List.of(), part.text());
        tally.merge(part.tally());
        progress.accept(tally.designs());
      }
      file.complete();
    }
  }

  /** Written beside its place; the folder gets its name when it is complete. */
  private static void writeParquet(
      SparkSession session, JavaRDD<PartResult> priced, Path output) throws IOException {
    Path draft = output.toAbsolutePath().resolveSibling(output.getFileName() + ".part");
    session
        .createDataFrame(priced.flatMap(new ParquetRows()), ParquetRows.schema())
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(draft.toString());
    Files.move(draft, output);
  }
}
