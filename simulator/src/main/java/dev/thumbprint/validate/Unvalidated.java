package dev.thumbprint.validate;

import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Switch;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The part of the accuracy document on what can be asked for and no scored row speaks of. */
final class Unvalidated {
  private static final List<String> TYPES = List.of("int8", "int16", "float32", "hybrid");

  private final RecordedScope recorded;
  private final RecordedScope scored;
  private final StringBuilder text = new StringBuilder();

  private Unvalidated(RecordedScope recorded, RecordedScope scored) {
    this.recorded = recorded;
    this.scored = scored;
  }

  /** The section, of all built-in recordings and their predictions. */
  static String of(List<Recording> recordings, List<Prediction> predictions) {
    return new Unvalidated(new RecordedScope(recordings), RecordedScope.scored(predictions))
        .section();
  }

  private String section() {
    text.append("\n## What is not validated\n\nWhat can be asked for and no scored row of known ");
    text.append(
        "build speaks of: what is predicted there\nis carried over from others, with a wider ");
    text.append("interval.\n\n");
    libraries();
    machines();
    builds();
    Set<String> seen = scored.operators();
    item("Operators judged only within whole networks", scored.inNetworks().stream(), seen);
    seen.addAll(scored.inNetworks());
    Stream<String> all = Arrays.stream(Operator.values()).map(Operator::name).sorted();
    item("Operators in no scored row", all, seen);
    text.append(
        """
        - Memory: %d recordings tell their arena, %d their flash; this document judges cycles and
          energy alone, and [memory.md](memory.md) says which arenas and images are compared.
        """
            .formatted(
                recorded.count(row -> row.measured().arenaBytes().isPresent()),
                recorded.count(row -> row.measured().flashBytes().isPresent())));
    return text.toString();
  }

  private void libraries() {
    Set<String> known = recorded.names(row -> row.setting().library().toString());
    Stream<String> dated = KernelLibraries.all().stream().map(library -> library.id().toString());
    item("Kernel libraries whose loops are modelled, without a recording", dated, known);
    if (!known.contains(Target.DEFAULT_KERNELS.toString())) {
      text.append("  `").append(Target.DEFAULT_KERNELS).append("` is what is priced unless told ");
      text.append("otherwise.\n");
    }
    item(
        "Runtimes known by totals, without a recording",
        KernelLibraries.coarseFamilies().stream(),
        recorded.names(row -> row.setting().library().name()));
    item(
        "Kernel libraries with recordings that are all refused or scored apart",
        known.stream().filter(name -> !name.isEmpty()),
        scored.names(row -> row.setting().library().toString()));
  }

  private void machines() {
    Set<String> known = recorded.names(row -> row.setting().core());
    List<String> cores = Arrays.stream(Core.values()).map(Core::label).toList();
    item("Cores without a recording", cores.stream(), known);
    item(
        "Cores with recordings that are all refused or scored apart",
        cores.stream().filter(known::contains),
        scored.names(row -> row.setting().core()));
    item(
        "Built-in boards without a scored row",
        Boards.names().stream().sorted(),
        scored.names(row -> row.setting().boardId()));
    RecordedScope vectors = recorded.where(RecordedScope::hasVectors);
    text.append(
        "- Vectors (MVE): %d recordings (%s), of which %d are scored.\n"
            .formatted(
                vectors.rows().size(),
                String.join(", ", vectors.names(row -> row.setting().boardId())),
                scored.count(RecordedScope::hasVectors)));
  }

  private void builds() {
    text.append(
        "- Assertions: %d recordings are known to keep them, %d do not tell; what `--asserts on` "
            .formatted(
                recorded.count(row -> row.setting().asserts() == Switch.ON),
                recorded.count(row -> !row.setting().asserts().known())));
    text.append("adds is judged by none.\n");
    item(
        "Optimisation levels without a scored row",
        Arrays.stream(OptLevel.values()).map(OptLevel::label),
        scored.names(row -> row.setting().opt()));
    item("Types without a scored row", TYPES.stream(), scored.names(row -> row.setting().type()));
  }

  private void item(String title, Stream<String> names, Set<String> spokenOf) {
    List<String> open = names.filter(name -> !spokenOf.contains(name)).toList();
    text.append("- %s (%d): ".formatted(title, open.size()));
    text.append(open.isEmpty() ? "none" : String.join(", ", open)).append(".\n");
  }
}
