package dev.thumbprint.explore.space;

import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.TargetOptions;

/**
 * One value of a setting.
 *
 * @param label how reports show it
 * @param applied what it does to the options of a target
 */
record Choice(String label, Applied applied) {
  /** Whatever the board has. */
  static final Choice AUTO = new Choice("auto", (options, board) -> {});

  /** What a value does. */
  interface Applied {
    void to(TargetOptions.Builder options, Board board);
  }
}
