package dev.thumbprint.cluster;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Counts what Spark says of its tasks and executors; does something after some tasks. */
public final class TaskWatch extends SparkListener {
  static final AtomicInteger tasksEnded = new AtomicInteger();
  static final AtomicInteger executorsLost = new AtomicInteger();
  static final AtomicReference<Optional<Runnable>> afterSomeTasks =
      new AtomicReference<>(Optional.empty());
  static final int SOME_TASKS = 3;

  /** Forgets what was counted. */
  static void reset(Optional<Runnable> action) {
    tasksEnded.set(0);
    executorsLost.set(0);
    afterSomeTasks.set(action);
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd taskEnd) {
    if (tasksEnded.incrementAndGet() == SOME_TASKS) {
      afterSomeTasks.get().ifPresent(Runnable::run);
    }
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    executorsLost.incrementAndGet();
  }
}
