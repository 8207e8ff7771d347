package dev.thumbprint.run.operators;

import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.kernels.WindowGeometry;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.run.Preparation;

/** Geometry of windows that slide over NHWC images. */
final class Windows {
  private Windows() {}

  /** Steps of a window, as the options hold them. */
  record Steps(
      Padding padding, int strideHeight, int strideWidth, int dilationHeight, int dilationWidth) {}

  /** The geometry, refused where shapes and options do not fit together. */
  static WindowGeometry of(
      Preparation p, Tensor input, Tensor output, int filterHeight, int filterWidth, Steps steps) {
    Shape in = input.shape();
    Shape out = output.shape();
    p.require(
        in.rank() == 4 && out.rank() == 4,
        "input [" + in + "] and output [" + out + "]",
        "four dimensions (NHWC) in both");
    p.require(
        in.elements() > 0 && out.elements() > 0,
        "input [" + in + "] and output [" + out + "]",
        "at least one element in both");
    p.require(
        steps.strideHeight >= 1 && steps.strideWidth >= 1,
        "stride " + steps.strideHeight + "x" + steps.strideWidth,
        "at least 1x1");
    p.require(
        steps.dilationHeight >= 1 && steps.dilationWidth >= 1,
        "dilation " + steps.dilationHeight + "x" + steps.dilationWidth,
        "at least 1x1");
    p.require(
        filterHeight >= 1 && filterWidth >= 1,
        "window " + filterHeight + "x" + filterWidth,
        "at least 1x1");
    requireReach(p, filterHeight, steps.dilationHeight, steps.strideHeight, out.dim(1));
    requireReach(p, filterWidth, steps.dilationWidth, steps.strideWidth, out.dim(2));
    int height =
        steps.padding.outputExtent(
            in.dim(1), filterHeight, steps.strideHeight, steps.dilationHeight);
    int width =
        steps.padding.outputExtent(in.dim(2), filterWidth, steps.strideWidth, steps.dilationWidth);
    p.require(
        in.dim(0) == out.dim(0) && out.dim(1) == height && out.dim(2) == width,
        "output [" + out + "] of input [" + in + "]",
        in.dim(0) + "x" + height + "x" + width + "x" + out.dim(3));
    return new WindowGeometry(
        in.dim(0),
        in.dim(1),
        in.dim(2),
        in.dim(3),
        filterHeight,
        filterWidth,
        steps.strideHeight,
        steps.strideWidth,
        steps.dilationHeight,
        steps.dilationWidth,
        steps.padding.before(
            in.dim(1), height, filterHeight, steps.strideHeight, steps.dilationHeight),
        steps.padding.before(in.dim(2), width, filterWidth, steps.strideWidth, steps.dilationWidth),
        height,
        width,
        out.dim(3));
  }

  /** Coordinates under the window must fit 32 bits, as they do on the target. */
  private static void requireReach(
      Preparation p, int filter, int dilation, int stride, int output) {
    long reach = (long) (filter - 1) * dilation + (long) output * stride;
    p.require(
        reach < 1 << 30,
        "window %d, dilation %d, stride %d".formatted(filter, dilation, stride),
        "a reach below 2^30 elements");
  }
}
