package dev.thumbprint.kernels.vector;

import dev.thumbprint.kernels.AddSub;
import dev.thumbprint.kernels.ByteKernel;
import dev.thumbprint.kernels.BytePairKernel;
import dev.thumbprint.kernels.ConvolutionSpec;
import dev.thumbprint.kernels.KernelTier;
import dev.thumbprint.kernels.WindowGeometry;
import dev.thumbprint.kernels.plain.PlainTier;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * Kernels on the Vector API, for batches: fastest once compiled (after some thousands of
 * inferences), slow before. Layers for which single precision would not be exact, or whose padded
 * input would be very large, are those of the plain tier.
 */
public final class VectorTier implements KernelTier {
  /** Padded weights of one layer at most: 256 MiB. */
  private static final long WEIGHTS_MAX = 1 << 26;

  private final PlainTier plain = new PlainTier();

  @Override
  public String name() {
    return "vector";
  }

  /** Bits of one vector on this machine. */
  public static int vectorBits() {
    return Lanes.FLOATS.vectorBitSize();
  }

  /** Whether there is a form for this machine's vectors (256 or 512 bits). */
  public static boolean supported() {
    return Lanes.supported();
  }

  @Override
  public Supplier<ByteKernel> conv2d(ConvolutionSpec spec) {
    WindowGeometry window = spec.window();
    int taps = window.filterHeight() * window.filterWidth() * window.inputChannels();
    if (spec.filterChannels() != window.inputChannels()
        || !PaddedImage.fits(window, 1)
        || !weightsFit(window.outputChannels(), taps)
        || !ExactFloats.holds(spec, 1, taps, taps)) {
      return plain.conv2d(spec);
    }
    if (WinogradWeights.suit(spec)) {
      VectorWinograd.Prepared prepared = new VectorWinograd.Prepared(spec);
      return () -> new VectorWinograd(prepared);
    }
    VectorConvolution.Prepared prepared = new VectorConvolution.Prepared(spec);
    return () -> new VectorConvolution(prepared);
  }

  @Override
  public Supplier<ByteKernel> depthwiseConv2d(ConvolutionSpec spec) {
    WindowGeometry window = spec.window();
    int channels = window.outputChannels();
    int taps = window.filterHeight() * window.filterWidth();
    if (!PaddedImage.fits(window, channels / window.inputChannels())
        || !ExactFloats.holds(spec, channels, 1, taps)) {
      return plain.depthwiseConv2d(spec);
    }
    VectorDepthwise.Prepared prepared = new VectorDepthwise.Prepared(spec);
    return () -> new VectorDepthwise(prepared);
  }

  @Override
  public Supplier<ByteKernel> fullyConnected(ConvolutionSpec spec) {
    int inputs = spec.window().inputChannels();
    if (!weightsFit(spec.window().outputChannels(), inputs)
        || !ExactFloats.holds(spec, 1, inputs, inputs)) {
      return plain.fullyConnected(spec);
    }
    VectorDense.Prepared prepared = new VectorDense.Prepared(spec);
    return () -> new VectorDense(prepared);
  }

  private static boolean weightsFit(int outputs, int taps) {
    return (long) (outputs + 4 * Lanes.COUNT) * taps <= WEIGHTS_MAX;
  }

  @Override
  public Supplier<ByteKernel> averagePool(WindowGeometry window, int min, int max) {
    return () -> new VectorPool(window, true, min, max);
  }

  @Override
  public Supplier<ByteKernel> maxPool(WindowGeometry window, int min, int max) {
    return () -> new VectorPool(window, false, min, max);
  }

  @Override
  public Supplier<ByteKernel> map(IntUnaryOperator function) {
    return plain.map(function);
  }

  @Override
  public Supplier<BytePairKernel> addSub(AddSub function) {
    if (Lanes.COUNT == 16 && VectorAdd.suits(function)) {
      return () -> new VectorAdd(function);
    }
    PairTable table = new PairTable(function);
    return () -> table;
  }
}
