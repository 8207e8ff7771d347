package dev.thumbprint.cost.pricing;

import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Placement;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.library.Term.Kind;
import dev.thumbprint.cost.memory.CodeCache;
import dev.thumbprint.cost.memory.RamBus;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.yaml.Section;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads coefficient files; the package {@code calibration} writes them. */
public final class Coefficients {
  /** The shipped files of coefficient sets. */
  public static final List<String> FILES =
      List.of("emulated.yaml", "cmsis-nn.yaml", "tflm-reference.yaml", "other-runtimes.yaml");

  /** The shipped file of factors between builds, cores and boards. */
  public static final String TRANSFER = "transfer.yaml";

  /** The shipped file of half-widths of intervals. */
  public static final String INTERVALS = "intervals.yaml";

  private static final double CYCLES_MAX = 1e9;
  private static final double RAM_READ_CYCLES_MAX = 100;
  private static final double FACTOR_MAX = 1000;
  private static final Set<String> WORDS_ON_OFF = Set.of("on", "off");
  private static final Set<String> OPT =
      Stream.of(OptLevel.values()).map(OptLevel::label).collect(Collectors.toSet());
  private static final Set<String> PLACES =
      Stream.of(Placement.values()).map(Placement::label).collect(Collectors.toSet());
  private static final Set<String> SOURCES =
      Stream.of(Source.values()).map(Source::label).collect(Collectors.toSet());

  private Coefficients() {}

  /** The shipped file that a set belongs to. */
  public static String file(CoefficientSet set) {
    if (set.source() != Source.CALIBRATED) {
      return "emulated.yaml";
    }
    String family = set.library().family();
    return FILES.contains(family + ".yaml") ? family + ".yaml" : "other-runtimes.yaml";
  }

  /** The shipped coefficient sets. */
  public static List<CoefficientSet> shipped() {
    List<CoefficientSet> sets = new ArrayList<>();
    for (String file : FILES) {
      sets.addAll(read(file, resource(file)));
    }
    return List.copyOf(sets);
  }

  /** The shipped factors. */
  public static Transfer shippedTransfer() {
    return readTransfer(TRANSFER, resource(TRANSFER));
  }

  /**
   * Reads a file of coefficient sets.
   *
   * @throws dev.thumbprint.cost.BadDescription if it is damaged
   */
  public static List<CoefficientSet> read(String file, String text) {
    return sets(Section.parse(file, text), Boards::named);
  }

  /**
   * Reads a file of coefficient sets of one's own, in the form of the shipped ones.
   *
   * @param boards the boards that the file names
   * @throws IOException if it cannot be read
   * @throws dev.thumbprint.cost.BadDescription if it is damaged
   */
  public static List<CoefficientSet> read(Path file, Function<String, Board> boards)
      throws IOException {
    return sets(Section.read(file), boards);
  }

  private static List<CoefficientSet> sets(Section file, Function<String, Board> boards) {
    Section root = file.version(1).allow("version", "command", "sets");
    return root.sections("sets").stream().map(set -> set(set, boards)).toList();
  }

  private static CoefficientSet set(Section section, Function<String, Board> boards) {
    section.allow(
        "library",
        "board",
        "clock_hz",
        "wait_states",
        "opt",
        "asserts",
        "arduino",
        "fpu",
        "weights",
        "arena",
        "source",
        "rows",
        "networks",
        "held_out_error_pct",
        "data",
        "spread",
        "cycles",
        "code_misses",
        "ram_reads",
        "told");
    TargetOptions.Builder options =
        TargetOptions.builder()
            .clockHz((long) section.number("clock_hz", 1, 1e10))
            .kernels(LibraryId.parse(section.text("library")))
            .opt(OptLevel.ofLabel(section.word("opt", OPT)).orElseThrow())
            .asserts(section.word("asserts", WORDS_ON_OFF).equals("on"))
            .fpu(section.word("fpu", WORDS_ON_OFF).equals("on"));
    if (section.has("arduino")) {
      options.arduino(section.word("arduino", WORDS_ON_OFF).equals("on"));
    }
    if (section.has("weights")) {
      String place = section.word("weights", PLACES).toUpperCase(Locale.ROOT);
      options.weights(Placement.valueOf(place));
    }
    if (section.has("arena")) {
      options.arena(section.text("arena"));
    }
    if (section.known("wait_states")) {
      options.waitStates(section.integer("wait_states", 0, 15));
    }
    Target home = Target.of(boards.apply(section.text("board")), options.build());
    Map<CodeCache, Figures<Term>> misses = new EnumMap<>(CodeCache.class);
    Section caches = section.section("code_misses");
    for (String key : caches.keys()) {
      CodeCache cache =
          CodeCache.ofLabel(key)
              .orElseThrow(() -> caches.problem(key, "no such cache", "see CodeCache"));
      misses.put(cache, terms(caches.section(key)));
    }
    return new CoefficientSet(
        home,
        Source.valueOf(section.word("source", SOURCES).toUpperCase(Locale.ROOT)),
        section.integer("rows", 0, 10_000_000),
        section.has("networks") ? section.integer("networks", 0, 10_000_000) : 0,
        terms(section.section("cycles")),
        misses,
        section.has("ram_reads") ? terms(section.section("ram_reads")) : Figures.none(Term.class),
        section.has("told") ? terms(section.section("told"), 1) : Figures.none(Term.class),
        section.has("spread") ? section.number("spread", 0, 10) : Double.NaN);
  }

  private static Figures<Term> terms(Section section) {
    return terms(section, CYCLES_MAX);
  }

  private static Figures<Term> terms(Section section, double most) {
    Map<Term, Double> figures = new EnumMap<>(Term.class);
    for (String key : section.keys()) {
      Term term =
          Term.ofLabel(key).orElseThrow(() -> section.problem(key, "no such term", "see Term"));
      figures.put(term, section.number(key, 0, most));
    }
    return Figures.of(Term.class, figures);
  }

  /**
   * Reads a file of factors.
   *
   * @throws dev.thumbprint.cost.BadDescription if it is damaged
   */
  public static Transfer readTransfer(String file, String text) {
    Section root =
        Section.parse(file, text)
            .version(1)
            .allow("version", "command", "opt", "core", "ram_read_cycles", "boards");
    Map<OptLevel, Figures<Kind>> opt = new EnumMap<>(OptLevel.class);
    Section levels = root.section("opt");
    for (String key : levels.keys()) {
      opt.put(OptLevel.ofLabel(key).orElseThrow(), kinds(levels.section(key)));
    }
    Map<Core, Figures<Kind>> core = new EnumMap<>(Core.class);
    Section cores = root.section("core");
    for (String key : cores.keys()) {
      core.put(Core.ofLabel(key).orElseThrow(), kinds(cores.section(key)));
    }
    Map<RamBus, Double> ramReads = new EnumMap<>(RamBus.class);
    Section buses = root.section("ram_read_cycles");
    for (String key : buses.keys()) {
      RamBus bus =
          RamBus.ofLabel(key).orElseThrow(() -> buses.problem(key, "no such bus", "see RamBus"));
      ramReads.put(bus, buses.number(key, 0, RAM_READ_CYCLES_MAX));
    }
    Map<String, Transfer.BoardNumbers> boards = new HashMap<>();
    Section numbers = root.section("boards");
    for (String key : numbers.keys()) {
      Section board = numbers.section(key).allow("code", "weights", "rows");
      boards.put(
          key,
          new Transfer.BoardNumbers(
              board.number("code", 0, 100),
              board.number("weights", 0, 100),
              board.integer("rows", 0, 10_000_000)));
    }
    return new Transfer(opt, core, Figures.of(RamBus.class, ramReads), boards);
  }

  private static Figures<Kind> kinds(Section section) {
    Map<Kind, Double> factors = new EnumMap<>(Kind.class);
    for (String key : section.keys()) {
      factors.put(Kind.valueOf(key.toUpperCase(Locale.ROOT)), section.number(key, 1e-4, 100));
    }
    return Figures.of(Kind.class, factors);
  }

  /** The shipped half-widths of intervals. */
  public static Intervals shippedIntervals() {
    return readIntervals(INTERVALS, resource(INTERVALS));
  }

  /**
   * Reads a file of half-widths of intervals.
   *
   * @throws dev.thumbprint.cost.BadDescription if it is damaged
   */
  public static Intervals readIntervals(String file, String text) {
    Section root =
        Section.parse(file, text).version(1).allow("version", "command", "bands", "builds");
    Map<Nearness, Intervals.Band> bands = new EnumMap<>(Nearness.class);
    Section sections = root.section("bands");
    for (String key : sections.keys()) {
      Section band =
          sections
              .section(key)
              .allow("layers", "networks", "operators", "errors", "network_errors");
      bands.put(
          Nearness.valueOf(key.toUpperCase(Locale.ROOT)),
          new Intervals.Band(
              kinds(band.section("errors")), kinds(band.section("network_errors")), factors(band)));
    }
    Map<String, Factors> builds = new HashMap<>();
    for (Section build : root.sections("builds")) {
      build.allow("build", "layers", "networks", "operators");
      builds.put(build.text("build"), factors(build));
    }
    return new Intervals(bands, builds);
  }

  private static Factors factors(Section section) {
    Map<Operator, Double> operators = new EnumMap<>(Operator.class);
    Section listed = section.section("operators");
    for (String key : listed.keys()) {
      Operator operator =
          Operator.ofName(key)
              .orElseThrow(() -> listed.problem(key, "no such operator", "see Operator"));
      operators.put(operator, listed.number(key, 0, FACTOR_MAX));
    }
    return new Factors(
        section.number("layers", 0, FACTOR_MAX),
        section.number("networks", 0, FACTOR_MAX),
        operators);
  }

  static String resource(String name) {
    try (InputStream stream = Coefficients.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("resource missing: " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
