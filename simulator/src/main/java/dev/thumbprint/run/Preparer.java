package dev.thumbprint.run;

/** Prepares one kind of operator. */
@FunctionalInterface
public interface Preparer {
  /**
   * Checks and prepares the operator at hand.
   *
   * @throws dev.thumbprint.model.InputException if TensorFlow Lite Micro would refuse it
   * @throws IllegalArgumentException if a derived constant is out of range; the caller adds where
   */
  Prepared prepare(Preparation preparation);
}
