package dev.thumbprint.study;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.profile.Profile;
import dev.thumbprint.profile.Profiler;
import dev.thumbprint.profile.Subject;
import dev.thumbprint.recorded.Contradictions;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Recordings;
import dev.thumbprint.recorded.Switch;
import dev.thumbprint.recorded.Trust;
import dev.thumbprint.run.LabelledSet;
import dev.thumbprint.run.RunOptions;
import dev.thumbprint.run.operators.OperatorTable;
import dev.thumbprint.study.phase.Accuracy;
import dev.thumbprint.train.DigitSet;
import dev.thumbprint.train.LenetValues;
import dev.thumbprint.validate.Samples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the rows of the study work with: the recordings, and simulations of the same networks in the
 * same configurations. Everything is computed once.
 */
public final class Lab {
  private static final String SOURCE = "heim2021";

  private final List<Recording> recordings;
  private final Map<String, List<Recording>> layersByModel;
  private final Samples samples = new Samples();
  private final Map<Setup, Target> targets = new HashMap<>();
  private final Map<StudyNetwork, Graph> graphs = new HashMap<>();
  private final Map<Object, Simulation> simulations = new HashMap<>();
  private final Map<Object, Accuracy> accuracies = new HashMap<>();
  private LabelledSet digits;

  /** Reads the recordings. */
  public Lab() {
    recordings =
        Recordings.builtIn().stream()
            .filter(row -> row.origin().source().equals(SOURCE))
            .filter(row -> Contradictions.of(row).isEmpty())
            .toList();
    layersByModel =
        recordings.stream()
            .filter(Recording::isLayer)
            .collect(Collectors.groupingBy(row -> row.work().model()));
  }

  /** The machine and build of a configuration. */
  public Target target(Setup setup) {
    return targets.computeIfAbsent(setup, Setup::target);
  }

  /** A network of the zoo. */
  public Graph graph(StudyNetwork network) {
    return graphs.computeIfAbsent(network, one -> Zoo.graph(one.zoo()));
  }

  /** A network of the study, simulated. */
  public Simulation simulate(StudyNetwork network, Setup setup) {
    List<Object> key = List.of(network, setup);
    Simulation known = simulations.get(key);
    if (known == null) {
      List<LayerWork> layers = Lowering.lower(graph(network));
      known =
          Simulation.of(
              network.zoo().startsWith("lenet") ? LenetValues.of(layers) : layers, target(setup));
      simulations.put(key, known);
    }
    return known;
  }

  /** A network of the study with the memory that it needs. */
  public Profile profile(StudyNetwork network, Setup setup) {
    Graph graph = graph(network);
    Subject subject = new Subject(Lowering.network(graph), Optional.of(graph));
    return Profiler.profile(subject, target(setup), false);
  }

  /** A member of a sweep, simulated. */
  public Simulation simulate(Sweep sweep, int value, int kernel, Setup setup) {
    String name = "heim/" + sweep.model(value, kernel);
    List<Object> key = List.of(name, setup);
    Simulation known = simulations.get(key);
    if (known == null) {
      List<LayerWork> layers =
          samples
              .layers(name)
              .orElseThrow(() -> new IllegalStateException("no operator list of " + name));
      known = Simulation.of(layers, target(setup));
      simulations.put(key, known);
    }
    return known;
  }

  /**
   * Recorded latency of a whole network in ms, mean over repeats; the timer's where there is one.
   */
  public OptionalDouble latencyMs(StudyNetwork network, Setup setup) {
    OptionalDouble timer =
        mean(rows(network, setup, row -> row.measured().energyUj().isEmpty()), Lab::ms);
    return timer.isPresent() ? timer : mean(rows(network, setup, row -> true), Lab::ms);
  }

  /** Recorded latency in ms of the inferences whose energy was recorded. */
  public OptionalDouble energyRunMs(StudyNetwork network, Setup setup) {
    return mean(rows(network, setup, row -> row.measured().energyUj().isPresent()), Lab::ms);
  }

  /** Recorded energy of a whole network in uJ. */
  public OptionalDouble energyUj(StudyNetwork network, Setup setup) {
    return mean(rows(network, setup, row -> true), row -> row.measured().energyUj());
  }

  /** Recorded size of the whole image in bytes. */
  public OptionalLong imageBytes(StudyNetwork network, Setup setup) {
    return rows(network, setup, row -> row.measured().flashBytes().isPresent()).stream()
        .mapToLong(row -> row.measured().flashBytes().getAsLong())
        .findFirst();
  }

  /** Recorded size of the model file in bytes, NaN where it is not recorded. */
  public double fileBytes(StudyNetwork network) {
    return recordings.stream()
        .filter(row -> isNetwork(row, network))
        .map(row -> row.extra().getOrDefault("tflite_bytes", ""))
        .filter(bytes -> !bytes.isEmpty())
        .mapToDouble(Double::parseDouble)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** The digits that accuracy is judged on. */
  public LabelledSet digits() {
    if (digits == null) {
      digits = DigitSet.test();
    }
    return digits;
  }

  /** How a model does on the digits. */
  public Accuracy accuracy(Graph graph, RunOptions options) {
    return accuracies.computeIfAbsent(
        List.of(graph.sha256(), options.toString()),
        key -> Accuracy.of(OperatorTable.prepare(graph, options), digits()));
  }

  /** Recorded latency of a layer in ms. */
  public OptionalDouble layerMs(StudyNetwork network, Setup setup, int layer) {
    return mean(layerRows(network.layerModel(), setup, layer, false), Lab::ms);
  }

  /** Recordings of a layer with energy. */
  public List<Recording> layerEnergies(StudyNetwork network, Setup setup) {
    return layersByModel.getOrDefault(network.layerModel(), List.of()).stream()
        .filter(row -> matches(row, setup))
        .filter(row -> row.measured().energyUj().isPresent())
        .filter(row -> row.trust() != Trust.C)
        .toList();
  }

  /** Recorded energy of a layer in uJ. */
  public OptionalDouble layerUj(StudyNetwork network, Setup setup, int layer) {
    return mean(
        layerRows(network.layerModel(), setup, layer, true), row -> row.measured().energyUj());
  }

  /** Recorded latency in ms of an operator of a sweep's member. */
  public OptionalDouble sweepMs(Sweep sweep, int value, int kernel, Setup setup, int layer) {
    return mean(layerRows(sweep.model(value, kernel), setup, layer, false), Lab::ms);
  }

  /** Recorded multiply-accumulates of an operator of a sweep's member. */
  public OptionalDouble sweepMacs(Sweep sweep, int value, int kernel, Setup setup, int layer) {
    return mean(
        layerRows(sweep.model(value, kernel), setup, layer, false),
        row ->
            row.work().macs().isPresent()
                ? OptionalDouble.of((double) row.work().macs().getAsLong())
                : OptionalDouble.empty());
  }

  /** Recorded energies and latencies of whole members of all sweeps. */
  public List<Recording> sweepEnergies(Setup setup) {
    return recordings.stream()
        .filter(row -> !row.isLayer() && row.work().model().contains("sweep"))
        .filter(row -> matches(row, setup))
        .filter(row -> row.measured().energyUj().isPresent() && row.trust() != Trust.C)
        .toList();
  }

  private List<Recording> layerRows(String model, Setup setup, int layer, boolean energy) {
    String name = layer + "_";
    return layersByModel.getOrDefault(model, List.of()).stream()
        .filter(row -> matches(row, setup))
        .filter(
            row ->
                row.work().layer().startsWith(name)
                    || row.work().layer().equals(String.valueOf(layer)))
        .filter(row -> row.measured().energyUj().isPresent() == energy)
        .toList();
  }

  private List<Recording> rows(StudyNetwork network, Setup setup, Predicate<Recording> wanted) {
    List<Recording> rows = new ArrayList<>();
    for (Recording row : recordings) {
      if (isNetwork(row, network) && matches(row, setup) && wanted.test(row)) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static boolean isNetwork(Recording row, StudyNetwork network) {
    return !row.isLayer()
        && row.work().network().equals(network.network())
        && row.setting().type().equals(network.type());
  }

  private static boolean matches(Recording row, Setup setup) {
    var setting = row.setting();
    return setting.boardId().equals(setup.board().id())
        && setting.library().toString().equals(setup.kernels().library().toString())
        && setting.opt().equals(setup.opt().label())
        && setting.fpu() == (setup.fpu() ? Switch.ON : Switch.OFF);
  }

  private static OptionalDouble ms(Recording row) {
    return row.measured().latencyMs();
  }

  private static OptionalDouble mean(
      List<Recording> rows, Function<Recording, OptionalDouble> figure) {
    return rows.stream()
        .map(figure)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .average();
  }
}
