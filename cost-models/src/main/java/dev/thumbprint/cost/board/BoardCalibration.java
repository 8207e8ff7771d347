package dev.thumbprint.cost.board;

/**
 * What recordings of a board say beyond its documents: two numbers, and how far they may be off.
 *
 * @param scale cycles relative to what the documents say
 * @param weights waiting for weights relative to what the documents say
 * @param spread half-width of the 90 % interval of a network that was left out, as a natural
 *     logarithm
 * @param rows recordings they rest on
 * @param source where the recordings are from
 */
public record BoardCalibration(
    double scale, double weights, double spread, int rows, Citation source) {
  public BoardCalibration {
    if (!(scale > 0 && weights >= 0 && Double.isFinite(scale) && Double.isFinite(weights))) {
      throw new IllegalArgumentException("calibration %s, %s".formatted(scale, weights));
    }
    if (!(spread >= 0)) {
      throw new IllegalArgumentException("spread " + spread);
    }
  }
}
