package dev.thumbprint.cost.energy;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.work.DataType;
import java.util.Arrays;
import java.util.Optional;

/**
 * Kinds of kernels that draw differently on the same machine: a core that waits for its memories
 * draws less, one that issues two instructions a cycle draws more (arXiv:2104.10645: up to 25 % on
 * Cortex-M7).
 */
public enum KernelKind {
  /** Integer kernels written for the core: CMSIS-NN and other optimised runtimes. */
  OPTIMISED("optimised"),
  /** Integer reference kernels of TensorFlow Lite Micro. */
  REFERENCE("reference"),
  /** Floating point, whichever library. */
  FLOAT("float");

  private final String label;

  KernelKind(String label) {
    this.label = label;
  }

  /** The name used in files. */
  public String label() {
    return label;
  }

  /** The kind of a label, or empty. */
  public static Optional<KernelKind> ofLabel(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
  }

  /** The kind that runs an operator of an element type in a configuration. */
  public static KernelKind of(Target target, DataType type) {
    return of(target.kernels().family(), type == DataType.FLOAT32);
  }

  /** The kind of a library family. */
  public static KernelKind of(String libraryFamily, boolean floatingPoint) {
    if (floatingPoint) {
      return FLOAT;
    }
    return libraryFamily.equals("tflm-reference") ? REFERENCE : OPTIMISED;
  }
}
