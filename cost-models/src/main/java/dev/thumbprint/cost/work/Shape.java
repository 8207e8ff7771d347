package dev.thumbprint.cost.work;

import java.util.Arrays;

/**
 * Dimensions of a tensor, outermost first (NHWC for activations, OHWI for filters). Immutable. A
 * scalar has no dimensions and one element.
 */
public final class Shape {
  /** A scalar, or a tensor whose shape is unknown or unused. */
  public static final Shape SCALAR = new Shape();

  private final int[] dims;

  private Shape(int... dims) {
    this.dims = dims;
  }

  /**
   * A shape of the given dimensions.
   *
   * @throws IllegalArgumentException if a dimension is negative
   */
  public static Shape of(int... dims) {
    for (int dim : dims) {
      if (dim < 0) {
        throw new IllegalArgumentException("negative dimension in " + Arrays.toString(dims));
      }
    }
    return dims.length == 0 ? SCALAR : new Shape(dims.clone());
  }

  /** Number of dimensions. */
  public int rank() {
    return dims.length;
  }

  /** Dimension {@code index}; negative counts from the end, so -1 is the innermost. */
  public int dim(int index) {
    return dims[index < 0 ? dims.length + index : index];
  }

  /**
   * Dimension {@code index} counted from the end (0 is the innermost), or 1 where the rank is
   * lower: a shape widened with leading ones.
   */
  public int dimFromEnd(int index) {
    return index < dims.length ? dims[dims.length - 1 - index] : 1;
  }

  /**
   * Number of elements.
   *
   * @throws ArithmeticException if it does not fit a long
   */
  public long elements() {
    long product = 1;
    for (int dim : dims) {
      product = Math.multiplyExact(product, (long) dim);
    }
    return product;
  }

  /** The dimensions as a fresh array. */
  public int[] toArray() {
    return dims.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** The form used in tables and recordings, such as {@code 1x32x32x16}; a scalar is empty. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < dims.length; i++) {
      text.append(i == 0 ? "" : "x").append(dims[i]);
    }
    return text.toString();
  }
}
