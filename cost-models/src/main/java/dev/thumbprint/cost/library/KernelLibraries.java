package dev.thumbprint.cost.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The kernel libraries that are built in. */
public final class KernelLibraries {
  private static final TflmReference REFERENCE_2020 =
      new TflmReference("2020", "tensorflow/tensorflow v2.2 to v2.3 (mid-2020)", true);
  private static final TflmReference REFERENCE_2026 =
      new TflmReference("2026", "tensorflow/tflite-micro@90b983c2 (20 August 2026)", false);
  private static final List<KernelLibrary> DATED = dated();
  private static final Set<String> COARSE =
      Set.of(
          "x-cube-ai",
          "tinyengine",
          "microtvm-native",
          "microtvm-native-graph",
          "plumerai",
          "bosch-hale",
          "onnc-cmsis-nn-q7",
          "edge-impulse-eon",
          "helia-rt",
          "nnom-cmsis-nn-q7",
          "tinymaix",
          "microflow",
          "executorch-cmsis-nn",
          "executorch-cortex-m-cmsis-nn",
          "cmsis-nn-q7-legacy",
          "mltk");

  private KernelLibraries() {}

  private static List<KernelLibrary> dated() {
    List<KernelLibrary> all = new ArrayList<>();
    for (CmsisGeneration generation : CmsisGeneration.values()) {
      all.add(
          new CmsisNn(
              generation,
              generation.atLeast(CmsisGeneration.G2022) ? REFERENCE_2026 : REFERENCE_2020));
    }
    all.add(REFERENCE_2020);
    all.add(REFERENCE_2026);
    return List.copyOf(all);
  }

  /** The libraries whose loops are modelled, oldest generation of each family first. */
  public static List<KernelLibrary> all() {
    return DATED;
  }

  /** Names of the runtimes that are known by totals only. */
  public static List<String> coarseFamilies() {
    return COARSE.stream().sorted().toList();
  }

  /**
   * The library of a name.
   *
   * @param rounding whether it rounds floats as doubles by software, as {@link ArduinoBuild} says
   * @param softFloat whether floats are computed in software, as {@link SoftFloatBuild} says
   * @return empty where the family or the generation is not known
   */
  public static Optional<KernelLibrary> find(LibraryId id, boolean rounding, boolean softFloat) {
    Optional<KernelLibrary> plain = find(id);
    Optional<KernelLibrary> rounded = rounding ? plain.map(ArduinoBuild::new) : plain;
    return softFloat ? rounded.map(SoftFloatBuild::new) : rounded;
  }

  /**
   * The library of a name. A family without a generation is its newest; {@code tflm} alone, which
   * tells neither kernels nor generation, is the newest CMSIS-NN; {@code microtvm-cmsis-nn} is the
   * CMSIS-NN of its generation called without TFLM.
   *
   * @return empty where the family or the generation is not known
   */
  public static Optional<KernelLibrary> find(LibraryId id) {
    String family = id.family();
    if (family.equals("tflm") || family.equals("microtvm-cmsis-nn")) {
      family = "cmsis-nn";
    }
    if (COARSE.contains(family)) {
      return Optional.of(new CoarseRuntime(id, "closed source or no loop model"));
    }
    KernelLibrary found = null;
    for (KernelLibrary library : DATED) {
      if (library.id().family().equals(family)
          && (!id.dated() || library.id().generation().equals(id.generation()))) {
        found = library;
      }
    }
    return Optional.ofNullable(found);
  }
}
