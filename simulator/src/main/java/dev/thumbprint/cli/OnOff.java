package dev.thumbprint.cli;

/** A switch on the command line; a Boolean would be taken for a flag without a value. */
enum OnOff {
  ON,
  OFF;

  /** Whether a switch is on, or null where nothing was said. */
  static Boolean of(OnOff given) {
    return given == null ? null : Boolean.valueOf(given == ON);
  }
}
