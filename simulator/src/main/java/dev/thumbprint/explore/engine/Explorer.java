package dev.thumbprint.explore.engine;

import dev.thumbprint.explore.pareto.Stability;
import dev.thumbprint.explore.space.Sampler;
import dev.thumbprint.explore.space.Space;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Explores a space on this machine. */
public final class Explorer {
  private final Space space;
  private final int threads;
  private Optional<Path> file = Optional.empty();
  private String fingerprint = "";
  private boolean resume;
  private LongConsumer progress = designs -> {};

  /** An explorer with a number of threads. */
  public Explorer(Space space, int threads) {
    this.space = space;
    this.threads = threads;
  }

  /**
   * Also writes all designs to a file.
   *
   * @param fingerprint what the rows depend on
   * @param resume whether to take up what an earlier run left
   */
  public Explorer writing(Path file, String fingerprint, boolean resume) {
    this.file = Optional.of(file);
    this.fingerprint = fingerprint;
    this.resume = resume;
    return this;
  }

  /** Tells the number of designs so far to somebody. */
  public Explorer telling(LongConsumer progress) {
    this.progress = progress;
    return this;
  }

  /**
   * Explores.
   *
   * @throws IOException if the file cannot be written
   */
  public Exploration run() throws IOException {
    long start = System.nanoTime();
    Tally tally = new Tally(space);
    long resumed;
    try (LocalEngine engine = new LocalEngine(space, threads)) {
      resumed =
          space.sampler().kind() == Sampler.Kind.NSGA2
              ? new GeneticSearch(space, engine, tally, progress).run(this::open)
              : enumerate(engine, tally);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Stability stability = Stability.of(tally.front(), space.sampler().seed());
    return new Exploration(space, tally, stability, seconds, resumed);
  }

  private long enumerate(LocalEngine engine, Tally tally) throws IOException {
    Points points = Points.of(space);
    long[] parts = new long[1];
    PointTable table = new PointTable(space, new Evaluator(space, threads));
    Output output =
        open(
            part -> part < points.parts() ? points.part(part).length : 0,
            rows -> {
              Tally part = new Tally(space);
              rows.forEach(row -> part.add(table.parse(row)));
              tally.merge(part);
              parts[0]++;
            });
    long resumed = tally.designs();
    try (output) {
      engine.run(points, parts[0], output.sink(), tally, progress);
      output.complete();
    }
    return resumed;
  }

  /** Where designs go; knows how to end well and how to end early. */
  record Output(Sink sink, Optional<PointFile> pointFile) implements AutoCloseable {
    void complete() throws IOException {
      if (pointFile.isPresent()) {
        pointFile.get().complete();
      }
    }

    @Override
    public void close() throws IOException {
      if (pointFile.isPresent()) {
        pointFile.get().close();
      }
    }
  }

  private Output open(PointFile.PartSizes sizes, java.util.function.Consumer<List<String>> rows)
      throws IOException {
    if (file.isEmpty()) {
      return new Output(Sink.NONE, Optional.empty());
    }
    boolean takeUp = resume && PointFile.resumable(file.get(), fingerprint);
    PointFile opened =
        takeUp
            ? PointFile.resume(file.get(), sizes, rows)
            : PointFile.begin(file.get(), fingerprint);
    return new Output(opened, Optional.of(opened));
  }

  /** Opens the output; takes the rows of an earlier run first. */
  @FunctionalInterface
  interface Opening {
    Output open(PointFile.PartSizes sizes, java.util.function.Consumer<List<String>> rows)
        throws IOException;
  }
}
