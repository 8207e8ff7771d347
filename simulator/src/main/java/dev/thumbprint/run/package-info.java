/**
 * Runs a graph bit for bit as TensorFlow Lite Micro does.
 *
 * <p>{@link dev.thumbprint.run.Program} prepares a graph once: every operator's {@link
 * dev.thumbprint.run.Preparer} checks its tensors, computes multipliers and lays out weights. The
 * result is immutable and shared. {@link dev.thumbprint.run.Interpreter} is one execution of it: it
 * owns the activations, belongs to one thread at a time, and allocates nothing per inference.
 *
 * <p><b>To add an operator</b>: write a {@link dev.thumbprint.run.Preparer} (a static method in a
 * class of {@code dev.thumbprint.run.operators}) that takes a {@link
 * dev.thumbprint.run.Preparation}, refuses what TensorFlow Lite Micro refuses, and returns a {@link
 * dev.thumbprint.run.Prepared} whose {@code bind} captures the typed arrays of the frame and
 * returns the {@link dev.thumbprint.run.Step}; then add one line to {@code
 * dev.thumbprint.run.operators.OperatorTable}. The arithmetic itself belongs into {@code
 * dev.thumbprint.kernels}.
 */
package dev.thumbprint.run;
