package dev.thumbprint.kernels.vector;

import dev.thumbprint.kernels.AddSub;
import dev.thumbprint.kernels.BytePairKernel;

/** ADD and SUB of equal shapes: every pair of bytes looked up, 64 KiB a layer. */
final class PairTable implements BytePairKernel {
  private static final int BYTE_VALUES = 256;

  private final byte[] outputs = new byte[BYTE_VALUES * BYTE_VALUES];

  PairTable(AddSub function) {
    int[] right = new int[BYTE_VALUES];
    for (int b = 0; b < BYTE_VALUES; b++) {
      right[b] = function.subtract() ? -function.scaledB((byte) b) : function.scaledB((byte) b);
    }
    for (int a = 0; a < BYTE_VALUES; a++) {
      int left = function.scaledA((byte) a);
      for (int b = 0; b < BYTE_VALUES; b++) {
        outputs[a * BYTE_VALUES + b] = (byte) function.finish(left + right[b]);
      }
    }
  }

  @Override
  public void run(byte[] a, byte[] b, byte[] output) {
    for (int i = 0; i < output.length; i++) {
      output[i] = outputs[(a[i] & 0xFF) * BYTE_VALUES + (b[i] & 0xFF)];
    }
  }
}
