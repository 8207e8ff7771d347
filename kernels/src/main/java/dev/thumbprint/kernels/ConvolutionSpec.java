package dev.thumbprint.kernels;

/**
 * A convolution of 8-bit integers with constant weights, for {@link KernelTier} to prepare.
 *
 * @param window geometry
 * @param filterChannels input channels that one filter sees; ignored for depthwise
 * @param filter weights as {@link Conv2d} or {@link DepthwiseConv2d} lays them out; zero point 0
 * @param bias per output channel, or null
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by convention: hot code indexes them
public record ConvolutionSpec(
    WindowGeometry window,
    int filterChannels,
    int inputZeroPoint,
    byte[] filter,
    int[] bias,
    Requantization requantization) {}
