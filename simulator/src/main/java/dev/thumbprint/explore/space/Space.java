package dev.thumbprint.explore.space;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.explore.space.Prices.Amount;
import dev.thumbprint.profile.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is explored: networks x boards x settings x periods, with limits and goals. A design has a
 * number from 0 to {@link #size} - 1; the network varies slowest, the period fastest. Immutable.
 */
public final class Space {
  private final String title;
  private final List<NetworkSource> sources;
  private final List<Board> boards;
  private final List<List<Choice>> settings;
  private final List<Double> periodsS;
  private final Optional<Battery> battery;
  private final List<Constraint> constraints;
  private final boolean mustFit;
  private final List<Objective> objectives;
  private final Sampler sampler;
  private final Prices prices;
  private final long networks;
  private final long configurations;

  Space(
      String title,
      List<NetworkSource> sources,
      List<Board> boards,
      List<List<Choice>> settings,
      List<Double> periodsS,
      Optional<Battery> battery,
      List<Constraint> constraints,
      boolean mustFit,
      List<Objective> objectives,
      Sampler sampler,
      Prices prices) {
    this.title = title;
    this.sources = List.copyOf(sources);
    this.boards = List.copyOf(boards);
    this.settings = List.copyOf(settings);
    this.periodsS = List.copyOf(periodsS);
    this.battery = battery;
    this.constraints = List.copyOf(constraints);
    this.mustFit = mustFit;
    this.objectives = List.copyOf(objectives);
    this.sampler = sampler;
    this.prices = prices;
    long sum = 0;
    for (NetworkSource source : sources) {
      sum = Math.addExact(sum, source.count());
    }
    networks = sum;
    long product = boards.size();
    for (List<Choice> choices : settings) {
      product = Math.multiplyExact(product, (long) choices.size());
    }
    configurations = product;
    Math.multiplyExact(Math.multiplyExact(networks, configurations), periods());
  }

  /** What the exploration is about, for reports. */
  public String title() {
    return title;
  }

  /** Number of designs. */
  public long size() {
    return networks * configurations * periods();
  }

  /** Number of networks. */
  public long networks() {
    return networks;
  }

  /** Number of configurations: boards times settings. */
  public long configurations() {
    return configurations;
  }

  /** Number of periods; 1 where there is no duty cycle. */
  public int periods() {
    return Math.max(1, periodsS.size());
  }

  /** The limits, in the order of the file. */
  public List<Constraint> constraints() {
    return constraints;
  }

  /** Whether a design has to fit its board. */
  public boolean mustFit() {
    return mustFit;
  }

  /** The goals, at least one. */
  public List<Objective> objectives() {
    return objectives;
  }

  /** Which points are looked at. */
  public Sampler sampler() {
    return sampler;
  }

  /** The battery, where there is one. */
  public Optional<Battery> battery() {
    return battery;
  }

  /** The boards. */
  public List<Board> boards() {
    return boards;
  }

  /** The price of a board, or empty where nobody says. */
  public Optional<Amount> price(Board board) {
    return prices.of(board);
  }

  /** Whether any figure asks for the price of a board. */
  boolean asksForPrice() {
    return objectives.stream().anyMatch(objective -> objective.measure() == Measure.PRICE);
  }

  /** Number of a network within the space. */
  public long networkOf(long point) {
    return point / (configurations * periods());
  }

  /** Number of a configuration within the space. */
  public long configurationOf(long point) {
    return point / periods() % configurations;
  }

  /** Number of a period within the space. */
  public int periodOf(long point) {
    return (int) (point % periods());
  }

  /** The number of a design. */
  public long point(long network, long configuration, int period) {
    return (network * configurations + configuration) * periods() + period;
  }

  /** The options of {@code profile} for a design's duty cycle; none where there is none. */
  public List<String> dutyOptions(long point) {
    return periodS(periodOf(point))
        .map(s -> List.of("--period", Labels.seconds(s)))
        .orElse(List.of());
  }

  /** A period in seconds, empty where there is no duty cycle. */
  public Optional<Double> periodS(int period) {
    return periodsS.isEmpty() ? Optional.empty() : Optional.of(periodsS.get(period));
  }

  /** What a network is called. */
  public String networkName(long network) {
    Placed placed = placed(network);
    return placed.source().name();
  }

  /** The parameters of a network as {@code width=0.25;resolution=96}; may be empty. */
  public String networkParameters(long network) {
    Placed placed = placed(network);
    return placed.source().parameters(placed.index());
  }

  /** Whether other commands know a network by its name. */
  public boolean namedNetwork(long network) {
    return placed(network).source() instanceof FixedNetwork;
  }

  /**
   * A network.
   *
   * @throws dev.thumbprint.model.InputException if its parameters give none
   */
  public Subject network(long network) {
    Placed placed = placed(network);
    return placed.source().network(placed.index());
  }

  private record Placed(NetworkSource source, long index) {}

  private Placed placed(long network) {
    long rest = network;
    for (NetworkSource source : sources) {
      if (rest < source.count()) {
        return new Placed(source, rest);
      }
      rest -= source.count();
    }
    throw new IllegalArgumentException("network %d of %d".formatted(network, networks));
  }

  /** The board of a configuration. */
  public Board board(long configuration) {
    return boards.get((int) (configuration / (configurations / boards.size())));
  }

  /**
   * A configuration.
   *
   * @throws BadDescription if the board cannot be run this way
   */
  public Target target(long configuration) {
    Board board = board(configuration);
    TargetOptions.Builder options = TargetOptions.builder();
    choices(configuration).forEach(choice -> choice.applied().to(options, board));
    return Target.of(board, options.build());
  }

  /** The options of other commands that give a configuration, the board left out. */
  public List<String> options(long configuration) {
    List<String> options = new ArrayList<>();
    List<Choice> choices = choices(configuration);
    List<Setting> all = List.of(Setting.values());
    for (int i = 0; i < choices.size(); i++) {
      Choice choice = choices.get(i);
      if (!choice.label().equals(Choice.AUTO.label())) {
        boolean max = choice.label().equals("max");
        options.add("--" + all.get(i).key());
        options.add(
            max ? Labels.hertz((double) board(configuration).clock().maxHz()) : choice.label());
      }
    }
    return options;
  }

  private List<Choice> choices(long configuration) {
    List<Choice> chosen = new ArrayList<>();
    long rest = configuration;
    for (int i = settings.size() - 1; i >= 0; i--) {
      List<Choice> choices = settings.get(i);
      chosen.addFirst(choices.get((int) (rest % choices.size())));
      rest /= choices.size();
    }
    return chosen;
  }

  /**
   * Everything that is varied, slowest first: the parameters of the networks where they are of one
   * source, else the networks; the board; the settings; the period.
   */
  public List<Axis> axes() {
    List<Axis> axes = new ArrayList<>();
    if (sources.size() == 1) {
      axes.addAll(sources.getFirst().axes());
    } else {
      List<String> labels = new ArrayList<>();
      for (long n = 0; n < networks; n++) {
        labels.add((networkName(n) + " " + networkParameters(n)).strip());
      }
      axes.add(new Axis("network", labels));
    }
    axes.add(new Axis("board", boards.stream().map(Board::id).toList()));
    for (Setting setting : Setting.values()) {
      List<Choice> choices = settings.get(setting.place());
      axes.add(new Axis(setting.key(), choices.stream().map(Choice::label).toList()));
    }
    axes.add(
        new Axis(
            "period",
            periodsS.isEmpty()
                ? List.of("none")
                : periodsS.stream().map(Labels::seconds).toList()));
    return axes;
  }
}
