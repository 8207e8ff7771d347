package dev.thumbprint.cli;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Layer;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.model.Network;
import dev.thumbprint.model.TfliteWriter;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.report.TextTable;
import dev.thumbprint.report.TextTable.Align;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zoo}: the networks that are built in, and single layers on request. */
@Command(
    name = "zoo",
    description = "The networks that are built in; write one, or a single layer, as a .tflite.")
final class ZooCommand implements Callable<Integer> {
  private static final String SCHEMA_VERSION = "1.0";

  @Spec CommandSpec spec;
  @Mixin OutputMixin output;

  /** What to write: a name, or the shape of one layer. */
  static final class Subject {
    @NoFile
    @Parameters(index = "0", paramLabel = "NAME", description = "A name that zoo list shows.")
    String name;

    @Option(
        names = "--conv",
        paramLabel = "HxWxC,FILTERS,KHxKW[,sN][,valid][,relu]",
        description = "One convolution, such as 32x32x100,60,3x3.")
    String convolution;

    @Option(
        names = "--depthwise",
        paramLabel = "HxWxC,KHxKW[,sN][,valid][,relu]",
        description = "One depthwise convolution, such as 24x24x100,3x3.")
    String depthwise;

    @Option(
        names = "--dense",
        paramLabel = "INPUTS,UNITS[,relu]",
        description = "One dense layer, such as 448,450.")
    String dense;

    String text() {
      if (convolution != null) {
        return "conv:" + convolution;
      }
      if (depthwise != null) {
        return "depthwise:" + depthwise;
      }
      return dense == null ? name : "dense:" + dense;
    }
  }

  @Override
  public Integer call() throws IOException {
    return list(output);
  }

  @Command(
      name = "list",
      description = "List the built-in networks and families of networks; so does zoo alone.")
  int list(@Mixin OutputMixin form) throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    TextTable table =
        new TextTable()
            .column("name", Align.LEFT)
            .column("what", Align.LEFT)
            .column("shapes from", Align.LEFT);
    for (Zoo.Entry entry : Zoo.list()) {
      String example = entry.family() ? ", as " + entry.example() : "";
      table.row(entry.name(), entry.description() + example, entry.source());
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", entry.name());
      row.put("example", entry.example());
      row.put("description", entry.description());
      row.put("source", entry.source());
      rows.add(row);
    }
    Object document = Map.of("schema_version", SCHEMA_VERSION, "networks", rows);
    form.write(new Listing("Networks", table, "", document));
    return ExitStatus.FINE;
  }

  @Command(name = "show", description = "Show the layers of a network.")
  int show(
      @NoFile @Parameters(paramLabel = "NAME", description = "A name that zoo list shows.")
          String name,
      @Mixin OutputMixin.TextOrJson form)
      throws IOException {
    Graph graph = Zoo.graph(name);
    Network network = Lowering.network(graph);
    form.write(() -> LayersText.render(graph, network), () -> document(graph, network));
    return ExitStatus.FINE;
  }

  @Command(
      name = "write",
      description = "Write a network with seeded synthetic weights as a .tflite file.")
  int write(
      @ArgGroup(multiplicity = "1") Subject subject,
      @Writes
          @Option(
              names = {"-o", "--output"},
              required = true,
              paramLabel = "FILE.tflite",
              description = "File to write; an older one is replaced.")
          Path output,
      @Option(
              names = "--seed",
              paramLabel = "N",
              defaultValue = "" + Zoo.DEFAULT_SEED,
              description = "Seed of the weights. Default: ${DEFAULT-VALUE}.")
          long seed)
      throws IOException {
    String name = subject.text();
    if (!Zoo.has(name) && name.indexOf(':') >= 0) {
      throw InputException.of("", name, "not understood", "the form that zoo list shows");
    }
    Graph graph = Zoo.graph(name, seed);
    TfliteWriter.write(graph, output);
    print(
        "%s: %d bytes, sha256 %s, seed %d%n"
            .formatted(output, graph.fileBytes(), graph.sha256(), seed));
    return ExitStatus.FINE;
  }

  private static Map<String, Object> document(Graph graph, Network network) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("name", graph.name());
    model.put("sha256", graph.sha256());
    model.put("bytes", graph.fileBytes());
    model.put("macs", network.macs());
    model.put("parameters", network.parameters().orElse(0));
    List<Map<String, Object>> layers = new ArrayList<>();
    for (Layer layer : network.layers()) {
      LayerWork work = layer.work();
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("index", layer.index());
      row.put("op", work.operator().name());
      row.put("name", layer.name());
      row.put("input_shape", work.input().toArray());
      row.put("filter_shape", work.filter().toArray());
      row.put("output_shape", work.output().toArray());
      row.put("macs", work.macs());
      row.put("constant_bytes", work.constantBytes());
      layers.add(row);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema_version", SCHEMA_VERSION);
    document.put("model", model);
    document.put("layers", layers);
    return document;
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
  }
}
