package dev.thumbprint.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Requests as lines, answers as lines in the same order. Several are worked on at once; reading
 * waits when whoever takes the answers is behind, so memory stays bounded. Answers are written at
 * once when no other is ready.
 */
public final class LineServer {
  /** Longest request: what the reader of layer lists takes. */
  static final int LINE_BYTES_MAX = 32 << 20;

  private static final int AHEAD_FOR_EACH_THREAD = 16;
  private static final Future<String> END = CompletableFuture.completedFuture("");

  private final ProfileService service;
  private final int threads;
  private final BlockingQueue<Future<String>> answers;

  /** A server that answers with so many threads; serves once. */
  public LineServer(ProfileService service, int threads) {
    this.service = service;
    this.threads = threads;
    this.answers = new ArrayBlockingQueue<>(threads * AHEAD_FOR_EACH_THREAD);
  }

  /**
   * Answers until the input ends, or until nobody takes the answers any more.
   *
   * @throws IOException if the input fails
   */
  public void serve(InputStream in, PrintWriter out) throws IOException {
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    Thread reader = Thread.ofPlatform().daemon().name("requests").start(() -> read(in, workers));
    try {
      write(out);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      reader.interrupt();
      workers.shutdownNow();
    }
  }

  private void write(PrintWriter out) throws InterruptedException, IOException {
    for (Future<String> answer = answers.take(); answer != END; answer = answers.take()) {
      try {
        out.println(answer.get());
      } catch (ExecutionException failed) {
        throw failed.getCause() instanceof IOException input ? input : new IOException(failed);
      }
      Future<String> next = answers.peek();
      boolean waits = next == null || !next.isDone();
      if (waits && out.checkError()) {
        return;
      }
    }
    out.flush();
  }

  private void read(InputStream in, ExecutorService workers) {
    BoundedLines lines = new BoundedLines(in, LINE_BYTES_MAX);
    try {
      try {
        for (Optional<BoundedLines.Line> line = lines.next();
            line.isPresent();
            line = lines.next()) {
          ask(line.get(), workers);
        }
      } catch (IOException failed) {
        answers.put(CompletableFuture.failedFuture(failed));
      }
      answers.put(END);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask(BoundedLines.Line line, ExecutorService workers) throws InterruptedException {
    if (line.tooLong()) {
      answers.put(
          CompletableFuture.completedFuture(
              service.refusal("found more than 32 MiB, expected a request of at most 32 MiB")));
    } else if (!line.text().isBlank()) {
      answers.put(workers.submit(() -> service.answer(line.text())));
    }
  }
}
