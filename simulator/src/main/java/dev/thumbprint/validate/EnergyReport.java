package dev.thumbprint.validate;

import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.energy.EnergySample;
import dev.thumbprint.cost.energy.HeldOut;
import dev.thumbprint.cost.energy.PowerCalibration;
import dev.thumbprint.cost.energy.PowerFit;
import dev.thumbprint.cost.energy.PowerFits;
import dev.thumbprint.cost.energy.PowerHoldOut;
import dev.thumbprint.recorded.Recordings;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The fit of power to the built-in recordings, and what it is worth. */
public final class EnergyReport {
  private final List<Board> boards = Boards.builtIn();
  private final List<EnergySample> samples = EnergySamples.of(Recordings.builtIn());

  /** The fit to all samples. */
  public PowerFit fit() {
    return new PowerCalibration(boards).fit(samples);
  }

  /** The fit in the form in which it is built in. */
  public String yaml() {
    String data =
        "%d built-in recordings of trust A and B with energy, on %d boards"
            .formatted(
                samples.size(), samples.stream().map(EnergySample::board).distinct().count());
    return PowerFits.write(fit(), data, "thumbprint boards power --yaml");
  }

  /** Predictions of power for networks that the fit had not seen. */
  public List<HeldOut> networks() {
    return new PowerHoldOut(boards, samples).leaveOneNetworkOut();
  }

  /** Predictions of power for boards of which the fit knew the data sheet alone. */
  public List<HeldOut> boards() {
    return new PowerHoldOut(boards, samples).leaveOneBoardOut();
  }

  /** Error by board, one line each, and over all. */
  public String text() {
    PowerFit fit = fit();
    return "%d recordings with energy, %d fitted numbers (%d levels, %d factors)%n%n"
            .formatted(
                samples.size(),
                fit.constants(),
                fit.entries().size(),
                fit.constants() - fit.entries().size())
        + table("network left out", networks())
        + System.lineSeparator()
        + table("board left out, data sheet x learnt factor", boards());
  }

  /** Mean absolute percentage error. */
  static double meanErrorPct(List<HeldOut> results) {
    return results.stream().mapToDouble(one -> Math.abs(one.errorPct())).average().orElse(0);
  }

  /** Share of measurements in the 90 % interval. */
  static double coverage(List<HeldOut> results) {
    return results.stream().filter(HeldOut::covered).count() / (double) results.size();
  }

  private static String table(String title, List<HeldOut> results) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%-44s %5s %9s %9s %9s%n",
            title,
            "cases",
            "mean err",
            "worst",
            "covered"));
    results.stream()
        .collect(Collectors.groupingBy(HeldOut::board, TreeMap::new, Collectors.toList()))
        .forEach((board, group) -> text.append(row(board, group)));
    if (!results.isEmpty()) {
      text.append(row("all", results));
    }
    return text.toString();
  }

  private static String row(String name, List<HeldOut> group) {
    double worst = group.stream().mapToDouble(one -> Math.abs(one.errorPct())).max().orElseThrow();
    return String.format(
        Locale.ROOT,
        "%-44s %5d %7.1f %% %7.1f %% %7.0f %%%n",
        name,
        group.size(),
        meanErrorPct(group),
        worst,
        100 * coverage(group));
  }
}
