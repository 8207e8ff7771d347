package dev.thumbprint.cost.energy;

import dev.thumbprint.cost.board.ActivePower;

/**
 * Measured power of one board with one library and kind of kernels: a fitted number.
 *
 * @param board name of the board
 * @param library kernel library with its generation; {@code float} for floating point, whose
 *     kernels do not depend on the library
 * @param kind kind of kernels
 * @param figure the mean over networks, with the configuration it was measured in
 * @param networks networks behind the mean
 * @param rows recordings behind the mean
 * @param spread standard deviation of the logarithm over networks; 0 for a single one
 */
public record PowerEntry(
    String board,
    String library,
    KernelKind kind,
    ActivePower figure,
    int networks,
    int rows,
    double spread) {

  /** The library without its generation. */
  public String family() {
    int at = library.indexOf('@');
    return at < 0 ? library : library.substring(0, at);
  }
}
