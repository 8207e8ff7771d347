package dev.thumbprint.cost.library;

import java.util.Optional;

/** Optimisation level that the kernels were compiled with. */
public enum OptLevel {
  OS("Os"),
  O2("O2"),
  O3("O3"),
  OFAST("Ofast");

  private final String label;

  OptLevel(String label) {
    this.label = label;
  }

  /** The compiler's spelling without the dash. */
  public String label() {
    return label;
  }

  /** The level of a spelling such as {@code Os} or {@code -Ofast}, or empty. */
  public static Optional<OptLevel> ofLabel(String text) {
    String name = text.startsWith("-") ? text.substring(1) : text;
    for (OptLevel level : values()) {
      if (level.label.equalsIgnoreCase(name)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }
}
