package dev.thumbprint.memory;

/** One action of the runtime on its arena while it prepares a model, in order. */
sealed interface ArenaStep {
  /** Takes bytes from the tail for good. */
  record Tail(TailEntry.Category category, String what, long bytes, int alignment)
      implements ArenaStep {}

  /** Sets the size of the head. */
  record Head(long bytes) implements ArenaStep {}

  /** Stacks a temporary structure on the head. */
  record Temporary(long bytes) implements ArenaStep {}

  /** Drops all temporary structures. */
  record DropTemporaries() implements ArenaStep {}

  /** Needs room between head and tail to plan that many buffers. */
  record Plan(int buffers) implements ArenaStep {}
}
