package dev.thumbprint.memory;

/**
 * A buffer to be placed by a memory planner.
 *
 * @param bytes size, a multiple of 16
 * @param first step of first use
 * @param last step of last use, inclusive; equal to {@code first} or later
 * @param offlineOffset offset that the model prescribes, or {@link #ONLINE}
 */
public record BufferRequest(long bytes, int first, int last, long offlineOffset) {
  /** Marks a buffer that the planner places by itself. */
  public static final long ONLINE = -1;

  /** A buffer that the planner places by itself. */
  public static BufferRequest online(long bytes, int first, int last) {
    return new BufferRequest(bytes, first, last, ONLINE);
  }

  /** Whether both buffers are alive in some step; steps are inclusive at both ends. */
  public boolean overlapsInTime(BufferRequest other) {
    return first <= other.last && other.first <= last;
  }
}
