package dev.thumbprint.study.radio;

import java.util.List;

/**
 * A kind of radio link with what it takes to send a bit. The figures are those of arXiv:2104.10645
 * (which gathers them from published radios): the range from the dearest to the cheapest setting of
 * each kind. They cover the transmission alone: no connection set-up, no acknowledgement, no
 * listening.
 *
 * @param name name of the link
 * @param lowUjPerBit energy for each bit in uJ, cheapest setting
 * @param highUjPerBit energy for each bit in uJ, dearest setting
 */
public record Radio(String name, double lowUjPerBit, double highUjPerBit) {
  /** uJ in a mJ: the source gives mJ per bit. */
  private static final double UJ = 1e3;

  private static final int BITS = 8;

  /** The links of the study, cheapest first. */
  public static final List<Radio> ALL =
      List.of(
          new Radio("BT 5", 1.26e-5 * UJ, 5.41e-5 * UJ),
          new Radio("FSK", 1.65e-4 * UJ, 1.30e-3 * UJ),
          new Radio("LoRa", 7.92e-4 * UJ, 6.23e-3 * UJ),
          new Radio("UMTS", 3.58e-2 * UJ, 1.95e-1 * UJ));

  /** Energy in uJ to send some bytes at the cheapest setting. */
  public double lowUj(double bytes) {
    return bytes * BITS * lowUjPerBit;
  }

  /** Energy in uJ to send some bytes at the dearest setting. */
  public double highUj(double bytes) {
    return bytes * BITS * highUjPerBit;
  }

  /** Bytes that some energy sends at the cheapest setting. */
  public double bytesMost(double energyUj) {
    return energyUj / (BITS * lowUjPerBit);
  }

  /** Bytes that some energy sends at the dearest setting. */
  public double bytesLeast(double energyUj) {
    return energyUj / (BITS * highUjPerBit);
  }
}
