package dev.thumbprint.cost.library;

import static dev.thumbprint.cost.library.Term.*;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Shape;

/** FULLY_CONNECTED of CMSIS-NN without vectors. */
final class CmsisDense {
  private static final int COLUMNS_16_BIT = 65_535;

  private CmsisDense() {}

  static Decision decide(LayerWork work, CmsisGeneration generation, boolean dsp) {
    Shape filter = work.filter();
    if (filter.rank() != 2) {
      return new NotCovered("FULLY_CONNECTED needs a filter of rank 2");
    }
    int outputs = filter.dim(0);
    int k = filter.dim(1);
    if (outputs < 1 || k < 1) {
      return new NotCovered("FULLY_CONNECTED with an empty filter");
    }
    long batches = work.output().elements() / outputs;
    if (generation == CmsisGeneration.G2020_03 && k > COLUMNS_16_BIT) {
      return new NotCovered(
          "inputs longer than 65535 wrap in the 16-bit column count of cmsis-nn@2020-03: the"
              + " result is wrong and the time meaningless");
    }
    if (generation.atLeast(CmsisGeneration.G2024) && work.output().rank() > 2 && k % 4 == 0) {
      TripCounter trips =
          new TripCounter(
              "convolve_1x1_s8_fast/nt_t", "output of rank 3 or 4 and depth a multiple of 4");
      Gemm.count(trips, 1, batches, k, outputs, generation, dsp);
      return trips.done();
    }
    return product(work, batches, outputs, k, generation, dsp);
  }

  private static Trips product(
      LayerWork work, long batches, int outputs, int k, CmsisGeneration generation, boolean dsp) {
    TripCounter trips = new TripCounter("fully_connected_s8/vec_mat_mult_t", "vector times matrix");
    trips.add(DENSE_CALL, 1);
    count(trips, batches, outputs, k, generation, dsp);
    if (work.output().rank() > 2) {
      trips.note("output of rank " + work.output().rank() + " takes another path since 2024");
    }
    return trips.done();
  }

  /** Adds the trips of products of vectors with a matrix. */
  static void count(
      TripCounter trips,
      long batches,
      long outputs,
      long k,
      CmsisGeneration generation,
      boolean dsp) {
    boolean early = !generation.atLeast(CmsisGeneration.G2022);
    int together = dsp || early ? 2 : 3;
    long blocks = batches * (outputs / together);
    long singles = batches * (outputs % together);
    if (dsp && early) {
      trips.more(DENSE_MAC32, blocks * (k / 16)).more(DENSE_TAIL, blocks * (k % 16));
    } else if (dsp) {
      trips.more(DENSE_MAC8, blocks * (k / 4)).more(DENSE_TAIL, blocks * (k % 4));
    } else {
      trips.more(DENSE_TAIL, blocks * k);
    }
    if (dsp && k % 4 != 0) {
      long words = early ? 4 * (k / 16) : k / 4;
      trips.more(UNALIGNED, blocks * words * (k % 2 == 0 ? 2 : 5));
    }
    trips.more(DENSE_BLOCK, blocks + singles);
    // The compiler unrolls the tail by eight; with both parts the loops outgrow a small cache.
    trips.more(DENSE_TAIL_FETCH, dsp && early && k % 16 > 8 ? blocks : 0);
    trips.weights(batches * outputs * k / 4, batches > 1 ? outputs * k : Long.MAX_VALUE);
    trips.more(DENSE_SINGLE_MAC, singles * k);
  }
}
