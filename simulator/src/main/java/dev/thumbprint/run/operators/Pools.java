package dev.thumbprint.run.operators;

import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT8;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.kernels.Cmsis2020;
import dev.thumbprint.kernels.Pooling;
import dev.thumbprint.kernels.WindowGeometry;
import dev.thumbprint.model.Options;
import dev.thumbprint.run.Departure;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;

/** AVERAGE_POOL_2D, MAX_POOL_2D and L2_POOL_2D. */
final class Pools {
  /** Largest difference of input and output scale (source: kernels/pooling_common.cc). */
  private static final double SCALE_TOLERANCE = 1e-6;

  private Pools() {}

  static Prepared average(Preparation p) {
    Options.Pool2d options = p.options(Options.Pool2d.class);
    WindowGeometry window = pooled(p, options);
    return switch (types(p, INT8, INT16, FLOAT32)) {
      case INT8 -> {
        Preparation.Range range = range(p, options);
        if (p.departs(Departure.AVERAGE_POOL_IN_TWO_PASSES)) {
          yield twoPasses(p, window, range, Cmsis2020::averagePool);
        }
        yield Bindings.bytes(
            p.tier().averagePool(window, range.min(), range.max()),
            p.inputIndex(0),
            p.outputIndex(0));
      }
      case INT16 -> {
        Preparation.Range range = range(p, options);
        yield frame -> {
          short[] input = frame.shorts(p.inputIndex(0));
          short[] output = frame.shorts(p.outputIndex(0));
          return () -> Pooling.average(window, input, range.min(), range.max(), output);
        };
      }
      default ->
          frame -> {
            float[] input = frame.floats(p.inputIndex(0));
            float[] output = frame.floats(p.outputIndex(0));
            float min = Preparation.floatMin(options.activation());
            float max = Preparation.floatMax(options.activation());
            return () -> Pooling.average(window, input, min, max, output);
          };
    };
  }

  /** A pool that overwrites its image. */
  private interface InPlace {
    void run(WindowGeometry window, byte[] image, int min, int max, byte[] output);
  }

  private static Prepared twoPasses(
      Preparation p, WindowGeometry window, Preparation.Range range, InPlace pool) {
    return frame -> {
      byte[] input = frame.bytes(p.inputIndex(0));
      byte[] image = new byte[input.length];
      byte[] output = frame.bytes(p.outputIndex(0));
      return () -> {
        System.arraycopy(input, 0, image, 0, image.length);
        pool.run(window, image, range.min(), range.max(), output);
      };
    };
  }

  static Prepared max(Preparation p) {
    Options.Pool2d options = p.options(Options.Pool2d.class);
    WindowGeometry window = pooled(p, options);
    return switch (types(p, INT8, INT16, FLOAT32)) {
      case INT8 -> {
        Preparation.Range range = range(p, options);
        if (p.departs(Departure.MAX_POOL_IN_TWO_PASSES)) {
          yield twoPasses(p, window, range, Cmsis2020::maxPool);
        }
        yield Bindings.bytes(
            p.tier().maxPool(window, range.min(), range.max()), p.inputIndex(0), p.outputIndex(0));
      }
      case INT16 -> {
        Preparation.Range range = range(p, options);
        yield frame -> {
          short[] input = frame.shorts(p.inputIndex(0));
          short[] output = frame.shorts(p.outputIndex(0));
          return () -> Pooling.max(window, input, range.min(), range.max(), output);
        };
      }
      default ->
          frame -> {
            float[] input = frame.floats(p.inputIndex(0));
            float[] output = frame.floats(p.outputIndex(0));
            float min = Preparation.floatMin(options.activation());
            float max = Preparation.floatMax(options.activation());
            return () -> Pooling.max(window, input, min, max, output);
          };
    };
  }

  static Prepared l2(Preparation p) {
    Options.Pool2d options = p.options(Options.Pool2d.class);
    WindowGeometry window = window(p, options);
    types(p, FLOAT32);
    float min = Preparation.floatMin(options.activation());
    float max = Preparation.floatMax(options.activation());
    return frame -> {
      float[] input = frame.floats(p.inputIndex(0));
      float[] output = frame.floats(p.outputIndex(0));
      return () -> Pooling.l2(window, input, min, max, output);
    };
  }

  /** What is left out of a batch keeps what the memory held. */
  private static WindowGeometry pooled(Preparation p, Options.Pool2d options) {
    WindowGeometry window = window(p, options);
    return p.input(0).type() != FLOAT32 && p.departs(Departure.POOL_FIRST_IMAGE_ONLY)
        ? window.firstImage()
        : window;
  }

  private static WindowGeometry window(Preparation p, Options.Pool2d options) {
    WindowGeometry window =
        Windows.of(
            p,
            p.input(0),
            p.output(0),
            options.filterHeight(),
            options.filterWidth(),
            new Windows.Steps(
                options.padding(), options.strideHeight(), options.strideWidth(), 1, 1));
    p.require(
        window.inputChannels() == window.outputChannels(),
        "%d channels in, %d out".formatted(window.inputChannels(), window.outputChannels()),
        "equally many");
    return window;
  }

  private static DataType types(Preparation p, DataType... types) {
    if (p.input(0).type() != p.output(0).type()) {
      throw p.refuseTypes();
    }
    return p.require(p.input(0), types);
  }

  private static Preparation.Range range(Preparation p, Options.Pool2d options) {
    float in = p.scale(p.input(0));
    float out = p.scale(p.output(0));
    p.require(
        Math.abs(in - out) <= SCALE_TOLERANCE
            && p.zeroPoint(p.input(0)) == p.zeroPoint(p.output(0)),
        "input scale %s, output scale %s".formatted(in, out),
        "equal scale and zero point in and out");
    return p.range(options.activation(), p.output(0));
  }
}
