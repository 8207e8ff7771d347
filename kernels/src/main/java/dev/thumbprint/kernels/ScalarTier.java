package dev.thumbprint.kernels;

import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/** The reference loops themselves: slow, and the oracle of the other tiers. */
public final class ScalarTier implements KernelTier {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public Supplier<ByteKernel> conv2d(ConvolutionSpec s) {
    return () ->
        (input, output) ->
            Conv2d.int8(
                s.window(),
                s.filterChannels(),
                input,
                s.inputZeroPoint(),
                s.filter(),
                s.bias(),
                s.requantization(),
                output);
  }

  @Override
  public Supplier<ByteKernel> depthwiseConv2d(ConvolutionSpec s) {
    return () ->
        (input, output) ->
            DepthwiseConv2d.int8(
                s.window(),
                input,
                s.inputZeroPoint(),
                s.filter(),
                s.bias(),
                s.requantization(),
                output);
  }

  @Override
  public Supplier<ByteKernel> fullyConnected(ConvolutionSpec s) {
    WindowGeometry window = s.window();
    return () ->
        (input, output) ->
            FullyConnected.int8(
                window.inputWidth(),
                window.inputChannels(),
                window.outputChannels(),
                input,
                s.inputZeroPoint(),
                s.filter(),
                0,
                s.bias(),
                s.requantization(),
                output);
  }

  @Override
  public Supplier<ByteKernel> averagePool(WindowGeometry window, int min, int max) {
    return () -> (input, output) -> Pooling.average(window, input, min, max, output);
  }

  @Override
  public Supplier<ByteKernel> maxPool(WindowGeometry window, int min, int max) {
    return () -> (input, output) -> Pooling.max(window, input, min, max, output);
  }

  @Override
  public Supplier<ByteKernel> map(IntUnaryOperator function) {
    return () -> (input, output) -> Elementwise.map(function, input, output);
  }

  @Override
  public Supplier<BytePairKernel> addSub(AddSub function) {
    return () -> (a, b, output) -> Elementwise.zip(function, a, null, b, null, output);
  }
}
