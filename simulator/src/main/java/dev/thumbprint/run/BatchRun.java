package dev.thumbprint.run;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Quantization;
import dev.thumbprint.model.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * A set of samples through a program, one interpreter for each thread. Every sample starts from the
 * first values of variables, so that order and threads change nothing. The class of a sample is the
 * largest element of output 0, the first of equals.
 */
public final class BatchRun {
  /** Samples that a thread takes at once. */
  private static final int SHARE = 16;

  private static final double PROBABILITY_MIN = 1e-7;

  private final Program program;
  private final LabelledSet set;
  private final int[] predicted;
  private final double[] confidence;

  /** Samples done, and the time, when the first half was done: written by one thread. */
  private int halfDone;

  private long halfNanos;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();

  private BatchRun(Program program, LabelledSet set) {
    this.program = program;
    this.set = set;
    this.predicted = new int[set.count()];
    this.confidence = new double[set.count()];
  }

  /**
   * Runs all samples.
   *
   * @param threads interpreters that run side by side, at least 1
   * @param progress is told the number of samples done, now and then, from any thread
   * @throws InputException if the samples do not suit the model or a label is no class of it
   */
  public static BatchResult run(
      Program program, LabelledSet set, int threads, IntConsumer progress) {
    Interpreter first = program.interpreter();
    if (first.inputs() != 1) {
      throw InputException.of(
          program.graph().name(),
          "model",
          first.inputs() + " inputs",
          "one input, for a set of samples");
    }
    set.requireFits(first.input(0));
    int classes = Math.toIntExact(first.output(0).shape().elements());
    set.requireClasses(first.output(0));
    BatchRun batch = new BatchRun(program, set);
    long start = System.nanoTime();
    batch.work(first, threads, progress);
    long end = System.nanoTime();
    return BatchResult.of(
        set,
        classes,
        batch.predicted,
        batch.confidence,
        new BatchResult.Pace(threads, (end - start) / 1e9, batch.laterPerSecond(start, end)));
  }

  /** Inferences in a second once half of the samples were done; of all where one went took all. */
  private double laterPerSecond(long start, long end) {
    boolean whole = halfDone == set.count();
    return 1e9 * (whole ? halfDone : set.count() - halfDone) / (end - (whole ? start : halfNanos));
  }

  private void work(Interpreter first, int threads, IntConsumer progress) {
    if (threads == 1) {
      take(first, progress);
      return;
    }
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(() -> take(program.interpreter(), progress)));
      }
      for (Future<?> thread : running) {
        thread.get();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }

  private void take(Interpreter run, IntConsumer progress) {
    ByteBuffer sample = ByteBuffer.allocate(run.inputBytes(0));
    Tensor input = run.input(0);
    for (int from = next.getAndAdd(SHARE); from < set.count(); from = next.getAndAdd(SHARE)) {
      int to = Math.min(from + SHARE, set.count());
      for (int i = from; i < to; i++) {
        set.fill(i, input, sample);
        run.reset();
        run.setInput(0, sample);
        run.invoke();
        requireCompleted(run);
        judge(i, run);
      }
      int sum = done.addAndGet(to - from);
      int half = Math.ceilDiv(set.count(), 2);
      if (sum >= half && sum - (to - from) < half) {
        halfDone = sum;
        halfNanos = System.nanoTime();
      }
      progress.accept(sum);
    }
  }

  private void requireCompleted(Interpreter run) {
    if (!run.completed()) {
      throw InputException.of(
          program.graph().name(),
          "model",
          "an inference that waits for more input",
          "a model that needs one sample for an output");
    }
  }

  private void judge(int sample, Interpreter run) {
    Tensor output = run.output(0);
    Object elements = run.tensor(output.index());
    int count = Math.toIntExact(output.shape().elements());
    int largest = 0;
    for (int i = 1; i < count; i++) {
      if (TensorArrays.element(elements, i) > TensorArrays.element(elements, largest)) {
        largest = i;
      }
    }
    predicted[sample] = largest;
    int judged = set.labelled() ? set.label(sample) : largest;
    confidence[sample] = real(output, TensorArrays.element(elements, judged));
  }

  private static double real(Tensor tensor, double element) {
    if (tensor.type() == DataType.FLOAT32 || tensor.quantization().isEmpty()) {
      return element;
    }
    Quantization quantization = tensor.quantization().orElseThrow();
    return (double) quantization.scale() * (element - quantization.zeroPoint());
  }

  /** Cross entropy of the probability that the model gave to the class of a sample. */
  static double loss(double probability) {
    return -Math.log(Math.max(PROBABILITY_MIN, probability));
  }
}
