package dev.thumbprint.cost.library;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Shape;

/**
 * Operators that are made of products of a vector with a matrix: BATCH_MATMUL, SVDF and
 * UNIDIRECTIONAL_SEQUENCE_LSTM. What one product costs is the library's; what lies between the
 * products is here.
 */
final class MatrixProducts {
  /** Gates of a long short-term memory cell: input, forget, cell and output. */
  private static final int GATES = 4;

  private static final int WORD_BYTES = 4;

  /** Where the reference kernels' paths begin. */
  static final String REFERENCE = "reference/";

  private MatrixProducts() {}

  /** How a library counts the product of vectors with a matrix. */
  interface Product {
    /**
     * Adds the trips of equal products.
     *
     * @param trips where to
     * @param vectors number of vectors
     * @param rows rows of the matrix, one output each
     * @param length elements of a row
     */
    void count(TripCounter trips, long vectors, long rows, long length);
  }

  static Decision decide(LayerWork work, String prefix, Product product) {
    boolean real = work.inputType() == DataType.FLOAT32;
    return switch (work.operator()) {
      case BATCH_MATMUL -> batches(work, prefix, product);
      case SVDF -> svdf(work, real, prefix, product);
      case UNIDIRECTIONAL_SEQUENCE_LSTM -> lstm(work, real, prefix, product);
      default -> throw new IllegalArgumentException(work.operator() + " is no matrix product");
    };
  }

  private static Decision batches(LayerWork work, String prefix, Product product) {
    Shape left = work.input();
    Shape out = work.output();
    if (left.rank() < 2 || out.rank() < 2) {
      return new NotCovered("BATCH_MATMUL needs operands of rank 2 to 5");
    }
    // The inner length is what both operands and the output leave.
    long columns = out.dim(-1);
    long vectors = out.elements() / Math.max(1, columns);
    long length = left.elements() / Math.max(1, vectors);
    TripCounter trips = new TripCounter(prefix + "batch_matmul", "one product for each row");
    trips.add(Term.SHAPE_CALL, 1);
    product.count(trips, vectors, columns, Math.max(1, length));
    return trips.more(Term.MOVE_ELEMENT, turned(work, length)).done();
  }

  /**
   * Elements that are turned into rows before the products: those of a left operand whose rows are
   * columns, and of a right one whose columns are not rows already. Which it is the shapes tell;
   * where an operand is square, the usual way is taken for granted.
   */
  private static long turned(LayerWork work, long length) {
    Shape left = work.input();
    long turned = left.dim(-1) == length ? 0 : left.elements();
    if (work.inputs().size() < 2) {
      return turned;
    }
    Shape right = work.inputs().get(1);
    boolean rows = right.rank() >= 2 && right.dim(-1) == length && right.dim(-2) != length;
    return turned + (rows ? 0 : right.elements());
  }

  private static Decision svdf(LayerWork work, boolean real, String prefix, Product product) {
    Shape features = work.filter();
    if (features.rank() != 2 || work.inputs().size() < 2 || work.inputs().get(1).rank() != 2) {
      return new NotCovered(
          "SVDF needs weights over features (filter, rank 2) and over time (second of inputs, rank 2)");
    }
    long batches = work.input().dim(0);
    long filters = features.dim(0);
    long memory = work.inputs().get(1).dim(1);
    TripCounter trips =
        new TripCounter(prefix + "svdf", "features, then time").add(Term.SHAPE_CALL, 1);
    product.count(trips, batches, filters, features.dim(1));
    long time = batches * filters * memory;
    // The memory moves on by one element: one after the other in the reference kernel, which has
    // floats to itself, and by memmove in the library's, which finds nothing aligned.
    if (real || prefix.equals(REFERENCE)) {
      trips.more(Term.MOVE_ELEMENT, time);
    } else {
      trips.more(Term.SHIFT_BYTE, work.stateType().bytes(time));
    }
    return trips
        .moreWeights(work.stateType().bytes(filters * memory) / WORD_BYTES)
        .more(real ? Term.FLOAT_DENSE_MAC : Term.SEQUENCE_TIME_MAC, time)
        .more(real ? Term.FLOAT_DENSE_OUTPUT : Term.SVDF_OUTPUT, work.output().elements())
        .done();
  }

  private static Decision lstm(LayerWork work, boolean real, String prefix, Product product) {
    Shape weights = work.filter();
    if (weights.rank() != 2 || work.input().rank() != 3) {
      return new NotCovered("UNIDIRECTIONAL_SEQUENCE_LSTM needs an input of rank 3");
    }
    long steps = (long) work.input().dim(0) * work.input().dim(1);
    long units = weights.dim(0);
    TripCounter trips =
        new TripCounter(prefix + "lstm", "four gates of input and state in every time step");
    // CMSIS-NN knows that the state is zero before the first step, and leaves its products out.
    long known = prefix.equals(REFERENCE) ? 0 : work.input().dim(0);
    product.count(trips, GATES * steps, units, weights.dim(1));
    product.count(trips, GATES * (steps - known), units, units);
    trips.more(Term.LSTM_STEP, GATES * steps);
    return trips.more(real ? Term.FLOAT_LSTM_CELL : Term.LSTM_CELL, steps * units).done();
  }
}
