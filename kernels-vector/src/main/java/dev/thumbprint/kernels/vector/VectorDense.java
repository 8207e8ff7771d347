package dev.thumbprint.kernels.vector;

import static jdk.incubator.vector.VectorOperators.B2F;
import static jdk.incubator.vector.VectorOperators.F2I;

import dev.thumbprint.kernels.ByteKernel;
import dev.thumbprint.kernels.ConvolutionSpec;
import dev.thumbprint.kernels.WindowGeometry;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * FULLY_CONNECTED: vectors of outputs, each input broadcast. Weights stay bytes, since every one is
 * used once and memory is what limits; two inputs a turn keep the sums independent.
 */
final class VectorDense implements ByteKernel {
  /** Vectors of outputs of one block. */
  private static final int VECTORS = 4;

  /** What all instances share. */
  static final class Prepared {
    private final int rows;
    private final int inputs;
    private final int outputs;
    private final int step;
    private final int zeroPoint;
    private final byte[] weights;
    private final VectorStage stage;

    Prepared(ConvolutionSpec spec) {
      WindowGeometry window = spec.window();
      rows = window.inputWidth();
      inputs = window.inputChannels();
      outputs = window.outputChannels();
      zeroPoint = spec.inputZeroPoint();
      int width = VECTORS * Lanes.COUNT;
      step = Math.ceilDiv(outputs, width) * width;
      weights = new byte[step * inputs];
      for (int output = 0; output < outputs; output++) {
        int block = output / width;
        for (int input = 0; input < inputs; input++) {
          weights[(block * inputs + input) * width + output % width] =
              spec.filter()[output * inputs + input];
        }
      }
      stage = new VectorStage(spec.requantization(), spec.bias());
    }
  }

  private final Prepared prepared;
  private final float[] values;
  private final int[] sums;
  private final byte[] tail = new byte[Lanes.COUNT];

  VectorDense(Prepared prepared) {
    this.prepared = prepared;
    this.values = new float[prepared.inputs];
    this.sums = new int[prepared.step];
  }

  @Override
  public void run(byte[] input, byte[] output) {
    int width = VECTORS * Lanes.COUNT;
    for (int row = 0; row < prepared.rows; row++) {
      PaddedImage.centre(
          input, row * prepared.inputs, prepared.inputs, values, 0, prepared.zeroPoint);
      for (int first = 0; first < prepared.step; first += width) {
        block(values, prepared.weights, first * prepared.inputs, sums, first);
      }
      prepared.stage.rows(sums, 0, prepared.step, 1, output, row * prepared.outputs, tail);
    }
  }

  private static void block(float[] values, byte[] weights, int from, int[] sums, int to) {
    int n = Lanes.COUNT;
    FloatVector a0 = FloatVector.zero(Lanes.FLOATS);
    FloatVector a1 = FloatVector.zero(Lanes.FLOATS);
    FloatVector a2 = FloatVector.zero(Lanes.FLOATS);
    FloatVector a3 = FloatVector.zero(Lanes.FLOATS);
    FloatVector b0 = FloatVector.zero(Lanes.FLOATS);
    FloatVector b1 = FloatVector.zero(Lanes.FLOATS);
    FloatVector b2 = FloatVector.zero(Lanes.FLOATS);
    FloatVector b3 = FloatVector.zero(Lanes.FLOATS);
    int k = 0;
    for (; k < values.length - 1; k += 2) {
      FloatVector x = FloatVector.broadcast(Lanes.FLOATS, values[k]);
      FloatVector y = FloatVector.broadcast(Lanes.FLOATS, values[k + 1]);
      int w = from + k * VECTORS * n;
      a0 =
          x.fma(
              (FloatVector)
                  ByteVector.fromArray(Lanes.BYTES, weights, w).convertShape(B2F, Lanes.FLOATS, 0),
              a0);
      a1 =
          x.fma(
              (FloatVector)
                  ByteVector.fromArray(Lanes.BYTES, weights, w + n)
                      .convertShape(B2F, Lanes.FLOATS, 0),
              a1);
      a2 =
          x.fma(
              (FloatVector)
                  ByteVector.fromArray(Lanes.BYTES, weights, w + 2 * n)
                      .convertShape(B2F, Lanes.FLOATS, 0),
              a2);
      a3 =
          x.fma(
              (FloatVector)
                  ByteVector.fromArray(Lanes.BYTES, weights, w + 3 * n)
                      .convertShape(B2F, Lanes.FLOATS, 0),
              a3);
      b0 =
          y.fma(
              (FloatVector)
                  ByteVector.fromArray(Lanes.BYTES, weights, w + 4 * n)
                      .convertShape(B2F, Lanes.FLOATS, 0),
              b0);
      b1 =
          y.fma(
              (FloatVector)
                  ByteVector.fromArray(Lanes.BYTES, weights, w + 5 * n)
                      .convertShape(B2F, Lanes.FLOATS, 0),
              b1);
      b2 =
          y.fma(
              (FloatVector)
                  ByteVector.fromArray(Lanes.BYTES, weights, w + 6 * n)
                      .convertShape(B2F, Lanes.FLOATS, 0),
              b2);
      b3 =
          y.fma(
              (FloatVector)
                  ByteVector.fromArray(Lanes.BYTES, weights, w + 7 * n)
                      .convertShape(B2F, Lanes.FLOATS, 0),
              b3);
    }
    if (k < values.length) {
      FloatVector x = FloatVector.broadcast(Lanes.FLOATS, values[k]);
      int w = from + k * VECTORS * n;
      a0 =
          x.fma(
              (FloatVector)
                  ByteVector.fromArray(Lanes.BYTES, weights, w).convertShape(B2F, Lanes.FLOATS, 0),
              a0);
      a1 =
          x.fma(
              (FloatVector)
                  ByteVector.fromArray(Lanes.BYTES, weights, w + n)
                      .convertShape(B2F, Lanes.FLOATS, 0),
              a1);
      a2 =
          x.fma(
              (FloatVector)
                  ByteVector.fromArray(Lanes.BYTES, weights, w + 2 * n)
                      .convertShape(B2F, Lanes.FLOATS, 0),
              a2);
      a3 =
          x.fma(
              (FloatVector)
                  ByteVector.fromArray(Lanes.BYTES, weights, w + 3 * n)
                      .convertShape(B2F, Lanes.FLOATS, 0),
              a3);
    }
    ((IntVector) a0.add(b0).convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to);
    ((IntVector) a1.add(b1).convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + n);
    ((IntVector) a2.add(b2).convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 2 * n);
    ((IntVector) a3.add(b3).convertShape(F2I, Lanes.INTS, 0)).intoArray(sums, to + 3 * n);
  }
}
