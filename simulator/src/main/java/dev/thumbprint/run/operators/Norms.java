package dev.thumbprint.run.operators;

import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT8;

import dev.thumbprint.kernels.FixedPoint;
import dev.thumbprint.kernels.InverseSquareRoot;
import dev.thumbprint.kernels.LogSoftmax;
import dev.thumbprint.kernels.QuantizedMultiplier;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;

/** L2_NORMALIZATION and LOG_SOFTMAX, over the innermost dimension. */
final class Norms {
  private static final float EPSILON = 1e-6f;
  private static final int OUTPUT_BITS = 7;

  private Norms() {}

  private static int depth(Preparation p) {
    Singles.requireSameType(p);
    p.requireSameElements(p.input(0), p.output(0));
    p.require(
        p.input(0).shape().rank() >= 1 && p.input(0).shape().elements() > 0,
        "input [" + p.input(0).shape() + "]",
        "at least one element");
    return p.input(0).shape().dim(-1);
  }

  static Prepared l2(Preparation p) {
    int depth = depth(p);
    if (p.require(p.input(0), FLOAT32, INT8) == FLOAT32) {
      return frame -> {
        float[] input = frame.floats(p.inputIndex(0));
        float[] output = frame.floats(p.outputIndex(0));
        return () -> {
          for (int from = 0; from < output.length; from += depth) {
            float sum = 0;
            for (int i = from; i < from + depth; i++) {
              sum += input[i] * input[i];
            }
            float norm = Math.max((float) Math.sqrt(sum), EPSILON);
            for (int i = from; i < from + depth; i++) {
              output[i] = input[i] / norm;
            }
          }
        };
      };
    }
    p.require(
        p.scale(p.output(0)) == 1f / 128 && p.zeroPoint(p.output(0)) == 0,
        "output scale " + p.scale(p.output(0)),
        "1/128 and zero point 0");
    int zeroPoint = p.zeroPoint(p.input(0));
    return frame -> {
      byte[] input = frame.bytes(p.inputIndex(0));
      byte[] output = frame.bytes(p.outputIndex(0));
      return () -> {
        for (int from = 0; from < output.length; from += depth) {
          int sum = 0;
          for (int i = from; i < from + depth; i++) {
            sum += (input[i] - zeroPoint) * (input[i] - zeroPoint);
          }
          QuantizedMultiplier root = InverseSquareRoot.of(sum);
          for (int i = from; i < from + depth; i++) {
            output[i] =
                FixedPoint.saturate8(
                    FixedPoint.multiply(
                        input[i] - zeroPoint,
                        root.multiplier(),
                        root.shift() + OUTPUT_BITS,
                        p.rounding()));
          }
        }
      };
    };
  }

  static Prepared logSoftmax(Preparation p) {
    int depth = depth(p);
    int rows = Preparation.elements(p.input(0)) / depth;
    if (p.require(p.input(0), FLOAT32, INT8) == FLOAT32) {
      return frame -> {
        float[] input = frame.floats(p.inputIndex(0));
        float[] output = frame.floats(p.outputIndex(0));
        return () -> LogSoftmax.float32(rows, depth, input, output);
      };
    }
    p.require(
        p.scale(p.output(0)) == 16f / 256 && p.zeroPoint(p.output(0)) == 127,
        "output scale %s, zero point %d".formatted(p.scale(p.output(0)), p.zeroPoint(p.output(0))),
        "1/16 and 127");
    LogSoftmax softmax = LogSoftmax.of(p.scale(p.input(0)), p.rounding());
    return frame -> {
      byte[] input = frame.bytes(p.inputIndex(0));
      byte[] output = frame.bytes(p.outputIndex(0));
      return () -> softmax.int8(rows, depth, input, output);
    };
  }
}
