package dev.thumbprint.kernels;

/**
 * Operators that only move elements, as a table: output element i is input element map[i], or the
 * fill value where map[i] is {@link #FILL}. One table serves every element type. Shapes are dense,
 * outermost dimension first; element counts must fit an int.
 */
public final class IndexMap {
  /** Marks an output element that comes from no input. */
  public static final int FILL = -1;

  private IndexMap() {}

  /** Number of elements of a shape; 1 for a scalar. */
  public static int elements(int[] dims) {
    int product = 1;
    for (int dim : dims) {
      product = Math.multiplyExact(product, dim);
    }
    return product;
  }

  /** Distance in elements between neighbours along each dimension of a dense tensor. */
  public static int[] strides(int[] dims) {
    int[] strides = new int[dims.length];
    int stride = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= dims[i];
    }
    return strides;
  }

  /**
   * The table of an affine walk: output position p reads input element offset + sum of p[i] *
   * steps[i].
   *
   * @param output shape of the output
   * @param steps per output dimension, in input elements; 0 repeats, negative walks back
   * @param map receives one entry per output element
   */
  public static void affine(int[] output, int[] steps, int offset, int[] map) {
    int rank = output.length;
    int[] position = new int[rank];
    int from = offset;
    for (int i = 0; i < map.length; i++) {
      map[i] = from;
      for (int axis = rank - 1; axis >= 0; axis--) {
        from += steps[axis];
        if (++position[axis] < output[axis]) {
          break;
        }
        from -= steps[axis] * output[axis];
        position[axis] = 0;
      }
    }
  }

  /**
   * The table that stretches {@code input} over {@code output}: dimensions are matched from the
   * innermost; an input extent of 1, or a missing one, repeats.
   */
  public static int[] broadcast(int[] input, int[] output) {
    int[] strides = strides(input);
    int[] steps = new int[output.length];
    int lead = output.length - input.length;
    for (int i = 0; i < input.length; i++) {
      steps[lead + i] = input[i] == 1 ? 0 : strides[i];
    }
    int[] map = new int[elements(output)];
    affine(output, steps, 0, map);
    return map;
  }

  /** The shape that two shapes stretch to, or null where they do not fit. */
  public static int[] broadcastShape(int[] a, int[] b) {
    int rank = Math.max(a.length, b.length);
    int[] shape = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int left = i <= a.length ? a[a.length - i] : 1;
      int right = i <= b.length ? b[b.length - i] : 1;
      if (left != right && left != 1 && right != 1) {
        return null;
      }
      shape[rank - i] = left == 1 ? right : left;
    }
    return shape;
  }

  /** TRANSPOSE: output dimension i is input dimension {@code permutation[i]}. */
  public static int[] transpose(int[] input, int[] permutation) {
    int[] strides = strides(input);
    int[] output = new int[input.length];
    int[] steps = new int[input.length];
    for (int i = 0; i < input.length; i++) {
      output[i] = input[permutation[i]];
      steps[i] = strides[permutation[i]];
    }
    int[] map = new int[elements(output)];
    affine(output, steps, 0, map);
    return map;
  }

  /** SLICE and STRIDED_SLICE: along each axis, {@code size} elements from begin by step. */
  public static void slice(int[] input, int[] begin, int[] step, int[] size, int[] map) {
    int[] steps = strides(input);
    int offset = 0;
    for (int i = 0; i < input.length; i++) {
      offset += begin[i] * steps[i];
      steps[i] *= step[i];
    }
    affine(size, steps, offset, map);
  }

  /** PAD: {@code before[i]} fill elements ahead of axis i, the rest behind. */
  public static void pad(int[] input, int[] before, int[] output, int[] map) {
    int[] strides = strides(input);
    int[] position = new int[output.length];
    for (int i = 0; i < map.length; i++) {
      int from = 0;
      for (int axis = 0; axis < output.length; axis++) {
        int at = position[axis] - before[axis];
        from = from == FILL || at < 0 || at >= input[axis] ? FILL : from + at * strides[axis];
      }
      map[i] = from;
      for (int axis = output.length - 1; axis >= 0 && ++position[axis] == output[axis]; axis--) {
        position[axis] = 0;
      }
    }
  }
}
