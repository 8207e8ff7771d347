package dev.thumbprint.cost.library;

/**
 * The generations of CMSIS-NN that differ in loops or decisions, read from the history of
 * ARM-software/CMSIS_5 (until 2022) and ARM-software/CMSIS-NN (since).
 */
enum CmsisGeneration {
  /** Before the struct API; average pooling in two passes; no 3x3 depthwise special case used. */
  G2020_03("2020-03", "ARM-software/CMSIS_5@8cb2badd2 (2 March 2020)"),
  /** Struct API and wrappers, as TFLM 2.3.1 carries it. */
  G2020_09("2020-09", "ARM-software/CMSIS_5@0c72e625a (2 September 2020)"),
  /** Fully connected in a loop of four elements; 1x1 path for every channel count. */
  G2022("2022", "ARM-software/CMSIS_5@51263182d (31 August 2022)"),
  /** im2col through bytes; four-element loop in the matrix product; strided 1x1 path. */
  G2024("2024", "ARM-software/CMSIS-NN v5.0.0"),
  /** Grouped convolution; sums of weights kept from the preparation. */
  G2026("2026", "ARM-software/CMSIS-NN@4ab83cc3 (17 June 2026)");

  private final String label;
  private final String origin;

  CmsisGeneration(String label, String origin) {
    this.label = label;
    this.origin = origin;
  }

  String label() {
    return label;
  }

  String origin() {
    return origin;
  }

  boolean atLeast(CmsisGeneration other) {
    return compareTo(other) >= 0;
  }
}
