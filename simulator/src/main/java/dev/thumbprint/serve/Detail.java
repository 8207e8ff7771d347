package dev.thumbprint.serve;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How much of a profile an answer holds; less is faster. */
enum Detail {
  /** All that {@code profile --json} prints. */
  FULL,
  /** Everything but the advice, which needs many more prices. */
  LAYERS,
  /** Model, target and total. */
  TOTAL;

  static Detail of(String name) {
    for (Detail detail : values()) {
      if (detail.label().equals(name)) {
        return detail;
      }
    }
    String known = Arrays.stream(values()).map(Detail::label).collect(Collectors.joining(", "));
    throw new Refusal("detail: found \"%s\", expected one of %s".formatted(name, known));
  }

  private String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
