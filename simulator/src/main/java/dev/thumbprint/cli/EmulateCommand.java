package dev.thumbprint.cli;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.core.CorePipeline;
import dev.thumbprint.firmware.engine.EngineUnavailableException;
import dev.thumbprint.firmware.engine.UnicornEngine;
import dev.thumbprint.firmware.image.Image;
import dev.thumbprint.firmware.image.ImageReader;
import dev.thumbprint.firmware.image.Symbol;
import dev.thumbprint.firmware.machine.Budget;
import dev.thumbprint.firmware.machine.Machine;
import dev.thumbprint.firmware.machine.MemoryMap;
import dev.thumbprint.firmware.machine.Outcome;
import dev.thumbprint.firmware.monitor.Callgrind;
import dev.thumbprint.firmware.monitor.ChromeTrace;
import dev.thumbprint.firmware.monitor.CountsFile;
import dev.thumbprint.firmware.monitor.Emulation;
import dev.thumbprint.firmware.monitor.EmulationMonitor;
import dev.thumbprint.firmware.monitor.EmulationReport;
import dev.thumbprint.firmware.monitor.FoldedStacks;
import dev.thumbprint.firmware.monitor.SerialScript;
import dev.thumbprint.firmware.time.MemoryObserver;
import dev.thumbprint.firmware.time.Parts;
import dev.thumbprint.model.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
  @Spec CommandSpec spec;
  @Mixin TargetMixin target;
  @Mixin OutputMixin output;

  @Parameters(paramLabel = "FIRMWARE", description = "ELF, Intel HEX or raw binary.")
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
      paramLabel = "FILE@ADDR",
      description = "Write a model into memory first; an address or a symbol.")
  String model;

  @Option(names = "--uart-in", paramLabel = "FILE", description = "What the UART receives.")
  Path uartIn;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = "Lines to expect on the UART and to send: expect TEXT, send TEXT, timeout S.")
  Path script;

  @Option(
      names = "--max-instructions",
      paramLabel = "N",
      description = "End after so many. Default: ${DEFAULT-VALUE}.")
  long maxInstructions = Budget.USUAL.instructions();

  @Option(names = "--counts", paramLabel = "FILE", description = "Also write the counts of blocks.")
  Path counts;

  @Option(
      names = "--monitors",
      split = ",",
      paramLabel = "NAME",
      description =
          "Parts of the table: functions, opcodes, memory, stalls. Default: functions, opcodes,"
              + " memory, stalls.")
  Set<String> monitors = new LinkedHashSet<>(EmulationReport.MONITORS);

  @Option(names = "--folded", paramLabel = "FILE", description = "Also write folded stacks.")
  Path folded;

  @Option(names = "--callgrind", paramLabel = "FILE", description = "Also write callgrind format.")
  Path callgrind;

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
    Image image =
        ImageReader.read(
            firmware, base == null ? OptionalInt.empty() : OptionalInt.of(number(base)));
    SerialScript partner =
        script == null
            ? null
            : SerialScript.parse(Files.readString(script, StandardCharsets.UTF_8));
    MemoryMap map = Parts.map(board);
    CorePipeline pipeline = CorePipeline.of(board.board().core());
    MemoryObserver memory = new MemoryObserver(map, Parts.geometry(board, map), pipeline);
    ChromeTrace events = trace == null ? null : new ChromeTrace(map.clockHz());
    var setup = new Machine.Setup(memory, events, firmware.toAbsolutePath().getParent());
    try (Machine machine = new Machine(map, image, new UnicornEngine(map.cpu()), pipeline, setup)) {
      memory.setMeter(machine.meter());
      machine.observeAccesses(0, 0x3fff_ffff, memory);
      machine.observeAccesses(0x6000_0000, 0x9fff_ffff, memory);
      return run(machine, board.board().core().label(), memory, partner, events);
    } catch (EngineUnavailableException e) {
      throw InputException.of("", "engine", e.getMessage(), "").causedBy(e);
    }
  }

  private int run(
      Machine machine, String core, MemoryObserver memory, SerialScript partner, ChromeTrace events)
      throws IOException {
    prepare(machine);
    if (partner != null) {
      partner.attach(machine);
    }
    Budget budget = Budget.USUAL.withInstructions(maxInstructions);
    Outcome outcome = call == null ? machine.run(budget) : callFunction(machine, budget);
    Emulation run = EmulationMonitor.of(machine, core, memory, outcome);
    PrintWriter out = spec.commandLine().getOut();
    String report =
        switch (output.format()) {
          case JSON -> EmulationReport.json(run);
          case CSV -> EmulationReport.csv(run);
          case TABLE, MD -> text(machine, run, partner);
        };
    output.write(report, out);
    writeFiles(machine, core, memory, events);
    return outcome.fine() && (partner == null || partner.fulfilled())
        ? ExitStatus.FINE
        : ExitStatus.LIMIT_FAILED;
  }

  private String text(Machine machine, Emulation run, SerialScript partner) {
    StringBuilder text = new StringBuilder(EmulationReport.table(run, monitors));
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
      int at = model.lastIndexOf('@');
      if (at < 1) {
        throw usage("--model " + model + ": expected FILE@ADDR");
      }
      files.put(model.substring(at + 1), Path.of(model.substring(0, at)));
    }
    for (Map.Entry<String, Path> file : files.entrySet()) {
      byte[] content = Files.readAllBytes(file.getValue());
      int address = address(machine, file.getKey());
      if (!machine.engine().isMemory(address, content.length)) {
        throw usage(
            "%s: no memory for %d bytes at %s"
                .formatted(file.getValue(), content.length, file.getKey()));
      }
      machine.engine().write(address, content);
    }
    if (uartIn != null) {
      machine.console().send(Files.readAllBytes(uartIn));
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

  private void writeFiles(Machine machine, String core, MemoryObserver memory, ChromeTrace events)
      throws IOException {
    if (counts != null) {
      Files.writeString(counts, CountsFile.write(machine, core, memory));
    }
    if (folded != null) {
      Files.writeString(folded, FoldedStacks.write(machine.calls().root()));
    }
    if (callgrind != null) {
      String name = machine.image().name();
      Files.writeString(callgrind, Callgrind.write(name, machine.calls().root()));
    }
    if (trace != null) {
      Files.writeString(trace, events.write());
    }
  }
}
