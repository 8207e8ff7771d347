package dev.thumbprint.firmware.retime;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.memory.CacheGeometry;
import dev.thumbprint.cost.memory.MemoryEvents;
import dev.thumbprint.cost.memory.MemorySystem;
import dev.thumbprint.firmware.machine.Outcome;
import dev.thumbprint.firmware.thumb.CodeBlock;
import dev.thumbprint.firmware.thumb.Decoder;
import dev.thumbprint.firmware.time.MemoryCounter.Unaligned;
import dev.thumbprint.firmware.time.MemoryObserver.Traffic;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.WholeInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what {@link CountsWriter} wrote. */
public final class CountsReader {
  private static final int FILE_BYTES_MAX = 512 << 20;
  private static final int ENTRIES_MAX = 5_000_000;
  private static final long COUNT_MAX = 1L << 56;
  private static final int REGIONS_MAX = 64;
  private static final long ADDRESS_MAX = 0xffff_ffffL;
  private static final int IT_STATE_MAX = 0xff;
  private static final JsonMapper JSON = new JsonMapper();

  private final Set<Integer> blockIds = new HashSet<>();

  private CountsReader() {}

  /** Whether a file looks like counts rather than firmware. */
  public static boolean isCounts(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (var in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(256);
      return new String(start, StandardCharsets.ISO_8859_1).stripLeading().startsWith("{");
    }
  }

  /**
   * Reads a file.
   *
   * @throws InputException if it is no counts file, or damaged
   */
  public static Counts read(Path file) throws IOException {
    String text = WholeInput.text(file, FILE_BYTES_MAX);
    try {
      return parse(text);
    } catch (InputException e) {
      throw e.inFile(file.toString());
    }
  }

  /** Reads the content of a file; see {@link #read}. */
  public static Counts parse(String text) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JacksonException e) {
      throw InputException.of("", "file", "damaged JSON", "a file of emulate --counts").causedBy(e);
    }
    String kind = root.path("kind").asString("nothing");
    int version = root.path("version").asInt(0);
    if (!kind.equals(CountsWriter.KIND) || version != CountsWriter.VERSION) {
      throw InputException.of(
          "",
          "kind and version",
          kind + " " + version,
          CountsWriter.KIND + " " + CountsWriter.VERSION);
    }
    return new CountsReader().counts(root);
  }

  private Counts counts(JsonNode root) {
    String label = string(root, "core");
    Core core =
        Core.ofLabel(label)
            .orElseThrow(() -> InputException.of("", "core", label, "a core such as cortex-m4"));
    List<String> functions = list(root, "functions", node -> node.asString(""));
    List<Counts.Block> blocks = list(root, "blocks", node -> block(node, functions));
    List<MemorySystem> systems = list(root, "memory_systems", CountsReader::system);
    return new Counts(
        string(root.path("firmware"), "name"),
        string(root.path("firmware"), "sha256"),
        string(root, "board"),
        core,
        string(root, "engine"),
        outcome(root.path("outcome")),
        count(root, "stack_bytes_max"),
        list(
            root,
            "program",
            node -> new Counts.Range(address(node, "address"), small(node, "bytes"))),
        blocks,
        systems,
        list(root, "parts", node -> part(node, systems)),
        list(root, "notes", node -> node.asString("")));
  }

  private static Outcome outcome(JsonNode node) {
    String ending = string(node, "ending").toUpperCase(Locale.ROOT);
    JsonNode status = node.path("status");
    if (!status.isIntegralNumber() || !status.canConvertToInt()) {
      throw InputException.of("", "status", status.toString(), "a whole number of 32 bits");
    }
    for (Outcome.Ending known : Outcome.Ending.values()) {
      if (known.name().equals(ending)) {
        return new Outcome(
            known,
            status.asInt(),
            string(node, "reason"),
            address(node, "pc"),
            string(node, "place"),
            List.of());
      }
    }
    throw InputException.of("", "outcome", ending, "how a run can end, such as exit");
  }

  private Counts.Block block(JsonNode node, List<String> functions) {
    boolean fine =
        node.size() == 5
            && isWhole(node.path(0), Integer.MAX_VALUE)
            && isWhole(node.path(1), ADDRESS_MAX)
            && isWhole(node.path(2), functions.size() - 1)
            && isWhole(node.path(3), IT_STATE_MAX)
            && node.path(4).isString();
    int id = fine ? node.path(0).asInt() : 0;
    if (id < 1 || !blockIds.add(id)) {
      throw InputException.of(
          "", "blocks", node.toString(), "a new number, address, function, IT state, code");
    }
    String hex = node.path(4).asString();
    int function = node.path(2).asInt();
    int address = (int) node.path(1).asLong();
    int itState = node.path(3).asInt();
    return new Counts.Block(id, functions.get(function), code(hex, address, id, itState));
  }

  private static CodeBlock code(String hex, int address, int id, int itState) {
    try {
      byte[] code = HexFormat.of().parseHex(hex);
      if (code.length < 2 || code.length % 2 != 0) {
        throw new IllegalArgumentException("length");
      }
      return Decoder.decodeRange(code, 0, address, code.length, itState);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw InputException.of("", "code of block " + id, hex, "whole instructions").causedBy(e);
    }
  }

  private static MemorySystem system(JsonNode node) {
    try {
      return new MemorySystem(
          list(
              node,
              "regions",
              region ->
                  new MemorySystem.Region(
                      string(region, "name"),
                      count(region, "address"),
                      small(region, "fetch_bytes"),
                      flag(region, "code_cached"),
                      flag(region, "data_cached"))),
          cache(node, "code_cache"),
          cache(node, "data_cache"),
          flag(node, "unified"),
          flag(node, "write_allocate"));
    } catch (IllegalArgumentException e) {
      throw InputException.of("", "memory_systems", node.toString(), e.getMessage()).causedBy(e);
    }
  }

  private static Optional<CacheGeometry> cache(JsonNode node, String name) {
    if (!node.has(name)) {
      return Optional.empty();
    }
    JsonNode cache = node.path(name);
    String replacement = string(cache, "replacement").toUpperCase(Locale.ROOT);
    return Optional.of(
        new CacheGeometry(
            small(cache, "lines"),
            small(cache, "ways"),
            small(cache, "line_bytes"),
            small(cache, "sector_bytes"),
            CacheGeometry.Replacement.valueOf(replacement)));
  }

  private Counts.Part part(JsonNode node, List<MemorySystem> systems) {
    List<MemoryEvents> events = list(node, "memory_events", CountsReader::events);
    for (int i = 0; i < Math.max(events.size(), systems.size()); i++) {
      int found = i < events.size() ? events.get(i).regions() : 0;
      int expected = i < systems.size() ? systems.get(i).regions().size() : 0;
      if (i >= events.size() || i >= systems.size() || found != expected) {
        throw InputException.of(
            "",
            "memory_events of part '%s', system %d".formatted(string(node, "name"), i),
            found + " regions",
            expected + " regions");
      }
    }
    return new Counts.Part(
        string(node, "name"),
        count(node, "entries"),
        count(node, "exception_entries"),
        count(node, "exception_returns"),
        count(node, "mispredictions"),
        count(node, "slept_cycles"),
        list(node, "edges", this::edge),
        list(
            node,
            "unaligned",
            u ->
                new Unaligned(
                    small(u, "width_bytes"),
                    small(u, "low_address"),
                    flag(u, "store"),
                    count(u, "count"))),
        list(
            node,
            "traffic",
            t ->
                new Traffic(
                    string(t, "region"),
                    count(t, "reads"),
                    count(t, "writes"),
                    count(t, "read_bytes"),
                    count(t, "write_bytes"))),
        events);
  }

  private Counts.Edge edge(JsonNode node) {
    boolean numbers =
        node.size() == 3
            && isWhole(node.path(0), Integer.MAX_VALUE)
            && isWhole(node.path(1), Integer.MAX_VALUE)
            && isWhole(node.path(2), COUNT_MAX);
    int from = numbers ? node.path(0).asInt() : -1;
    int to = numbers ? node.path(1).asInt() : -1;
    if (!blockIds.contains(to) || (from != 0 && !blockIds.contains(from))) {
      throw InputException.of(
          "", "edges", node.toString(), "two numbers of blocks in the file and a count");
    }
    return new Counts.Edge(from, to, node.path(2).asLong());
  }

  private static MemoryEvents events(JsonNode node) {
    JsonNode regions = node.path("regions");
    if (!regions.isArray() || regions.size() > REGIONS_MAX) {
      throw InputException.of(
          "", "regions", regions.toString(), "a list of at most " + REGIONS_MAX);
    }
    MemoryEvents events =
        MemoryEvents.none(regions.size()).withLinesCrossed(count(node, "lines_crossed"));
    for (int region = 0; region < regions.size(); region++) {
      JsonNode one = regions.path(region);
      long[] reads = new long[MemoryEvents.HIDDEN_CYCLES_MAX + 1];
      JsonNode hidden = one.path("code_reads_by_hidden_cycles");
      for (String cycles : hidden.propertyNames()) {
        reads[hidden(cycles)] = count(hidden, cycles);
      }
      events = events.with(region, reads, count(one, "data_reads"), count(one, "data_writes"));
    }
    return events;
  }

  private static int hidden(String text) {
    if (text.matches("\\d{1,2}") && Integer.parseInt(text) <= MemoryEvents.HIDDEN_CYCLES_MAX) {
      return Integer.parseInt(text);
    }
    throw InputException.of(
        "", "code_reads_by_hidden_cycles", text, "0 to " + MemoryEvents.HIDDEN_CYCLES_MAX);
  }

  private static <T> List<T> list(JsonNode node, String name, Function<JsonNode, T> read) {
    JsonNode array = node.path(name);
    if (!array.isArray() || array.size() > ENTRIES_MAX) {
      throw InputException.of(
          "",
          name,
          array.isArray() ? array.size() + " entries" : "no list",
          "a list of at most " + ENTRIES_MAX);
    }
    List<T> all = new ArrayList<>(array.size());
    array.forEach(one -> all.add(read.apply(one)));
    return all;
  }

  private static String string(JsonNode node, String name) {
    if (!node.path(name).isString()) {
      throw InputException.of("", name, node.path(name).toString(), "a text");
    }
    return node.path(name).asString();
  }

  private static boolean flag(JsonNode node, String name) {
    if (!node.path(name).isBoolean()) {
      throw InputException.of("", name, node.path(name).toString(), "true or false");
    }
    return node.path(name).asBoolean();
  }

  private static long count(JsonNode node, String name) {
    return count(node, name, COUNT_MAX);
  }

  private static long count(JsonNode node, String name, long max) {
    JsonNode value = node.path(name);
    if (!isWhole(value, max)) {
      throw InputException.of("", name, value.toString(), "a whole number from 0 to " + max);
    }
    return value.asLong();
  }

  private static int small(JsonNode node, String name) {
    return (int) count(node, name, Integer.MAX_VALUE);
  }

  private static int address(JsonNode node, String name) {
    return (int) count(node, name, ADDRESS_MAX);
  }

  private static boolean isWhole(JsonNode value, long max) {
    return value.isIntegralNumber()
        && value.canConvertToLong()
        && value.asLong() >= 0
        && value.asLong() <= max;
  }
}
