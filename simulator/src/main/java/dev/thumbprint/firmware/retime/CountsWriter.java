package dev.thumbprint.firmware.retime;

import dev.thumbprint.cost.memory.CacheGeometry;
import dev.thumbprint.cost.memory.MemoryEvents;
import dev.thumbprint.cost.memory.MemorySystem;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes {@link Counts} as JSON, one line for each block, edge list and memory system. */
public final class CountsWriter {
  static final String KIND = "thumbprint-counts";
  static final int VERSION = 2;
  private static final JsonMapper JSON = new JsonMapper();

  private CountsWriter() {}

  /** The counts as text. */
  public static String write(Counts counts) {
    ObjectNode root = JSON.createObjectNode();
    root.put("kind", KIND).put("version", VERSION);
    root.putObject("firmware").put("name", counts.firmware()).put("sha256", counts.sha256());
    root.put("board", counts.board()).put("core", counts.core().label());
    root.put("engine", counts.engine());
    root.putObject("outcome")
        .put("ending", counts.outcome().ending().name().toLowerCase(Locale.ROOT))
        .put("status", counts.outcome().status())
        .put("reason", counts.outcome().reason())
        .put("pc", Integer.toUnsignedLong(counts.outcome().pc()))
        .put("place", counts.outcome().place());
    root.put("stack_bytes_max", counts.stackBytesMax());
    ArrayNode program = root.putArray("program");
    counts
        .program()
        .forEach(
            range ->
                program
                    .addObject()
                    .put("address", Integer.toUnsignedLong(range.address()))
                    .put("bytes", range.bytes()));
    Map<String, Integer> functions = new LinkedHashMap<>();
    counts.blocks().forEach(b -> functions.putIfAbsent(b.function(), functions.size()));
    ArrayNode names = root.putArray("functions");
    functions.keySet().forEach(names::add);
    ArrayNode blocks = root.putArray("blocks");
    for (Counts.Block block : counts.blocks()) {
      blocks
          .addArray()
          .add(block.id())
          .add(Integer.toUnsignedLong(block.code().address()))
          .add(functions.get(block.function()))
          .add(block.code().itStateBefore())
          .add(HexFormat.of().formatHex(block.code().bytes()));
    }
    ArrayNode systems = root.putArray("memory_systems");
    counts.systems().forEach(system -> write(system, systems.addObject()));
    ArrayNode parts = root.putArray("parts");
    counts.parts().forEach(part -> write(part, parts.addObject()));
    ArrayNode notes = root.putArray("notes");
    counts.notes().forEach(notes::add);
    return lines(root);
  }

  /** Every element of a list on a line of its own, so that files can be compared. */
  private static String lines(ObjectNode root) {
    List<String> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      JsonNode value = entry.getValue();
      List<String> elements = new ArrayList<>();
      if (value.isArray()) {
        value.forEach(element -> elements.add(element.toString()));
      }
      String text =
          elements.isEmpty() ? value.toString() : "[\n" + String.join(",\n", elements) + "\n]";
      entries.add("\"" + entry.getKey() + "\": " + text);
    }
    return "{\n" + String.join(",\n", entries) + "\n}\n";
  }

  private static void write(MemorySystem system, ObjectNode node) {
    ArrayNode regions = node.putArray("regions");
    for (MemorySystem.Region region : system.regions()) {
      regions
          .addObject()
          .put("name", region.name())
          .put("address", region.startAddress())
          .put("fetch_bytes", region.fetchBytes())
          .put("code_cached", region.codeCached())
          .put("data_cached", region.dataCached());
    }
    system.codeCache().ifPresent(cache -> write(cache, node.putObject("code_cache")));
    system.dataCache().ifPresent(cache -> write(cache, node.putObject("data_cache")));
    node.put("unified", system.unified()).put("write_allocate", system.writeAllocate());
  }

  private static void write(CacheGeometry cache, ObjectNode node) {
    node.put("lines", cache.lines())
        .put("ways", cache.ways())
        .put("line_bytes", cache.lineBytes())
        .put("sector_bytes", cache.sectorBytes())
        .put("replacement", cache.replacement().name().toLowerCase(Locale.ROOT));
  }

  private static void write(Counts.Part part, ObjectNode node) {
    node.put("name", part.name())
        .put("entries", part.entries())
        .put("exception_entries", part.exceptionEntries())
        .put("exception_returns", part.exceptionReturns())
        .put("mispredictions", part.mispredictions())
        .put("slept_cycles", part.sleptCycles());
    ArrayNode edges = node.putArray("edges");
    part.edges().forEach(e -> edges.addArray().add(e.from()).add(e.to()).add(e.count()));
    ArrayNode unaligned = node.putArray("unaligned");
    part.unaligned()
        .forEach(
            u ->
                unaligned
                    .addObject()
                    .put("width_bytes", u.widthBytes())
                    .put("low_address", u.lowAddress())
                    .put("store", u.store())
                    .put("count", u.count()));
    ArrayNode traffic = node.putArray("traffic");
    part.traffic()
        .forEach(
            t ->
                traffic
                    .addObject()
                    .put("region", t.region())
                    .put("reads", t.reads())
                    .put("writes", t.writes())
                    .put("read_bytes", t.readBytes())
                    .put("write_bytes", t.writeBytes()));
    ArrayNode events = node.putArray("memory_events");
    part.events().forEach(system -> write(system, events.addObject()));
  }

  private static void write(MemoryEvents events, ObjectNode node) {
    node.put("lines_crossed", events.linesCrossed());
    ArrayNode regions = node.putArray("regions");
    for (int region = 0; region < events.regions(); region++) {
      ObjectNode one = regions.addObject();
      ObjectNode reads = one.putObject("code_reads_by_hidden_cycles");
      long[] byHidden = events.codeReads(region);
      for (int hidden = 0; hidden < byHidden.length; hidden++) {
        if (byHidden[hidden] != 0) {
          reads.put(Integer.toString(hidden), byHidden[hidden]);
        }
      }
      one.put("data_reads", events.dataReads(region)).put("data_writes", events.dataWrites(region));
    }
  }
}
