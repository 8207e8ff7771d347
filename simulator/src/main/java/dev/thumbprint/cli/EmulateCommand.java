package dev.thumbprint.cli;

import dev.thumbprint.cli.OutputMixin.Format;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.firmware.engine.EngineUnavailableException;
import dev.thumbprint.firmware.engine.UnicornEngine;
import dev.thumbprint.firmware.image.Image;
import dev.thumbprint.firmware.image.ImageReader;
import dev.thumbprint.firmware.image.Symbol;
import dev.thumbprint.firmware.machine.Budget;
import dev.thumbprint.firmware.machine.Machine;
import dev.thumbprint.firmware.machine.Outcome;
import dev.thumbprint.firmware.monitor.Callgrind;
import dev.thumbprint.firmware.monitor.ChromeTrace;
import dev.thumbprint.firmware.monitor.Emulation;
import dev.thumbprint.firmware.monitor.EmulationJson;
import dev.thumbprint.firmware.monitor.EmulationMarkdown;
import dev.thumbprint.firmware.monitor.EmulationReport;
import dev.thumbprint.firmware.monitor.FirmwareRun;
import dev.thumbprint.firmware.monitor.FoldedStacks;
import dev.thumbprint.firmware.monitor.RetimedRun;
import dev.thumbprint.firmware.monitor.SerialScript;
import dev.thumbprint.firmware.retime.CountsReader;
import dev.thumbprint.firmware.retime.CountsWriter;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.model.Network;
import dev.thumbprint.model.TfliteReader;
import dev.thumbprint.model.WholeFile;
import dev.thumbprint.model.WholeInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code emulate}: executes compiled firmware, counts its instructions and times them. */
@Command(
    name = "emulate",
    description = "Execute compiled firmware: instructions and cycles by function and kind.")
final class EmulateCommand implements Callable<Integer> {
  /** More than any memory of a microcontroller holds. */
  private static final int DATA_BYTES_MAX = 64 << 20;

  /** Options that mean nothing where only counts are timed. */
  private static final List<String> NEEDS_RUN =
      List.of(
          "--base",
          "--until",
          "--call",
          "--poke",
          "--uart-in",
          "--script",
          "--max-instructions",
          "--max-cycles",
          "--max-seconds",
          "--unicorn",
          "--counts",
          "--folded",
          "--callgrind",
          "--trace");

  @Spec CommandSpec spec;
  @Mixin TargetMixin target;
  @Mixin OutputMixin output = new OutputMixin(Format.TABLE, Format.JSON, Format.CSV, Format.MD);

  @Parameters(
      paramLabel = "FIRMWARE|COUNTS",
      description = "ELF, Intel HEX or raw binary; or a file of --counts, to time that run again.")
  Path firmware;

  @Option(
      names = "--base",
      paramLabel = "ADDR",
      description = "Load address of a raw binary, such as 0x08000000.")
  String base;

  @Option(
      names = "--until",
      paramLabel = "SYMBOL|ADDR",
      description = "End before this is executed.")
  String until;

  @Option(
      names = "--call",
      paramLabel = "FUNCTION(ARGS)",
      description = "Run one function, without start-up code: numbers or symbols as arguments.")
  String call;

  @Option(
      names = "--poke",
      paramLabel = "ADDR=FILE",
      description = "Write a file into memory first; an address or a symbol.")
  Map<String, Path> pokes = new LinkedHashMap<>();

  @Option(
      names = "--model",
      paramLabel = "FILE[@ADDR]",
      description =
          "The model that the firmware runs, to name its operators; with an address or a symbol, it"
              + " is written into memory first. Default: what is found in the firmware.")
  String model;

  @Option(names = "--uart-in", paramLabel = "FILE", description = "What the UART receives.")
  Path uartIn;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description =
          "What to expect on the UART and to send: expect TEXT, lap TEXT, send TEXT, timeout S.")
  Path script;

  @Option(
      names = "--max-instructions",
      paramLabel = "N",
      description = "End after so many. Default: ${DEFAULT-VALUE}.")
  long maxInstructions = Budget.USUAL.instructions();

  @Option(
      names = "--max-cycles",
      paramLabel = "N",
      description = "End after so many modelled cycles. Default: a modelled day at 1 GHz.")
  long maxCycles = Budget.USUAL.cycles();

  @Option(
      names = "--max-seconds",
      paramLabel = "S",
      description = "End after so many seconds of this computer. Default: ${DEFAULT-VALUE}.")
  long maxSeconds = Budget.USUAL.wallTime().toSeconds();

  @Option(
      names = "--unicorn",
      paramLabel = "system|FILE",
      description =
          "Native library of the engine: the one installed on this machine, or a file. Default: the"
              + " one of the Maven artifact.")
  String unicorn;

  @Writes
  @Option(
      names = "--counts",
      paramLabel = "FILE",
      description =
          "Also write the counts of the run: emulate times them again for another clock, other wait"
              + " states, caches or prefetch, or another board with the same core.")
  Path counts;

  @Option(
      names = "--monitors",
      split = ",",
      paramLabel = "NAME",
      description =
          "Parts of the table: functions, operators, opcodes, memory, stalls, energy, coverage,"
              + " trace. Default: all but the last two.")
  Set<String> monitors = new LinkedHashSet<>(EmulationReport.USUAL_MONITORS);

  @Writes
  @Option(names = "--folded", paramLabel = "FILE", description = "Also write folded stacks.")
  Path folded;

  @Writes
  @Option(names = "--callgrind", paramLabel = "FILE", description = "Also write callgrind format.")
  Path callgrind;

  @Writes
  @Option(names = "--trace", paramLabel = "FILE", description = "Also write a Chrome trace.")
  Path trace;

  @Override
  public Integer call() throws IOException {
    for (String monitor : monitors) {
      if (!EmulationReport.MONITORS.contains(monitor)) {
        throw usage("no monitor " + monitor + "; there are " + EmulationReport.MONITORS);
      }
    }
    Target board = target.target();
    return CountsReader.isCounts(firmware) ? retime(board) : execute(board);
  }

  private int retime(Target board) throws IOException {
    for (String option : NEEDS_RUN) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw usage("%s needs firmware to run; %s holds counts".formatted(option, firmware));
      }
    }
    Optional<Network> network = network();
    Emulation run = new RetimedRun(CountsReader.read(firmware), board).emulation(network);
    output.write(report(run, network, Optional.empty(), ""), spec.commandLine().getOut());
    return run.outcome().fine() ? ExitStatus.FINE : ExitStatus.LIMIT_FAILED;
  }

  private int execute(Target board) throws IOException {
    if (maxInstructions < 1 || maxCycles < 1 || maxSeconds < 1) {
      throw usage("--max-instructions, --max-cycles and --max-seconds are at least 1");
    }
    if (unicorn != null) {
      System.setProperty(UnicornEngine.LIBRARY_PROPERTY, unicorn);
    }
    Image image =
        ImageReader.read(
            firmware, base == null ? OptionalInt.empty() : OptionalInt.of(number(base)));
    SerialScript partner = script == null ? null : SerialScript.read(script);
    ChromeTrace events = trace == null ? null : new ChromeTrace(board.clockHz());
    var options =
        new FirmwareRun.Options(
            counts == null ? List.of() : FirmwareRun.countedFor(board, image),
            Optional.ofNullable(events),
            Optional.ofNullable(firmware.toAbsolutePath().getParent()),
            network(),
            true,
            monitors.contains("trace"));
    try (FirmwareRun run = new FirmwareRun(board, image, options)) {
      return execute(run, partner, events);
    } catch (EngineUnavailableException e) {
      throw InputException.of("", "engine", e.getMessage(), "").causedBy(e);
    }
  }

  private int execute(FirmwareRun firmwareRun, SerialScript partner, ChromeTrace events)
      throws IOException {
    Machine machine = firmwareRun.machine();
    prepare(machine);
    if (partner != null) {
      partner.attach(machine);
    }
    Budget budget =
        Budget.USUAL
            .withInstructions(maxInstructions)
            .withCycles(maxCycles)
            .withWallTime(Duration.ofSeconds(maxSeconds));
    Outcome outcome = call == null ? machine.run(budget) : callFunction(machine, budget);
    Emulation run = firmwareRun.emulation(outcome);
    String said = said(machine, partner);
    String report = report(run, firmwareRun.network(), Optional.ofNullable(partner), said);
    output.write(report, spec.commandLine().getOut());
    if (counts != null) {
      WholeFile.write(CountsWriter.write(firmwareRun.counts(outcome)), counts);
    }
    writeFiles(machine, events);
    return outcome.fine() && (partner == null || partner.fulfilled())
        ? ExitStatus.FINE
        : ExitStatus.LIMIT_FAILED;
  }

  private Optional<Network> network() {
    if (model == null) {
      return Optional.empty();
    }
    return Optional.of(Lowering.network(TfliteReader.read(ModelPlace.parse(model).file())));
  }

  private String report(
      Emulation run, Optional<Network> network, Optional<SerialScript> script, String said) {
    return switch (output.format(Format.TABLE, Format.JSON, Format.CSV, Format.MD)) {
      case JSON -> EmulationJson.render(run, network, script, Version.version(), Version.commit());
      case CSV -> EmulationReport.csv(run);
      case MD ->
          EmulationMarkdown.render(run, monitors)
              + (said.isEmpty() ? "" : "\n" + EmulationMarkdown.fenced(said));
      default -> EmulationReport.table(run, monitors) + said;
    };
  }

  /** What the firmware said, and what its partner on the line did. */
  private static String said(Machine machine, SerialScript partner) {
    StringBuilder text = new StringBuilder();
    if (partner != null) {
      partner.log().forEach(entry -> text.append("  ").append(entry).append('\n'));
    }
    append(text, "UART", machine.console().output());
    append(text, "semihosting", machine.semihostingOutput());
    append(text, "ITM", machine.traceOutput());
    return text.toString();
  }

  private static void append(StringBuilder text, String name, byte[] bytes) {
    if (bytes.length > 0) {
      text.append("\n--- ").append(name).append('\n');
      text.append(new String(bytes, StandardCharsets.UTF_8).stripTrailing()).append('\n');
    }
  }

  private void prepare(Machine machine) throws IOException {
    if (until != null) {
      machine.setUntil(address(machine, until));
    }
    Map<String, Path> files = new LinkedHashMap<>(pokes);
    if (model != null) {
      ModelPlace place = ModelPlace.parse(model);
      place.address().ifPresent(at -> files.put(at, place.file()));
    }
    for (Map.Entry<String, Path> file : files.entrySet()) {
      byte[] content = WholeInput.bytes(file.getValue(), DATA_BYTES_MAX);
      int address = address(machine, file.getKey());
      requireRoom(machine, file.getKey(), file.getValue(), content.length);
      if (!machine.engine().isMemory(address, content.length)) {
        throw usage(
            "%s: no memory for %d bytes at %s"
                .formatted(file.getValue(), content.length, file.getKey()));
      }
      machine.engine().write(address, content);
    }
    if (uartIn != null) {
      machine.console().send(WholeInput.bytes(uartIn, DATA_BYTES_MAX));
    }
  }

  /** What is written to an array must not run into what lies behind it. */
  private void requireRoom(Machine machine, String name, Path file, int bytes) {
    Optional<Symbol> array = machine.image().symbols().find(name);
    if (array.isPresent() && array.get().size() > 0 && bytes > array.get().size()) {
      throw usage(
          "%s: %d bytes do not fit %s, which has %d"
              .formatted(file, bytes, name, array.get().size()));
    }
  }

  private Outcome callFunction(Machine machine, Budget budget) {
    int open = call.indexOf('(');
    if (open < 1 || !call.endsWith(")")) {
      throw usage("--call " + call + ": expected a function and its arguments, such as f(1, 2)");
    }
    List<Integer> arguments = new ArrayList<>();
    for (String argument : call.substring(open + 1, call.length() - 1).split(",", -1)) {
      if (!argument.isBlank()) {
        arguments.add(address(machine, argument.strip()));
      }
    }
    int function = address(machine, call.substring(0, open).strip());
    int[] values = arguments.stream().mapToInt(Integer::intValue).toArray();
    return machine.call(function, values, budget);
  }

  private int address(Machine machine, String text) {
    if (text.isBlank()) {
      throw usage("expected an address, a number or a symbol, and found none");
    }
    if (Character.isDigit(text.charAt(0)) || text.charAt(0) == '-') {
      return number(text);
    }
    return machine
        .image()
        .symbols()
        .find(text)
        .map(Symbol::address)
        .orElseThrow(() -> usage("%s has no symbol %s".formatted(firmware, text)));
  }

  private int number(String text) {
    try {
      long value = Long.decode(text);
      if (value >= Integer.MIN_VALUE && value <= 0xffff_ffffL) {
        return (int) value;
      }
    } catch (NumberFormatException e) {
      throw usage(text + ": expected a number such as 0x08000000 (" + e.getMessage() + ")");
    }
    throw usage(text + ": expected a number of 32 bits");
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private void writeFiles(Machine machine, ChromeTrace events) throws IOException {
    if (folded != null) {
      WholeFile.write(FoldedStacks.write(machine.calls().root()), folded);
    }
    if (callgrind != null) {
      String name = machine.image().name();
      WholeFile.write(Callgrind.write(name, machine.calls().root()), callgrind);
    }
    if (trace != null) {
      WholeFile.write(events.write(), trace);
    }
  }
}
