package dev.thumbprint.cost.energy;

/**
 * A prediction beside a measurement that the fit had not seen.
 *
 * @param board board of the measurement
 * @param library its library
 * @param kind kind of kernels
 * @param network network that was left out
 * @param predictedMw predicted mean power in mW
 * @param lowMw lower end of the 90 % interval
 * @param highMw upper end of the 90 % interval
 * @param recordedMw measured mean power in mW
 * @param basis what the prediction rests on
 */
public record HeldOut(
    String board,
    String library,
    KernelKind kind,
    String network,
    double predictedMw,
    double lowMw,
    double highMw,
    double recordedMw,
    String basis) {

  /** Error in per cent; positive where the prediction is too high. */
  public double errorPct() {
    return 100 * (predictedMw / recordedMw - 1);
  }

  /** Whether the measurement lies in the interval. */
  public boolean covered() {
    return lowMw <= recordedMw && recordedMw <= highMw;
  }
}
