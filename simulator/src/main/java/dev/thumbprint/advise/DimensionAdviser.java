package dev.thumbprint.advise;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.Pricer;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Proposes dimensions that the kernels of a target like better, though the network has as many
 * parameters or more: channels and lengths rounded up to a multiple of 4 or 16, depthwise windows
 * of 1x1 folded away. Every proposal is simulated; one that does not gain is not made.
 */
public final class DimensionAdviser {
  /**
   * Multiples that kernels unroll by: 4 lanes of a 2 x 2 product, 16 of a dense row
   * (arXiv:2104.10645, Figs. 4 and 5).
   */
  private static final int[] MULTIPLES = {4, 16};

  /** A gain that a reader can see, as a share of the network. */
  private static final double SHARE_LEAST = 0.001;

  private final Pricer pricer;
  private final double clockKhz;

  private DimensionAdviser(Target target) {
    pricer = CostModel.shipped().on(target);
    clockKhz = target.clockHz() / 1e3;
  }

  /** What would help, best first; empty where the network cannot be priced. */
  public static List<DimensionAdvice> advise(List<LayerWork> network, Target target) {
    return new DimensionAdviser(target).advise(network);
  }

  private List<DimensionAdvice> advise(List<LayerWork> network) {
    OptionalDouble now = milliseconds(network);
    List<DimensionAdvice> advice = new ArrayList<>();
    if (now.isEmpty()) {
      return advice;
    }
    for (int layer = 0; layer < network.size(); layer++) {
      LayerWork work = network.get(layer);
      if (Widening.applies(work)) {
        widen(network, layer, now.getAsDouble(), advice);
      }
      if (work.operator() == Operator.DEPTHWISE_CONV_2D && isPointwise(work)) {
        fold(network, layer, now.getAsDouble(), advice);
      }
    }
    advice.sort(Comparator.comparingDouble((DimensionAdvice one) -> -one.gainMs()));
    return List.copyOf(advice);
  }

  private void widen(
      List<LayerWork> network, int layer, double nowMs, List<DimensionAdvice> advice) {
    int channels = network.get(layer).output().dim(-1);
    DimensionAdvice best = null;
    for (int multiple : MULTIPLES) {
      int wanted = (channels + multiple - 1) / multiple * multiple;
      if (wanted == channels) {
        continue;
      }
      List<LayerWork> changed = Widening.of(network, layer, wanted).orElse(null);
      OptionalDouble then = changed == null ? OptionalDouble.empty() : milliseconds(changed);
      if (then.isPresent()) {
        double gain = nowMs - then.getAsDouble();
        if (gain > SHARE_LEAST * nowMs && (best == null || gain > best.gainMs())) {
          String words = "%d to %d output channels".formatted(channels, wanted);
          String id = "channels-multiple-of-" + multiple;
          best = new DimensionAdvice(layer, id, words, gain, changed);
        }
      }
    }
    if (best != null) {
      advice.add(best);
    }
  }

  private void fold(
      List<LayerWork> network, int layer, double nowMs, List<DimensionAdvice> advice) {
    List<LayerWork> without = new ArrayList<>(network);
    without.remove(layer);
    OptionalDouble then = without.isEmpty() ? OptionalDouble.empty() : milliseconds(without);
    if (then.isPresent() && nowMs - then.getAsDouble() > SHARE_LEAST * nowMs) {
      String words = "fold the 1x1 depthwise convolution into its neighbour: it scales channels";
      advice.add(
          new DimensionAdvice(
              layer, "no-depthwise-1x1", words, nowMs - then.getAsDouble(), without));
    }
  }

  private static boolean isPointwise(LayerWork work) {
    return work.window().height() == 1
        && work.window().width() == 1
        && work.window().strideHeight() == 1
        && work.window().strideWidth() == 1
        && work.input().elements() == work.output().elements();
  }

  private OptionalDouble milliseconds(List<LayerWork> network) {
    return pricer.network(network).cycles() instanceof Estimate cycles
        ? OptionalDouble.of(cycles.value() / clockKhz)
        : OptionalDouble.empty();
  }
}
