package dev.thumbprint.cost.pricing;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.BoardCalibration;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.KernelLibrary;
import dev.thumbprint.cost.work.LayerWork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The cost model: kernel libraries as code, with coefficients fitted to recordings.
 *
 * <p>Take a {@link Pricer} for a target once and keep it: it holds everything that does not depend
 * on the layer.
 */
public final class CostModel {
  private final List<CoefficientSet> sets;
  private final List<CoefficientSet> openSets;
  private final List<CoefficientSet> closedSets;
  private final Transfer transfer;
  private final Map<Target, Expectation> expectations = new ConcurrentHashMap<>();

  private final Intervals intervals;
  private final Map<String, BoardCalibration> own;
  private final List<String> files;

  /** A model with coefficients of one's own, without intervals that were looked at. */
  public CostModel(List<CoefficientSet> sets, Transfer transfer) {
    this(sets, transfer, Intervals.unknown(), Map.of(), List.of());
  }

  private CostModel(
      List<CoefficientSet> sets,
      Transfer transfer,
      Intervals intervals,
      Map<String, BoardCalibration> own,
      List<String> files) {
    this.sets = List.copyOf(sets);
    // Totals of closed runtimes tell nothing of loops that are known, nor these of them.
    openSets = sets.stream().filter(set -> !ClosedSpeed.isClosed(set.library())).toList();
    closedSets = sets.stream().filter(set -> ClosedSpeed.isClosed(set.library())).toList();
    this.transfer = transfer;
    this.intervals = intervals;
    this.own = Map.copyOf(own);
    this.files = List.copyOf(files);
  }

  /** The model with the coefficients that are shipped; read once. */
  public static CostModel shipped() {
    return Shipped.MODEL;
  }

  /** This model with more coefficient sets, which go before its own where both are as near. */
  public CostModel with(List<CoefficientSet> more) {
    List<CoefficientSet> all = new ArrayList<>(more);
    all.addAll(sets);
    return new CostModel(all, transfer, intervals, own, files);
  }

  /** This model with intervals. */
  public CostModel with(Intervals others) {
    return new CostModel(sets, transfer, others, own, files);
  }

  /** This model with what recordings of a board say, where its description has it. */
  public CostModel on(Board board) {
    return board
        .calibration()
        .map(
            numbers -> {
              Map<String, BoardCalibration> all = new HashMap<>(own);
              all.put(board.id(), numbers);
              return new CostModel(sets, transfer, intervals, all, files);
            })
        .orElse(this);
  }

  /**
   * This model with a line that names a file of one's own which it rests on.
   *
   * @param origin what the file is of, its name, and what it tells of itself
   */
  public CostModel naming(String origin) {
    List<String> all = new ArrayList<>(files);
    all.add(origin);
    return new CostModel(sets, transfer, intervals, own, all);
  }

  /** Files of one's own that it rests on, for the provenance of figures. */
  public List<String> files() {
    return files;
  }

  /** The coefficient sets. */
  public List<CoefficientSet> sets() {
    return sets;
  }

  /** Half-widths of intervals. */
  public Intervals intervals() {
    return intervals;
  }

  /** How cycles carry over between builds, cores and boards. */
  public Transfer transfer() {
    return transfer;
  }

  /**
   * What prices layers on a target.
   *
   * @throws BadDescription if the kernel library of the target is not known
   */
  public Pricer on(Target target) {
    KernelLibrary library =
        KernelLibraries.find(target.kernels(), target.roundsDoubles(), !target.fpu())
            .orElseThrow(
                () ->
                    new BadDescription(
                        "kernels",
                        "found '%s', expected a built-in kernel library"
                            .formatted(target.kernels()),
                        "'kernels list' shows what is built in"));
    Optional<ClosedSpeed> closed =
        library.coarse() ? ClosedSpeed.of(target, closedSets) : Optional.empty();
    // A target's hash is long, and the same few homes are asked for once for each term.
    IdentityHashMap<Target, Expectation> asked = new IdentityHashMap<>();
    return new Pricer(
        target,
        library,
        new Rates(
            target,
            library.coarse() ? closedSets : openSets,
            closed,
            wanted -> asked.computeIfAbsent(wanted, this::expectation),
            intervals,
            transfer.boards().containsKey(target.board().id()),
            Optional.ofNullable(own.get(target.board().id()))));
  }

  private Expectation expectation(Target target) {
    return expectations.computeIfAbsent(
        target, wanted -> Expectation.of(wanted, openSets, transfer));
  }

  /**
   * The cost of one layer on a target. For many layers take {@link #on} once.
   *
   * @throws BadDescription if the kernel library of the target is not known
   */
  public LayerCost price(LayerWork work, Target target) {
    return on(target).layer(work);
  }

  /** Reads the shipped coefficients at first use. */
  private static final class Shipped {
    static final CostModel MODEL =
        new CostModel(Coefficients.shipped(), Coefficients.shippedTransfer())
            .with(Coefficients.shippedIntervals());
  }
}
