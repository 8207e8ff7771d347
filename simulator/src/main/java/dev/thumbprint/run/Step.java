package dev.thumbprint.run;

/** One operator bound to its arrays. */
@FunctionalInterface
public interface Step {
  /** Computes the outputs from the inputs. */
  void run();
}
