package dev.thumbprint.kernels;

import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;

/**
 * Applies a function to every element, or to pairs of elements. Where the shapes of a pair differ,
 * an {@link IndexMap#broadcast} table says which element goes to each output element; a null table
 * is the identity. The function returns a value that fits the output type.
 */
public final class Elementwise {
  private Elementwise() {}

  /** output[i] = function(input[i]). */
  public static void map(IntUnaryOperator function, byte[] input, byte[] output) {
    for (int i = 0; i < output.length; i++) {
      output[i] = (byte) function.applyAsInt(input[i]);
    }
  }

  /** output[i] = function(input[i]). */
  public static void map(IntUnaryOperator function, short[] input, short[] output) {
    for (int i = 0; i < output.length; i++) {
      output[i] = (short) function.applyAsInt(input[i]);
    }
  }

  /** output[i] = function(input[i]). */
  public static void map(IntUnaryOperator function, byte[] input, short[] output) {
    for (int i = 0; i < output.length; i++) {
      output[i] = (short) function.applyAsInt(input[i]);
    }
  }

  /** output[i] = function(input[i]). */
  public static void map(IntUnaryOperator function, byte[] input, int[] output) {
    for (int i = 0; i < output.length; i++) {
      output[i] = function.applyAsInt(input[i]);
    }
  }

  /** output[i] = function(input[i]). */
  public static void map(IntUnaryOperator function, short[] input, byte[] output) {
    for (int i = 0; i < output.length; i++) {
      output[i] = (byte) function.applyAsInt(input[i]);
    }
  }

  /** output[i] = function(input[i]). */
  public static void map(IntUnaryOperator function, short[] input, int[] output) {
    for (int i = 0; i < output.length; i++) {
      output[i] = function.applyAsInt(input[i]);
    }
  }

  /** output[i] = function(input[i]). */
  public static void map(IntUnaryOperator function, int[] input, byte[] output) {
    for (int i = 0; i < output.length; i++) {
      output[i] = (byte) function.applyAsInt(input[i]);
    }
  }

  /** output[i] = function(input[i]). */
  public static void map(IntUnaryOperator function, int[] input, short[] output) {
    for (int i = 0; i < output.length; i++) {
      output[i] = (short) function.applyAsInt(input[i]);
    }
  }

  /** output[i] = function(input[i]). */
  public static void map(IntUnaryOperator function, int[] input, int[] output) {
    for (int i = 0; i < output.length; i++) {
      output[i] = function.applyAsInt(input[i]);
    }
  }

  /** output[i] = function(input[i]). */
  public static void map(FloatUnary function, float[] input, float[] output) {
    for (int i = 0; i < output.length; i++) {
      output[i] = function.apply(input[i]);
    }
  }

  /** output[i] = function(a[mapA[i]], b[mapB[i]]). */
  public static void zip(
      IntBinaryOperator function, byte[] a, int[] mapA, byte[] b, int[] mapB, byte[] output) {
    for (int i = 0; i < output.length; i++) {
      byte left = a[mapA == null ? i : mapA[i]];
      byte right = b[mapB == null ? i : mapB[i]];
      output[i] = (byte) function.applyAsInt(left, right);
    }
  }

  /** output[i] = function(a[mapA[i]], b[mapB[i]]). */
  public static void zip(
      IntBinaryOperator function, short[] a, int[] mapA, short[] b, int[] mapB, short[] output) {
    for (int i = 0; i < output.length; i++) {
      short left = a[mapA == null ? i : mapA[i]];
      short right = b[mapB == null ? i : mapB[i]];
      output[i] = (short) function.applyAsInt(left, right);
    }
  }

  /** output[i] = function(a[mapA[i]], b[mapB[i]]). */
  public static void zip(
      IntBinaryOperator function, int[] a, int[] mapA, int[] b, int[] mapB, int[] output) {
    for (int i = 0; i < output.length; i++) {
      int left = a[mapA == null ? i : mapA[i]];
      int right = b[mapB == null ? i : mapB[i]];
      output[i] = function.applyAsInt(left, right);
    }
  }

  /** output[i] = function(a[mapA[i]], b[mapB[i]]). */
  public static void zip(
      LongBinaryOperator function, long[] a, int[] mapA, long[] b, int[] mapB, long[] output) {
    for (int i = 0; i < output.length; i++) {
      long left = a[mapA == null ? i : mapA[i]];
      long right = b[mapB == null ? i : mapB[i]];
      output[i] = function.applyAsLong(left, right);
    }
  }

  /** output[i] = function(a[mapA[i]], b[mapB[i]]). */
  public static void zip(
      FloatBinary function, float[] a, int[] mapA, float[] b, int[] mapB, float[] output) {
    for (int i = 0; i < output.length; i++) {
      float left = a[mapA == null ? i : mapA[i]];
      float right = b[mapB == null ? i : mapB[i]];
      output[i] = function.apply(left, right);
    }
  }
}
