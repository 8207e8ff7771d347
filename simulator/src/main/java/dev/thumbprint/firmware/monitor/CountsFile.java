package dev.thumbprint.firmware.monitor;

import dev.thumbprint.cost.core.CorePipeline;
import dev.thumbprint.cost.core.PricedBlock;
import dev.thumbprint.firmware.count.Block;
import dev.thumbprint.firmware.count.EdgeCount;
import dev.thumbprint.firmware.machine.Machine;
import dev.thumbprint.firmware.thumb.Decoder;
import dev.thumbprint.firmware.time.MemoryObserver;
import dev.thumbprint.model.InputException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The counts of a run as a file: the code of every executed block, how often each was entered from
 * which other, and how often memory made the processor wait. With them a run is timed again for
 * another core, clock or number of wait states without executing anything; another cache needs
 * another run.
 */
public final class CountsFile {
  private static final String KIND = "thumbprint-counts";
  private static final int VERSION = 1;
  private static final int ENTRIES_MAX = 5_000_000;
  private static final JsonMapper JSON = new JsonMapper();

  private CountsFile() {}

  /** Writes the counts of a run. */
  public static String write(Machine machine, String core, MemoryObserver memory) {
    ObjectNode root = JSON.createObjectNode();
    root.put("kind", KIND).put("version", VERSION);
    root.put("firmware", machine.image().name()).put("board", machine.map().name());
    root.put("core", core).put("clock_hz", machine.map().clockHz());
    root.put("instructions", machine.meter().instructions());
    root.put("cycles", machine.meter().cycles());
    MemoryObserver.Stalls stalls = memory.stalls();
    root.putObject("memory")
        .put("code_misses", stalls.codeMisses())
        .put("code_stall_cycles", stalls.codeCycles())
        .put("data_misses", stalls.dataMisses())
        .put("data_stall_cycles", stalls.dataCycles())
        .put("unaligned_cycles", stalls.unalignedCycles())
        .put("slept_cycles", machine.sleptCycles());
    ArrayNode blocks = root.putArray("blocks");
    for (Block block : machine.recorder().blocks()) {
      byte[] code = machine.engine().read(block.address(), block.code().sizeBytes());
      blocks
          .addObject()
          .put("id", block.id())
          .put("address", Integer.toUnsignedLong(block.address()))
          .put("function", machine.image().symbols().describe(block.address()))
          .put("it", block.code().itStateBefore())
          .put("code", HexFormat.of().formatHex(code));
    }
    ArrayNode edges = root.putArray("edges");
    for (EdgeCount edge : machine.recorder().edges()) {
      edges
          .addArray()
          .add(edge.from() == null ? 0 : edge.from().id())
          .add(edge.to().id())
          .add(edge.count());
    }
    return root.toPrettyString() + "\n";
  }

  /**
   * A run timed again.
   *
   * @param instructions executed
   * @param pipelineCycles with everything in zero-wait memory
   * @param stallCycles of memory
   */
  public record Timing(long instructions, long pipelineCycles, long stallCycles) {
    /** Both kinds of cycles. */
    public long cycles() {
      return pipelineCycles + stallCycles;
    }
  }

  /**
   * Times the counts again.
   *
   * @param codeMissCycles what one miss of code costs now; negative to keep what was recorded
   * @param dataMissCycles what one miss of data costs now; negative to keep what was recorded
   * @throws InputException if the file is no counts file or damaged
   */
  public static Timing time(
      String text, CorePipeline pipeline, int codeMissCycles, int dataMissCycles) {
    JsonNode root = parse(text);
    Map<Integer, PricedBlock> blocks = new HashMap<>();
    Map<Integer, Integer> sizes = new HashMap<>();
    for (JsonNode node : root.path("blocks")) {
      byte[] code = code(node);
      int address = (int) node.path("address").asLong();
      var decoded = Decoder.decodeRange(code, 0, address, code.length, node.path("it").asInt());
      blocks.put(node.path("id").asInt(), pipeline.prepare(decoded.instructions()));
      sizes.put(node.path("id").asInt(), decoded.instructions().size());
    }
    long instructions = 0;
    long cycles = 0;
    for (JsonNode edge : root.path("edges")) {
      PricedBlock to = blocks.get(edge.path(1).asInt());
      PricedBlock from = blocks.get(edge.path(0).asInt());
      if (to == null || (from == null && edge.path(0).asInt() != 0)) {
        throw InputException.of("", "edges", edge.toString(), "numbers of blocks in the file");
      }
      long count = edge.path(2).asLong();
      instructions += count * sizes.get(edge.path(1).asInt());
      cycles += count * pipeline.edge(from, to).cycles();
    }
    return new Timing(
        instructions, cycles, stalls(root.path("memory"), codeMissCycles, dataMissCycles));
  }

  private static JsonNode parse(String text) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JacksonException e) {
      throw InputException.of("", "file", "no JSON", "a file of emulate --counts").causedBy(e);
    }
    if (!root.path("kind").asString("").equals(KIND) || root.path("version").asInt() != VERSION) {
      throw InputException.of(
          "",
          "kind and version",
          root.path("kind").asString("nothing") + " " + root.path("version").asInt(),
          KIND + " " + VERSION);
    }
    if (root.path("edges").size() > ENTRIES_MAX || root.path("blocks").size() > ENTRIES_MAX) {
      throw InputException.of(
          "", "edges", root.path("edges").size() + "", "at most " + ENTRIES_MAX);
    }
    return root;
  }

  private static byte[] code(JsonNode block) {
    String text = block.path("code").asString("");
    try {
      byte[] code = HexFormat.of().parseHex(text);
      if (code.length < 2 || code.length % 2 != 0) {
        throw new IllegalArgumentException("length");
      }
      Decoder.decodeRange(code, 0, 0, code.length, 0);
      return code;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw InputException.of("", "code of block " + block.path("id"), text, "whole instructions")
          .causedBy(e);
    }
  }

  private static long stalls(JsonNode memory, int codeMissCycles, int dataMissCycles) {
    long code =
        codeMissCycles < 0
            ? memory.path("code_stall_cycles").asLong()
            : memory.path("code_misses").asLong() * codeMissCycles;
    long data =
        dataMissCycles < 0
            ? memory.path("data_stall_cycles").asLong()
            : memory.path("data_misses").asLong() * dataMissCycles;
    return code + data + memory.path("unaligned_cycles").asLong();
  }
}
