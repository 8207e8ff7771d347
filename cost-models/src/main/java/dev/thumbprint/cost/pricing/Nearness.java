package dev.thumbprint.cost.pricing;

import dev.thumbprint.cost.library.Term;

/** How near the recordings are that tell what a term takes on a target; from near to far. */
public enum Nearness {
  /** The same build on the same board. */
  HOME,
  /** A closed runtime: its totals were recorded, its kernels are not known. */
  CLOSED,
  /**
   * The same build on the same board, by three networks or more, which do not tell its coefficients
   * apart.
   */
  FEW,
  /** The same board: another build, or this one by the layers of one network. */
  SAME_BOARD,
  /** Another board, but two numbers of this one are known. */
  KNOWN_BOARD,
  /** Another board. */
  OTHER_BOARD,
  /** No recording, but code of the kind was executed on an emulated core. */
  EXECUTED,
  /** Recordings of other code: another family of kernels, a unit for floating point or none. */
  OTHER_CODE,
  /** Recorded nowhere: a closed runtime, or a vector build, whose counts nobody has timed. */
  NOTHING;

  /** Share of the cycles that the farthest recordings have to tell before they count. */
  private static final double COUNTS = 0.1;

  /** Steps from which on the recordings are of other code; see {@link Distance}. */
  static final double OTHER_CODE_STEPS = 8;

  private static final Nearness[] ALL = values();

  /** Number of constants; ordinals are below it. */
  static int count() {
    return ALL.length;
  }

  /**
   * How near a term is told.
   *
   * @param from the nearest coefficients that have the term, null where none has
   * @param known whether two numbers of the board are known
   * @param vector whether the build uses vectors
   */
  static Nearness of(Term term, Distance from, boolean known, boolean vector) {
    if (from == null) {
      return vector ? NOTHING : EXECUTED;
    }
    if (from.away(term) >= OTHER_CODE_STEPS) {
      return OTHER_CODE;
    }
    if (from.away(term) == 0 && from.set().settled()) {
      return HOME;
    }
    if (from.away(term) == 0 && from.set().byNetworks()) {
      return FEW;
    }
    if (from.sameBoard()) {
      return SAME_BOARD;
    }
    return known ? KNOWN_BOARD : OTHER_BOARD;
  }

  /**
   * How far the errors of a term are carried. Each step between machines or builds adds an error of
   * its own, so that the squares add up: the error grows with the root of the steps. It is never
   * less than at home.
   *
   * @param from the nearest coefficients that have the term, null where none has
   */
  double reach(Term term, Distance from) {
    return switch (this) {
      case FEW, SAME_BOARD, KNOWN_BOARD, OTHER_BOARD -> Math.max(1, Math.sqrt(from.carried(term)));
      case HOME, CLOSED, EXECUTED, OTHER_CODE, NOTHING -> 1;
    };
  }

  /**
   * The farthest that a tenth of the cycles rests on.
   *
   * @param cycles cycles by nearness
   */
  static Nearness farthest(double[] cycles) {
    double total = 0;
    for (double part : cycles) {
      total += part;
    }
    double beyond = 0;
    for (int i = ALL.length - 1; i > 0; i--) {
      beyond += cycles[i];
      if (beyond > COUNTS * total) {
        return ALL[i];
      }
    }
    return HOME;
  }
}
