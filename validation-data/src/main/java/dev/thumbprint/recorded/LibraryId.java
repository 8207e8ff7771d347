package dev.thumbprint.recorded;

import java.util.Locale;
import java.util.Set;

/**
 * A kernel library or runtime with its generation, such as {@code cmsis-nn@2020-03} or {@code
 * x-cube-ai@8.1.0}.
 *
 * @param name lower-case name, empty where the source does not tell the library
 * @param generation date or version, empty where the source does not tell it
 */
public record LibraryId(String name, String generation) {
  private static final Set<String> COMPILED =
      Set.of("x-cube-ai", "plumerai", "bosch-hale", "edge-impulse-eon", "tinyengine");

  /** Reads {@code name} or {@code name@generation}; upper case is folded. */
  public static LibraryId parse(String text) {
    String folded = text.strip().toLowerCase(Locale.ROOT);
    int at = folded.indexOf('@');
    return at < 0
        ? new LibraryId(folded, "")
        : new LibraryId(folded.substring(0, at), folded.substring(at + 1));
  }

  /**
   * Whether the generation is told. Where it is not, the same network may be 1.2 to 2 times slower
   * or faster: such rows are scored apart.
   */
  public boolean generationKnown() {
    return !generation.isEmpty();
  }

  /**
   * Whether it comes compiled, or as code that is its maker's alone, so that the optimisation level
   * of a build is no setting of it.
   */
  public boolean comesCompiled() {
    return COMPILED.contains(name);
  }

  @Override
  public String toString() {
    return generation.isEmpty() ? name : name + "@" + generation;
  }
}
