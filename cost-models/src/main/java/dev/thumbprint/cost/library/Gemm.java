package dev.thumbprint.cost.library;

import static dev.thumbprint.cost.library.Term.*;

/** Loops of the int8 matrix product (arm_nn_mat_mult_nt_t_s8) without vectors. */
final class Gemm {
  private Gemm() {}

  /**
   * Adds the trips of equal products.
   *
   * @param calls number of products
   * @param rows rows of activations (pixels) of one product
   * @param k inner length
   * @param channels output channels
   */
  static void count(
      TripCounter trips,
      long calls,
      long rows,
      int k,
      int channels,
      CmsisGeneration generation,
      boolean dsp) {
    long pairs = calls * (channels / 2);
    long quads = pairs * (rows / 2);
    long oddRows = pairs * (rows % 2);
    long blocks = dsp ? k / 16 : 0;
    long afterBlocks = dsp ? k % 16 : k;
    boolean fours = dsp && generation.atLeast(CmsisGeneration.G2024);
    long words = fours ? afterBlocks / 4 : 0;
    long rest = fours ? afterBlocks % 4 : afterBlocks;
    trips.add(CONV_CALL, 1).add(GEMM_PAIR, pairs).add(GEMM_SUM, pairs * k);
    trips.add(GEMM_MAC64, quads * blocks).add(GEMM_MAC16, quads * words);
    trips.add(GEMM_MAC4, quads * rest).add(GEMM_QUAD, quads);
    if (dsp && k % 4 != 0) {
      // Two weight rows and two activation rows: one more bus cycle at 2 modulo 4, two at odd. In
      // halves.
      trips.add(UNALIGNED, quads * (4 * blocks + words) * (k % 2 == 0 ? 4 : 10));
    }
    // In 2020 the unrolled loop and what surrounds it outgrow 1 KiB (NUCLEO-L496ZG); those since
    // 2022 do not (NUCLEO-F446RE, whose cache is as large).
    boolean lost = blocks > 0 && !generation.atLeast(CmsisGeneration.G2022);
    trips.add(BLOCK_FETCH, lost ? quads : 0);
    trips.add(GEMM_SINGLE_MAC, oddRows * k);
    long lastChannel = calls * (channels % 2) * rows;
    trips.add(GEMM_SINGLE, 2 * oddRows + lastChannel).add(GEMM_CHANNEL_MAC, lastChannel * k);
    // Two weight rows stay in use for all activation rows; the sum before reads them once more.
    long passes = 1 + rows / 2 + rows % 2;
    trips.weights(calls * channels * k * passes / 4, 2L * k);
  }
}
