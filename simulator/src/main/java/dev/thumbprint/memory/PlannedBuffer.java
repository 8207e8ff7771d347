package dev.thumbprint.memory;

/**
 * A buffer in the head of the arena, which shares its place with buffers of other steps.
 *
 * @param name tensor name, or role of a scratch buffer with its operator
 * @param subgraph subgraph that owns it
 * @param tensor tensor index in its subgraph, or -1 for a scratch buffer
 * @param bytes size that is asked for
 * @param offset offset from the arena's start
 * @param request size, lifetime and prescription that the planner saw
 */
public record PlannedBuffer(
    String name, int subgraph, int tensor, long bytes, long offset, BufferRequest request) {

  /** Whether this is working memory of one operator. */
  public boolean scratch() {
    return tensor < 0;
  }

  /** First step of use. */
  public int first() {
    return request.first();
  }

  /** Last step of use, inclusive. */
  public int last() {
    return request.last();
  }

  /** Whether the buffer is in use in {@code step}. */
  public boolean aliveAt(int step) {
    return first() <= step && step <= last();
  }

  /** End of the place it takes, padding to 16 bytes included. */
  public long end() {
    return offset + request.bytes();
  }
}
