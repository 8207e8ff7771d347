package dev.thumbprint.firmware.thumb;

/** The part of the architecture that brings an instruction: what a core must have to run it. */
public enum Extension {
  /** Every Cortex-M. */
  V6M("Armv6-M"),
  /** Armv7-M and Armv8-M Mainline: M3 and up. */
  V7M("Armv7-M"),
  /** DSP extension: M4, M7, and M33 where fitted. */
  DSP("DSP extension"),
  /** Single-precision floating point: M4F and up. */
  FP("FPv4 single precision"),
  /** Additions of FPv5 in single precision: M7, M33. */
  FPV5("FPv5"),
  /** Double precision: M7 where fitted. */
  FPD("FPv5 double precision"),
  /** Half precision arithmetic of Armv8.1-M. */
  FP16("half-precision floating point"),
  /** Security Extension, load-acquire and store-release: M23, M33. */
  V8M("Armv8-M"),
  /** Armv8-M Mainline: M33. */
  V8MAIN("Armv8-M Mainline"),
  /** Armv8.1-M: M52, M55, M85. */
  V81M("Armv8.1-M"),
  /** M-profile Vector Extension. */
  MVE("Armv8.1-M vector extension (MVE)");

  private final String title;

  Extension(String title) {
    this.title = title;
  }

  /** Name for people. */
  public String title() {
    return title;
  }
}
