package dev.thumbprint.explain;

import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.library.Term.Kind;
import dev.thumbprint.cost.pricing.LayerCost;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Cycles of a layer by what the core spends them on.
 *
 * @param compute arithmetic: multiply-accumulates, requantisation, element-wise work
 * @param copies copies and fills, such as those of im2col
 * @param overhead calls, dispatch and set-up
 * @param unaligned word loads that do not start on a word
 * @param codeFetch waiting for instructions
 * @param weightFetch waiting for weights
 */
public record Parts(
    double compute,
    double copies,
    double overhead,
    double unaligned,
    double codeFetch,
    double weightFetch) {
  /** Nothing. */
  public static final Parts NONE = new Parts(0, 0, 0, 0, 0, 0);

  /** The parts of a priced layer; they add up to its cycles, and to 0 where it has none. */
  public static Parts of(LayerCost cost) {
    Parts sum = NONE;
    for (LayerCost.Share share : cost.breakdown()) {
      sum = sum.plus(of(share));
    }
    return sum;
  }

  private static Parts of(LayerCost.Share share) {
    double inside = finite(share.trips() * share.computeCycles());
    double code = finite(share.trips() * share.codeFetchCycles());
    double weights = finite(share.trips() * share.weightFetchCycles());
    Kind kind = share.term().kind();
    if (share.term() == Term.UNALIGNED) {
      return new Parts(0, 0, 0, inside, code, weights);
    }
    return switch (kind) {
      case COPY -> new Parts(0, inside, 0, 0, code, weights);
      case CALL, TENSORS -> new Parts(0, 0, inside, 0, code, weights);
      case FETCH -> new Parts(0, 0, 0, 0, inside + code, weights);
      case WEIGHTS -> new Parts(0, 0, 0, 0, code, inside + weights);
      default -> new Parts(inside, 0, 0, 0, code, weights);
    };
  }

  private static double finite(double cycles) {
    return Double.isFinite(cycles) ? cycles : 0;
  }

  /** Both together. */
  public Parts plus(Parts other) {
    return new Parts(
        compute + other.compute,
        copies + other.copies,
        overhead + other.overhead,
        unaligned + other.unaligned,
        codeFetch + other.codeFetch,
        weightFetch + other.weightFetch);
  }

  /** Cycles of all parts. */
  public double total() {
    return compute + copies + overhead + unaligned + codeFetch + weightFetch;
  }

  /** The parts by their names in reports, in their order. */
  public Map<String, Double> toMap() {
    Map<String, Double> map = new LinkedHashMap<>();
    map.put("compute", compute);
    map.put("copies", copies);
    map.put("overhead", overhead);
    map.put("unaligned", unaligned);
    map.put("code_fetch", codeFetch);
    map.put("weight_fetch", weightFetch);
    return map;
  }
}
