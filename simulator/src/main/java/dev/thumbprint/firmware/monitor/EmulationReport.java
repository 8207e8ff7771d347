package dev.thumbprint.firmware.monitor;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.core.InstructionClass;
import dev.thumbprint.firmware.retime.PartTime;
import dev.thumbprint.firmware.time.MemoryObserver;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes an {@link Emulation} as a table for people, or the functions as CSV. */
public final class EmulationReport {
  /** Names of the parts of a report. */
  public static final List<String> MONITORS =
      List.of(
          "functions", "operators", "opcodes", "memory", "stalls", "energy", "coverage", "trace");

  /** Those that are shown unless others are asked for. */
  public static final List<String> USUAL_MONITORS =
      List.of("functions", "operators", "opcodes", "memory", "stalls", "energy");

  private static final int FUNCTIONS_SHOWN = 20;

  private EmulationReport() {}

  /** For people; the parts that are asked for by name. */
  public static String table(Emulation run, Set<String> monitors) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%s on %s (%s, %.6g MHz), executed by %s",
        run.firmware(),
        run.target().board().id(),
        run.target().board().core().label(),
        run.target().clockHz() / 1e6,
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
    for (String monitor : MONITORS) {
      if (monitors.contains(monitor)) {
        part(text, run, monitor);
      }
    }
    run.unpriced().forEach(op -> line(text, "  not priced: %s", op));
    run.notes().forEach(note -> line(text, "  note: %s", note));
    return text.toString();
  }

  private static void part(StringBuilder text, Emulation run, String monitor) {
    switch (monitor) {
      case "functions" -> functions(text, run);
      case "operators" -> operators(text, run);
      case "opcodes" -> opcodes(text, run);
      case "memory" -> memory(text, run);
      case "stalls" ->
          line(
              text,
              "%n  with a code cache of 4 lines fewer or more the stalls are %,d to %,d cycles",
              run.stalls().cliff().low(),
              run.stalls().cliff().high());
      case "energy" ->
          line(
              text,
              "%n  energy %s at %s while it executes",
              metric(run.energy().totalUj(), "uJ"),
              metric(run.energy().activePowerMw(), "mW"));
      case "coverage" -> run.coverage().ifPresent(coverage -> coverage(text, coverage));
      case "trace" -> {
        if (!run.calls().isEmpty()) {
          line(text, "%n  %14s  %s", "at cycle", "function that begins");
          run.calls().forEach(call -> line(text, "  %s", call));
        }
      }
      default -> throw new IllegalArgumentException(monitor);
    }
  }

  private static String metric(Metric metric, String unit) {
    return switch (metric) {
      case Estimate e ->
          String.format(Locale.ROOT, "%.4g %s (%.4g .. %.4g)", e.value(), unit, e.low(), e.high());
      case Unavailable none -> "not known (" + none.reason() + ")";
    };
  }

  private static void operators(StringBuilder text, Emulation run) {
    if (run.operators().isEmpty()) {
      return;
    }
    line(
        text,
        "%n  %3s  %-20s %8s %14s %14s %9s %12s %12s  %s",
        "#",
        "operator",
        "times",
        "instructions",
        "cycles",
        "ms",
        "stall cycles",
        "uJ",
        "function");
    for (Emulation.Operator operator : run.operators()) {
      PartTime time = operator.time();
      line(
          text,
          "  %3d  %-20s %,8d %,14d %,14d %9.4g %,12d %12s  %s",
          operator.index(),
          operator.name(),
          time.entries(),
          time.instructions(),
          time.cycles(),
          run.ms(time.cycles()),
          time.codeStallCycles() + time.dataStallCycles() + time.unalignedCycles(),
          operator.energyUj() instanceof Estimate e
              ? String.format(Locale.ROOT, "%.4g", e.value())
              : "-",
          operator.function());
    }
    run.inference()
        .ifPresent(
            all ->
                line(
                    text,
                    "  interpreter with its operators: %,d times, %,d instructions, %,d cycles, %.4g"
                        + " ms",
                    all.entries(),
                    all.instructions(),
                    all.cycles(),
                    run.ms(all.cycles())));
  }

  private static void coverage(StringBuilder text, Coverage coverage) {
    line(
        text,
        "%n  executed: %,d of %,d functions, %,d of %,d bytes of code (%.1f%%)%s",
        coverage.executedFunctions(),
        coverage.functions().size(),
        coverage.executedBytes(),
        coverage.bytes(),
        share(coverage.executedBytes(), coverage.bytes()),
        coverage.lines() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                ", %,d of %,d source lines",
                coverage.linesExecuted(),
                coverage.lines()));
    line(text, "  %10s %10s %6s  %s", "executed", "bytes", "share", "function");
    coverage.functions().stream()
        .filter(function -> function.executedBytes() > 0)
        .limit(FUNCTIONS_SHOWN)
        .forEach(
            f ->
                line(
                    text,
                    "  %,10d %,10d %5.1f%%  %s",
                    f.executedBytes(),
                    f.bytes(),
                    share(f.executedBytes(), f.bytes()),
                    f.name()));
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
        ? String.format(Locale.ROOT, "%,d", function.totalCycles().getAsLong())
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
    line(
        text,
        "  multiply-accumulate %.1f%%, DSP extension %.1f%% of all instructions",
        100 * run.multiplyAccumulateShare(),
        100 * run.dspShare());
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
    MemoryUse use = run.memory();
    line(text, "  program: %,d bytes are loaded", use.programBytes());
    if (use.stackBytesMax() > 0) {
      line(text, "  main stack: at most %,d bytes", use.stackBytesMax());
    }
    use.heapBytesMax().ifPresent(bytes -> line(text, "  heap: at most %,d bytes", bytes));
    use.arena()
        .ifPresent(
            arena ->
                line(
                    text,
                    "  arena %s: %,d of %,d bytes were touched, planning included",
                    arena.symbol(),
                    arena.usedBytes(),
                    arena.bytes()));
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : 100.0 * part / whole;
  }

  static String label(InstructionClass kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @SuppressWarnings("AnnotateFormatMethod") // the formats are constants of this class
  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** The functions, one per line. */
  public static String csv(Emulation run) {
    return run.functions().stream()
        .map(
            f ->
                String.join(
                    ",",
                    '"' + f.name().replace("\"", "\"\"") + '"',
                    Long.toString(f.calls()),
                    Long.toString(f.selfCycles()),
                    f.totalCycles().isPresent() ? Long.toString(f.totalCycles().getAsLong()) : "",
                    Long.toString(f.instructions())))
        .collect(
            Collectors.joining(
                "\n", "function,calls,self_cycles,total_cycles,instructions\n", "\n"));
  }
}
