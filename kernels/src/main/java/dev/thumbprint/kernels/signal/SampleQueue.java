package dev.thumbprint.kernels.signal;

import java.util.Arrays;

/** A first-in first-out queue of 16-bit samples with a fixed capacity; allocates only when made. */
public final class SampleQueue {
  private final short[] samples;
  private int first;
  private int count;

  /**
   * An empty queue.
   *
   * @param capacity greatest number of samples held, at least 1
   */
  public SampleQueue(int capacity) {
    samples = new short[capacity];
  }

  /** Samples held. */
  public int available() {
    return count;
  }

  /** Forgets all samples. */
  public void clear() {
    first = 0;
    count = 0;
    Arrays.fill(samples, (short) 0);
  }

  /**
   * Appends samples.
   *
   * @throws IllegalStateException if they do not fit
   */
  public void write(short[] from, int offset, int length) {
    requireRoom(length);
    for (int i = 0; i < length; i++) {
      samples[slot(count + i)] = from[offset + i];
    }
    count += length;
  }

  /** Appends samples of value 0. */
  public void writeZeros(int length) {
    requireRoom(length);
    for (int i = 0; i < length; i++) {
      samples[slot(count + i)] = 0;
    }
    count += length;
  }

  /** Appends the last {@code length} samples again, {@code times} times. */
  public void repeatLast(int length, int times) {
    requireRoom(length * times);
    for (int i = 0; i < length * times; i++) {
      samples[slot(count)] = samples[slot(count - length)];
      count++;
    }
  }

  /** Copies the oldest samples without removing them. */
  public void peek(short[] to, int offset, int length) {
    for (int i = 0; i < length; i++) {
      to[offset + i] = samples[slot(i)];
    }
  }

  /** Removes the oldest samples. */
  public void discard(int length) {
    first = slot(length);
    count -= length;
  }

  private int slot(int position) {
    return (first + position) % samples.length;
  }

  private void requireRoom(int length) {
    if (length < 0 || count + length > samples.length) {
      throw new IllegalStateException(
          "%d samples into a queue that holds %d of %d".formatted(length, count, samples.length));
    }
  }
}
