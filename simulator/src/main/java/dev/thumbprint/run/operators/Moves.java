package dev.thumbprint.run.operators;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.kernels.ElementMove;
import dev.thumbprint.kernels.IndexMap;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.run.Departure;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;
import dev.thumbprint.run.Step;

/** Operators that rearrange one tensor: RESHAPE and its kin, TRANSPOSE, PAD, SLICE. */
final class Moves {
  private static final int PAD_RANK_MAX = 5;
  private static final int STRIDED_SLICE_RANK_MAX = 4;

  private Moves() {}

  /** All elements as they are: RESHAPE, SQUEEZE, EXPAND_DIMS. */
  static Prepared copy(Preparation p) {
    requireSameType(p, p.input(0), p.output(0));
    p.requireSameElements(p.input(0), p.output(0));
    int elements = Preparation.elements(p.output(0));
    return frame -> {
      Object input = frame.array(p.inputIndex(0));
      Object output = frame.array(p.outputIndex(0));
      return () -> System.arraycopy(input, 0, output, 0, elements);
    };
  }

  static Prepared transpose(Preparation p) {
    requireSameType(p, p.input(0), p.output(0));
    int[] dims = Preparation.dims(p.input(0));
    int[] permutation = p.requireInts(1, "permutation");
    boolean[] seen = new boolean[dims.length];
    p.require(
        permutation.length == dims.length,
        permutation.length + " axes in the permutation",
        String.valueOf(dims.length));
    boolean int8 = p.input(0).type() == DataType.INT8;
    int[] output = new int[dims.length];
    for (int i = 0; i < permutation.length; i++) {
      int axis = permutation[i];
      p.require(
          axis >= 0 && axis < dims.length && !seen[axis],
          "permutation axis " + axis,
          "each axis once");
      seen[axis] = true;
      output[i] = dims[axis];
    }
    requireShape(p, p.output(0), output);
    if (int8 && dims.length > 4 && p.departs(Departure.TRANSPOSE_FIVE_DIMENSIONS_LEFT_OUT)) {
      return _ -> () -> {};
    }
    boolean always = int8 && dims.length == 2 && p.departs(Departure.TRANSPOSE_MATRIX_ALWAYS);
    return table(p, IndexMap.transpose(dims, always ? new int[] {1, 0} : permutation), 0);
  }

  /** PAD and PADV2: the fill is the real value 0, or the third input. */
  static Prepared pad(Preparation p) {
    requireSameType(p, p.input(0), p.output(0));
    p.require(p.input(0), DataType.FLOAT32, DataType.INT8, DataType.INT16, DataType.INT32);
    int[] dims = Preparation.dims(p.input(0));
    int[] paddings = p.requireInts(1, "paddings");
    p.require(
        dims.length <= PAD_RANK_MAX && paddings.length == 2 * dims.length,
        paddings.length + " paddings of [" + p.input(0).shape() + "]",
        "two for each of at most " + PAD_RANK_MAX + " dimensions");
    int[] before = new int[dims.length];
    int[] output = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      before[i] = paddings[2 * i];
      p.require(paddings[2 * i] >= 0 && paddings[2 * i + 1] >= 0, "negative padding", "0 or more");
      output[i] = Math.addExact(dims[i], Math.addExact(before[i], paddings[2 * i + 1]));
    }
    requireShape(p, p.output(0), output);
    int[] map = new int[IndexMap.elements(output)];
    IndexMap.pad(dims, before, output, map);
    if (!p.has(2)) {
      return table(p, map, p.input(0).type() == DataType.INT8 ? p.zeroPoint(p.output(0)) : 0);
    }
    requireSameType(p, p.input(0), p.input(2));
    p.require(p.input(2).shape().elements() == 1, "more than one fill value", "one");
    if (p.input(0).type() == DataType.INT8) {
      p.require(
          p.scale(p.input(2)) == p.scale(p.output(0))
              && p.zeroPoint(p.input(2)) == p.zeroPoint(p.output(0)),
          "a fill value of another quantisation than the output",
          "equal scale and zero point");
    }
    return tableWithFill(p, map, p.inputIndex(2));
  }

  /** Begin and size are constant here; a size of -1 reaches to the end. */
  static Prepared slice(Preparation p) {
    requireSameType(p, p.input(0), p.output(0));
    int[] dims = Preparation.dims(p.input(0));
    int[] begin = p.requireInts(1, "begin");
    int[] size = p.requireInts(2, "size").clone();
    p.require(
        begin.length == dims.length && size.length == dims.length,
        begin.length + " begins, " + size.length + " sizes",
        dims.length + " of both");
    int[] step = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      step[i] = 1;
      size[i] = size[i] == -1 ? dims[i] - begin[i] : size[i];
      p.require(
          begin[i] >= 0 && size[i] >= 0 && begin[i] <= dims[i] - size[i],
          "begin %d and size %d along an extent of %d".formatted(begin[i], size[i], dims[i]),
          "a part of the input");
    }
    requireShape(p, p.output(0), size);
    int[] map = new int[IndexMap.elements(size)];
    IndexMap.slice(dims, begin, step, size, map);
    return table(p, map, 0);
  }

  /** Masks for ellipsis and new axes have no effect, as in TensorFlow Lite Micro. */
  static Prepared stridedSlice(Preparation p) {
    Options.StridedSlice options = p.options(Options.StridedSlice.class);
    requireSameType(p, p.input(0), p.output(0));
    int[] dims = Preparation.dims(p.input(0));
    int[] begin = p.requireInts(1, "begin");
    int[] end = p.requireInts(2, "end");
    int[] strides = p.requireInts(3, "strides");
    p.require(
        dims.length <= STRIDED_SLICE_RANK_MAX
            && begin.length == dims.length
            && end.length == dims.length
            && strides.length == dims.length,
        "%d begins, %d ends, %d strides of [%s]"
            .formatted(begin.length, end.length, strides.length, p.input(0).shape()),
        "one of each for each of at most 4 dimensions");
    int[] start = new int[dims.length];
    int[] size = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      int stride = strides[i];
      p.require(stride != 0, "a stride of 0", "another");
      boolean shrink = (options.shrinkAxisMask() & (1 << i)) != 0;
      start[i] = bound(begin[i], dims[i], stride);
      if ((options.beginMask() & (1 << i)) != 0) {
        start[i] = stride > 0 ? 0 : dims[i] - 1;
      }
      int stop = bound(options.offset() ? end[i] + start[i] : end[i], dims[i], stride);
      if ((options.endMask() & (1 << i)) != 0) {
        stop = stride > 0 ? dims[i] : -1;
      }
      stop = shrink ? start[i] + 1 : stop;
      size[i] = shrink ? 1 : Math.max(0, Math.ceilDiv(stop - start[i], stride));
      p.require(
          size[i] == 0 || (start[i] >= 0 && start[i] < dims[i]),
          "begin " + begin[i] + " along an extent of " + dims[i],
          "an element of the input");
    }
    p.require(
        IndexMap.elements(size) == p.output(0).shape().elements(),
        "output [" + p.output(0).shape() + "]",
        IndexMap.elements(size) + " elements");
    int[] map = new int[IndexMap.elements(size)];
    IndexMap.slice(dims, start, strides, size, map);
    return table(p, map, 0);
  }

  private static int bound(int index, int extent, int stride) {
    int counted = index < 0 ? index + extent : index;
    return stride > 0 ? Math.clamp(counted, 0, extent) : Math.clamp(counted, -1, extent - 1);
  }

  /** The step that applies a table to input 0; {@code fill} stands where the table says so. */
  static Prepared table(Preparation p, int[] map, int fill) {
    return frame -> move(frame.array(p.inputIndex(0)), map, fill, frame.array(p.outputIndex(0)));
  }

  /** The step that applies a table without fill to an input. */
  static Prepared table(Preparation p, int input, int[] map) {
    return frame -> move(frame.array(p.inputIndex(input)), map, 0, frame.array(p.outputIndex(0)));
  }

  private static Step move(Object from, int[] map, int fill, Object to) {
    return switch (from) {
      case byte[] input when to instanceof byte[] output ->
          () -> ElementMove.apply(input, map, (byte) fill, output);
      case short[] input when to instanceof short[] output ->
          () -> ElementMove.apply(input, map, (short) fill, output);
      case int[] input when to instanceof int[] output ->
          () -> ElementMove.apply(input, map, fill, output);
      case long[] input when to instanceof long[] output ->
          () -> ElementMove.apply(input, map, fill, output);
      case float[] input when to instanceof float[] output ->
          () -> ElementMove.apply(input, map, fill, output);
      default -> throw new AssertionError("types were checked: " + from.getClass());
    };
  }

  private static Prepared tableWithFill(Preparation p, int[] map, int fill) {
    return frame -> {
      Object from = frame.array(p.inputIndex(0));
      Object to = frame.array(p.outputIndex(0));
      Object value = frame.array(fill);
      return switch (from) {
        case byte[] input when to instanceof byte[] output && value instanceof byte[] one ->
            () -> ElementMove.apply(input, map, one[0], output);
        case short[] input when to instanceof short[] output && value instanceof short[] one ->
            () -> ElementMove.apply(input, map, one[0], output);
        case int[] input when to instanceof int[] output && value instanceof int[] one ->
            () -> ElementMove.apply(input, map, one[0], output);
        case float[] input when to instanceof float[] output && value instanceof float[] one ->
            () -> ElementMove.apply(input, map, one[0], output);
        default -> throw p.refuseTypes();
      };
    };
  }

  static void requireSameType(Preparation p, Tensor a, Tensor b) {
    if (a.type() != b.type()) {
      throw p.refuseTypes();
    }
  }

  static void requireShape(Preparation p, Tensor tensor, int[] dims) {
    StringBuilder expected = new StringBuilder();
    for (int dim : dims) {
      expected.append(expected.isEmpty() ? "" : "x").append(dim);
    }
    p.require(
        tensor.shape().toString().contentEquals(expected),
        "output [" + tensor.shape() + "]",
        "[" + expected + "]");
  }
}
