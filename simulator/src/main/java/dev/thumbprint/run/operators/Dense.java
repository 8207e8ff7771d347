package dev.thumbprint.run.operators;

import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT32;
import static dev.thumbprint.cost.work.DataType.INT4;
import static dev.thumbprint.cost.work.DataType.INT64;
import static dev.thumbprint.cost.work.DataType.INT8;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.kernels.ConvolutionSpec;
import dev.thumbprint.kernels.FullyConnected;
import dev.thumbprint.kernels.Requantization;
import dev.thumbprint.kernels.WindowGeometry;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.run.Departure;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;
import java.util.Arrays;

/** FULLY_CONNECTED. */
final class Dense {
  /** Largest disagreement of bias scale and product of scales (source: kernel_util.cc). */
  private static final double BIAS_SCALE_TOLERANCE = 0.02;

  /** Greatest extent that early CMSIS-NN could tell; more wraps. */
  private static final int SHORT_MAX = 0xFFFF;

  private Dense() {}

  private record Extents(int rows, int inputs, int outputs) {}

  /** Inputs: activations, filter [outputs, inputs], bias (optional). */
  static Prepared fullyConnected(Preparation p) {
    Options.FullyConnected options = p.options(Options.FullyConnected.class);
    Extents extents = extents(p);
    DataType input = p.input(0).type();
    DataType filter = p.input(1).type();
    p.require(
        input != FLOAT32 || filter == FLOAT32,
        filter.label() + " weights with float32 activations",
        "weights and activations both quantised or both float32 (hybrid models are not supported"
            + " on TensorFlow Lite Micro)");
    if (input != p.output(0).type()) {
      throw p.refuseTypes();
    }
    if (input == FLOAT32) {
      return float32(p, extents, options);
    }
    if (input == INT8 && (filter == INT8 || filter == INT4)) {
      return int8(p, extents, requantization(p, extents, options));
    }
    if (input == INT16 && filter == INT8) {
      return int16(p, extents, options);
    }
    throw p.refuseTypes();
  }

  private static Extents extents(Preparation p) {
    Shape filter = p.input(1).shape();
    p.require(
        filter.rank() == 2 && filter.elements() > 0,
        "filter [" + filter + "]",
        "two dimensions: outputs and inputs");
    int outputs = filter.dim(0);
    int inputs = filter.dim(1);
    long rows = p.output(0).shape().elements() / outputs;
    p.require(
        p.output(0).shape().elements() == rows * outputs
            && p.input(0).shape().elements() == rows * inputs,
        "input [%s], filter [%s], output [%s]"
            .formatted(p.input(0).shape(), filter, p.output(0).shape()),
        "rows of " + inputs + " inputs and " + outputs + " outputs");
    if (p.has(2)) {
      p.require(
          p.input(2).shape().elements() == outputs,
          "bias [" + p.input(2).shape() + "]",
          outputs + " elements");
    }
    return new Extents(Math.toIntExact(rows), inputs, outputs);
  }

  /** Per tensor the scales are multiplied in single precision, per channel in double. */
  private static Requantization requantization(
      Preparation p, Extents extents, Options.FullyConnected options) {
    Tensor filter = p.input(1);
    float[] scales = p.scales(filter);
    float inputScale = p.scale(p.input(0));
    float outputScale = p.scale(p.output(0));
    double[] reals = new double[extents.outputs()];
    if (scales.length == 1 || p.departs(Departure.DENSE_FIRST_SCALE)) {
      requireBiasScale(p, (double) inputScale * scales[0], outputScale);
      float product = inputScale * scales[0];
      Arrays.fill(reals, product / (double) outputScale);
    } else {
      p.require(
          filter.type() != INT4 && scales.length == extents.outputs(),
          scales.length + " scales of " + filter.type().label() + " weights",
          "1, or one per output of int8 weights");
      for (int c = 0; c < reals.length; c++) {
        reals[c] = inputScale * (double) scales[c] / outputScale;
      }
    }
    p.require(p.zeroPoint(filter) == 0, "filter zero point " + p.zeroPoint(filter), "0");
    Preparation.Range range = p.range(options.activation(), p.output(0));
    return Requantization.of(
        reals, p.zeroPoint(p.output(0)), range.min(), range.max(), p.rounding());
  }

  private static void requireBiasScale(Preparation p, double product, float outputScale) {
    if (!p.has(2)) {
      return;
    }
    double biasScale = p.input(2).quantization().map(q -> (double) q.scales()[0]).orElse(0.0);
    p.require(
        Math.abs(product - biasScale) / outputScale <= BIAS_SCALE_TOLERANCE,
        "bias scale " + biasScale,
        "input scale x filter scale = " + product);
  }

  private static Prepared int8(Preparation p, Extents extents, Requantization scale) {
    if (p.has(2)) {
      p.require(p.input(2), INT32);
    }
    if (p.input(1).type() == INT8) {
      EarlyConvolutions.refuseWithoutBias(p, Departure.DENSE_WITHOUT_BIAS_MISREAD);
      p.require(
          p.output(0).shape().rank() == 2 || !p.departs(Departure.DENSE_OUTPUT_MISREAD),
          "output [" + p.output(0).shape() + "], whose second dimension this library takes",
          "two dimensions");
    }
    boolean overwritten = extents.rows() > 1 && p.departs(Departure.DENSE_ROWS_OVERWRITTEN);
    boolean wraps = extents.inputs() > SHORT_MAX || extents.outputs() > SHORT_MAX;
    if (overwritten || (wraps && p.departs(Departure.DENSE_16_BIT_COLUMNS))) {
      return cmsis2020(p, extents, scale);
    }
    byte[] weights = p.constantBytes(1);
    int[] bias = p.constantInts(2);
    int zeroPoint = p.zeroPoint(p.input(0));
    if (weights != null && (bias != null || !p.has(2))) {
      WindowGeometry window =
          WindowGeometry.dense(extents.rows(), extents.inputs(), extents.outputs());
      return Bindings.bytes(
          p.tier()
              .fullyConnected(
                  new ConvolutionSpec(window, extents.inputs(), zeroPoint, weights, bias, scale)),
          p.inputIndex(0),
          p.outputIndex(0));
    }
    return frame -> {
      byte[] input = frame.bytes(p.inputIndex(0));
      byte[] filter = frame.bytes(p.inputIndex(1));
      int[] offsets = frame.ints(p.inputIndex(2));
      byte[] output = frame.bytes(p.outputIndex(0));
      return () ->
          FullyConnected.int8(
              extents.rows(),
              extents.inputs(),
              extents.outputs(),
              input,
              zeroPoint,
              filter,
              0,
              offsets,
              scale,
              output);
    };
  }

  /** Extents in 16 bits, and every row written over the first. */
  private static Prepared cmsis2020(Preparation p, Extents extents, Requantization scale) {
    int inputs = extents.inputs() & SHORT_MAX;
    int outputs = extents.outputs() & SHORT_MAX;
    int zeroPoint = p.zeroPoint(p.input(0));
    return frame -> {
      byte[] input = frame.bytes(p.inputIndex(0));
      byte[] filter = frame.bytes(p.inputIndex(1));
      int[] bias = frame.ints(p.inputIndex(2));
      byte[] output = frame.bytes(p.outputIndex(0));
      byte[] row = new byte[inputs];
      byte[] result = new byte[outputs];
      return () -> {
        System.arraycopy(input, (extents.rows() - 1) * inputs, row, 0, inputs);
        FullyConnected.int8(1, inputs, outputs, row, zeroPoint, filter, 0, bias, scale, result);
        System.arraycopy(result, 0, output, 0, outputs);
      };
    };
  }

  private static Prepared int16(Preparation p, Extents extents, Options.FullyConnected options) {
    Requantization scale = requantization(p, extents, options);
    boolean misread = p.has(2) && p.input(2).type() == INT32;
    p.require(
        !misread || !p.departs(Departure.DENSE_INT16_BIAS_MISREAD),
        "an int32 bias, which this library reads as int64 and beyond its end",
        "an int64 bias");
    boolean library = p.departs(Departure.DENSE_INT16_BIAS_MISREAD);
    boolean wide = library || Biases.wide(p, options.biasType());
    long[] bias = Biases.longs(p, 2, INT32, INT64);
    p.require(
        p.zeroPoint(p.input(0)) == 0 && p.zeroPoint(p.output(0)) == 0,
        "zero points of 16-bit tensors that are not 0",
        "0");
    return frame -> {
      short[] input = frame.shorts(p.inputIndex(0));
      byte[] filter = frame.bytes(p.inputIndex(1));
      short[] output = frame.shorts(p.outputIndex(0));
      return () ->
          FullyConnected.int16(
              extents.rows(),
              extents.inputs(),
              extents.outputs(),
              input,
              filter,
              bias,
              wide,
              scale,
              output);
    };
  }

  private static Prepared float32(Preparation p, Extents extents, Options.FullyConnected options) {
    float min = Preparation.floatMin(options.activation());
    float max = Preparation.floatMax(options.activation());
    return frame -> {
      float[] input = frame.floats(p.inputIndex(0));
      float[] filter = frame.floats(p.inputIndex(1));
      float[] bias = frame.floats(p.inputIndex(2));
      float[] output = frame.floats(p.outputIndex(0));
      return () ->
          FullyConnected.float32(
              extents.rows(),
              extents.inputs(),
              extents.outputs(),
              input,
              filter,
              bias,
              min,
              max,
              output);
    };
  }
}
