package dev.thumbprint.explore.engine;

import dev.thumbprint.explore.space.Space;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * Prices the parts of a space on the cores of this machine and hands them on in order, so that the
 * result is the same whatever the number of threads. A few parts for each thread are in memory.
 */
public final class LocalEngine implements AutoCloseable {
  private static final int PARTS_AHEAD = 4;

  private final Space space;
  private final int threads;
  private final ExecutorService pool;
  private final BlockingQueue<Worker> workers;

  /** An engine with a number of threads. */
  public LocalEngine(Space space, int threads) {
    this.space = space;
    this.threads = threads;
    this.pool = Executors.newFixedThreadPool(threads);
    this.workers = new ArrayBlockingQueue<>(threads);
    Machines machines = new Machines(space);
    for (int i = 0; i < threads; i++) {
      Evaluator evaluator = new Evaluator(space, threads, machines);
      workers.add(new Worker(evaluator, new PointTable(space, evaluator)));
    }
  }

  private record Worker(Evaluator evaluator, PointTable table) {}

  /** A part that is priced. */
  @SuppressWarnings("ArrayRecordComponent") // made once, read once
  private record Priced(List<Design> designs, byte[] text, Tally tally) {}

  /**
   * Prices parts.
   *
   * @param points what to look at
   * @param firstPart the part to begin with
   * @param sink takes the designs
   * @param tally takes the counts and the front
   * @param progress is told the number of designs so far
   * @throws IOException if the sink cannot write
   */
  public void run(Points points, long firstPart, Sink sink, Tally tally, LongConsumer progress)
      throws IOException {
    Deque<Future<Priced>> ahead = new ArrayDeque<>();
    long next = firstPart;
    try {
      while (next < points.parts() || !ahead.isEmpty()) {
        while (next < points.parts() && ahead.size() < PARTS_AHEAD * threads) {
          long part = next++;
          ahead.add(pool.submit(() -> price(points.part(part), sink.wantsText())));
        }
        Priced priced = await(ahead.poll());
        sink.write(priced.designs(), priced.text());
        tally.merge(priced.tally());
        progress.accept(tally.designs());
      }
    } finally {
      ahead.forEach(future -> future.cancel(true));
    }
  }

  /** Prices some designs at once, in their order. */
  public List<Design> designs(long[] points) throws IOException {
    int share = Math.max(1, Math.ceilDiv(points.length, 2 * threads));
    List<Future<Priced>> futures = new ArrayList<>();
    for (int from = 0; from < points.length; from += share) {
      long[] some =
          java.util.Arrays.copyOfRange(points, from, Math.min(points.length, from + share));
      futures.add(pool.submit(() -> price(some, false)));
    }
    List<Design> designs = new ArrayList<>(points.length);
    for (Future<Priced> future : futures) {
      designs.addAll(await(future).designs());
    }
    return designs;
  }

  private Priced price(long[] points, boolean text) throws InterruptedException {
    Worker worker = workers.take();
    try {
      List<Design> designs = new ArrayList<>(points.length);
      StringBuilder lines = new StringBuilder(text ? points.length * 320 : 0);
      Tally tally = new Tally(space);
      for (long point : points) {
        Design design = worker.evaluator().design(point);
        designs.add(design);
        tally.add(design);
        if (text) {
          worker.table().append(lines, design);
        }
      }
      return new Priced(designs, lines.toString().getBytes(StandardCharsets.UTF_8), tally);
    } finally {
      workers.add(worker);
    }
  }

  private static Priced await(Future<Priced> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      InterruptedIOException stopped = new InterruptedIOException("interrupted");
      stopped.initCause(interrupted);
      throw stopped;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
