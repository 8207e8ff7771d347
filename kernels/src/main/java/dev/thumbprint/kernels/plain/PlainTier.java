package dev.thumbprint.kernels.plain;

import dev.thumbprint.kernels.AddSub;
import dev.thumbprint.kernels.ByteKernel;
import dev.thumbprint.kernels.BytePairKernel;
import dev.thumbprint.kernels.ConvolutionSpec;
import dev.thumbprint.kernels.KernelTier;
import dev.thumbprint.kernels.Rounding;
import dev.thumbprint.kernels.ScalarTier;
import dev.thumbprint.kernels.WindowGeometry;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/** Plain loops that the just-in-time compiler vectorises: the default. */
public final class PlainTier implements KernelTier {
  /**
   * Where there are fewer output channels than this and more pixels, pixels fill vectors better.
   */
  private static final int CHANNELS_MIN = 96;

  /** Scratch rows of a convolution over pixels, in elements: 4 MiB. */
  private static final long SCRATCH_MAX = 1 << 20;

  private final ScalarTier scalar = new ScalarTier();

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public Supplier<ByteKernel> conv2d(ConvolutionSpec spec) {
    WindowGeometry window = spec.window();
    if (spec.filterChannels() != window.inputChannels()) {
      return scalar.conv2d(spec);
    }
    int pixels = window.outputHeight() * window.outputWidth();
    long taps = (long) window.filterHeight() * window.filterWidth() * window.inputChannels();
    boolean overPixels =
        window.outputChannels() < CHANNELS_MIN
            && pixels > window.outputChannels()
            && taps * Math.max(window.outputWidth(), 512) <= SCRATCH_MAX;
    if (overPixels) {
      PixelConvolution.Prepared prepared = new PixelConvolution.Prepared(spec);
      return () -> new PixelConvolution(prepared);
    }
    ChannelConvolution.Prepared prepared = new ChannelConvolution.Prepared(spec);
    return () -> new ChannelConvolution(prepared);
  }

  @Override
  public Supplier<ByteKernel> depthwiseConv2d(ConvolutionSpec spec) {
    RowDepthwise.Prepared prepared = new RowDepthwise.Prepared(spec);
    return () -> new RowDepthwise(prepared);
  }

  @Override
  public Supplier<ByteKernel> fullyConnected(ConvolutionSpec spec) {
    ChannelConvolution.Prepared prepared = new ChannelConvolution.Prepared(spec);
    return () -> new ChannelConvolution(prepared);
  }

  @Override
  public Supplier<ByteKernel> averagePool(WindowGeometry window, int min, int max) {
    return scalar.averagePool(window, min, max);
  }

  @Override
  public Supplier<ByteKernel> maxPool(WindowGeometry window, int min, int max) {
    return scalar.maxPool(window, min, max);
  }

  /** A function of 8 bits is a table of 256 entries. */
  @Override
  public Supplier<ByteKernel> map(IntUnaryOperator function) {
    byte[] table = new byte[256];
    for (int i = 0; i < table.length; i++) {
      table[i] = (byte) function.applyAsInt((byte) i);
    }
    return () ->
        (input, output) -> {
          for (int i = 0; i < output.length; i++) {
            output[i] = table[input[i] & 0xFF];
          }
        };
  }

  /** The scaled operands come from tables; what remains is one multiplication. */
  @Override
  public Supplier<BytePairKernel> addSub(AddSub function) {
    if (function.rounding() != Rounding.DOUBLE) {
      return scalar.addSub(function);
    }
    int[] left = new int[256];
    int[] right = new int[256];
    for (int i = 0; i < 256; i++) {
      left[i] = function.scaledA((byte) i);
      right[i] = function.subtract() ? -function.scaledB((byte) i) : function.scaledB((byte) i);
    }
    return () ->
        (a, b, output) -> {
          for (int i = 0; i < output.length; i++) {
            output[i] = (byte) function.finish(left[a[i] & 0xFF] + right[b[i] & 0xFF]);
          }
        };
  }
}
