package dev.thumbprint.cost.board;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A board in one configuration: everything that moves a result and is no property of the network.
 *
 * @param board the board
 * @param clockHz clock of the core
 * @param waitStates extra flash cycles per read at the clock of the flash, empty where not known
 * @param caches whether caches and flash accelerator are on
 * @param prefetch whether the flash reads ahead
 * @param kernels kernel library
 * @param opt optimisation level of the kernels
 * @param asserts whether the kernels keep their assertions
 * @param arduino whether the kernels are compiled as an Arduino library, where QUANTIZE rounds as
 *     doubles
 * @param fpu whether the floating-point unit is used
 * @param weights where the weights live
 * @param arena RAM region that holds the arena
 * @param supplyVolts supply voltage, empty where not known
 * @param regulator regulator in use, empty where not known
 * @param assumptions what had to be assumed because the board does not say, in words
 */
public record Target(
    Board board,
    long clockHz,
    OptionalInt waitStates,
    boolean caches,
    boolean prefetch,
    LibraryId kernels,
    OptLevel opt,
    boolean asserts,
    boolean arduino,
    boolean fpu,
    Placement weights,
    Ram arena,
    OptionalDouble supplyVolts,
    Optional<Regulator> regulator,
    List<String> assumptions) {

  /** Kernel library of a profile unless told otherwise: the newest generation of CMSIS-NN. */
  public static final LibraryId DEFAULT_KERNELS = new LibraryId("cmsis-nn", "2026");

  /** Optimisation level unless told otherwise: what TFLM's own makefile uses for kernels. */
  public static final OptLevel DEFAULT_OPT = OptLevel.O2;

  public Target {
    assumptions = List.copyOf(assumptions);
  }

  /**
   * The configuration that a user asked for, with defaults for the rest: newest CMSIS-NN
   * generation, -O2, assertions off, weights in flash, arena in the board's default RAM, caches on,
   * clock, supply and regulator as the board has them, wait states as clock and voltage ask for.
   *
   * @throws BadDescription if the board cannot be run this way
   */
  public static Target of(Board board, TargetOptions options) {
    return new TargetChoice(board, options).target();
  }

  /** Whether floats are rounded as doubles, by software. */
  public boolean roundsDoubles() {
    return arduino && !(fpu && board.fpu() == Fpu.DOUBLE);
  }

  /** This configuration with other kernels. */
  public Target withKernels(LibraryId other) {
    return withBuild(other, opt);
  }

  /** This configuration with its weights in another memory. */
  public Target withWeights(Placement other) {
    return new Target(
        board,
        clockHz,
        waitStates,
        caches,
        prefetch,
        kernels,
        opt,
        asserts,
        arduino,
        fpu,
        other,
        arena,
        supplyVolts,
        regulator,
        assumptions);
  }

  /** This configuration with other kernels, compiled otherwise. */
  public Target withBuild(LibraryId otherKernels, OptLevel otherOpt) {
    return new Target(
        board,
        clockHz,
        waitStates,
        caches,
        prefetch,
        otherKernels,
        otherOpt,
        asserts,
        arduino,
        fpu,
        weights,
        arena,
        supplyVolts,
        regulator,
        assumptions);
  }
}
