package dev.thumbprint.recorded;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The machine and the build of a recording. An empty text is not told by the source.
 *
 * @param boardId canonical board name, such as {@code nucleo-l496zg}
 * @param core canonical core, such as {@code cortex-m4}
 * @param clockHz core clock in Hz
 * @param library kernel library with generation
 * @param opt optimisation level without the dash: {@code Os}, {@code O2}, {@code O3}, {@code Ofast}
 *     ...
 * @param fpu whether floating point instructions are used
 * @param asserts whether assertions are compiled in ({@code OFF} where NDEBUG is known)
 * @param type {@code int8}, {@code int16}, {@code float32}, or {@code hybrid} (int8 weights, float
 *     activations)
 * @param weights memory that holds the weights: {@code flash}, {@code ram}, {@code tcm}, {@code
 *     xip}
 * @param supplyV supply in volt, as measured with the row or else as set
 * @param supply supply in the words of the source
 * @param regulator {@code smps} or {@code ldo} where told
 * @param energyScope {@code mcu} or {@code board}: what the energy of the row covers
 * @param board board in the words of the source
 * @param mcu part number
 * @param runtime runtime in the words of the source
 * @param runtimeVersion its version in the words of the source
 * @param compiler compiler in the words of the source
 * @param compilerFlags flags in the words of the source
 */
public record Setting(
    String boardId,
    String core,
    OptionalLong clockHz,
    LibraryId library,
    String opt,
    Switch fpu,
    Switch asserts,
    String type,
    String weights,
    OptionalDouble supplyV,
    String supply,
    String regulator,
    String energyScope,
    String board,
    String mcu,
    String runtime,
    String runtimeVersion,
    String compiler,
    String compilerFlags) {
  /**
   * Whether the build is told well enough to be judged: library generation and optimisation level.
   */
  public boolean buildKnown() {
    return library.generationKnown() && !opt.isEmpty();
  }

  /** Whether the kernels were built as an Arduino library, which says so in its name. */
  public boolean arduino() {
    return (runtime + " " + runtimeVersion).toLowerCase(Locale.ROOT).contains("arduino");
  }
}
