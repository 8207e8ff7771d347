package dev.thumbprint.firmware.monitor;

import dev.thumbprint.cost.core.InstructionClass;
import dev.thumbprint.firmware.time.MemoryObserver;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes an {@link Emulation} as a table for people, as JSON, or the functions as CSV. */
public final class EmulationReport {
  /** Names of the parts of a report. */
  public static final Set<String> MONITORS = Set.of("functions", "opcodes", "memory", "stalls");

  private static final int FUNCTIONS_SHOWN = 20;
  private static final String SCHEMA_VERSION = "1.0";
  private static final JsonMapper JSON = new JsonMapper();

  private EmulationReport() {}

  /** For people; the parts that are asked for by name. */
  public static String table(Emulation run, Set<String> monitors) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%s on %s (%s, %.6g MHz), executed by %s",
        run.firmware(),
        run.board(),
        run.core(),
        run.clockHz() / 1e6,
        run.engine());
    line(text, "  ended: %s, at %s", run.outcome().reason(), run.outcome().place());
    if (!run.outcome().fine()) {
      run.outcome().backtrace().forEach(frame -> line(text, "    in %s", frame));
    }
    line(
        text,
        "  %,d instructions, %,d cycles%s, %.3f ms",
        run.instructions(),
        run.cycles(),
        run.unpriced().isEmpty() ? "" : " (partial)",
        run.timeMs());
    MemoryObserver.Stalls stalls = run.stalls();
    line(
        text,
        "  waiting for code %,d, for data %,d, unaligned %,d cycles; asleep %,d",
        stalls.codeCycles(),
        stalls.dataCycles(),
        stalls.unalignedCycles(),
        run.sleptCycles());
    if (run.stackBytesMax() > 0) {
      line(text, "  main stack: at most %,d bytes", run.stackBytesMax());
    }
    if (monitors.contains("functions")) {
      functions(text, run);
    }
    if (monitors.contains("opcodes")) {
      opcodes(text, run);
    }
    if (monitors.contains("memory")) {
      memory(text, run);
    }
    if (monitors.contains("stalls")) {
      line(
          text,
          "%n  with a code cache of 4 lines fewer or more the stalls are %,d to %,d cycles",
          stalls.cliff().low(),
          stalls.cliff().high());
    }
    run.unpriced().forEach(op -> line(text, "  not priced: %s", op));
    run.notes().forEach(note -> line(text, "  note: %s", note));
    return text.toString();
  }

  private static void functions(StringBuilder text, Emulation run) {
    line(
        text,
        "%n  %14s %6s %14s %10s %14s  %s",
        "self cycles",
        "share",
        "total cycles",
        "calls",
        "instructions",
        "function");
    run.functions().stream()
        .limit(FUNCTIONS_SHOWN)
        .forEach(
            f ->
                line(
                    text,
                    "  %,14d %5.1f%% %14s %,10d %,14d  %s",
                    f.selfCycles(),
                    share(f.selfCycles(), run.cycles()),
                    total(f),
                    f.calls(),
                    f.instructions(),
                    f.name()));
    if (run.functions().size() > FUNCTIONS_SHOWN) {
      line(text, "  ... and %d more", run.functions().size() - FUNCTIONS_SHOWN);
    }
  }

  private static String total(Emulation.Function function) {
    return function.totalCycles().isPresent()
        ? "%,d".formatted(function.totalCycles().getAsLong())
        : "-";
  }

  private static void opcodes(StringBuilder text, Emulation run) {
    line(text, "%n  %14s %6s  %s", "instructions", "share", "class");
    run.opcodes()
        .forEach(
            (kind, count) ->
                line(
                    text,
                    "  %,14d %5.1f%%  %s",
                    count,
                    share(count, run.instructions()),
                    label(kind)));
  }

  private static void memory(StringBuilder text, Emulation run) {
    line(
        text,
        "%n  %14s %14s %14s %14s  %s",
        "reads",
        "bytes read",
        "writes",
        "bytes written",
        "memory");
    run.traffic()
        .forEach(
            t ->
                line(
                    text,
                    "  %,14d %,14d %,14d %,14d  %s",
                    t.reads(),
                    t.readBytes(),
                    t.writes(),
                    t.writeBytes(),
                    t.region()));
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : 100.0 * part / whole;
  }

  private static String label(InstructionClass kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @SuppressWarnings("AnnotateFormatMethod") // the formats are constants of this class
  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** For programs. */
  public static String json(Emulation run) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema_version", SCHEMA_VERSION).put("kind", "emulation");
    root.putObject("firmware").put("name", run.firmware());
    root.putObject("target")
        .put("board", run.board())
        .put("core", run.core())
        .put("clock_hz", run.clockHz());
    root.put("engine", run.engine());
    ObjectNode outcome = root.putObject("outcome");
    outcome
        .put("ending", run.outcome().ending().name().toLowerCase(Locale.ROOT))
        .put("status", run.outcome().status())
        .put("reason", run.outcome().reason())
        .put("pc", Integer.toUnsignedLong(run.outcome().pc()))
        .put("place", run.outcome().place());
    ArrayNode backtrace = outcome.putArray("backtrace");
    run.outcome().backtrace().forEach(backtrace::add);
    ObjectNode total = root.putObject("total");
    total.put("instructions", run.instructions());
    total
        .putObject("cycles")
        .put("value", run.cycles())
        .put("low", run.cycles() + run.stalls().cliff().low() - run.stalls().cliff().value())
        .put("high", run.cycles() + run.stalls().cliff().high() - run.stalls().cliff().value())
        .put("source", "emulated")
        .put("partial", !run.unpriced().isEmpty());
    total.putObject("time").put("value", run.timeMs()).put("unit", "ms").put("source", "emulated");
    total.put("slept_cycles", run.sleptCycles());
    total.put("stack_bytes_max", run.stackBytesMax());
    stalls(root.putObject("stalls"), run.stalls());
    ArrayNode functions = root.putArray("functions");
    for (Emulation.Function f : run.functions()) {
      ObjectNode function = functions.addObject();
      function.put("name", f.name()).put("calls", f.calls()).put("self_cycles", f.selfCycles());
      f.totalCycles().ifPresent(cycles -> function.put("total_cycles", cycles));
      function.put("instructions", f.instructions());
    }
    ObjectNode opcodes = root.putObject("opcodes");
    for (Map.Entry<InstructionClass, Long> entry : run.opcodes().entrySet()) {
      opcodes.put(label(entry.getKey()), entry.getValue());
    }
    ArrayNode memory = root.putArray("memory");
    for (MemoryObserver.Traffic t : run.traffic()) {
      memory
          .addObject()
          .put("region", t.region())
          .put("reads", t.reads())
          .put("read_bytes", t.readBytes())
          .put("writes", t.writes())
          .put("write_bytes", t.writeBytes());
    }
    ArrayNode notes = root.putArray("notes");
    run.unpriced().forEach(op -> notes.add("not priced: " + op));
    run.notes().forEach(notes::add);
    return root.toPrettyString() + "\n";
  }

  private static void stalls(ObjectNode node, MemoryObserver.Stalls stalls) {
    node.put("code_cycles", stalls.codeCycles())
        .put("code_misses", stalls.codeMisses())
        .put("data_cycles", stalls.dataCycles())
        .put("data_misses", stalls.dataMisses())
        .put("unaligned_accesses", stalls.unalignedAccesses())
        .put("unaligned_cycles", stalls.unalignedCycles())
        .put("cliff_low_cycles", stalls.cliff().low())
        .put("cliff_high_cycles", stalls.cliff().high());
  }

  /** The functions, one per line. */
  public static String csv(Emulation run) {
    return run.functions().stream()
        .map(
            f ->
                "\"%s\",%d,%d,%s,%d"
                    .formatted(
                        f.name().replace("\"", "\"\""),
                        f.calls(),
                        f.selfCycles(),
                        f.totalCycles().isPresent() ? f.totalCycles().getAsLong() : "",
                        f.instructions()))
        .collect(
            Collectors.joining(
                "\n", "function,calls,self_cycles,total_cycles,instructions\n", "\n"));
  }
}
