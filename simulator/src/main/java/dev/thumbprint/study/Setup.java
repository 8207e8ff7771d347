package dev.thumbprint.study;

import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import java.util.ArrayList;
import java.util.List;

/**
 * A configuration of the study.
 *
 * @param board the board
 * @param kernels the kernel library
 * @param opt optimisation level
 * @param fpu whether the floating-point unit is used
 */
public record Setup(StudyBoard board, Kernels kernels, OptLevel opt, boolean fpu) {
  /** The boards of the study at the clocks of the study. */
  public enum StudyBoard {
    L4("nucleo-l496zg", 80_000_000L, 0),
    F4("disco-f469ni", 180_000_000L, 1),
    F7("nucleo-f767zi", 216_000_000L, 2);

    private final String id;
    private final long clockHz;
    private final int colour;

    StudyBoard(String id, long clockHz, int colour) {
      this.id = id;
      this.clockHz = clockHz;
      this.colour = colour;
    }

    /** Number of its colour in plots. */
    int colour() {
      return colour;
    }

    /** Name of the built-in board. */
    public String id() {
      return id;
    }
  }

  /** The kernels of the study, each with the generation that it used. */
  public enum Kernels {
    CMSIS_NN("cmsis-nn@2020-03", "CMSIS-NN"),
    REFERENCE("tflm-reference@2020", "reference");

    private final String library;
    private final String label;

    Kernels(String library, String label) {
      this.library = library;
      this.label = label;
    }

    /** The library. */
    public LibraryId library() {
      return LibraryId.parse(library);
    }

    @Override
    public String toString() {
      return label;
    }
  }

  /** The optimisation levels of the study. */
  public static final List<OptLevel> LEVELS = List.of(OptLevel.OFAST, OptLevel.OS);

  /** -Ofast with the floating-point unit: what the study uses unless it says otherwise. */
  public static Setup fast(StudyBoard board, Kernels kernels) {
    return new Setup(board, kernels, OptLevel.OFAST, true);
  }

  /** Every configuration of the study. */
  public static List<Setup> all() {
    List<Setup> all = new ArrayList<>();
    for (StudyBoard board : StudyBoard.values()) {
      for (Kernels kernels : Kernels.values()) {
        for (OptLevel opt : LEVELS) {
          all.add(new Setup(board, kernels, opt, true));
          all.add(new Setup(board, kernels, opt, false));
        }
      }
    }
    return all;
  }

  /** This configuration at another optimisation level. */
  public Setup with(OptLevel other) {
    return new Setup(board, kernels, other, fpu);
  }

  /** This configuration with the floating-point unit used or not. */
  public Setup withFpu(boolean used) {
    return new Setup(board, kernels, opt, used);
  }

  /** The machine and build. */
  public Target target() {
    return Target.of(
        Boards.named(board.id),
        TargetOptions.builder()
            .clockHz(board.clockHz)
            .kernels(kernels.library())
            .opt(opt)
            .fpu(fpu)
            .build());
  }

  @Override
  public String toString() {
    return "%s %s -%s%s".formatted(board, kernels, opt.label(), fpu ? "" : " no FPU");
  }
}
