package dev.thumbprint.study.radio;

import dev.thumbprint.cost.Estimate;
import java.util.Locale;

/**
 * Sending the input by one link against computing on the node and sending the result.
 *
 * @param radio the link
 * @param inputBytes bytes of the input
 * @param resultBytes bytes of the result
 * @param computeUj energy of one inference in uJ
 */
public record RadioChoice(Radio radio, double inputBytes, double resultBytes, Estimate computeUj) {
  /** What takes less energy. */
  public enum Better {
    /** Computing on the node, whichever setting the link uses and wherever in its interval. */
    COMPUTE,
    /** Sending the input, whichever setting and wherever. */
    SEND,
    /** It depends on the setting of the link, or lies within the interval. */
    DEPENDS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Energy in uJ to send the input at the cheapest setting. */
  public double sendLowUj() {
    return radio.lowUj(inputBytes);
  }

  /** Energy in uJ to send the input at the dearest setting. */
  public double sendHighUj() {
    return radio.highUj(inputBytes);
  }

  /** The verdict. */
  public Better better() {
    // Both ways send something: what counts is the input less the result.
    double more = inputBytes - resultBytes;
    if (radio.lowUj(more) > computeUj.high()) {
      return Better.COMPUTE;
    }
    return radio.highUj(more) < computeUj.low() ? Better.SEND : Better.DEPENDS;
  }

  /** Bytes of input from which computing takes less energy, at the dearest setting of the link. */
  public double crossoverBytesLeast() {
    return resultBytes + radio.bytesLeast(computeUj.value());
  }

  /** Bytes of input from which computing takes less energy, at the cheapest setting of the link. */
  public double crossoverBytesMost() {
    return resultBytes + radio.bytesMost(computeUj.value());
  }
}
