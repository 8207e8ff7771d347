package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.memory.RamBus;
import dev.thumbprint.cost.memory.Stall;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.Pricer;
import dev.thumbprint.cost.pricing.Transfer;
import dev.thumbprint.cost.work.DataType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One number for each way to a RAM: cycles of a read beyond those of the pipeline, by least squares
 * over recorded int8 layers whose build was executed on the same core, beside what was executed.
 */
final class RamReadsFit {
  private static final int ROWS_MIN = 3;

  /** Relative error that a whole cycle counts like: documents name no such cycles. */
  private static final double PULL = 0.03;

  private RamReadsFit() {}

  static CostModel added(CostModel model, List<Sample> samples) {
    Transfer transfer = model.transfer();
    Map<RamBus, List<Sample>> ways =
        samples.stream()
            .filter(row -> isUsed(row, model))
            .collect(Collectors.groupingBy(row -> Stall.of(row.target()).ramBus()));
    ways.remove(RamBus.DIRECT);
    for (Map.Entry<RamBus, List<Sample>> way : ways.entrySet()) {
      if (way.getValue().size() >= ROWS_MIN) {
        double cycles = cycles(model, way.getKey(), way.getValue());
        transfer = transfer.withRamReadCycles(way.getKey(), cycles);
      }
    }
    return new CostModel(model.sets(), transfer);
  }

  /** What a compiler makes of plain loops differs more than reads of RAM do. */
  private static boolean isUsed(Sample row, CostModel model) {
    return !row.network()
        && row.layers().getFirst().inputType() == DataType.INT8
        && row.layers().getFirst().outputType() == DataType.INT8
        && !Calibration.isReference(row.target().kernels())
        && BuildFit.isExecuted(row.target(), model);
  }

  private static double cycles(CostModel model, RamBus bus, List<Sample> rows) {
    CostModel without = reading(model, bus, 0);
    CostModel with = reading(model, bus, 1);
    Map<Target, Long> builds =
        rows.stream().collect(Collectors.groupingBy(Sample::target, Collectors.counting()));
    Map<Target, Pricer> faster = new LinkedHashMap<>();
    Map<Target, Pricer> slower = new LinkedHashMap<>();
    NonNegativeLeastSquares problem = new NonNegativeLeastSquares(1);
    for (Sample row : rows) {
      // What is wrong with a build is wrong in all of its rows: they are one observation.
      double weight = 1 / Math.sqrt(builds.get(row.target()));
      double none = price(faster.computeIfAbsent(row.target(), without::on), row);
      double one = price(slower.computeIfAbsent(row.target(), with::on), row);
      if (none > 0 && one > none) {
        problem.add(
            new double[] {weight * (one - none) / row.cycles()},
            weight * (1 - none / row.cycles()));
      }
    }
    problem.pull(0, 0, PULL);
    return problem.solve()[0];
  }

  private static CostModel reading(CostModel model, RamBus bus, double cycles) {
    return new CostModel(model.sets(), model.transfer().withRamReadCycles(bus, cycles));
  }

  private static double price(Pricer pricer, Sample row) {
    return pricer.network(row.layers()).cycles() instanceof Estimate estimate
        ? estimate.value()
        : Double.NaN;
  }
}
