package dev.thumbprint.run.operators;

import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;
import java.util.ArrayList;
import java.util.List;

/** Operators that join or part tensors along an axis: CONCATENATION, SPLIT, PACK, UNPACK. */
final class Joins {
  private Joins() {}

  /**
   * Elements are copied as they are: integers are not rescaled, as in TensorFlow Lite Micro. A
   * fused activation is not supported there.
   */
  static Prepared concatenation(Preparation p) {
    Options.Concatenation options = p.options(Options.Concatenation.class);
    List<Tensor> parts = parts(p);
    int axis = axis(p, options.axis(), p.output(0).shape().rank());
    return join(p, parts, axis);
  }

  /** Inputs: axis, whole. */
  static Prepared split(Preparation p) {
    int axis = axis(p, p.requireInts(0, "axis")[0], p.input(1).shape().rank());
    return part(p, 1, axis);
  }

  /** Inputs: whole, sizes, axis. */
  static Prepared splitV(Preparation p) {
    int axis = axis(p, p.requireInts(2, "axis")[0], p.input(0).shape().rank());
    return part(p, 0, axis);
  }

  static Prepared pack(Preparation p) {
    Options.Pack options = p.options(Options.Pack.class);
    return join(p, parts(p), axis(p, options.axis(), p.output(0).shape().rank()));
  }

  static Prepared unpack(Preparation p) {
    Options.Pack options = p.options(Options.Pack.class);
    return part(p, 0, axis(p, options.axis(), p.input(0).shape().rank()));
  }

  private static int axis(Preparation p, int axis, int rank) {
    int counted = axis < 0 ? axis + rank : axis;
    p.require(counted >= 0 && counted < rank, "axis " + axis, "an axis of " + rank);
    return counted;
  }

  private static List<Tensor> parts(Preparation p) {
    List<Tensor> parts = new ArrayList<>();
    for (int i = 0; i < p.inputs(); i++) {
      Moves.requireSameType(p, p.input(i), p.output(0));
      parts.add(p.input(i));
    }
    return parts;
  }

  /** Elements of one slice outside the axis. */
  private static int outer(Shape whole, int axis) {
    int outer = 1;
    for (int i = 0; i < axis; i++) {
      outer *= whole.dim(i);
    }
    return outer;
  }

  /** Run lengths of the parts within one outer slice; together they must fill it. */
  private static int[] runs(Preparation p, List<Tensor> parts, Shape whole, int outer) {
    int[] runs = new int[parts.size()];
    long sum = 0;
    for (int i = 0; i < runs.length; i++) {
      runs[i] = outer == 0 ? 0 : Preparation.elements(parts.get(i)) / outer;
      sum += (long) runs[i] * outer;
    }
    p.require(
        sum == whole.elements(),
        "parts of " + sum + " elements for a whole of [" + whole + "]",
        whole.elements() + " elements");
    return runs;
  }

  private static Prepared join(Preparation p, List<Tensor> parts, int axis) {
    Shape whole = p.output(0).shape();
    int outer = outer(whole, axis);
    int[] runs = runs(p, parts, whole, outer);
    return frame -> {
      Object[] from = new Object[runs.length];
      for (int i = 0; i < from.length; i++) {
        from[i] = frame.array(p.inputIndex(i));
      }
      Object to = frame.array(p.outputIndex(0));
      return () -> {
        int at = 0;
        for (int slice = 0; slice < outer; slice++) {
          for (int i = 0; i < from.length; i++) {
            System.arraycopy(from[i], slice * runs[i], to, at, runs[i]);
            at += runs[i];
          }
        }
      };
    };
  }

  private static Prepared part(Preparation p, int input, int axis) {
    List<Tensor> parts = new ArrayList<>();
    for (int i = 0; i < p.outputs(); i++) {
      Moves.requireSameType(p, p.input(input), p.output(i));
      parts.add(p.output(i));
    }
    Shape whole = p.input(input).shape();
    int outer = outer(whole, axis);
    int[] runs = runs(p, parts, whole, outer);
    return frame -> {
      Object from = frame.array(p.inputIndex(input));
      Object[] to = new Object[runs.length];
      for (int i = 0; i < to.length; i++) {
        to[i] = frame.array(p.outputIndex(i));
      }
      return () -> {
        int at = 0;
        for (int slice = 0; slice < outer; slice++) {
          for (int i = 0; i < to.length; i++) {
            System.arraycopy(from, at, to[i], slice * runs[i], runs[i]);
            at += runs[i];
          }
        }
      };
    };
  }
}
