package dev.thumbprint.memory;

/** One request of a kernel's Prepare, in the order in which it is made. */
sealed interface Demand {
  /**
   * A buffer kept for the life of the interpreter, 16-aligned in the tail.
   *
   * @param what role in words, for tables
   */
  record Persistent(String what, long bytes) implements Demand {}

  /** A buffer that lives while its operator runs; zero bytes are legal and still use a handle. */
  record Scratch(String what, long bytes) implements Demand {}

  /** A tensor structure on the temporary stack until the operator is prepared. */
  record Temporary(int tensor) implements Demand {}
}
