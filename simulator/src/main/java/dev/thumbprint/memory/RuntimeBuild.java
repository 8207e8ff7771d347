package dev.thumbprint.memory;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.cost.library.LibraryId;

/**
 * What decides, besides the model, how much arena TensorFlow Lite Micro takes: which kernels are
 * linked and how they were compiled. Structure sizes are those of 32-bit Arm with short enums.
 *
 * @param kernels reference kernels or CMSIS-NN
 * @param simd instructions that the kernels were compiled for
 * @param compiler compiler whose predefined macros steer CMSIS-NN
 * @param optimizedForSize whether the glue was built with {@code KERNELS_OPTIMIZED_FOR_SIZE}, so
 *     that kernel sums are recomputed instead of kept (MVE only)
 */
public record RuntimeBuild(
    Kernels kernels, SimdUnit simd, Compiler compiler, boolean optimizedForSize) {

  /** The generation that all plans follow: the one that was compared with real builds. */
  public static final String GENERATION =
      "tensorflow/tflite-micro 90b983c2 (August 2026), CMSIS-NN 4ab83cc3 (June 2026)";

  /** That generation in the name of a library. */
  static final String YEAR = "2026";

  /** Kernel libraries whose allocations are known. */
  public enum Kernels {
    REFERENCE("tflm-reference"),
    CMSIS_NN("cmsis-nn");

    private final String label;

    Kernels(String label) {
      this.label = label;
    }

    /** The family name of a {@link LibraryId}. */
    public String label() {
      return label;
    }
  }

  /** Compilers between which CMSIS-NN chooses different paths. */
  public enum Compiler {
    GCC,
    ARMCLANG
  }

  /** The build that TFLM's makefile makes with GCC, kernels optimised for speed. */
  public static RuntimeBuild of(Kernels kernels, SimdUnit simd) {
    return new RuntimeBuild(kernels, simd, Compiler.GCC, false);
  }

  /**
   * The build of a library for a core.
   *
   * @throws MemoryException if the allocations of that library are unknown
   */
  public static RuntimeBuild of(LibraryId library, Core core) {
    for (Kernels kernels : Kernels.values()) {
      if (kernels.label.equals(library.family())) {
        return of(kernels, core.simd());
      }
    }
    throw new MemoryException(
        "the arena of library '%s' cannot be planned: known are tflm-reference and cmsis-nn"
            .formatted(library));
  }

  /** Whether kernels come from CMSIS-NN. */
  boolean cmsis() {
    return kernels == Kernels.CMSIS_NN;
  }

  /** Whether CMSIS-NN runs its vector kernels. */
  boolean cmsisMve() {
    return cmsis() && simd == SimdUnit.MVE;
  }

  /** Whether CMSIS-NN runs its dual-MAC kernels. */
  boolean cmsisDsp() {
    return cmsis() && simd == SimdUnit.DSP;
  }

  /** Short name for tables, such as {@code cmsis-nn (DSP)}. */
  public String label() {
    if (!cmsis()) {
      return kernels.label;
    }
    String unit = simd == SimdUnit.NONE ? "plain C" : simd.name();
    return "%s (%s%s%s)"
        .formatted(
            kernels.label,
            unit,
            compiler == Compiler.ARMCLANG ? ", armclang" : "",
            optimizedForSize ? ", for size" : "");
  }
}
