package dev.thumbprint.cost.board;

/**
 * What recordings of a board say beyond its documents: two numbers.
 *
 * @param scale cycles relative to what the documents say
 * @param weights waiting for weights relative to what the documents say
 * @param rows recordings they rest on
 * @param source where the recordings are from
 */
public record BoardCalibration(double scale, double weights, int rows, Citation source) {
  public BoardCalibration {
    if (!(scale > 0 && weights >= 0 && Double.isFinite(scale) && Double.isFinite(weights))) {
      throw new IllegalArgumentException("calibration %s, %s".formatted(scale, weights));
    }
  }
}
