package dev.thumbprint.run.operators;

import static dev.thumbprint.cost.work.DataType.BOOL;
import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT32;
import static dev.thumbprint.cost.work.DataType.INT64;
import static dev.thumbprint.cost.work.DataType.INT8;

import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.kernels.IndexMap;
import dev.thumbprint.model.Options;
import dev.thumbprint.run.Frame;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;
import dev.thumbprint.run.Step;
import java.util.Arrays;

/** Operators that pick elements by index or condition, and those that tell an index. */
final class Lookups {
  private Lookups() {}

  /** Inputs: values, indices. Indices outside the axis are refused when they appear. */
  static Prepared gather(Preparation p) {
    Options.Gather options = p.options(Options.Gather.class);
    Moves.requireSameType(p, p.input(0), p.output(0));
    p.require(p.input(0), FLOAT32, INT8);
    p.require(p.input(1), INT32);
    Shape values = p.input(0).shape();
    int rank = values.rank();
    int axis = options.axis() < 0 ? options.axis() + rank : options.axis();
    int indexRank = p.input(1).shape().rank();
    int batchDims = options.batchDims() < 0 ? options.batchDims() + indexRank : options.batchDims();
    p.require(
        axis >= 0 && axis < rank && batchDims >= 0 && batchDims <= Math.min(axis, indexRank),
        "axis " + options.axis() + ", batch dimensions " + options.batchDims(),
        "an axis of the values behind the batch dimensions");
    int batches = product(values, 0, batchDims);
    int outer = product(values, batchDims, axis);
    int extent = values.dim(axis);
    int inner = product(values, axis + 1, rank);
    int picks = product(p.input(1).shape(), batchDims, indexRank);
    p.require(
        (long) batches * outer * picks * inner == p.output(0).shape().elements()
            && (long) batches * picks == p.input(1).shape().elements(),
        "output [" + p.output(0).shape() + "]",
        "values with the axis replaced by the indices");
    return frame -> {
      Object from = frame.array(p.inputIndex(0));
      int[] indices = frame.ints(p.inputIndex(1));
      Object to = frame.array(p.outputIndex(0));
      return () -> {
        int at = 0;
        for (int slice = 0; slice < batches * outer; slice++) {
          for (int i = 0; i < picks; i++, at += inner) {
            int index = indices[slice / outer * picks + i];
            if (index < 0 || index >= extent) {
              throw p.refuse("index " + index, "0 to " + (extent - 1));
            }
            System.arraycopy(from, (slice * extent + index) * inner, to, at, inner);
          }
        }
      };
    };
  }

  private static int product(Shape shape, int from, int to) {
    int product = 1;
    for (int i = from; i < to; i++) {
      product = Math.multiplyExact(product, shape.dim(i));
    }
    return product;
  }

  /** Inputs: values, index tuples along the innermost dimension. */
  static Prepared gatherNd(Preparation p) {
    Moves.requireSameType(p, p.input(0), p.output(0));
    p.require(p.input(0), FLOAT32, INT8);
    p.require(p.input(1), INT32);
    Shape values = p.input(0).shape();
    Shape indexShape = p.input(1).shape();
    p.require(indexShape.rank() >= 1, "scalar indices", "tuples of indices");
    int tuple = indexShape.dim(-1);
    p.require(
        tuple >= 1 && tuple <= values.rank(),
        tuple + " indices for [" + values + "]",
        "1 to " + values.rank());
    int slice = product(values, tuple, values.rank());
    int count = Math.toIntExact(indexShape.elements() / tuple);
    p.require(
        (long) count * slice == p.output(0).shape().elements(),
        "output [" + p.output(0).shape() + "]",
        count + " slices of " + slice);
    int[] strides = IndexMap.strides(Preparation.dims(p.input(0)));
    return frame -> {
      Object from = frame.array(p.inputIndex(0));
      int[] indices = frame.ints(p.inputIndex(1));
      Object to = frame.array(p.outputIndex(0));
      return () -> {
        for (int i = 0; i < count; i++) {
          int start = 0;
          for (int k = 0; k < tuple; k++) {
            int index = indices[i * tuple + k];
            if (index < 0 || index >= values.dim(k)) {
              throw p.refuse("index " + index, "0 to " + (values.dim(k) - 1));
            }
            start += index * strides[k];
          }
          System.arraycopy(from, start, to, i * slice, slice);
        }
      };
    };
  }

  /** Inputs: condition, values where true, values where false; all broadcast. */
  static Prepared select(Preparation p) {
    p.require(p.input(0), BOOL);
    Moves.requireSameType(p, p.input(1), p.output(0));
    Moves.requireSameType(p, p.input(2), p.output(0));
    p.require(p.output(0), FLOAT32, INT8, INT16);
    int[] out = Preparation.dims(p.output(0));
    int[][] maps = new int[3][];
    for (int i = 0; i < maps.length; i++) {
      int[] dims = Preparation.dims(p.input(i));
      p.require(
          dims.length <= out.length && Arrays.equals(IndexMap.broadcastShape(dims, out), out),
          "input [%s], output [%s]".formatted(p.input(i).shape(), p.output(0).shape()),
          "shapes that broadcast to the output");
      maps[i] = IndexMap.broadcast(dims, out);
    }
    return frame -> selectStep(p, frame, maps);
  }

  private static Step selectStep(Preparation p, Frame frame, int[][] maps) {
    byte[] condition = frame.bytes(p.inputIndex(0));
    Object yes = frame.array(p.inputIndex(1));
    Object no = frame.array(p.inputIndex(2));
    Object to = frame.array(p.outputIndex(0));
    return () -> {
      for (int i = 0; i < maps[0].length; i++) {
        boolean chosen = condition[maps[0][i]] != 0;
        System.arraycopy(chosen ? yes : no, maps[chosen ? 1 : 2][i], to, i, 1);
      }
    };
  }

  static Prepared argMax(Preparation p) {
    return argExtreme(p, true);
  }

  static Prepared argMin(Preparation p) {
    return argExtreme(p, false);
  }

  /** The first extreme wins. Inputs: values, axis. */
  private static Prepared argExtreme(Preparation p, boolean max) {
    p.require(p.input(0), FLOAT32, INT8);
    p.require(p.output(0), INT32);
    Shape values = p.input(0).shape();
    int axis = p.requireInts(1, "axis")[0];
    int at = axis < 0 ? axis + values.rank() : axis;
    p.require(at >= 0 && at < values.rank(), "axis " + axis, "an axis of the input");
    int inner = product(values, at + 1, values.rank());
    int extent = values.dim(at);
    p.require(
        extent > 0 && p.output(0).shape().elements() * extent == values.elements(),
        "output [" + p.output(0).shape() + "]",
        "the input without the axis");
    return frame -> {
      Object from = frame.array(p.inputIndex(0));
      int[] output = frame.ints(p.outputIndex(0));
      return () -> {
        for (int i = 0; i < output.length; i++) {
          int start = i / inner * extent * inner + i % inner;
          int best = 0;
          for (int k = 1; k < extent; k++) {
            int sign = compare(from, start + k * inner, start + best * inner);
            best = (max ? sign > 0 : sign < 0) ? k : best;
          }
          output[i] = best;
        }
      };
    };
  }

  private static int compare(Object array, int a, int b) {
    if (array instanceof byte[] values) {
      return Byte.compare(values[a], values[b]);
    }
    float[] values = (float[]) array;
    return values[a] < values[b] ? -1 : values[a] > values[b] ? 1 : 0;
  }

  /** Inputs: row indices, table. */
  static Prepared embeddingLookup(Preparation p) {
    p.require(p.input(0), INT32);
    Shape table = p.input(1).shape();
    p.require(table.rank() >= 2, "table [" + table + "]", "two dimensions or more");
    int rows = table.dim(0);
    int width = product(table, 1, table.rank());
    p.require(
        p.output(0).shape().elements() == p.input(0).shape().elements() * width,
        "output [" + p.output(0).shape() + "]",
        "a row of " + width + " per index");
    boolean dequantised = p.input(1).type() == INT8 && p.output(0).type() == FLOAT32;
    if (!dequantised) {
      Moves.requireSameType(p, p.input(1), p.output(0));
      p.require(p.input(1), FLOAT32, INT8);
    }
    float scale = dequantised ? p.scale(p.input(1)) : 1;
    return frame -> {
      int[] indices = frame.ints(p.inputIndex(0));
      Object from = frame.array(p.inputIndex(1));
      Object to = frame.array(p.outputIndex(0));
      return () -> {
        for (int i = 0; i < indices.length; i++) {
          if (indices[i] < 0 || indices[i] >= rows) {
            throw p.refuse("row " + indices[i], "0 to " + (rows - 1));
          }
          if (from instanceof byte[] bytes && to instanceof float[] floats) {
            for (int k = 0; k < width; k++) {
              floats[i * width + k] = bytes[indices[i] * width + k] * scale;
            }
          } else {
            System.arraycopy(from, indices[i] * width, to, i * width, width);
          }
        }
      };
    };
  }

  /** Inputs: operand, update, start indices; starts are clamped so that the update fits. */
  static Prepared dynamicUpdateSlice(Preparation p) {
    Moves.requireSameType(p, p.input(0), p.output(0));
    Moves.requireSameType(p, p.input(1), p.output(0));
    p.require(p.input(0), FLOAT32, INT8, INT16, INT32);
    p.require(p.input(2), INT32, INT64);
    int[] dims = Preparation.dims(p.input(0));
    int[] update = Preparation.dims(p.input(1));
    Moves.requireShape(p, p.output(0), dims);
    p.require(
        update.length == dims.length && p.input(2).shape().elements() == dims.length,
        "update [%s], %s starts".formatted(p.input(1).shape(), p.input(2).shape()),
        "as many dimensions as the operand");
    for (int i = 0; i < dims.length; i++) {
      p.require(update[i] <= dims[i], "update [" + p.input(1).shape() + "]", "within the operand");
    }
    int[] strides = IndexMap.strides(dims);
    int[] map = new int[IndexMap.elements(update)];
    IndexMap.affine(update, strides, 0, map);
    int elements = IndexMap.elements(dims);
    return frame -> {
      Object operand = frame.array(p.inputIndex(0));
      Object part = frame.array(p.inputIndex(1));
      Object starts = frame.array(p.inputIndex(2));
      Object to = frame.array(p.outputIndex(0));
      return () -> {
        System.arraycopy(operand, 0, to, 0, elements);
        int offset = 0;
        for (int i = 0; i < dims.length; i++) {
          long start = starts instanceof int[] ints ? ints[i] : ((long[]) starts)[i];
          offset += Math.clamp(start, 0, dims[i] - update[i]) * strides[i];
        }
        for (int i = 0; i < map.length; i++) {
          System.arraycopy(part, i, to, offset + map[i], 1);
        }
      };
    };
  }
}
