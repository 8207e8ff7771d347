package dev.thumbprint.cli;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Placement;
import dev.thumbprint.cost.board.Regulator;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.pricing.CoefficientSet;
import dev.thumbprint.cost.pricing.Coefficients;
import dev.thumbprint.cost.pricing.CostModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The board and its configuration, as every command that prices something takes them. */
final class TargetMixin {
  @Option(
      names = {"-b", "--board"},
      required = true,
      paramLabel = "NAME|FILE.yaml",
      description = "Board: a built-in name (see boards list) or a description of your own.")
  String board;

  @Option(
      names = "--clock",
      paramLabel = "80MHz",
      converter = Quantities.Hertz.class,
      description = "Clock of the core. Default: the board's.")
  Long clockHz;

  @Option(
      names = "--wait-states",
      paramLabel = "N",
      description = "Flash wait states. Default: what the clock and the voltage ask for.")
  Integer waitStates;

  @Option(
      names = "--caches",
      paramLabel = "on|off",
      description = "Caches and flash accelerator. Default: on.")
  OnOff caches;

  @Option(
      names = "--prefetch",
      paramLabel = "on|off",
      description = "Flash prefetch. Default: the board's.")
  OnOff prefetch;

  @Option(
      names = "--kernels",
      paramLabel = "NAME|FILE.yaml",
      description =
          "Kernel library, such as cmsis-nn@2024 (see kernels list), or coefficients of your own."
              + " Default: the newest CMSIS-NN.")
  String kernels;

  @Option(
      names = "--opt",
      paramLabel = "Os|O2|O3|Ofast",
      converter = Level.class,
      description = "Optimisation level of the kernels. Default: O2.")
  OptLevel opt;

  @Option(
      names = "--asserts",
      paramLabel = "on|off",
      description = "Whether the kernels keep their assertions (no NDEBUG). Default: off.")
  OnOff asserts;

  @Option(
      names = "--arduino",
      paramLabel = "on|off",
      description =
          "Whether TFLM is built as an Arduino library, where QUANTIZE of floats rounds as doubles."
              + " Default: off.")
  OnOff arduino;

  @Option(
      names = "--fpu",
      paramLabel = "on|off",
      description = "Floating-point unit used by the build. Default: on where the part has one.")
  OnOff fpu;

  @Option(
      names = "--weights",
      paramLabel = "flash|ram|tcm|xip",
      description = "Where the weights live. Default: flash.")
  Placement weights;

  @Option(
      names = "--arena",
      paramLabel = "REGION",
      description = "RAM region that holds the arena. Default: the board's.")
  String arena;

  @Option(
      names = "--supply",
      paramLabel = "1.8V",
      converter = Quantities.Volts.class,
      description = "Supply voltage. Default: the board's.")
  Double supplyVolts;

  @Option(
      names = "--regulator",
      paramLabel = "ldo|smps",
      description = "Regulator in use. Default: the board's.")
  Regulator regulator;

  @Option(
      names = "--period",
      paramLabel = "1s",
      converter = Quantities.Period.class,
      description = "One inference in every period, asleep in between: average power.")
  Double periodMs;

  /** The period that was asked for, in ms. */
  OptionalDouble periodMs() {
    return periodMs == null ? OptionalDouble.empty() : OptionalDouble.of(periodMs);
  }

  /**
   * The target that was asked for.
   *
   * @throws IOException if the board's file cannot be read
   */
  Target target() throws IOException {
    return on(boardDescription());
  }

  /**
   * Another board in the configuration that was asked for.
   *
   * @throws IOException if a file cannot be read
   */
  Target on(Board other) throws IOException {
    return Target.of(other, options());
  }

  /**
   * The cost model that was asked for: the shipped one, and one's own coefficients where a file of
   * them was given.
   *
   * @throws IOException if the file cannot be read
   */
  CostModel model() throws IOException {
    CostModel model = CostModel.shipped();
    if (ownKernels()) {
      List<CoefficientSet> sets = ownSets();
      model = model.with(sets).naming("kernels: " + nameOf(kernels) + ", " + described(sets));
    }
    if (board == null) {
      return model;
    }
    Board description = boardDescription();
    return isYaml(board)
        ? model.on(description).naming("board: " + nameOf(board) + ", " + described(description))
        : model.on(description);
  }

  /** The name alone: reports are passed on, and folders are nobody else's business. */
  private static String nameOf(String file) {
    return String.valueOf(Path.of(file).getFileName());
  }

  private static String described(List<CoefficientSet> sets) {
    CoefficientSet first = sets.getFirst();
    int rows = sets.stream().mapToInt(CoefficientSet::rows).sum();
    return "%s -%s on %s, %s, rows: %d"
        .formatted(
            first.library(),
            first.opt().label(),
            first.home().board().id(),
            first.source().label(),
            rows);
  }

  private static String described(Board description) {
    if (Boards.isBuiltIn(description.id())) {
      return Boards.named(description.id()).equals(description)
          ? "the same as the built-in " + description.id()
          : "under the name of the built-in " + description.id();
    }
    return description
        .calibration()
        .map(own -> "calibrated, rows: %d, by %s".formatted(own.rows(), own.source().text()))
        .orElse("not calibrated");
  }

  /**
   * What is told of recordings that leave it open.
   *
   * @param ofBoard whether that holds for the board as well
   * @throws IOException if a file cannot be read
   */
  RowDefaults rowDefaults(boolean ofBoard) throws IOException {
    return RowDefaults.of(board == null || !ofBoard ? "" : boardDescription().id(), options());
  }

  /** Whether the board or the kernels are files. */
  boolean namesFiles() {
    return isYaml(board) || ownKernels();
  }

  private boolean ownKernels() {
    return kernels != null && isYaml(kernels);
  }

  private static boolean isYaml(String name) {
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.contains("/");
  }

  private List<CoefficientSet> ownSets() throws IOException {
    Optional<Board> own = board == null ? Optional.empty() : Optional.of(boardDescription());
    List<CoefficientSet> sets =
        Coefficients.read(
            Path.of(kernels),
            name -> own.filter(one -> one.id().equals(name)).orElseGet(() -> Boards.named(name)));
    if (sets.isEmpty()) {
      throw new BadDescription(kernels, "no sets, expected at least one", "");
    }
    return sets;
  }

  private LibraryId library() throws IOException {
    return ownKernels() ? ownSets().getFirst().library() : KernelName.library(kernels).id();
  }

  private Board boardDescription() throws IOException {
    return isYaml(board) ? Boards.recognised(Boards.read(Path.of(board))) : Boards.named(board);
  }

  private TargetOptions options() throws IOException {
    return TargetOptions.builder()
        .clockHz(clockHz)
        .waitStates(waitStates)
        .caches(OnOff.of(caches))
        .prefetch(OnOff.of(prefetch))
        .kernels(kernels == null ? null : library())
        .opt(opt == null && ownKernels() ? ownSets().getFirst().opt() : opt)
        .asserts(OnOff.of(asserts))
        .arduino(OnOff.of(arduino))
        .fpu(OnOff.of(fpu))
        .weights(weights)
        .arena(arena)
        .supplyVolts(supplyVolts)
        .regulator(regulator)
        .build();
  }

  /** Reads an optimisation level. */
  static final class Level implements ITypeConverter<OptLevel> {
    @Override
    public OptLevel convert(String text) {
      return OptLevel.ofLabel(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'" + text + "' is none of the levels Os, O2, O3, Ofast"));
    }
  }
}
