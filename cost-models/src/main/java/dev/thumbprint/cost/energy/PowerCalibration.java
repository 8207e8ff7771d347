package dev.thumbprint.cost.energy;

import dev.thumbprint.cost.board.ActivePower;
import dev.thumbprint.cost.board.ActivePower.Boundary;
import dev.thumbprint.cost.board.ActivePower.Workload;
import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Citation;
import dev.thumbprint.cost.board.Regulator;
import dev.thumbprint.cost.energy.PowerScaling.Configuration;
import dev.thumbprint.cost.energy.PowerScaling.Scaled;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Fits power to measurements: a geometric mean over networks for each board, library and kind of
 * kernels (each network counts once, however many layers of it were measured), and the factors
 * between kinds, operators and figures of data sheets as means over boards.
 */
public final class PowerCalibration {
  private final Map<String, Board> boards;

  /** A calibration for samples of these boards. */
  public PowerCalibration(Collection<Board> boards) {
    this.boards = boards.stream().collect(Collectors.toMap(Board::id, Function.identity()));
  }

  /**
   * Fits all factors and levels.
   *
   * @throws IllegalArgumentException if a sample names a board that was not given
   */
  public PowerFit fit(List<EnergySample> samples) {
    Map<Key, List<EnergySample>> groups = new TreeMap<>();
    for (EnergySample sample : samples) {
      if (!boards.containsKey(sample.board())) {
        throw new IllegalArgumentException("no board " + sample.board());
      }
      groups.computeIfAbsent(Key.of(sample), key -> new ArrayList<>()).add(sample);
    }
    List<PowerEntry> entries = new ArrayList<>();
    Pool networkPool = new Pool();
    Pool layerPool = new Pool();
    Map<String, List<Double>> light = new TreeMap<>();
    groups.forEach(
        (key, group) -> entry(key, group, networkPool, layerPool, light).ifPresent(entries::add));
    return new PowerFit(
        entries,
        kindRatios(entries),
        ratios(light, PowerFit.UNSEEN_RATIO_SPREAD),
        figureRatios(entries),
        networkPool.spread(),
        layerPool.spread(),
        campaignSpread(entries));
  }

  private static Optional<PowerEntry> entry(
      Key key,
      List<EnergySample> group,
      Pool networkPool,
      Pool layerPool,
      Map<String, List<Double>> light) {
    Map<String, List<EnergySample>> networks =
        group.stream()
            .filter(EnergySample::multiplies)
            .collect(
                Collectors.groupingBy(EnergySample::network, TreeMap::new, Collectors.toList()));
    if (networks.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Double> means = new TreeMap<>();
    networks.forEach((network, rows) -> means.put(network, meanLog(rows, key)));
    List<Double> levels = List.copyOf(means.values());
    networkPool.add(levels);
    for (List<EnergySample> rows : networks.values()) {
      layerPool.add(rows.stream().filter(EnergySample::layer).map(key::level).toList());
    }
    List<Double> ratios =
        group.stream()
            .filter(row -> !row.multiplies() && means.containsKey(row.network()))
            .map(row -> key.level(row) - means.get(row.network()))
            .toList();
    if (!ratios.isEmpty()) {
      light.computeIfAbsent(key.board(), board -> new ArrayList<>()).add(mean(ratios));
    }
    ActivePower figure = key.figure(Math.exp(mean(levels)), group.getFirst());
    return Optional.of(
        new PowerEntry(
            key.board(),
            key.library(),
            key.kind(),
            figure,
            means.size(),
            group.size(),
            spread(levels)));
  }

  /** Power of a kind over that of optimised kernels, on boards that show both. */
  private Map<String, Ratio> kindRatios(List<PowerEntry> entries) {
    Map<String, List<Double>> logs = new TreeMap<>();
    for (PowerEntry entry : entries) {
      if (entry.kind() == KernelKind.OPTIMISED) {
        continue;
      }
      List<Double> optimised =
          entries.stream()
              .filter(other -> other.board().equals(entry.board()))
              .filter(other -> other.kind() == KernelKind.OPTIMISED)
              .map(other -> carried(other.figure(), entry.figure()))
              .flatMap(Optional::stream)
              .toList();
      if (!optimised.isEmpty()) {
        String key = PowerFit.key(boards.get(entry.board()).core(), entry.kind());
        double log = Math.log(entry.figure().milliwatts().orElseThrow()) - mean(optimised);
        logs.computeIfAbsent(key, _ -> new ArrayList<>()).add(log);
      }
    }
    Map<String, Ratio> ratios = new TreeMap<>();
    logs.forEach((key, values) -> ratios.put(key, ratio(values, 0.05)));
    return ratios;
  }

  /** Factors by board, as means by core. */
  private Map<String, Ratio> ratios(Map<String, List<Double>> byBoard, double singleSpread) {
    Map<String, List<Double>> byCore = new TreeMap<>();
    byBoard.forEach(
        (board, logs) ->
            byCore
                .computeIfAbsent(boards.get(board).core().label(), core -> new ArrayList<>())
                .add(mean(logs)));
    Map<String, Ratio> ratios = new TreeMap<>();
    byCore.forEach((core, logs) -> ratios.put(core, ratio(logs, singleSpread / 2)));
    return ratios;
  }

  /** Measured power over the figures of data sheets. */
  private Map<String, Ratio> figureRatios(List<PowerEntry> entries) {
    Map<String, Ratio> ratios = new TreeMap<>();
    for (Workload workload : new Workload[] {Workload.COREMARK, Workload.HEADLINE}) {
      Map<String, List<Double>> logs = new TreeMap<>();
      for (PowerEntry entry : entries) {
        if (entry.figure().boundary() == Boundary.BOARD || entry.kind() != KernelKind.OPTIMISED) {
          continue;
        }
        for (ActivePower figure : boards.get(entry.board()).active()) {
          Optional<Double> carried = carried(figure, entry.figure());
          if (figure.workload() == workload && carried.isPresent()) {
            double log = Math.log(entry.figure().milliwatts().orElseThrow()) - carried.get();
            logs.computeIfAbsent(entry.board(), board -> new ArrayList<>()).add(log);
          }
        }
      }
      if (!logs.isEmpty()) {
        List<Double> means = logs.values().stream().map(PowerCalibration::mean).toList();
        ratios.put(workload.label(), ratio(means, PowerFit.SINGLE_FIGURE_SPREAD));
      }
    }
    return ratios;
  }

  /** Spread between libraries and firmwares of one kind on one board. */
  private double campaignSpread(List<PowerEntry> entries) {
    Pool pool = new Pool();
    Map<String, List<PowerEntry>> byBoard =
        entries.stream()
            .collect(
                Collectors.groupingBy(
                    entry -> entry.board() + "/" + entry.kind(),
                    TreeMap::new,
                    Collectors.toList()));
    for (List<PowerEntry> group : byBoard.values()) {
      List<Double> logs =
          group.stream()
              .map(entry -> carried(entry.figure(), group.getFirst().figure()))
              .flatMap(Optional::stream)
              .toList();
      pool.add(logs);
    }
    return pool.spread();
  }

  /** Logarithm of a figure in the configuration of another. */
  private static Optional<Double> carried(ActivePower figure, ActivePower to) {
    return PowerScaling.carry(figure, new Configuration(to.clockHz(), to.volts(), to.regulator()))
        .map(Scaled::milliwatts)
        .map(Math::log);
  }

  private static Ratio ratio(List<Double> logs, double singleSpread) {
    double spread =
        logs.size() < 2 ? singleSpread : spread(logs) * Math.sqrt(1 + 1.0 / logs.size());
    return new Ratio(Math.exp(mean(logs)), spread, logs.size());
  }

  private static double meanLog(List<EnergySample> rows, Key key) {
    List<EnergySample> whole = rows.stream().filter(row -> !row.layer()).toList();
    return mean((whole.isEmpty() ? rows : whole).stream().map(key::level).toList());
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static double spread(List<Double> values) {
    if (values.size() < 2) {
      return 0;
    }
    double mean = mean(values);
    double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / (values.size() - 1));
  }

  /** Spread within several groups, each about its own mean. */
  private static final class Pool {
    /** Spread where no group has two values. */
    private static final double SPREAD_UNSEEN = 0.05;

    private double squares;
    private int freedom;

    void add(List<Double> group) {
      if (group.size() > 1) {
        double spread = PowerCalibration.spread(group);
        squares += spread * spread * (group.size() - 1);
        freedom += group.size() - 1;
      }
    }

    double spread() {
      return freedom == 0 ? SPREAD_UNSEEN : Math.sqrt(squares / freedom);
    }
  }

  /** What one level is fitted for. Behind an LDO all supplies share one current. */
  private record Key(
      String board,
      String library,
      KernelKind kind,
      long clockHz,
      Optional<Regulator> regulator,
      Boundary boundary,
      OptionalDouble volts)
      implements Comparable<Key> {

    static Key of(EnergySample sample) {
      String library = sample.kind() == KernelKind.FLOAT ? "float" : sample.library();
      boolean current =
          sample.volts().isPresent()
              && sample.boundary() == Boundary.MCU
              && sample.regulator().equals(Optional.of(Regulator.LDO));
      return new Key(
          sample.board(),
          library,
          sample.kind(),
          sample.clockHz(),
          sample.regulator(),
          sample.boundary(),
          current ? OptionalDouble.empty() : sample.volts());
    }

    private boolean current() {
      return volts.isEmpty()
          && boundary == Boundary.MCU
          && regulator.equals(Optional.of(Regulator.LDO));
    }

    /** Logarithm of the current in mA behind an LDO, else of the power in mW. */
    double level(EnergySample sample) {
      return current() && sample.volts().isPresent()
          ? Math.log(sample.powerMw() / sample.volts().getAsDouble())
          : Math.log(sample.powerMw());
    }

    ActivePower figure(double level, EnergySample example) {
      boolean isCurrent = current() && example.volts().isPresent();
      return new ActivePower(
          Workload.INFERENCE,
          clockHz,
          example.volts(),
          regulator,
          boundary,
          isCurrent ? OptionalDouble.of(level) : OptionalDouble.empty(),
          isCurrent ? OptionalDouble.empty() : OptionalDouble.of(level),
          new Citation("fitted to recordings"));
    }

    @Override
    public int compareTo(Key other) {
      return Objects.toString(this).compareTo(Objects.toString(other));
    }
  }
}
