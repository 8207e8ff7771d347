package dev.thumbprint.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the tests hold an operator to, for one combination of types. The resource is written by the
 * tests, from the very list that they run, and a test fails where it is out of date.
 *
 * @param operator builtin or custom name
 * @param types element types and what else sets this kind apart
 * @param oracles whom it equals bit for bit, or within how many units in the last place
 * @param cases random layers that it was compared on
 * @param cmsisNn whether newest CMSIS-NN gives the same bits: {@code same}, {@code departs}, {@code
 *     undefined} where it reads outside its memory, or {@code reference} where it has no kernel of
 *     its own
 * @param tiers tiers beside the scalar one with loops of their own for it
 * @param priced kernel libraries whose cost model covers it
 */
public record OperatorEvidence(
    String operator,
    String types,
    List<String> oracles,
    int cases,
    String cmsisNn,
    List<String> tiers,
    List<String> priced) {
  private static final String RESOURCE = "operators.csv";
  private static final int COLUMNS = 7;

  /** All operators and types, in the order of their names. */
  public static List<OperatorEvidence> all() {
    try (InputStream stream = OperatorEvidence.class.getResourceAsStream(RESOURCE)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(OperatorEvidence::parse)
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static OperatorEvidence parse(String line) {
    String[] c = line.split(",", COLUMNS);
    return new OperatorEvidence(
        c[0], c[1], list(c[2]), Integer.parseInt(c[3]), c[4], list(c[5]), list(c[6]));
  }

  private static List<String> list(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("; "));
  }

  /** The line of the resource. */
  public String line() {
    return String.join(
        ",",
        operator,
        types,
        String.join("; ", oracles),
        String.valueOf(cases),
        cmsisNn,
        String.join("; ", tiers),
        String.join("; ", priced));
  }

  /** The first line of the resource. */
  public static String header() {
    return "operator,types,exact_against,random_layers,cmsis_nn,vectorised_by,priced_by";
  }
}
