package dev.thumbprint.firmware.monitor;

import dev.thumbprint.cost.core.InstructionClass;
import dev.thumbprint.firmware.retime.PartTime;
import dev.thumbprint.firmware.time.MemoryObserver;
import dev.thumbprint.model.Network;
import dev.thumbprint.report.JsonReport;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run of firmware as JSON: the profile of the main job, and beside it what only a run shows
 * ({@code docs/schema/emulation.schema.json}).
 */
public final class EmulationJson {
  private EmulationJson() {}

  /**
   * The whole report, indented, with a line end.
   *
   * @param network that the firmware ran, where it is known
   * @param script that the firmware talked to
   * @param version of the tool
   * @param commit of the tool
   */
  public static String render(
      Emulation run,
      Optional<Network> network,
      Optional<SerialScript> script,
      String version,
      String commit) {
    ObjectNode root = new JsonReport(EmulationProfile.of(run, network), version, commit).toNode();
    root.put("kind", "emulation");
    root.putObject("firmware").put("name", run.firmware()).put("sha256", run.sha256());
    root.put("engine", run.engine());
    outcome(root.putObject("outcome"), run);
    ObjectNode whole = root.putObject("run");
    whole.put("instructions", run.instructions());
    JsonReport.metric(whole.putObject("cycles"), run.cyclesEstimate(), "");
    whole
        .put("partial", !run.unpriced().isEmpty())
        .put("time_ms", run.timeMs())
        .put("slept_cycles", run.sleptCycles());
    run.inference().ifPresent(inference -> time(whole.putObject("inference"), inference));
    operators(root.putArray("operators"), run);
    functions(root.putArray("functions"), run.functions());
    ObjectNode opcodes = root.putObject("opcodes");
    for (Map.Entry<InstructionClass, Long> entry : run.opcodes().entrySet()) {
      opcodes.put(EmulationReport.label(entry.getKey()), entry.getValue());
    }
    root.putObject("shares")
        .put("multiply_accumulate", run.multiplyAccumulateShare())
        .put("dsp", run.dspShare());
    memory(root.putObject("memory"), run);
    stalls(root.putObject("stalls"), run.stalls());
    ObjectNode energy = root.putObject("energy");
    JsonReport.metric(energy.putObject("total"), run.energy().totalUj(), "uJ");
    JsonReport.metric(energy.putObject("active_power"), run.energy().activePowerMw(), "mW");
    run.coverage().ifPresent(coverage -> coverage(root.putObject("coverage"), coverage));
    script.ifPresent(partner -> script(root.putObject("script"), partner));
    ArrayNode notes = root.putArray("notes");
    run.unpriced().forEach(op -> notes.add("not priced: " + op));
    run.notes().forEach(notes::add);
    return root.toPrettyString() + "\n";
  }

  private static void script(ObjectNode node, SerialScript script) {
    node.put("fulfilled", script.fulfilled());
    ArrayNode log = node.putArray("log");
    script.log().forEach(log::add);
    ArrayNode laps = node.putArray("laps");
    for (SerialScript.Lap lap : script.laps()) {
      laps.addObject()
          .put("line", lap.line())
          .put("firmware_us", lap.firmwareUs())
          .put("modelled_us", lap.modelledUs());
    }
  }

  private static void outcome(ObjectNode node, Emulation run) {
    node.put("ending", run.outcome().ending().name().toLowerCase(Locale.ROOT))
        .put("status", run.outcome().status())
        .put("reason", run.outcome().reason())
        .put("pc", Integer.toUnsignedLong(run.outcome().pc()))
        .put("place", run.outcome().place());
    ArrayNode backtrace = node.putArray("backtrace");
    run.outcome().backtrace().forEach(backtrace::add);
  }

  private static void operators(ArrayNode array, Emulation run) {
    for (Emulation.Operator operator : run.operators()) {
      ObjectNode node = array.addObject();
      node.put("index", operator.index()).put("op", operator.name());
      operator.layer().ifPresent(layer -> node.put("name", layer.name()));
      node.put("function", operator.function());
      time(node, operator.time());
      JsonReport.metric(node.putObject("energy"), operator.energyUj(), "uJ");
    }
  }

  private static void time(ObjectNode node, PartTime time) {
    node.put("times", time.entries()).put("instructions", time.instructions());
    JsonReport.metric(node.putObject("cycles"), Operators.cycles(time), "");
    node.put("pipeline_cycles", time.pipelineCycles())
        .put("mispredict_cycles", time.mispredictCycles())
        .put("exception_cycles", time.exceptionCycles())
        .put("code_stall_cycles", time.codeStallCycles())
        .put("data_stall_cycles", time.dataStallCycles())
        .put("unaligned_cycles", time.unalignedCycles())
        .put("slept_cycles", time.sleptCycles());
  }

  private static void functions(ArrayNode array, List<Emulation.Function> functions) {
    for (Emulation.Function f : functions) {
      ObjectNode function = array.addObject();
      function.put("name", f.name()).put("calls", f.calls()).put("self_cycles", f.selfCycles());
      f.totalCycles().ifPresent(cycles -> function.put("total_cycles", cycles));
      function.put("instructions", f.instructions());
    }
  }

  private static void memory(ObjectNode node, Emulation run) {
    MemoryUse use = run.memory();
    node.put("program_bytes", use.programBytes()).put("stack_bytes_max", use.stackBytesMax());
    use.staticBytes().ifPresent(bytes -> node.put("static_bytes", bytes));
    use.heapBytesMax().ifPresent(bytes -> node.put("heap_bytes_max", bytes));
    use.arena()
        .ifPresent(
            arena ->
                node.putObject("arena")
                    .put("symbol", arena.symbol())
                    .put("bytes", arena.bytes())
                    .put("used_bytes", arena.usedBytes()));
    ArrayNode regions = node.putArray("regions");
    for (MemoryObserver.Traffic t : run.traffic()) {
      regions
          .addObject()
          .put("region", t.region())
          .put("reads", t.reads())
          .put("read_bytes", t.readBytes())
          .put("writes", t.writes())
          .put("write_bytes", t.writeBytes());
    }
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

  private static void coverage(ObjectNode node, Coverage coverage) {
    node.put("functions", coverage.functions().size())
        .put("functions_executed", coverage.executedFunctions())
        .put("bytes", coverage.bytes())
        .put("bytes_executed", coverage.executedBytes())
        .put("lines", coverage.lines())
        .put("lines_executed", coverage.linesExecuted());
    ArrayNode functions = node.putArray("by_function");
    for (Coverage.Function f : coverage.functions()) {
      functions
          .addObject()
          .put("name", f.name())
          .put("bytes", f.bytes())
          .put("bytes_executed", f.executedBytes());
    }
  }
}
