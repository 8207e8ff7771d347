package dev.thumbprint.run;

/** One operator, checked and with its weights laid out. Immutable, shared by all executions. */
@FunctionalInterface
public interface Prepared {
  /** The operator on the arrays of one execution; scratch memory is allocated here. */
  Step bind(Frame frame);
}
