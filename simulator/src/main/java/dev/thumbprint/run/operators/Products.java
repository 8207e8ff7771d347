package dev.thumbprint.run.operators;

import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT32;
import static dev.thumbprint.cost.work.DataType.INT64;
import static dev.thumbprint.cost.work.DataType.INT8;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.kernels.CmsisTransposeConv;
import dev.thumbprint.kernels.IndexMap;
import dev.thumbprint.kernels.QuantizedMultiplier;
import dev.thumbprint.kernels.Requantization;
import dev.thumbprint.kernels.TransposeConv;
import dev.thumbprint.kernels.WindowGeometry;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.run.Departure;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;
import java.util.Arrays;

/** BATCH_MATMUL and TRANSPOSE_CONV. */
final class Products {
  /** Above so many channels CMSIS-NN runs a convolution with the filter reversed. */
  private static final int REVERSED_CHANNELS = 16;

  private static final int REVERSED_STRIDE_MAX = 2;

  private Products() {}

  private static int stride(WindowGeometry window) {
    return Math.max(window.strideHeight(), window.strideWidth());
  }

  /** Matrices of one product: first element of each, and how far apart rows and columns lie. */
  @SuppressWarnings("ArrayRecordComponent") // read-only by convention: hot code indexes them
  private record Matrices(
      int rows,
      int depth,
      int columns,
      int[] left,
      int[] right,
      int leftRow,
      int leftStep,
      int rightStep,
      int rightColumn) {

    static Matrices of(Preparation p, Options.BatchMatMul options) {
      Shape a = p.input(0).shape();
      Shape b = p.input(1).shape();
      p.require(a.rank() >= 2 && b.rank() >= 2, "[" + a + "] x [" + b + "]", "two dimensions");
      int rows = a.dim(options.adjointLeft() ? -1 : -2);
      int depth = a.dim(options.adjointLeft() ? -2 : -1);
      int columns = b.dim(options.adjointRight() ? -2 : -1);
      int[] batchA = Arrays.copyOf(a.toArray(), a.rank() - 2);
      int[] batchB = Arrays.copyOf(b.toArray(), b.rank() - 2);
      int[] batch = IndexMap.broadcastShape(batchA, batchB);
      p.require(
          batch != null
              && b.dim(options.adjointRight() ? -1 : -2) == depth
              && (long) IndexMap.elements(batch) * rows * columns == p.output(0).shape().elements(),
          "[%s] x [%s] = [%s]".formatted(a, b, p.output(0).shape()),
          "matrices that fit, batches that broadcast");
      int[] left = IndexMap.broadcast(batchA, batch);
      int[] right = IndexMap.broadcast(batchB, batch);
      for (int i = 0; i < left.length; i++) {
        left[i] *= rows * depth;
        right[i] *= depth * columns;
      }
      return new Matrices(
          rows,
          depth,
          columns,
          left,
          right,
          options.adjointLeft() ? 1 : depth,
          options.adjointLeft() ? rows : 1,
          options.adjointRight() ? 1 : columns,
          options.adjointRight() ? depth : 1);
    }
  }

  /** Inputs: left and right matrices, either possibly transposed. */
  static Prepared batchMatMul(Preparation p) {
    Matrices m = Matrices.of(p, p.options(Options.BatchMatMul.class));
    Arithmetic.requireSameTypes(p);
    if (p.require(p.output(0), FLOAT32, INT8, INT16) == FLOAT32) {
      return frame -> {
        float[] a = frame.floats(p.inputIndex(0));
        float[] b = frame.floats(p.inputIndex(1));
        float[] output = frame.floats(p.outputIndex(0));
        return () -> {
          int at = 0;
          for (int batch = 0; batch < m.left.length; batch++) {
            for (int i = 0; i < m.rows; i++) {
              for (int j = 0; j < m.columns; j++) {
                int from = m.left[batch] + i * m.leftRow;
                int with = m.right[batch] + j * m.rightColumn;
                float sum = 0;
                for (int k = 0; k < m.depth; k++) {
                  sum += a[from + k * m.leftStep] * b[with + k * m.rightStep];
                }
                output[at++] = sum;
              }
            }
          }
        };
      };
    }
    float product = p.scale(p.input(0)) * p.scale(p.input(1));
    QuantizedMultiplier scale =
        QuantizedMultiplier.of(product / (double) p.scale(p.output(0)), p.rounding());
    boolean wide = p.output(0).type() == INT16;
    return frame -> {
      Object a = frame.array(p.inputIndex(0));
      Object b = frame.array(p.inputIndex(1));
      Object output = frame.array(p.outputIndex(0));
      int zeroA = p.zeroPoint(p.input(0));
      int zeroB = p.zeroPoint(p.input(1));
      int zeroOut = p.zeroPoint(p.output(0));
      return () -> {
        int at = 0;
        for (int batch = 0; batch < m.left.length; batch++) {
          for (int i = 0; i < m.rows; i++) {
            for (int j = 0; j < m.columns; j++) {
              int from = m.left[batch] + i * m.leftRow;
              int with = m.right[batch] + j * m.rightColumn;
              long sum = 0;
              for (int k = 0; k < m.depth; k++) {
                sum +=
                    (long) (element(a, from + k * m.leftStep) - zeroA)
                        * (element(b, with + k * m.rightStep) - zeroB);
              }
              int scaled = wide ? scale.timesWide(sum) : scale.times((int) sum, p.rounding());
              if (output instanceof byte[] bytes) {
                bytes[at++] = (byte) Math.clamp((long) scaled + zeroOut, -128, 127);
              } else {
                ((short[]) output)[at++] = (short) Math.clamp(scaled, -32_768, 32_767);
              }
            }
          }
        }
      };
    };
  }

  private static int element(Object array, int index) {
    return array instanceof byte[] bytes ? bytes[index] : ((short[]) array)[index];
  }

  /** Inputs: output shape, filter [outputs, height, width, inputs], image, bias (optional). */
  static Prepared transposeConv(Preparation p) {
    Options.TransposeConv options = p.options(Options.TransposeConv.class);
    Tensor image = p.input(2);
    Tensor filter = p.input(1);
    Shape weights = filter.shape();
    p.require(weights.rank() == 4, "filter [" + weights + "]", "four dimensions");
    WindowGeometry window =
        Windows.of(
            p,
            p.output(0),
            image,
            weights.dim(1),
            weights.dim(2),
            new Windows.Steps(
                options.padding(), options.strideHeight(), options.strideWidth(), 1, 1));
    int channels = image.shape().dim(3);
    int outputs = p.output(0).shape().dim(3);
    p.require(
        weights.dim(0) == outputs
            && weights.dim(3) == channels
            && (!p.has(3) || p.input(3).shape().elements() == outputs),
        "filter [%s] from %d to %d channels".formatted(weights, channels, outputs),
        "outputs first, inputs last, a bias per output");
    if (image.type() != p.output(0).type()) {
      throw p.refuseTypes();
    }
    if (p.require(image, FLOAT32, INT8, INT16) == FLOAT32) {
      p.require(filter, FLOAT32);
      float min = Preparation.floatMin(options.activation());
      float max = Preparation.floatMax(options.activation());
      return frame -> {
        float[] input = frame.floats(p.inputIndex(2));
        float[] kernel = frame.floats(p.inputIndex(1));
        float[] bias = frame.floats(p.inputIndex(3));
        float[] output = frame.floats(p.outputIndex(0));
        return () -> TransposeConv.float32(window, channels, input, kernel, bias, min, max, output);
      };
    }
    p.require(filter, INT8);
    boolean departs = p.departs(Departure.TRANSPOSE_CONV_WITHOUT_ACTIVATION);
    Activation activation = departs ? Activation.NONE : options.activation();
    Requantization scale = requantization(p, activation, outputs);
    if (image.type() == INT16) {
      long[] bias = Biases.longs(p, 3, INT64, INT16);
      return frame -> {
        short[] input = frame.shorts(p.inputIndex(2));
        byte[] kernel = frame.bytes(p.inputIndex(1));
        short[] output = frame.shorts(p.outputIndex(0));
        long[] sums = new long[output.length];
        return () ->
            TransposeConv.int16(window, channels, input, kernel, bias, scale, sums, output);
      };
    }
    if (p.has(3)) {
      p.require(p.input(3), INT32);
    }
    boolean reversed = channels > REVERSED_CHANNELS && stride(window) <= REVERSED_STRIDE_MAX;
    boolean late = !reversed && p.departs(Departure.TRANSPOSE_CONV_LATE_ROWS);
    return frame -> {
      byte[] input = frame.bytes(p.inputIndex(2));
      byte[] kernel = frame.bytes(p.inputIndex(1));
      int[] bias = frame.ints(p.inputIndex(3));
      byte[] output = frame.bytes(p.outputIndex(0));
      if (late) {
        CmsisTransposeConv cmsis = new CmsisTransposeConv(window, channels);
        int zero = p.zeroPoint(image);
        return Singles.refusing(p, () -> cmsis.run(input, zero, kernel, bias, scale, output));
      }
      int[] sums = new int[output.length];
      int zeroPoint = p.zeroPoint(image);
      return () ->
          TransposeConv.int8(window, channels, input, zeroPoint, kernel, bias, scale, sums, output);
    };
  }

  private static Requantization requantization(Preparation p, Activation activation, int outputs) {
    float[] scales = p.scales(p.input(1));
    p.require(
        scales.length == 1 || scales.length == outputs,
        scales.length + " filter scales",
        "1 or " + outputs);
    double[] reals = new double[outputs];
    for (int c = 0; c < outputs; c++) {
      double weight = scales[scales.length == 1 ? 0 : c];
      reals[c] = p.scale(p.input(2)) * weight / p.scale(p.output(0));
    }
    Preparation.Range range = p.range(activation, p.output(0));
    return Requantization.of(
        reals, p.zeroPoint(p.output(0)), range.min(), range.max(), p.rounding());
  }
}
