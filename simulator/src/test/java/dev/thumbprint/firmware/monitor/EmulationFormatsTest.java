package dev.thumbprint.firmware.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.core.InstructionClass;
import dev.thumbprint.cost.memory.CliffDetector;
import dev.thumbprint.firmware.count.Block;
import dev.thumbprint.firmware.count.CallStack;
import dev.thumbprint.firmware.image.Symbol;
import dev.thumbprint.firmware.image.Symbols;
import dev.thumbprint.firmware.machine.Outcome;
import dev.thumbprint.firmware.retime.PartTime;
import dev.thumbprint.firmware.thumb.CodeBlock;
import dev.thumbprint.firmware.time.MemoryObserver;
import dev.thumbprint.model.Layer;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.model.Network;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.profile.Profile;
import dev.thumbprint.report.JsonReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every form of a report is what it was, to the byte and in every language; {@code
 * -Dthumbprint.golden=write} writes the files anew.
 */
class EmulationFormatsTest {
  private static final Path GOLDEN =
      Path.of("src", "test", "resources", "dev", "thumbprint", "firmware", "monitor");

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Network NETWORK = Lowering.network(Zoo.graph("kws"));

  private static Emulation emulation() {
    Map<InstructionClass, Long> opcodes = new LinkedHashMap<>();
    opcodes.put(InstructionClass.ALU, 700L);
    opcodes.put(InstructionClass.MULTIPLY_ADD, 300L);
    Layer first = NETWORK.layers().getFirst();
    PartTime part = new PartTime("0", 2, 900, 1000, 8, 0, 50, 12, 40, 6, 50, 45, 70, 3, 0);
    PartTime whole =
        new PartTime("interpreter", 2, 950, 1100, 8, 24, 50, 12, 40, 6, 50, 45, 70, 3, 0);
    return new Emulation(
        "program.elf",
        "00".repeat(32),
        Target.of(Boards.named("nucleo-l496zg"), TargetOptions.DEFAULTS),
        "an engine",
        new Outcome(
            Outcome.Ending.FAULT,
            1,
            "load from 0x60000000, where nothing is",
            0x0800_0100,
            "inner+0x10 (a.c:7)",
            List.of("inner+0x10 (a.c:7)", "main")),
        1000,
        1500,
        100,
        List.of(
            new Emulation.Function("inner", 3, 1100, OptionalLong.of(1100), 800),
            new Emulation.Function("say \"hi\"", 1, 400, OptionalLong.empty(), 200)),
        List.of(
            new Emulation.Operator(
                0,
                "CONV_2D",
                "tflite::ConvEval",
                Optional.of(first),
                part,
                new Estimate(1.5, 1.2, 1.9, Source.MODELLED)),
            new Emulation.Operator(
                1, "?", "unknown_eval", Optional.empty(), part, new Unavailable("no figure"))),
        Optional.of(whole),
        opcodes,
        250,
        List.of(new MemoryObserver.Traffic("flash", 10, 0, 40, 0)),
        new MemoryObserver.Stalls(50, 12, 40, 6, 2, 3, new CliffDetector.StallInterval(45, 50, 70)),
        new MemoryUse(
            476,
            OptionalInt.of(1024),
            OptionalInt.of(64),
            Optional.of(new MemoryUse.Arena("tensor_arena", 4096, 2048)),
            20_000),
        new Emulation.EnergyUse(
            new Estimate(2.5, 2, 3, Source.MODELLED), new Estimate(30, 25, 35, Source.CALIBRATED)),
        Optional.of(
            new Coverage(
                List.of(
                    new Coverage.Function("inner", 100, 60), new Coverage.Function("main", 50, 0)),
                12,
                40)),
        List.of("             0  reset", "           120    main"),
        List.of("vmla.f16 at 0x08000200"),
        List.of("a note"));
  }

  private static CallStack calls(CallStack.Listener listener) {
    Symbols symbols =
        new Symbols(
            List.of(
                new Symbol("reset", 0x100, 0x40, true, true),
                new Symbol("main", 0x200, 0x40, true, true),
                new Symbol("inner", 0x300, 0x40, true, true),
                new Symbol("tick", 0x400, 0x40, true, true)));
    CallStack calls = new CallStack(symbols, listener);
    calls.start(0x100, 0);
    calls.call(block(0x200), 0x110, 10);
    calls.call(block(0x300), 0x210, 30);
    calls.interrupt(0x2000_0000, 0x400, 55);
    calls.resume(0x2000_0000, 0x310, 75);
    calls.back(block(0x210), 100);
    calls.call(block(0x300), 0x220, 120);
    calls.back(block(0x220), 150);
    calls.back(block(0x110), 160);
    calls.settle(200);
    return calls;
  }

  private static Block block(int address) {
    return new Block(1, new CodeBlock(address, 2, List.of(), 0, 0), null, 0);
  }

  private static String form(String name) {
    return switch (name) {
      case "table.txt" ->
          EmulationReport.table(emulation(), new LinkedHashSet<>(EmulationReport.MONITORS));
      case "report.json" -> besideProfile().toPrettyString() + "\n";
      case "functions.csv" -> EmulationReport.csv(emulation());
      case "stacks.folded" -> FoldedStacks.write(calls(null).root());
      case "callgrind.out" -> Callgrind.write("program.elf", calls(null).root());
      case "trace.json" -> {
        ChromeTrace trace = new ChromeTrace(80_000_000);
        calls(trace);
        yield trace.write();
      }
      default -> throw new IllegalArgumentException(name);
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "table.txt",
        "report.json",
        "functions.csv",
        "stacks.folded",
        "callgrind.out",
        "trace.json"
      })
  void shouldWriteWhatItAlwaysWrote(String name) throws IOException {
    if (System.getProperty("thumbprint.golden", "").equals("write")) {
      Files.writeString(GOLDEN.resolve(name), form(name));
    }
    String expected = resource(name);
    Locale before = Locale.getDefault();
    try {
      for (String language : List.of("en-US", "de-DE", "ar-EG")) {
        Locale.setDefault(Locale.forLanguageTag(language));
        assertThat(form(name)).as(language).isEqualTo(expected);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = EmulationFormatsTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static ObjectNode whole() {
    String json =
        EmulationJson.render(
            emulation(), Optional.of(NETWORK), Optional.empty(), "1.2.3", "abcdef");
    return (ObjectNode) MAPPER.readTree(json);
  }

  private static ObjectNode profile() {
    Profile profile = EmulationProfile.of(emulation(), Optional.of(NETWORK));
    return new JsonReport(profile, "1.2.3", "abcdef").toNode();
  }

  private static ObjectNode besideProfile() {
    return whole().without(List.copyOf(profile().propertyNames()));
  }

  @Test
  void shouldWriteProfileAndBesideItJsonOfItsSchema() throws IOException {
    assertThat(schema("profile").validate(whole().retain(List.copyOf(profile().propertyNames()))))
        .isEmpty();
    Schema emulation = schema("emulation");
    assertThat(emulation.validate(besideProfile())).isEmpty();
    assertThat(emulation.validate(MAPPER.readTree("{\"kind\": \"emulation\"}"))).isNotEmpty();
  }

  private static Schema schema(String name) throws IOException {
    Path file = Path.of("..", "docs", "schema", name + ".schema.json");
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(file));
  }

  @Test
  void shouldWriteTraceWhoseEndsMatchItsBeginnings() {
    int depth = 0;
    double before = 0;
    for (var event : MAPPER.readTree(form("trace.json")).path("traceEvents")) {
      depth += event.path("ph").asString().equals("B") ? 1 : -1;
      assertThat(depth).isNotNegative();
      assertThat(event.path("ts").asDouble()).isGreaterThanOrEqualTo(before);
      before = event.path("ts").asDouble();
    }
  }
}
