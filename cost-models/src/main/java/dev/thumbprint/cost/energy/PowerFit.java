package dev.thumbprint.cost.energy;

import dev.thumbprint.cost.board.ActivePower.Workload;
import dev.thumbprint.cost.core.Core;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What measurements of power teach: a level for each board, library and kind of kernels, and
 * factors for what was not measured.
 *
 * @param entries measured levels
 * @param kindRatio by core and kind ({@code cortex-m7/reference}): power over that of optimised
 *     kernels
 * @param lightRatio by core: power of operators that hardly multiply (pooling, quantise, softmax,
 *     copies) over that of those that do
 * @param figureRatio by workload: power of inference over a figure of a data sheet
 * @param networkSpread standard deviation of the logarithm of power from network to network
 * @param layerSpread the same from layer to layer of one network
 * @param campaignSpread the same between firmwares on one board: clock tree, voltage range, library
 */
public record PowerFit(
    List<PowerEntry> entries,
    Map<String, Ratio> kindRatio,
    Map<String, Ratio> lightRatio,
    Map<String, Ratio> figureRatio,
    double networkSpread,
    double layerSpread,
    double campaignSpread) {

  /** Spread of a factor that no board has shown. */
  static final double UNSEEN_RATIO_SPREAD = 0.10;

  /** Spread of a data-sheet factor learnt from a single board. */
  static final double SINGLE_FIGURE_SPREAD = 0.30;

  public PowerFit {
    entries = List.copyOf(entries);
    kindRatio = Map.copyOf(new TreeMap<>(kindRatio));
    lightRatio = Map.copyOf(new TreeMap<>(lightRatio));
    figureRatio = Map.copyOf(new TreeMap<>(figureRatio));
  }

  /** Fitted numbers in all. */
  public int constants() {
    return entries.size() + kindRatio.size() + lightRatio.size() + figureRatio.size();
  }

  /** Measured levels of a board. */
  public List<PowerEntry> of(String board) {
    return entries.stream().filter(entry -> entry.board().equals(board)).toList();
  }

  Ratio kindRatio(Core core, KernelKind kind) {
    return kind == KernelKind.OPTIMISED
        ? new Ratio(1, 0, 1)
        : kindRatio.getOrDefault(key(core, kind), Ratio.unknown(UNSEEN_RATIO_SPREAD));
  }

  Ratio lightRatio(Core core) {
    return lightRatio.getOrDefault(core.label(), Ratio.unknown(UNSEEN_RATIO_SPREAD));
  }

  Ratio figureRatio(Workload workload) {
    return workload == Workload.INFERENCE
        ? new Ratio(1, campaignSpread, 1)
        : figureRatio.get(workload.label());
  }

  static String key(Core core, KernelKind kind) {
    return core.label() + "/" + kind.label();
  }
}
