package dev.thumbprint.study;

import static dev.thumbprint.study.Cases.orNan;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.model.Network;
import dev.thumbprint.model.TfliteReader;
import dev.thumbprint.model.TfliteWriter;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.report.chart.BarChart;
import dev.thumbprint.study.Cases.Finding;
import dev.thumbprint.study.Setup.Kernels;
import dev.thumbprint.study.Setup.StudyBoard;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The two networks and the four sweep families as .tflite files. */
final class ModelGenerators {
  /** Parameters and multiply-accumulates that the paper tells of its networks. */
  private record Told(String model, int operators, long parameters, long macs) {}

  private static final List<Told> TOLD =
      List.of(
          new Told("lenet", 11, 81_194, 274_656), new Told("resnet20", 36, 271_690, 40_813_184));

  private ModelGenerators() {}

  static void run(Lab lab, Outcome.Builder outcome) {
    List<Check> counts = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    BarChart chart = new BarChart("Multiply-accumulates", "millions", List.of("generated"));
    List<Check> readBack = new ArrayList<>();
    for (Told told : TOLD) {
      Graph graph = roundTrip(told.model(), readBack, rows);
      Network network = Lowering.network(graph);
      chart.group(told.model(), network.macs() / 1e6);
      counts.add(count(told.model() + " operators", told.operators(), network.layers().size()));
      counts.add(
          count(told.model() + " parameters", told.parameters(), network.parameters().orElse(0)));
      counts.add(count(told.model() + " MACs", told.macs(), network.macs()));
    }
    outcome.state(
        "counts",
        "Operators, parameters and multiply-accumulates are those that the paper tells",
        List.of(),
        counts,
        "the paper's counts stand in this program; no recording holds them");
    Cases same = new Cases(v -> Finding.of(v[0] == v[1], "%.0f against %.0f", v[0], v[1]));
    for (String member :
        List.of("dense-U440", "conv-F101-K3", "depthwise-C101-K5", "channels-F5-K7")) {
      Graph graph = roundTrip(member, readBack, rows);
      chart.group(member, Lowering.network(graph).macs() / 1e6);
    }
    family(lab, same, Sweep.DENSE, "dense-U440", 440, 0);
    family(lab, same, Sweep.CONVOLUTION, "conv-F101-K3", 101, 3);
    family(lab, same, Sweep.SMALL, "channels-F5-K7", 5, 7);
    same.state(
        outcome,
        "families",
        "Layers of generated members have the multiply-accumulates of the recorded ones",
        "the depthwise family draws its first convolution 3x3 where the recorded one follows K");
    outcome.state(
        "files", "Every model is written as .tflite and read back the same", List.of(), readBack);
    outcome.sheet("Generated models", List.of("model", "operators", "MACs", "bytes"), rows);
    outcome.plot("generators", "Generated models", chart.render());
    outcome.note("./thumbprint zoo write NAME -o FILE.tflite writes any of them.");
  }

  private static Check count(String what, long wanted, long found) {
    return new Check(what, "%,d of %,d".formatted(found, wanted), found == wanted);
  }

  private static Graph roundTrip(String model, List<Check> checks, List<List<String>> rows) {
    Graph graph = Zoo.graph(model);
    byte[] file = TfliteWriter.bytes(graph);
    Graph back = TfliteReader.read(ByteBuffer.wrap(file), graph.name(), model);
    boolean same = Lowering.lower(back).equals(Lowering.lower(graph));
    checks.add(new Check(model, "%,d bytes".formatted(file.length), same));
    Network network = Lowering.network(back);
    rows.add(
        List.of(
            model,
            String.valueOf(network.layers().size()),
            "%,d".formatted(network.macs()),
            "%,d".formatted(file.length)));
    return back;
  }

  private static void family(
      Lab lab, Cases cases, Sweep sweep, String member, int value, int kernel) {
    List<LayerWork> made = Lowering.lower(Zoo.graph(member));
    Setup setup = Setup.fast(StudyBoard.L4, Kernels.CMSIS_NN);
    for (int i = 0; i < made.size(); i++) {
      double recorded = orNan(lab.sweepMacs(sweep, value, kernel, setup, i));
      if (!Double.isNaN(recorded)) {
        double macs = made.get(i).macs();
        cases.add(
            "%s layer %d".formatted(member, i), Cases.of(Double.NaN, 0), Cases.of(macs, recorded));
      }
    }
  }
}
