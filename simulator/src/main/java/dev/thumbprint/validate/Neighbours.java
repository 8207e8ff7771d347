package dev.thumbprint.validate;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.Pricer;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Recordings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The built-in recordings nearest to a case, so that a reader sees what an estimate rests on. Rows
 * that are scored apart (build not told, contradicted) are left out.
 */
public final class Neighbours {
  private static final double OTHER_TYPE = 2;
  private static final double OTHER_LIBRARY = 1;
  private static final double OTHER_GENERATION = 0.3;
  private static final double OTHER_CORE = 0.5;
  private static final double OTHER_BOARD = 0.2;
  private static final double OTHER_FLAGS = 0.2;

  private final CostModel model;
  private final List<Recording> rows = new ArrayList<>();
  private final Map<Recording, Workload> workloads = new HashMap<>();
  private final Map<Target, Pricer> pricers = new HashMap<>();

  /** Resolves the built-in recordings. */
  public Neighbours(CostModel model) {
    this.model = model;
    Samples samples = new Samples();
    for (Recording row : Recordings.builtIn()) {
      if (Validation.fittable(row) && row.cycles().isPresent()) {
        try {
          workloads.put(row, samples.workload(row));
          rows.add(row);
        } catch (Refused unpriced) {
          // What cannot be resolved cannot be near.
        }
      }
    }
  }

  /** The recordings of single operators nearest to a layer, nearest first. */
  public List<Neighbour> of(LayerWork work, Target target, int count) {
    List<Neighbour> found = new ArrayList<>();
    for (Recording row : rows) {
      Workload workload = workloads.get(row);
      if (!workload.network() && workload.layers().getFirst().operator() == work.operator()) {
        found.add(neighbour(row, workload, shapes(work, workload.layers().getFirst()), target));
      }
    }
    return nearest(found, count);
  }

  /** The recordings of whole networks nearest to one, nearest first. */
  public List<Neighbour> of(List<LayerWork> network, Target target, int count) {
    List<Neighbour> found = new ArrayList<>();
    for (Recording row : rows) {
      Workload workload = workloads.get(row);
      if (workload.network()) {
        double macs = ratio(macs(network), macs(workload.layers()));
        double layers = ratio(network.size(), workload.layers().size());
        double type = type(network.getFirst(), workload.layers().getFirst());
        found.add(neighbour(row, workload, macs + layers + type, target));
      }
    }
    return nearest(found, count);
  }

  private static List<Neighbour> nearest(List<Neighbour> found, int count) {
    Set<String> seen = new HashSet<>();
    return found.stream()
        .sorted(
            Comparator.comparingDouble(Neighbour::distance)
                .thenComparing(neighbour -> neighbour.recording().id()))
        .filter(neighbour -> seen.add(what(neighbour.recording())))
        .limit(count)
        .toList();
  }

  /** What ran on what: repeated measurements of one case are shown once. */
  private static String what(Recording row) {
    return String.join(
        " ",
        row.isLayer() ? row.work().signature() : row.work().network(),
        row.setting().boardId(),
        row.setting().library().toString());
  }

  private Neighbour neighbour(Recording row, Workload workload, double shapes, Target target) {
    Target there = workload.target();
    List<String> differs = new ArrayList<>();
    double distance = shapes;
    if (shapes > 0) {
      differs.add("shapes");
    }
    if (!there.kernels().family().equals(target.kernels().family())) {
      distance += OTHER_LIBRARY;
      differs.add("library");
    } else if (!there.kernels().equals(target.kernels())) {
      distance += OTHER_GENERATION;
      differs.add("generation");
    }
    if (there.board().core() != target.board().core()) {
      distance += OTHER_CORE;
      differs.add("core");
    }
    if (!there.board().id().equals(target.board().id())) {
      distance += OTHER_BOARD;
      differs.add("board");
    }
    boolean flags =
        there.opt() == target.opt()
            && there.asserts() == target.asserts()
            && there.clockHz() == target.clockHz();
    if (!flags) {
      distance += OTHER_FLAGS;
      differs.add("flags or clock");
    }
    double toMs = 1e3 / there.clockHz();
    return new Neighbour(
        row,
        distance,
        String.join(", ", differs),
        row.cycles().orElseThrow() * toMs,
        predicted(workload, toMs));
  }

  /** All that the row's source measured, as it stands beside. */
  private OptionalDouble predicted(Workload workload, double toMs) {
    Pricer pricer = pricers.computeIfAbsent(workload.target(), model::on);
    Metric cycles =
        workload.network()
            ? pricer.network(workload.layers()).cycles()
            : pricer.layer(workload.layers().getFirst()).cycles();
    return cycles instanceof Estimate estimate
        ? OptionalDouble.of((estimate.value() + workload.besideCycles()) * toMs)
        : OptionalDouble.empty();
  }

  private static double shapes(LayerWork one, LayerWork other) {
    return ratio(one.input().elements(), other.input().elements())
        + ratio(one.output().elements(), other.output().elements())
        + ratio(one.filter().elements(), other.filter().elements())
        + ratio(one.output().dimFromEnd(0), other.output().dimFromEnd(0))
        + type(one, other);
  }

  private static double type(LayerWork one, LayerWork other) {
    return one.inputType() == other.inputType() ? 0 : OTHER_TYPE;
  }

  private static long macs(List<LayerWork> network) {
    return network.stream().mapToLong(LayerWork::macs).sum();
  }

  private static double ratio(long one, long other) {
    return Math.abs(Math.log(Math.max(1, one) / (double) Math.max(1, other)));
  }
}
