package dev.thumbprint.kernels;

import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * One way to compute the layers in which time is spent. Every tier gives the same bits. A method
 * prepares a layer once (weights are laid out here); each call of the supplier makes an instance
 * for one thread, which shares what was prepared. Instances allocate nothing while they run.
 */
public interface KernelTier {
  /** Name for reports and options, such as {@code scalar}. */
  String name();

  /** CONV_2D, as {@link Conv2d#int8}. */
  Supplier<ByteKernel> conv2d(ConvolutionSpec spec);

  /** DEPTHWISE_CONV_2D, as {@link DepthwiseConv2d#int8}. */
  Supplier<ByteKernel> depthwiseConv2d(ConvolutionSpec spec);

  /** FULLY_CONNECTED as a 1x1 convolution over {@link WindowGeometry#dense}. */
  Supplier<ByteKernel> fullyConnected(ConvolutionSpec spec);

  /** AVERAGE_POOL_2D, as {@link Pooling#average(WindowGeometry, byte[], int, int, byte[])}. */
  Supplier<ByteKernel> averagePool(WindowGeometry window, int min, int max);

  /** MAX_POOL_2D, as {@link Pooling#max(WindowGeometry, byte[], int, int, byte[])}. */
  Supplier<ByteKernel> maxPool(WindowGeometry window, int min, int max);

  /** A function of every element, which must give values of 8 bits. */
  Supplier<ByteKernel> map(IntUnaryOperator function);

  /** ADD or SUB of 8-bit tensors of equal shapes. */
  Supplier<BytePairKernel> addSub(AddSub function);
}
