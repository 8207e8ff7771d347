package dev.thumbprint.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.Trips;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.kernels.KernelTier;
import dev.thumbprint.kernels.ScalarTier;
import dev.thumbprint.kernels.plain.PlainTier;
import dev.thumbprint.kernels.vector.VectorTier;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.model.TfliteReader;
import dev.thumbprint.run.operators.OperatorTable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table that {@code ops} prints says what the tests run. {@code -Dthumbprint.docs=write} renews
 * it.
 */
final class OperatorEvidenceTest {
  private static final Path RESOURCE =
      Path.of("src/main/resources/dev/thumbprint/run/operators.csv");

  /** Random layers looked at to tell what a tier does and what a library prices. */
  private static final int SAMPLES = 20;

  @Test
  void everyRowSaysWhatTheTestsRun() throws Exception {
    List<OperatorEvidence> rows = new ArrayList<>();
    for (Layers.Kind kind : Layers.all()) {
      rows.addAll(rows(kind, names(kind), exact(kind), RuntimeFigures.CASES));
    }
    for (NearOracleTest.Kind kind : NearOracleTest.kinds()) {
      List<String> oracles = List.of(kind.bound());
      rows.addAll(rows(kind.asLayer(), List.of(), oracles, Oracle.LAYERS_WIDE));
    }
    rows.sort(
        Comparator.comparing(OperatorEvidence::operator).thenComparing(OperatorEvidence::types));
    String text =
        OperatorEvidence.header()
            + "\n"
            + String.join("\n", rows.stream().map(OperatorEvidence::line).toList())
            + "\n";
    if (System.getProperty("thumbprint.docs", "").equals("write")) {
      Files.writeString(RESOURCE, text);
    }
    assertThat(Files.readString(RESOURCE)).isEqualTo(text);
  }

  private static List<String> names(Layers.Kind kind) {
    List<String> names = new ArrayList<>();
    for (String token : kind.name().split(" ")) {
      if (!names.isEmpty() && !names.getLast().endsWith(",")) {
        break;
      }
      names.add(token);
    }
    return names.stream().map(name -> name.replace(",", "")).toList();
  }

  private static List<String> exact(Layers.Kind kind) {
    return Stream.of(Layers.Oracle.values())
        .filter(kind.oracles()::contains)
        .map(Layers.Oracle::label)
        .toList();
  }

  private static List<OperatorEvidence> rows(
      Layers.Kind kind, List<String> given, List<String> oracles, int cases) {
    List<String> names = given.isEmpty() ? names(kind) : given;
    String types =
        kind.name().substring(String.join(", ", names).length()).strip().replace(", ", "; ");
    List<OperatorEvidence> rows = new ArrayList<>();
    for (String name : names) {
      rows.add(
          new OperatorEvidence(
              name, types, oracles, cases, library(kind), tiers(kind), priced(kind, name)));
    }
    return rows;
  }

  private static String library(Layers.Kind kind) {
    boolean run = kind.oracles().contains(Layers.Oracle.RUNTIME);
    return run ? RuntimeLayersTest.library(kind) : "reference";
  }

  private static List<Graph> samples(Layers.Kind kind) {
    return java.util.stream.IntStream.range(0, SAMPLES)
        .mapToObj(seed -> kind.maker().apply(new RandomTensors(Oracle.random(seed))).bytes())
        .map(bytes -> TfliteReader.read(ByteBuffer.wrap(bytes), "layer", "random layer"))
        .toList();
  }

  /** The tiers whose kernels are others than the scalar ones. */
  private static List<String> tiers(Layers.Kind kind) {
    List<String> found = new ArrayList<>();
    Set<Class<?>> scalar = kernels(kind, new ScalarTier());
    for (KernelTier tier : List.of(new PlainTier(), new VectorTier())) {
      Set<Class<?>> own = kernels(kind, tier);
      own.removeAll(scalar);
      if (!own.isEmpty()) {
        found.add(tier.name());
      }
    }
    return found;
  }

  private static Set<Class<?>> kernels(Layers.Kind kind, KernelTier tier) {
    Set<Class<?>> classes = new LinkedHashSet<>();
    KernelTier recording =
        (KernelTier)
            Proxy.newProxyInstance(
                KernelTier.class.getClassLoader(),
                new Class<?>[] {KernelTier.class},
                (_, method, arguments) -> {
                  try {
                    Object made = method.invoke(tier, arguments);
                    if (made instanceof Supplier<?> supplier) {
                      classes.add(supplier.get().getClass());
                    }
                    return made;
                  } catch (InvocationTargetException failed) {
                    throw failed.getCause();
                  }
                });
    for (Graph graph : samples(kind)) {
      prepare(graph, recording);
    }
    return classes;
  }

  /** A layer that is refused has no kernels. */
  private static boolean prepare(Graph graph, KernelTier tier) {
    try {
      return OperatorTable.prepare(graph, RunOptions.defaults().with(tier)) != null;
    } catch (InputException refused) {
      return false;
    }
  }

  /** The libraries that price every layer of this name in the samples. */
  private static List<String> priced(Layers.Kind kind, String name) {
    return Stream.of("cmsis-nn", "tflm-reference")
        .filter(
            family ->
                samples(kind).stream()
                    .flatMap(graph -> Lowering.lower(graph).stream())
                    .filter(work -> name.equals(label(work)))
                    .allMatch(work -> prices(family, work)))
        .filter(
            _ ->
                samples(kind).stream()
                    .flatMap(graph -> Lowering.lower(graph).stream())
                    .anyMatch(work -> name.equals(label(work))))
        .toList();
  }

  private static String label(LayerWork work) {
    return work.customName().isEmpty() ? work.operator().name() : work.customName();
  }

  private static boolean prices(String family, LayerWork work) {
    return KernelLibraries.find(LibraryId.parse(family)).orElseThrow().decide(work, SimdUnit.DSP)
        instanceof Trips;
  }
}
