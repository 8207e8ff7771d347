package dev.thumbprint.kernels.vector;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/** The vector shapes of this machine, and how many 32-bit elements one vector holds. */
final class Lanes {
  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  static final int COUNT = FLOATS.length();

  /** As many bytes as there are 32-bit lanes. */
  static final VectorSpecies<Byte> BYTES =
      COUNT == 16 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;

  /** Narrower vectors (128 bits) gain nothing over the plain tier. */
  static final int COUNT_MIN = 8;

  private Lanes() {}

  /** Whether this tier has a form for the machine's vectors: 256 or 512 bits. */
  static boolean supported() {
    return COUNT == COUNT_MIN || COUNT == 16;
  }

  /** {@code count} rounded up to whole vectors. */
  static int padded(int count) {
    return Math.ceilDiv(count, COUNT) * COUNT;
  }
}
