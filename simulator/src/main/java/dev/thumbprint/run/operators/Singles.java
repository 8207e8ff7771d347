package dev.thumbprint.run.operators;

import dev.thumbprint.kernels.Elementwise;
import dev.thumbprint.kernels.FloatUnary;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;
import dev.thumbprint.run.Step;
import java.util.function.IntUnaryOperator;

/** Functions of single elements. */
final class Singles {
  private Singles() {}

  static void requireSameType(Preparation p) {
    if (p.input(0).type() != p.output(0).type()) {
      throw p.refuseTypes();
    }
  }

  /** Integers of 8, 16 or 32 bits, to the same or another of these types. */
  static Prepared integers(Preparation p, IntUnaryOperator function) {
    p.requireSameElements(p.input(0), p.output(0));
    int in = p.inputIndex(0);
    int out = p.outputIndex(0);
    boolean bytes = Preparation.elements(p.input(0)) > 0 && isByte(p, true) && isByte(p, false);
    if (bytes) {
      return Bindings.bytes(p.tier().map(function), in, out);
    }
    return frame -> {
      Object from = frame.array(in);
      Object to = frame.array(out);
      return switch (from) {
        case byte[] input when to instanceof byte[] output ->
            () -> Elementwise.map(function, input, output);
        case byte[] input when to instanceof short[] output ->
            () -> Elementwise.map(function, input, output);
        case byte[] input when to instanceof int[] output ->
            () -> Elementwise.map(function, input, output);
        case short[] input when to instanceof byte[] output ->
            () -> Elementwise.map(function, input, output);
        case short[] input when to instanceof short[] output ->
            () -> Elementwise.map(function, input, output);
        case short[] input when to instanceof int[] output ->
            () -> Elementwise.map(function, input, output);
        case int[] input when to instanceof byte[] output ->
            () -> Elementwise.map(function, input, output);
        case int[] input when to instanceof short[] output ->
            () -> Elementwise.map(function, input, output);
        case int[] input when to instanceof int[] output ->
            () -> Elementwise.map(function, input, output);
        default -> throw p.refuseTypes();
      };
    };
  }

  private static boolean isByte(Preparation p, boolean input) {
    return switch (input ? p.input(0).type() : p.output(0).type()) {
      case INT8, UINT8, BOOL -> true;
      default -> false;
    };
  }

  /** A step whose values may be out of the operator's range, refused as on the target. */
  static Step refusing(Preparation p, Step step) {
    return () -> {
      try {
        step.run();
      } catch (ArithmeticException outOfRange) {
        throw p.refuse(outOfRange.getMessage(), "values that the target can compute")
            .causedBy(outOfRange);
      }
    };
  }

  /** Single precision. */
  static Prepared floats(Preparation p, FloatUnary function) {
    p.requireSameElements(p.input(0), p.output(0));
    return frame -> {
      float[] input = frame.floats(p.inputIndex(0));
      float[] output = frame.floats(p.outputIndex(0));
      return () -> Elementwise.map(function, input, output);
    };
  }
}
