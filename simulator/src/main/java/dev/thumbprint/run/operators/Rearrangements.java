package dev.thumbprint.run.operators;

import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT8;

import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.kernels.IndexMap;
import dev.thumbprint.model.Options;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;
import java.util.Arrays;

/** Rearrangements by a table: between space, depth and batch, mirrored, reversed, broadcast. */
final class Rearrangements {
  private static final int RANK = 4;

  private Rearrangements() {}

  /** Where one output element comes from, or {@link IndexMap#FILL}. */
  private interface Source {
    int of(int[] position);
  }

  /** A table over all positions of the output. */
  private static int[] map(int[] output, Source source) {
    int[] map = new int[IndexMap.elements(output)];
    int[] position = new int[output.length];
    for (int i = 0; i < map.length; i++) {
      map[i] = source.of(position);
      for (int axis = output.length - 1; axis >= 0 && ++position[axis] == output[axis]; axis--) {
        position[axis] = 0;
      }
    }
    return map;
  }

  private static void requireImages(Preparation p) {
    Moves.requireSameType(p, p.input(0), p.output(0));
    p.require(p.input(0), FLOAT32, INT8);
    p.require(
        p.input(0).shape().rank() == RANK && p.output(0).shape().rank() == RANK,
        "input [%s], output [%s]".formatted(p.input(0).shape(), p.output(0).shape()),
        "four dimensions");
  }

  static Prepared depthToSpace(Preparation p) {
    requireImages(p);
    int block = p.options(Options.BlockSize.class).blockSize();
    Shape in = p.input(0).shape();
    p.require(block >= 1, "block size " + block, "at least 1");
    int depth = in.dim(3) / (block * block);
    int[] out = {in.dim(0), in.dim(1) * block, in.dim(2) * block, depth};
    Moves.requireShape(p, p.output(0), out);
    p.requireSameElements(p.input(0), p.output(0));
    int[] strides = IndexMap.strides(Preparation.dims(p.input(0)));
    return Moves.table(
        p,
        map(
            out,
            at ->
                at[0] * strides[0]
                    + at[1] / block * strides[1]
                    + at[2] / block * strides[2]
                    + (at[1] % block * block + at[2] % block) * depth
                    + at[3]),
        0);
  }

  static Prepared spaceToDepth(Preparation p) {
    requireImages(p);
    int block = p.options(Options.BlockSize.class).blockSize();
    Shape in = p.input(0).shape();
    p.require(block >= 1, "block size " + block, "at least 1");
    int depth = in.dim(3);
    int[] out = {in.dim(0), in.dim(1) / block, in.dim(2) / block, depth * block * block};
    Moves.requireShape(p, p.output(0), out);
    p.requireSameElements(p.input(0), p.output(0));
    int[] strides = IndexMap.strides(Preparation.dims(p.input(0)));
    return Moves.table(
        p,
        map(
            out,
            at -> {
              int cell = at[3] / depth;
              return at[0] * strides[0]
                  + (at[1] * block + cell / block) * strides[1]
                  + (at[2] * block + cell % block) * strides[2]
                  + at[3] % depth;
            }),
        0);
  }

  /** Spatial extents of an image of rank 3 or 4, the width 1 for rank 3. */
  private static int[] image(Shape shape) {
    return shape.rank() == 3
        ? new int[] {shape.dim(0), shape.dim(1), 1, shape.dim(2)}
        : shape.toArray();
  }

  /**
   * Inputs: batches, block shape, paddings. Filled with 0 and not with the zero point: the runtime
   * never sets the parameter it fills with (source: kernels/space_to_batch_nd.cc).
   */
  static Prepared spaceToBatch(Preparation p) {
    Blocks blocks = Blocks.of(p);
    int[] in = image(p.input(0).shape());
    int[] out = image(p.output(0).shape());
    int[] strides = IndexMap.strides(in);
    p.require(
        out[0] == in[0] * blocks.height * blocks.width
            && out[1] * blocks.height == in[1] + blocks.top + blocks.bottom
            && out[2] * blocks.width == in[2] + blocks.left + blocks.right
            && out[3] == in[3],
        "output [" + p.output(0).shape() + "]",
        "the padded input in blocks");
    int[] map =
        map(
            out,
            at -> {
              int cell = at[0] / in[0];
              int y = at[1] * blocks.height + cell / blocks.width - blocks.top;
              int x = at[2] * blocks.width + cell % blocks.width - blocks.left;
              boolean inside = y >= 0 && y < in[1] && x >= 0 && x < in[2];
              return inside
                  ? at[0] % in[0] * strides[0] + y * strides[1] + x * strides[2] + at[3]
                  : IndexMap.FILL;
            });
    return Moves.table(p, map, 0);
  }

  /** Inputs: batches, block shape, crops. */
  static Prepared batchToSpace(Preparation p) {
    Blocks blocks = Blocks.of(p);
    int[] in = image(p.input(0).shape());
    int[] out = image(p.output(0).shape());
    int[] strides = IndexMap.strides(in);
    p.require(
        in[0] == out[0] * blocks.height * blocks.width
            && in[1] * blocks.height == out[1] + blocks.top + blocks.bottom
            && in[2] * blocks.width == out[2] + blocks.left + blocks.right
            && out[3] == in[3],
        "output [" + p.output(0).shape() + "]",
        "the joined blocks without crops");
    int[] map =
        map(
            out,
            at -> {
              int y = at[1] + blocks.top;
              int x = at[2] + blocks.left;
              int cell = y % blocks.height * blocks.width + x % blocks.width;
              return (cell * out[0] + at[0]) * strides[0]
                  + y / blocks.height * strides[1]
                  + x / blocks.width * strides[2]
                  + at[3];
            });
    return Moves.table(p, map, 0);
  }

  private record Blocks(int height, int width, int top, int bottom, int left, int right) {
    static Blocks of(Preparation p) {
      Moves.requireSameType(p, p.input(0), p.output(0));
      p.require(p.input(0), FLOAT32, INT8);
      int rank = p.input(0).shape().rank();
      int[] block = p.requireInts(1, "block shape");
      int[] edges = p.requireInts(2, "paddings");
      p.require(
          (rank == 3 || rank == 4)
              && p.output(0).shape().rank() == rank
              && block.length == rank - 2
              && edges.length == 2 * block.length,
          "input [%s], %d blocks, %d paddings"
              .formatted(p.input(0).shape(), block.length, edges.length),
          "rank 3 or 4, a block for each spatial dimension, two paddings for each");
      for (int value : block) {
        p.require(value >= 1, "block " + value, "at least 1");
      }
      for (int value : edges) {
        p.require(value >= 0, "padding " + value, "0 or more");
      }
      return rank == 3
          ? new Blocks(block[0], 1, edges[0], edges[1], 0, 0)
          : new Blocks(block[0], block[1], edges[0], edges[1], edges[2], edges[3]);
    }
  }

  /** Inputs: values, paddings. */
  static Prepared mirrorPad(Preparation p) {
    boolean symmetric = p.options(Options.MirrorPad.class).symmetric();
    Moves.requireSameType(p, p.input(0), p.output(0));
    p.require(p.input(0), FLOAT32, INT8);
    int[] dims = Preparation.dims(p.input(0));
    int[] paddings = p.requireInts(1, "paddings");
    p.require(paddings.length == 2 * dims.length, paddings.length + " paddings", "two per axis");
    int edge = symmetric ? 0 : 1;
    int[] out = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      int most = Math.max(paddings[2 * i], paddings[2 * i + 1]);
      p.require(
          Math.min(paddings[2 * i], paddings[2 * i + 1]) >= 0 && most <= dims[i] - edge,
          "padding " + most + " of an extent of " + dims[i],
          "0 to " + (dims[i] - edge));
      out[i] = dims[i] + paddings[2 * i] + paddings[2 * i + 1];
    }
    Moves.requireShape(p, p.output(0), out);
    int[] strides = IndexMap.strides(dims);
    int[] map =
        map(
            out,
            at -> {
              int from = 0;
              for (int i = 0; i < dims.length; i++) {
                int index = at[i] - paddings[2 * i];
                index = index < 0 ? -index - 1 + edge : index;
                index = index >= dims[i] ? 2 * dims[i] - 1 - index - edge : index;
                from += index * strides[i];
              }
              return from;
            });
    return Moves.table(p, map, 0);
  }

  /** Inputs: values, axes. */
  static Prepared reverse(Preparation p) {
    Moves.requireSameType(p, p.input(0), p.output(0));
    int[] dims = Preparation.dims(p.input(0));
    Moves.requireShape(p, p.output(0), dims);
    boolean[] reversed = new boolean[dims.length];
    for (int axis : p.requireInts(1, "axis")) {
      int at = axis < 0 ? axis + dims.length : axis;
      p.require(at >= 0 && at < dims.length, "axis " + axis, "an axis of the input");
      reversed[at] = true;
    }
    int[] strides = IndexMap.strides(dims);
    int[] map =
        map(
            dims,
            at -> {
              int from = 0;
              for (int i = 0; i < dims.length; i++) {
                from += (reversed[i] ? dims[i] - 1 - at[i] : at[i]) * strides[i];
              }
              return from;
            });
    return Moves.table(p, map, 0);
  }

  /** The shape is that of the output, which must be static. */
  static Prepared broadcastTo(Preparation p) {
    Moves.requireSameType(p, p.input(0), p.output(0));
    int[] in = Preparation.dims(p.input(0));
    int[] out = Preparation.dims(p.output(0));
    p.require(
        Arrays.equals(IndexMap.broadcastShape(in, out), out),
        "input [%s], output [%s]".formatted(p.input(0).shape(), p.output(0).shape()),
        "a shape that the input broadcasts to");
    return Moves.table(p, IndexMap.broadcast(in, out), 0);
  }
}
