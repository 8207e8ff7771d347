package dev.thumbprint.run.operators;

import dev.thumbprint.kernels.ByteKernel;
import dev.thumbprint.kernels.BytePairKernel;
import dev.thumbprint.run.Prepared;
import java.util.function.Supplier;

/** Binds prepared kernels to the arrays of a frame. */
final class Bindings {
  private Bindings() {}

  /** One 8-bit input, one 8-bit output. */
  static Prepared bytes(Supplier<ByteKernel> kernel, int input, int output) {
    return frame -> {
      ByteKernel instance = kernel.get();
      byte[] from = frame.bytes(input);
      byte[] to = frame.bytes(output);
      return () -> instance.run(from, to);
    };
  }

  /** Two 8-bit inputs, one 8-bit output. */
  static Prepared bytes(Supplier<BytePairKernel> kernel, int a, int b, int output) {
    return frame -> {
      BytePairKernel instance = kernel.get();
      byte[] left = frame.bytes(a);
      byte[] right = frame.bytes(b);
      byte[] to = frame.bytes(output);
      return () -> instance.run(left, right, to);
    };
  }
}
