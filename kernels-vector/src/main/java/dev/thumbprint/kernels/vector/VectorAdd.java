package dev.thumbprint.kernels.vector;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.B2I;

import dev.thumbprint.kernels.AddSub;
import dev.thumbprint.kernels.BytePairKernel;
import dev.thumbprint.kernels.QuantizedMultiplier;
import dev.thumbprint.kernels.Requantization;
import dev.thumbprint.kernels.Rounding;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;

/**
 * ADD and SUB of equal shapes with double rounding. An operand {@code x} of 9 bits, shifted left by
 * 20, times a multiplier {@code m} of 31 bits comes back as {@code (x m + 2^10) >> 11}; with the
 * multiplier in parts {@code m = 2^11 h + l} that is {@code x h + ((x l + 2^10) >> 11)}, for which
 * 32 bits are enough.
 */
final class VectorAdd implements BytePairKernel {
  /** Vectors from scaling the operands to scaling their sums. */
  private static final int GROUP = 64;

  private static final int PART_BITS = 11;
  private static final int PART_HALF = 1 << (PART_BITS - 1);

  /** Both operands scaled are below 2^28 in magnitude. */
  private static final long SUM_MAX = 1L << 29;

  private final AddSub function;
  private final Operand left;
  private final Operand right;
  private final VectorStage stage;
  private final int[] sums = new int[GROUP * Lanes.COUNT];
  private final byte[] tail = new byte[Lanes.COUNT];

  /** How one operand is scaled. */
  private record Operand(int zeroPoint, int high, int low, int half, int sign, int shift) {
    static Operand of(int zeroPoint, QuantizedMultiplier scale) {
      int shift = -scale.shift();
      return new Operand(
          zeroPoint,
          scale.multiplier() >> PART_BITS,
          scale.multiplier() & ((1 << PART_BITS) - 1),
          shift == 0 ? 0 : 1 << (shift - 1),
          shift == 0 ? 0 : -1,
          shift);
    }
  }

  /** The function of elements, which {@link #suits}. */
  VectorAdd(AddSub function) {
    this.function = function;
    left = Operand.of(function.zeroPointA(), function.scaleA());
    right = Operand.of(function.zeroPointB(), function.scaleB());
    int[] multipliers = new int[Lanes.COUNT];
    int[] shifts = new int[Lanes.COUNT];
    Arrays.fill(multipliers, function.scaleOutput().multiplier());
    Arrays.fill(shifts, function.scaleOutput().shift());
    stage =
        new VectorStage(
            new Requantization(
                multipliers,
                shifts,
                function.zeroPointOutput(),
                function.min(),
                function.max(),
                function.rounding()),
            null);
  }

  /** Whether 32 bits hold what lies between. */
  static boolean suits(AddSub function) {
    return function.rounding() == Rounding.DOUBLE
        && function.leftShift() == AddSub.SHIFT_8
        && isByte(function.zeroPointA())
        && isByte(function.zeroPointB())
        && ExactFloats.shiftsFit(SUM_MAX, function.scaleA().shift())
        && ExactFloats.shiftsFit(SUM_MAX, function.scaleB().shift())
        && VectorStage.suits(
            SUM_MAX, function.scaleOutput().multiplier(), function.scaleOutput().shift());
  }

  private static boolean isByte(int value) {
    return value == (byte) value;
  }

  @Override
  public void run(byte[] a, byte[] b, byte[] output) {
    int whole = output.length / Lanes.COUNT;
    for (int first = 0; first < whole; first += GROUP) {
      int count = Math.min(GROUP, whole - first);
      int from = first * Lanes.COUNT;
      add(a, b, from, count);
      stage.rows(sums, 0, Lanes.COUNT, count, output, from, tail);
    }
    for (int i = whole * Lanes.COUNT; i < output.length; i++) {
      output[i] = (byte) function.applyAsInt(a[i], b[i]);
    }
  }

  /** Scaled sums of {@code count} vectors. */
  private void add(byte[] a, byte[] b, int from, int count) {
    int sign = function.subtract() ? -1 : 1;
    for (int i = 0; i < count; i++) {
      int at = from + i * Lanes.COUNT;
      IntVector x =
          ((IntVector) ByteVector.fromArray(Lanes.BYTES, a, at).convertShape(B2I, Lanes.INTS, 0))
              .sub(left.zeroPoint);
      IntVector xScaled =
          x.mul(left.high).add(x.mul(left.low).add(PART_HALF).lanewise(ASHR, PART_BITS));
      IntVector xSum =
          xScaled
              .add(left.half)
              .add(xScaled.lanewise(ASHR, 31).and(left.sign))
              .lanewise(ASHR, left.shift);
      IntVector y =
          ((IntVector) ByteVector.fromArray(Lanes.BYTES, b, at).convertShape(B2I, Lanes.INTS, 0))
              .sub(right.zeroPoint);
      IntVector yScaled =
          y.mul(right.high).add(y.mul(right.low).add(PART_HALF).lanewise(ASHR, PART_BITS));
      IntVector ySum =
          yScaled
              .add(right.half)
              .add(yScaled.lanewise(ASHR, 31).and(right.sign))
              .lanewise(ASHR, right.shift);
      xSum.add(ySum.mul(sign)).intoArray(sums, i * Lanes.COUNT);
    }
  }
}
