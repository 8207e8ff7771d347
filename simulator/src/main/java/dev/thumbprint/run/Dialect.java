package dev.thumbprint.run;

import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.model.InputException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The bits of one kernel library: those of the reference kernels, but for its departures.
 *
 * @param library the library with its generation
 * @param departures where it computes other bits
 */
public record Dialect(LibraryId library, Set<Departure> departures) {
  private static final String CMSIS = "cmsis-nn";
  private static final String REFERENCE = "tflm-reference";

  private static final Pattern HELIUM = Pattern.compile("(?i)\\b(mve|helium)");

  /** Oldest first: a departure lasts from one of them to another. */
  private static final List<String> GENERATIONS =
      List.of("2020-03", "2020-09", "2022", "2024", "2026");

  /** First generation with CMSIS_NN_USE_SINGLE_ROUNDING and TFLITE_SINGLE_ROUNDING. */
  private static final String FIRST_OF_ONE_ROUNDING = "2022";

  /** Canonical: departures are immutable. */
  public Dialect {
    departures = Set.copyOf(departures);
  }

  /** The reference kernels. */
  public static Dialect reference() {
    return new Dialect(new LibraryId(REFERENCE, "2026"), Set.of());
  }

  /**
   * The bits of a library by name, such as {@code cmsis-nn@2020-03}; without a generation the
   * newest.
   *
   * @throws InputException if the library is none whose bits are known
   */
  public static Dialect parse(String name) {
    if (HELIUM.matcher(name).find()) {
      throw InputException.of("kernels", "", "'" + name + "'", "a build without Helium (MVE)")
          .withHint("its bits are not offered; docs/bits.md says where they depart");
    }
    LibraryId asked = LibraryId.parse(name);
    LibraryId library =
        KernelLibraries.find(asked)
            .map(found -> found.id())
            .filter(id -> id.family().equals(CMSIS) || id.family().equals(REFERENCE))
            .orElseThrow(
                () ->
                    InputException.of("kernels", "", "'" + name + "'", "cmsis-nn or tflm-reference")
                        .withHint("'kernels list' shows the generations"));
    return library.family().equals(CMSIS)
        ? new Dialect(library, departures(library.generation()))
        : new Dialect(library, Set.of());
  }

  private static Set<Departure> departures(String generation) {
    int at = GENERATIONS.indexOf(generation);
    EnumSet<Departure> found = EnumSet.noneOf(Departure.class);
    for (Departure departure : Departure.values()) {
      if (GENERATIONS.indexOf(departure.first()) <= at
          && at <= GENERATIONS.indexOf(departure.last())) {
        found.add(departure);
      }
    }
    return found;
  }

  /** Whether library and runtime of the generation have a build option for single rounding. */
  public boolean knowsSingleRounding() {
    return !library.family().equals(CMSIS)
        || GENERATIONS.indexOf(library.generation()) >= GENERATIONS.indexOf(FIRST_OF_ONE_ROUNDING);
  }

  /** Whether the library departs so. */
  public boolean has(Departure departure) {
    return departures.contains(departure);
  }
}
