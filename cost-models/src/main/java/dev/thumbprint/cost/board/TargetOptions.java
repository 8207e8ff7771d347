package dev.thumbprint.cost.board;

import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import java.util.Optional;

/**
 * What a user said about a configuration; empty means: take the default.
 *
 * @param clockHz clock of the core
 * @param waitStates flash wait states, instead of those that clock and voltage ask for
 * @param caches caches and flash accelerator on or off
 * @param prefetch flash prefetch on or off
 * @param kernels kernel library
 * @param opt optimisation level
 * @param asserts whether the kernels keep their assertions
 * @param arduino whether the kernels are compiled as an Arduino library
 * @param fpu whether the floating-point unit is used
 * @param weights where the weights live
 * @param arena name of the RAM region that holds the arena
 * @param supplyVolts supply voltage
 * @param regulator regulator in use
 */
public record TargetOptions(
    Optional<Long> clockHz,
    Optional<Integer> waitStates,
    Optional<Boolean> caches,
    Optional<Boolean> prefetch,
    Optional<LibraryId> kernels,
    Optional<OptLevel> opt,
    Optional<Boolean> asserts,
    Optional<Boolean> arduino,
    Optional<Boolean> fpu,
    Optional<Placement> weights,
    Optional<String> arena,
    Optional<Double> supplyVolts,
    Optional<Regulator> regulator) {

  /** Nothing said: all defaults. */
  public static final TargetOptions DEFAULTS = builder().build();

  /** Starts from nothing said. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects what was said; a null argument means nothing was. */
  public static final class Builder {
    private Optional<Long> clockHz = Optional.empty();
    private Optional<Integer> waitStates = Optional.empty();
    private Optional<Boolean> caches = Optional.empty();
    private Optional<Boolean> prefetch = Optional.empty();
    private Optional<LibraryId> kernels = Optional.empty();
    private Optional<OptLevel> opt = Optional.empty();
    private Optional<Boolean> asserts = Optional.empty();
    private Optional<Boolean> arduino = Optional.empty();
    private Optional<Boolean> fpu = Optional.empty();
    private Optional<Placement> weights = Optional.empty();
    private Optional<String> arena = Optional.empty();
    private Optional<Double> supplyVolts = Optional.empty();
    private Optional<Regulator> regulator = Optional.empty();

    private Builder() {}

    /** Clock of the core in Hz. */
    public Builder clockHz(Long value) {
      clockHz = Optional.ofNullable(value);
      return this;
    }

    /** Flash wait states. */
    public Builder waitStates(Integer value) {
      waitStates = Optional.ofNullable(value);
      return this;
    }

    /** Caches and flash accelerator on or off. */
    public Builder caches(Boolean value) {
      caches = Optional.ofNullable(value);
      return this;
    }

    /** Flash prefetch on or off. */
    public Builder prefetch(Boolean value) {
      prefetch = Optional.ofNullable(value);
      return this;
    }

    /** Kernel library. */
    public Builder kernels(LibraryId value) {
      kernels = Optional.ofNullable(value);
      return this;
    }

    /** Optimisation level. */
    public Builder opt(OptLevel value) {
      opt = Optional.ofNullable(value);
      return this;
    }

    /** Whether the kernels keep their assertions. */
    public Builder asserts(Boolean value) {
      asserts = Optional.ofNullable(value);
      return this;
    }

    /** Whether the kernels are compiled as an Arduino library. */
    public Builder arduino(Boolean value) {
      arduino = Optional.ofNullable(value);
      return this;
    }

    /** Whether the floating-point unit is used. */
    public Builder fpu(Boolean value) {
      fpu = Optional.ofNullable(value);
      return this;
    }

    /** Where the weights live. */
    public Builder weights(Placement value) {
      weights = Optional.ofNullable(value);
      return this;
    }

    /** Name of the RAM region that holds the arena. */
    public Builder arena(String value) {
      arena = Optional.ofNullable(value);
      return this;
    }

    /** Supply voltage. */
    public Builder supplyVolts(Double value) {
      supplyVolts = Optional.ofNullable(value);
      return this;
    }

    /** Regulator in use. */
    public Builder regulator(Regulator value) {
      regulator = Optional.ofNullable(value);
      return this;
    }

    /** What was said. */
    public TargetOptions build() {
      return new TargetOptions(
          clockHz,
          waitStates,
          caches,
          prefetch,
          kernels,
          opt,
          asserts,
          arduino,
          fpu,
          weights,
          arena,
          supplyVolts,
          regulator);
    }
  }
}
