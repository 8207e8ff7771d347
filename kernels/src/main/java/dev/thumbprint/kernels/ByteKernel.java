package dev.thumbprint.kernels;

/**
 * A prepared layer from 8-bit input to 8-bit output. May hold scratch memory: one instance serves
 * one thread at a time.
 */
@FunctionalInterface
public interface ByteKernel {
  /**
   * Computes the whole output.
   *
   * @param input as many elements as the layer was prepared for; not changed
   * @param output likewise; every element is written
   */
  void run(byte[] input, byte[] output);
}
