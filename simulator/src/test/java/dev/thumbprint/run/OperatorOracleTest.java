package dev.thumbprint.run;

import dev.thumbprint.oracle.NativeTflite;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operator that TensorFlow Lite computes as TensorFlow Lite Micro does, against the official
 * interpreter run beside it, over random layers and random and extreme inputs.
 */
final class OperatorOracleTest {
  static List<Layers.Kind> reference() {
    return Layers.judgedBy(Layers.Oracle.TFLITE_REFERENCE);
  }

  static List<Layers.Kind> builtIn() {
    return Layers.judgedBy(Layers.Oracle.TFLITE_BUILTIN);
  }

  @ParameterizedTest
  @MethodSource("reference")
  void equalsTheReferenceKernels(Layers.Kind kind) {
    Oracle.compareMany(kind.maker());
  }

  /** The reference resolver lacks these; their built-in kernels do not depend on the processor. */
  @ParameterizedTest
  @MethodSource("builtIn")
  void equalsTheBuiltInKernels(Layers.Kind kind) {
    Oracle.compareMany(kind.maker(), NativeTflite.Kernels.BUILTIN);
  }
}
