package dev.thumbprint.run.operators;

import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT32;
import static dev.thumbprint.cost.work.DataType.INT8;
import static dev.thumbprint.cost.work.DataType.UINT8;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.kernels.Quantize;
import dev.thumbprint.kernels.QuantizedMultiplier;
import dev.thumbprint.kernels.Rescale;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;
import java.util.function.IntUnaryOperator;

/** QUANTIZE and DEQUANTIZE. */
final class Conversions {
  private Conversions() {}

  static Prepared quantize(Preparation p) {
    p.requireSameElements(p.input(0), p.output(0));
    DataType from = p.input(0).type();
    DataType to = p.output(0).type();
    boolean known =
        switch (from) {
          case FLOAT32 -> to == INT8 || to == INT16;
          case INT32 -> to == INT8 || to == INT16;
          case INT16 -> to == INT8 || to == INT16 || to == INT32;
          case INT8 -> to == INT8 || to == UINT8 || to == INT16 || to == INT32;
          case UINT8 -> to == INT8;
          default -> false;
        };
    if (!known) {
      throw p.refuseTypes();
    }
    return from == FLOAT32 ? fromFloat(p, to) : rescale(p, from, to);
  }

  private static Prepared fromFloat(Preparation p, DataType to) {
    float scale = p.scale(p.output(0));
    int zeroPoint = p.zeroPoint(p.output(0));
    return to == INT8
        ? frame -> {
          float[] input = frame.floats(p.inputIndex(0));
          byte[] output = frame.bytes(p.outputIndex(0));
          return () -> Quantize.float32(input, scale, zeroPoint, output);
        }
        : frame -> {
          float[] input = frame.floats(p.inputIndex(0));
          short[] output = frame.shorts(p.outputIndex(0));
          return () -> Quantize.float32(input, scale, zeroPoint, output);
        };
  }

  private static Prepared rescale(Preparation p, DataType from, DataType to) {
    double ratio = (double) p.scale(p.input(0)) / p.scale(p.output(0));
    Rescale rescale =
        new Rescale(
            p.zeroPoint(p.input(0)),
            QuantizedMultiplier.of(ratio, p.rounding()),
            p.zeroPoint(p.output(0)),
            Preparation.lowest(to),
            Preparation.highest(to),
            p.rounding());
    IntUnaryOperator function = from == UINT8 ? x -> rescale.applyAsInt(x & 0xFF) : rescale;
    return Singles.integers(p, function);
  }

  static Prepared dequantize(Preparation p) {
    p.requireSameElements(p.input(0), p.output(0));
    p.require(p.output(0), FLOAT32);
    DataType from = p.require(p.input(0), INT8, INT16, UINT8);
    float scale = p.scale(p.input(0));
    int zeroPoint = p.zeroPoint(p.input(0));
    int mask = from == UINT8 ? 0xFF : -1;
    return frame -> {
      float[] output = frame.floats(p.outputIndex(0));
      return switch (frame.array(p.inputIndex(0))) {
        case byte[] input ->
            () -> {
              for (int i = 0; i < output.length; i++) {
                output[i] = Quantize.dequantize(input[i] & mask, scale, zeroPoint);
              }
            };
        case short[] input ->
            () -> {
              for (int i = 0; i < output.length; i++) {
                output[i] = Quantize.dequantize(input[i], scale, zeroPoint);
              }
            };
        default -> throw p.refuseTypes();
      };
    };
  }
}
