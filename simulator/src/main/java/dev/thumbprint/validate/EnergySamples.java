package dev.thumbprint.validate;

import dev.thumbprint.cost.board.ActivePower.Boundary;
import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Regulator;
import dev.thumbprint.cost.energy.EnergySample;
import dev.thumbprint.cost.energy.KernelKind;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns recordings with energy into samples of power for the energy model. */
public final class EnergySamples {
  /**
   * A run whose power is a quarter below that of its three neighbours, and whose latency differs
   * from that of the performance run: an inconsistent file, never fitted.
   */
  private static final Set<String> INCONSISTENT =
      Set.of("mlperf-v1.1-stmicroelectronics-NUCLEO_L4R5ZI-ic");

  /** Networks and sweeps that the sources name differently from row to row. */
  private static final List<String> GROUPS =
      List.of("lenet", "resnet20", "convsweep", "dwsweep", "densesweep");

  /** Operators whose time is multiplication; the rest moves, compares or converts. */
  private static final Set<String> MULTIPLIES =
      Set.of("CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED", "ADD", "MUL");

  private static final Pattern VOLTS = Pattern.compile("([1-5]\\.[0-9]{1,2}) V");

  private EnergySamples() {}

  /**
   * Samples of the recordings that may be fitted: trust A or B, with time, energy and clock, on a
   * built-in board.
   */
  public static List<EnergySample> of(List<Recording> recordings) {
    List<EnergySample> samples = new ArrayList<>();
    for (Recording recording : recordings) {
      sample(recording).ifPresent(samples::add);
    }
    return List.copyOf(samples);
  }

  /** The sample of a recording, or empty where it cannot be used. */
  static Optional<EnergySample> sample(Recording recording) {
    Setting setting = recording.setting();
    OptionalDouble power = powerMw(recording);
    if (!recording.trust().fittable()
        || INCONSISTENT.contains(recording.id())
        || power.isEmpty()
        || setting.clockHz().isEmpty()
        || !Boards.isBuiltIn(setting.boardId())) {
      return Optional.empty();
    }
    Board board = Boards.named(setting.boardId());
    // Hybrid networks (integer weights, float activations) run at the speed of float kernels.
    boolean floating = Set.of("float32", "hybrid").contains(setting.type());
    Boundary boundary = setting.energyScope().equals("board") ? Boundary.BOARD : Boundary.MCU;
    return Optional.of(
        new EnergySample(
            board.id(),
            setting.library().toString(),
            KernelKind.of(setting.library().name(), floating),
            network(recording),
            recording.isLayer(),
            !recording.isLayer() || MULTIPLIES.contains(recording.work().op()),
            setting.clockHz().getAsLong(),
            volts(setting, boundary),
            regulator(setting, board),
            boundary,
            power.getAsDouble()));
  }

  private static OptionalDouble powerMw(Recording recording) {
    OptionalDouble energy = recording.measured().energyUj();
    OptionalDouble latency = recording.measured().latencyMs();
    if (recording.measured().powerMw().isPresent()) {
      return recording.measured().powerMw();
    }
    return energy.isPresent() && latency.isPresent() && latency.getAsDouble() > 0
        ? OptionalDouble.of(energy.getAsDouble() / latency.getAsDouble())
        : OptionalDouble.empty();
  }

  /** The supply of the part: measured, set, or as the source words it ({@code 1.8 V (log)}). */
  private static OptionalDouble volts(Setting setting, Boundary boundary) {
    if (setting.supplyV().isPresent() || boundary == Boundary.BOARD) {
      return setting.supplyV();
    }
    Matcher words = VOLTS.matcher(setting.supply());
    return words.lookingAt()
        ? OptionalDouble.of(Double.parseDouble(words.group(1)))
        : OptionalDouble.empty();
  }

  /** The regulator as recorded, else the only one that the part has. */
  private static Optional<Regulator> regulator(Setting setting, Board board) {
    if (!setting.regulator().isEmpty()) {
      return Optional.of(Regulator.valueOf(setting.regulator().toUpperCase(Locale.ROOT)));
    }
    List<Regulator> regulators = board.supply().regulators();
    return regulators.size() == 1 ? Optional.of(regulators.getFirst()) : Optional.empty();
  }

  /**
   * What is left out together: a network in all its types, or a whole sweep, whose models differ by
   * a channel.
   */
  private static String network(Recording recording) {
    String name =
        recording.work().network().isEmpty()
            ? recording.work().model()
            : recording.work().network();
    String lower = name.toLowerCase(Locale.ROOT);
    for (String group : GROUPS) {
      if (lower.contains(group)) {
        return group;
      }
    }
    return name;
  }
}
