package dev.thumbprint.cli;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.Suggestion;
import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.KernelLibrary;
import dev.thumbprint.cost.library.LibraryId;
import java.util.ArrayList;
import java.util.List;

/** Kernel libraries by the names that the command line takes. */
final class KernelName {
  private KernelName() {}

  /**
   * The library of a name.
   *
   * @throws BadDescription if no such library is built in
   */
  static KernelLibrary library(String name) {
    return KernelLibraries.find(LibraryId.parse(name))
        .orElseThrow(
            () -> {
              List<String> known = new ArrayList<>();
              for (KernelLibrary library : KernelLibraries.all()) {
                known.add(library.id().toString());
                known.add(library.id().family());
              }
              known.addAll(KernelLibraries.coarseFamilies());
              return new BadDescription(
                  "kernels",
                  "found '%s', expected a built-in kernel library".formatted(name),
                  Suggestion.hint(name, known, "'thumbprint kernels list' shows what is built in"));
            });
  }
}
