package dev.thumbprint.recorded;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Dimensions of a tensor, a filter, a window or a stride, outermost first; no dimensions at all
 * means unknown.
 *
 * <p>Tensors are NHWC, convolution filters OHWI, depthwise filters 1xKHxKWxC, dense filters OI,
 * pooling windows and strides HxW.
 *
 * @param dims dimensions, each at least 1
 */
public record Shape(List<Integer> dims) {
  /** The shape that the source does not tell. */
  public static final Shape UNKNOWN = new Shape(List.of());

  /** Largest dimension that a file may hold. */
  public static final int DIM_MAX = 999_999_999;

  /** Most dimensions that a shape may have. */
  public static final int MAX_RANK = 8;

  public Shape {
    dims = List.copyOf(dims);
    if (dims.size() > MAX_RANK || dims.stream().anyMatch(dim -> dim < 1)) {
      throw new IllegalArgumentException("shape " + dims + ": 1 to 8 dimensions, each at least 1");
    }
  }

  /** A shape of these dimensions. */
  public static Shape of(int... dims) {
    List<Integer> list = new ArrayList<>(dims.length);
    for (int dim : dims) {
      list.add(dim);
    }
    return new Shape(list);
  }

  /**
   * Reads {@code 1x32x32x3}; the empty text is {@link #UNKNOWN}.
   *
   * @throws IllegalArgumentException where the text is no shape
   */
  public static Shape parse(String text) {
    if (text.isEmpty()) {
      return UNKNOWN;
    }
    List<Integer> list = new ArrayList<>();
    int start = 0;
    while (start <= text.length()) {
      int end = text.indexOf('x', start);
      if (end < 0) {
        end = text.length();
      }
      list.add(dimension(text, start, end));
      start = end + 1;
      if (list.size() > MAX_RANK) {
        throw new IllegalArgumentException("more than " + MAX_RANK + " dimensions");
      }
    }
    return new Shape(list);
  }

  private static int dimension(String text, int start, int end) {
    if (end - start < 1 || end - start > 9) {
      throw new IllegalArgumentException("a dimension has 1 to 9 digits");
    }
    int value = 0;
    for (int i = start; i < end; i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        throw new IllegalArgumentException("'" + digit + "' is no digit");
      }
      value = value * 10 + (digit - '0');
    }
    return value;
  }

  /** Whether the source tells the shape. */
  public boolean known() {
    return !dims.isEmpty();
  }

  /** Number of dimensions; 0 where unknown. */
  public int rank() {
    return dims.size();
  }

  /**
   * The dimension at {@code index}, negative counting from the end: {@code dim(-1)} is the channels
   * of a tensor.
   */
  public int dim(int index) {
    return dims.get(index < 0 ? dims.size() + index : index);
  }

  /** Number of elements, saturated at {@link Long#MAX_VALUE}; 0 where unknown. */
  public long elements() {
    long product = known() ? 1 : 0;
    for (int dim : dims) {
      long high = Math.multiplyHigh(product, dim);
      product *= dim;
      if (high != 0 || product < 0) {
        return Long.MAX_VALUE;
      }
    }
    return product;
  }

  /** The dimensions as a new array. */
  public int[] toArray() {
    return dims.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public String toString() {
    return dims.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
