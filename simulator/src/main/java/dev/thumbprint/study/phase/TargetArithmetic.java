package dev.thumbprint.study.phase;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.model.InputException;
import dev.thumbprint.run.Dialect;
import dev.thumbprint.run.RunOptions;

/** How the kernels of a target compute. */
public final class TargetArithmetic {
  private TargetArithmetic() {}

  /**
   * Options that give the bits of the target's kernel library.
   *
   * @throws InputException if the bits of that library are not known
   */
  public static RunOptions of(Target target) {
    return RunOptions.defaults().with(Dialect.parse(target.kernels().toString()));
  }
}
