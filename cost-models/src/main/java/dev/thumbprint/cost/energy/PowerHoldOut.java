package dev.thumbprint.cost.energy;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.board.ActivePower;
import dev.thumbprint.cost.board.ActivePower.Boundary;
import dev.thumbprint.cost.board.ActivePower.Workload;
import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.library.LibraryId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Judges the power model on what it has not seen: whole networks, whole boards. */
public final class PowerHoldOut {
  private final Map<String, Board> boards;
  private final List<EnergySample> samples;

  /** Judges on these samples of these boards. */
  public PowerHoldOut(Collection<Board> boards, List<EnergySample> samples) {
    this.boards = boards.stream().collect(Collectors.toMap(Board::id, Function.identity()));
    this.samples = List.copyOf(samples);
  }

  /**
   * Leaves out one network of one board at a time, in all libraries and types. Boards with a single
   * network are left out of the judgement: nothing measured on them would remain.
   */
  public List<HeldOut> leaveOneNetworkOut() {
    List<HeldOut> results = new ArrayList<>();
    Map<String, List<String>> networks = new TreeMap<>();
    for (EnergySample sample : samples) {
      List<String> known = networks.computeIfAbsent(sample.board(), board -> new ArrayList<>());
      if (!known.contains(sample.network())) {
        known.add(sample.network());
      }
    }
    networks.forEach(
        (board, names) -> {
          for (String name : names.size() < 2 ? List.<String>of() : names) {
            results.addAll(
                without(
                    boards,
                    sample -> sample.board().equals(board) && sample.network().equals(name)));
          }
        });
    return results;
  }

  /**
   * Leaves out one board at a time: its measurements, and every measured figure in its description.
   * What remains is the data sheet. Measurements of a whole board are left out of the judgement,
   * because a data sheet speaks of the part alone; so are boards without a figure.
   */
  public List<HeldOut> leaveOneBoardOut() {
    List<HeldOut> results = new ArrayList<>();
    for (String id : samples.stream().map(EnergySample::board).distinct().sorted().toList()) {
      Map<String, Board> described = new TreeMap<>(boards);
      described.put(id, dataSheetOnly(boards.get(id)));
      results.addAll(
          without(described, sample -> sample.board().equals(id)).stream()
              .filter(result -> partOnly(id))
              .toList());
    }
    return results;
  }

  private boolean partOnly(String board) {
    return samples.stream()
        .filter(sample -> sample.board().equals(board))
        .allMatch(sample -> sample.boundary() == Boundary.MCU);
  }

  private List<HeldOut> without(Map<String, Board> described, Predicate<EnergySample> out) {
    List<EnergySample> kept = samples.stream().filter(out.negate()).toList();
    PowerFit fit = new PowerCalibration(described.values()).fit(kept);
    List<HeldOut> results = new ArrayList<>();
    Map<String, List<EnergySample>> groups =
        samples.stream()
            .filter(out)
            .filter(EnergySample::multiplies)
            .collect(
                Collectors.groupingBy(
                    sample ->
                        sample.library()
                            + "/"
                            + sample.kind()
                            + "/"
                            + sample.network()
                            + "/"
                            + decivolts(sample)
                            + "/"
                            + sample.clockHz(),
                    TreeMap::new,
                    Collectors.toList()));
    for (List<EnergySample> group : groups.values()) {
      EnergySample first = group.getFirst();
      List<EnergySample> whole = group.stream().filter(sample -> !sample.layer()).toList();
      double recorded =
          (whole.isEmpty() ? group : whole)
              .stream().mapToDouble(EnergySample::powerMw).average().orElseThrow();
      PowerModel model = PowerModel.of(target(described.get(first.board()), first), fit);
      if (model.networkPowerMw(first.kind()) instanceof Estimate power) {
        results.add(
            new HeldOut(
                first.board(),
                first.library(),
                first.kind(),
                first.network(),
                power.value(),
                power.low(),
                power.high(),
                recorded,
                model.basis(first.kind()).orElse("")));
      }
    }
    return results;
  }

  /** The supply in steps that tell settings apart, not the noise of a voltmeter. */
  private static long decivolts(EnergySample sample) {
    return Math.round(10 * sample.volts().orElse(0));
  }

  /** The configuration of a sample. */
  static Target target(Board board, EnergySample sample) {
    TargetOptions.Builder options =
        TargetOptions.builder()
            .clockHz(Math.min(sample.clockHz(), board.clock().maxHz()))
            .kernels(LibraryId.parse(sample.library()))
            .regulator(sample.regulator().orElse(null));
    sample.volts().ifPresent(options::supplyVolts);
    return Target.of(board, options.build());
  }

  private static Board dataSheetOnly(Board board) {
    List<ActivePower> figures =
        board.active().stream().filter(figure -> figure.workload() != Workload.INFERENCE).toList();
    return new Board(
        board.id(),
        board.aliases(),
        board.title(),
        board.vendor(),
        board.mcu(),
        board.core(),
        board.fpu(),
        board.longMultiply(),
        board.clock(),
        board.flash(),
        board.caches(),
        board.ram(),
        board.arenaRegion(),
        board.externalFlash(),
        board.supply(),
        figures,
        board.sleep(),
        board.price(),
        board.notes(),
        board.calibration(),
        board.unknown());
  }
}
