package dev.thumbprint.kernels;

/** A prepared layer from two 8-bit inputs to an 8-bit output, as {@link ByteKernel}. */
@FunctionalInterface
public interface BytePairKernel {
  /** Computes the whole output. */
  void run(byte[] a, byte[] b, byte[] output);
}
