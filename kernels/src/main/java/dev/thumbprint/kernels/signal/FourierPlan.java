package dev.thumbprint.kernels.signal;

import java.util.ArrayList;
import java.util.List;

/**
 * The order of work of a complex Fourier transform of mixed radix, as KissFFT v130 does it: factors
 * of 4 first, then 2, 3 and 5, decimation in time. The order decides the rounding.
 */
final class FourierPlan {
  /** The arithmetic of one element type. */
  interface Butterflies {
    /** Copies element {@code source} of the input to element {@code target}. */
    void load(int target, int source);

    /** Combines {@code radix} transforms of length {@code length} that start at {@code at}. */
    void combine(int radix, int at, int stride, int length);
  }

  private static final int RADIX_FIRST = 4;
  private static final int RADIX_LAST = 5;

  private final int length;
  private final int[] radices;

  private FourierPlan(int length, int[] radices) {
    this.length = length;
    this.radices = radices;
  }

  /**
   * The plan of a complex transform.
   *
   * @throws IllegalArgumentException for a length that needs a radix above 5 or is below 2: there
   *     the runtime would write through a null pointer
   */
  static FourierPlan of(int length) {
    if (length < 2) {
      throw new IllegalArgumentException(
          "a transform of " + 2 * length + " samples, expected an even number of at least 4");
    }
    List<Integer> radices = new ArrayList<>();
    double root = Math.floor(Math.sqrt(length));
    int rest = length;
    int radix = RADIX_FIRST;
    while (rest > 1) {
      while (rest % radix != 0) {
        radix = radix == 4 ? 2 : radix == 2 ? 3 : radix + 2;
        radix = radix > root ? rest : radix;
      }
      if (radix > RADIX_LAST) {
        throw new IllegalArgumentException(
            "a transform of "
                + 2 * length
                + " samples needs radix "
                + radix
                + ", expected a length with no prime factor above 5");
      }
      rest /= radix;
      radices.add(radix);
    }
    return new FourierPlan(length, radices.stream().mapToInt(Integer::intValue).toArray());
  }

  int length() {
    return length;
  }

  /** Angle of twiddle factor {@code index}. */
  double phase(int index, boolean inverse) {
    double phase = -2 * Math.PI * index / length;
    return inverse ? -phase : phase;
  }

  /** Angle of factor {@code index} that joins the halves of a real transform. */
  double realPhase(int index, boolean inverse) {
    double phase = -Math.PI * ((double) (index + 1) / length + 0.5);
    return inverse ? -phase : phase;
  }

  /** Runs the transform. */
  void run(Butterflies butterflies) {
    stage(butterflies, 0, 0, 0, 1, length);
  }

  private void stage(
      Butterflies butterflies, int level, int at, int source, int stride, int elements) {
    int radix = radices[level];
    int part = elements / radix;
    for (int i = 0; i < radix; i++) {
      if (part == 1) {
        butterflies.load(at + i, source + i * stride);
      } else {
        stage(butterflies, level + 1, at + i * part, source + i * stride, stride * radix, part);
      }
    }
    butterflies.combine(radix, at, stride, part);
  }
}
