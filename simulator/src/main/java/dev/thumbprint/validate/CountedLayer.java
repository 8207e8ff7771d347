package dev.thumbprint.validate;

import dev.thumbprint.recorded.Recording;

/**
 * A recorded layer beside what its counts say.
 *
 * @param recording the row
 * @param kernels library whose table has the counts: a firmware with CMSIS-NN also runs reference
 *     kernels
 * @param recordedCycles as recorded
 * @param cycles from counts
 * @param instructions executed
 */
record CountedLayer(
    Recording recording, String kernels, double recordedCycles, long cycles, long instructions) {
  /** Model over recorded, minus 1. */
  double error() {
    return cycles / recordedCycles - 1;
  }
}
