package dev.thumbprint.validate;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Placement;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.calibration.Sample;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.recorded.Groups;
import dev.thumbprint.recorded.MeasuredWindow;
import dev.thumbprint.recorded.RecordedNetwork;
import dev.thumbprint.recorded.RecordedNetworks;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Switch;
import dev.thumbprint.train.LenetValues;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns recordings into samples: finds the board, the build and the network of each. */
public final class Samples {
  /** How recordings of pico-tflmicro say that both cores of RP2040 worked on a layer. */
  private static final String TWO_CORES = "DUAL-CORE";

  /** The study's LeNet, as a whole and layer by layer, in every type. */
  private static final String LENET = "lenet";

  /** What the built-in form of a network in floats is called beside its name. */
  private static final String FLOAT_FORM = "-float";

  /** How recordings say which layer of a network they are: its place, then its operator. */
  private static final Pattern PLACE = Pattern.compile("(\\d{1,6})_.*");

  private final Map<String, RecordedNetwork> networks;
  private final Map<Recording, String> damaged;
  private final Map<String, List<LayerWork>> layers = new HashMap<>();
  private final Map<String, Target> targets = new HashMap<>();

  private Board own;
  private Set<String> ownNames = Set.of();

  /**
   * Takes a description for the rows of a board.
   *
   * @param board the description
   * @param names names that the rows call it by; an empty one is a row that names none
   */
  public Samples withBoard(Board board, Set<String> names) {
    own = board;
    ownNames = Set.copyOf(names);
    return this;
  }

  /** Finds networks among the built-in ones only. */
  public Samples() {
    this(Map.of());
  }

  /** Finds networks among these first, then among the built-in ones, then in the zoo. */
  public Samples(Map<String, RecordedNetwork> own) {
    this(own, Map.of());
  }

  /**
   * The same, with rows that were damaged in their file.
   *
   * @param damaged what is wrong with each damaged row
   */
  public Samples(Map<String, RecordedNetwork> own, Map<Recording, String> damaged) {
    networks = Map.copyOf(own);
    this.damaged = Map.copyOf(damaged);
  }

  /**
   * The sample of a recording.
   *
   * @throws Refused where it cannot be priced; the message is the reason
   */
  public Sample of(Recording recording) throws Refused {
    Workload workload = workload(recording);
    double cycles = recording.cycles().orElse(0) - workload.besideCycles();
    if (!(cycles > 0)) {
      throw new Refused("no latency or cycles");
    }
    return new Sample(
        recording.id(),
        workload.layers(),
        workload.network(),
        workload.target(),
        cycles,
        recording.measured().energyUj());
  }

  /** Cycles that the source measured beside the inference. */
  private static double besideCycles(Recording recording, List<LayerWork> layers) {
    return MeasuredWindow.of(recording)
        .map(
            window ->
                window.cycles(
                    layers.size(),
                    layers.getFirst().input().elements(),
                    layers.getLast().output().elements()))
        .orElse(0.0);
  }

  /**
   * What a recording ran and on what, whether or not it tells how long it took.
   *
   * @throws Refused where it cannot be priced; the message is the reason
   */
  public Workload workload(Recording recording) throws Refused {
    String damage = damaged.get(recording);
    if (damage != null) {
      throw new Refused(damage);
    }
    if (recording.notes().contains(TWO_CORES) || recording.method().contains(TWO_CORES)) {
      throw new Refused("computed on two cores at once, expected one");
    }
    Target target = target(recording);
    boolean network = !recording.isLayer();
    List<LayerWork> work =
        network
            ? RecordedWork.completed(recording, network(recording))
            : List.of(RecordedWork.layer(recording));
    return new Workload(
        withValues(recording, work), network, target, besideCycles(recording, work));
  }

  /** The work with what is known of the values that it computes with. */
  private List<LayerWork> withValues(Recording recording, List<LayerWork> work) {
    if (Groups.network(recording).equals(LENET)) {
      return LenetValues.of(work);
    }
    LayerWork first = work.getFirst();
    boolean real = first.inputType() == DataType.FLOAT32 && first.filter().rank() > 0;
    return recording.isLayer() && real ? List.of(inNetwork(recording, first)) : work;
  }

  /** A float layer as it stands in its network, whose graph tells which values may be zero. */
  private LayerWork inNetwork(Recording recording, LayerWork work) {
    Matcher place = PLACE.matcher(recording.work().layer());
    Optional<List<LayerWork>> network = layers(Groups.network(recording) + FLOAT_FORM);
    if (!place.matches() || network.isEmpty()) {
      return work;
    }
    int index = Integer.parseInt(place.group(1));
    return network
        .filter(all -> index < all.size())
        .map(all -> all.get(index))
        .filter(there -> there.operator() == work.operator())
        .filter(there -> there.output().equals(work.output()))
        .map(there -> work.with(there.live()))
        .orElse(work);
  }

  /** The sample of a recording, or empty where it cannot be priced. */
  public Optional<Sample> find(Recording recording) {
    try {
      return Optional.of(of(recording));
    } catch (Refused e) {
      return Optional.empty();
    }
  }

  /**
   * The layers of a network that recordings name, such as {@code heim/lenet-int8} or a member of a
   * sweep, in order of execution; empty where no operator list is known.
   */
  public Optional<List<LayerWork>> layers(String network) {
    try {
      return Optional.of(find(network, network, false));
    } catch (Refused e) {
      return Optional.empty();
    }
  }

  private List<LayerWork> network(Recording recording) throws Refused {
    String name = recording.work().network();
    if (name.isEmpty()) {
      throw new Refused("no operator list of this network");
    }
    // Int8 weights with float activations run at the speed of float kernels.
    boolean real =
        recording.setting().type().equals("float32") || recording.setting().type().equals("hybrid");
    String key = name + (real ? FLOAT_FORM : "");
    List<LayerWork> known = layers.get(key);
    if (known == null) {
      known = find(name, key, real);
      layers.put(key, known);
    }
    return known;
  }

  private List<LayerWork> find(String name, String key, boolean real) throws Refused {
    Optional<RecordedNetwork> listed = listed(key).or(() -> real ? Optional.empty() : listed(name));
    if (listed.isPresent()) {
      return RecordedWork.network(listed.get());
    }
    if (Zoo.has(key)) {
      return Lowering.lower(Zoo.graph(key));
    }
    throw new Refused(
        real && Zoo.has(name)
            ? "no float form of this network"
            : "no operator list of this network");
  }

  private Optional<RecordedNetwork> listed(String name) {
    RecordedNetwork own = networks.get(name);
    return own == null ? RecordedNetworks.find(name) : Optional.of(own);
  }

  private Target target(Recording recording) throws Refused {
    var setting = recording.setting();
    String key =
        String.join(
            "|",
            setting.boardId(),
            setting.clockHz().toString(),
            setting.library().toString(),
            setting.opt(),
            setting.fpu().name(),
            setting.asserts().name(),
            String.valueOf(setting.arduino()),
            setting.weights(),
            setting.supplyV().toString());
    Target known = targets.get(key);
    if (known == null) {
      known = resolve(recording);
      targets.put(key, known);
    }
    return known;
  }

  private Target resolve(Recording recording) throws Refused {
    var setting = recording.setting();
    boolean isOwn = own != null && ownNames.contains(setting.boardId());
    if (!isOwn && setting.boardId().isEmpty()) {
      throw new Refused("board not told");
    }
    if (!isOwn && !Boards.isBuiltIn(setting.boardId())) {
      throw new Refused("board is not built in");
    }
    if (setting.library().name().isEmpty()) {
      throw new Refused("kernel library not told");
    }
    TargetOptions.Builder options =
        TargetOptions.builder()
            .kernels(new LibraryId(setting.library().name(), setting.library().generation()));
    OptLevel.ofLabel(setting.opt()).ifPresent(options::opt);
    if (setting.clockHz().isPresent()) {
      options.clockHz(setting.clockHz().getAsLong());
    }
    if (setting.fpu() != Switch.UNKNOWN) {
      options.fpu(setting.fpu() == Switch.ON);
    }
    if (setting.asserts().known()) {
      options.asserts(setting.asserts() == Switch.ON);
    }
    options.arduino(setting.arduino());
    for (Placement placement : Placement.values()) {
      if (placement.name().toLowerCase(Locale.ROOT).equals(setting.weights())) {
        options.weights(placement);
      }
    }
    try {
      Board board = isOwn ? own : Boards.named(setting.boardId());
      return Target.of(board, options.build());
    } catch (BadDescription e) {
      throw new Refused("setting not possible: " + e.getMessage());
    }
  }
}
