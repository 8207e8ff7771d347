package dev.thumbprint.recorded;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a packaged runtime carries: many recordings tell the package they were made with and not the
 * generation of the kernels in it. The table {@code packaged-runtimes.csv} names for each package
 * what its public repository says.
 *
 * @param library name of the library, without generation
 * @param version part of the version by which the package is known
 * @param source part of the source of the recording by which it is known; may be empty
 * @param generation generation of the library in it
 * @param opt optimisation level that its build gives the kernels, empty where the user chooses
 * @param asserts whether assertions are compiled in
 * @param why where this was read
 */
public record PackagedRuntime(
    String library,
    String version,
    String source,
    String generation,
    String opt,
    Switch asserts,
    String why) {

  /** The packages of the table. */
  public static List<PackagedRuntime> all() {
    return Table.ROWS;
  }

  /**
   * The package that a recording names.
   *
   * @param library kernel library, empty generation where the source does not tell it
   * @param runtimeVersion version in the words of the source
   * @param place source of the recording
   */
  public static Optional<PackagedRuntime> find(
      LibraryId library, String runtimeVersion, String place) {
    return Table.ROWS.stream()
        .filter(row -> row.library.equals(library.name()))
        .filter(row -> runtimeVersion.contains(row.version) && place.contains(row.source))
        .findFirst();
  }

  private static final class Table {
    static final List<PackagedRuntime> ROWS;

    static {
      List<PackagedRuntime> rows = new ArrayList<>();
      BuiltIn.table(
          "packaged-runtimes.csv",
          row ->
              rows.add(
                  new PackagedRuntime(
                      row.required("library"),
                      row.required("version_contains"),
                      row.text("source_contains"),
                      row.required("generation"),
                      row.text("opt"),
                      row.text("asserts").equals("off") ? Switch.OFF : Switch.UNKNOWN,
                      row.required("why"))));
      ROWS = List.copyOf(rows);
    }
  }
}
