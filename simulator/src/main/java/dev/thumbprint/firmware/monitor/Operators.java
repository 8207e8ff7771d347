package dev.thumbprint.firmware.monitor;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.energy.KernelKind;
import dev.thumbprint.cost.energy.PowerModel;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.firmware.retime.PartTime;
import dev.thumbprint.model.Layer;
import dev.thumbprint.model.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parts of a run that are operators of a network, and what they cost. */
final class Operators {
  /** Name of the part that is the interpreter itself. */
  static final String INTERPRETER = "interpreter";

  /** Kind of an operator of an unknown model. */
  static final String UNKNOWN = "?";

  private static final Pattern PART = Pattern.compile("(\\d{1,6}) ([A-Z0-9_]+|\\?) (.+)");

  private Operators() {}

  /** Name of the part for an operator. */
  static String part(int index, Optional<Network> network, String function) {
    String name =
        layer(index, network).map(layer -> layer.work().operator().name()).orElse(UNKNOWN);
    return "%d %s %s".formatted(index, name, function);
  }

  /** Number of the operator that a part is; empty for other parts. */
  static OptionalInt index(String part) {
    Matcher matcher = PART.matcher(part);
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  /** Kind of the operator that a part is, as far as the run knew it. */
  static String kind(String part) {
    Matcher matcher = PART.matcher(part);
    return matcher.matches() ? matcher.group(2) : UNKNOWN;
  }

  static Optional<Layer> layer(int index, Optional<Network> network) {
    return network
        .filter(known -> index < known.layers().size())
        .map(known -> known.layers().get(index));
  }

  /** The operators among parts. */
  static List<Emulation.Operator> of(
      List<PartTime> parts, Optional<Network> network, Target target) {
    List<Emulation.Operator> operators = new ArrayList<>();
    for (PartTime part : parts) {
      Matcher matcher = PART.matcher(part.name());
      if (matcher.matches()) {
        int index = Integer.parseInt(matcher.group(1));
        Optional<Layer> layer = layer(index, network);
        String name = layer.map(known -> known.work().operator().name()).orElse(matcher.group(2));
        operators.add(
            new Emulation.Operator(
                index, name, matcher.group(3), layer, part, energyUj(part, layer, target)));
      }
    }
    return operators;
  }

  /** The interpreter and everything it called. */
  static Optional<PartTime> inference(List<PartTime> parts) {
    List<PartTime> inside =
        parts.stream()
            .filter(part -> part.name().equals(INTERPRETER) || PART.matcher(part.name()).matches())
            .toList();
    return inside.stream()
        .filter(part -> part.name().equals(INTERPRETER))
        .findFirst()
        .map(
            interpreter ->
                inside.stream()
                    .filter(part -> !part.name().equals(INTERPRETER))
                    .reduce(interpreter, PartTime::plus));
  }

  /** Cycles with the interval of the code cache. */
  static Estimate cycles(PartTime part) {
    long cycles = part.cycles();
    return new Estimate(
        cycles,
        cycles + Math.min(0, part.cacheStallLow() - part.cacheStall()),
        cycles + Math.max(0, part.cacheStallHigh() - part.cacheStall()),
        Source.EMULATED);
  }

  private static Metric energyUj(PartTime part, Optional<Layer> layer, Target target) {
    PowerModel power = PowerModel.of(target);
    Estimate timeMs = cycles(part).times(1e3 / target.clockHz());
    if (layer.isPresent()) {
      return power.layerEnergyUj(layer.get().work(), timeMs);
    }
    return times(power.networkPowerMw(KernelKind.of(target, DataType.INT8)), timeMs);
  }

  /** Power in mW for a time in ms: energy in uJ. */
  static Metric times(Metric powerMw, Estimate timeMs) {
    return switch (powerMw) {
      case Estimate p ->
          new Estimate(
              p.value() * timeMs.value(),
              p.low() * timeMs.low(),
              p.high() * timeMs.high(),
              p.source().weaker(timeMs.source()));
      case Unavailable none -> none;
    };
  }
}
