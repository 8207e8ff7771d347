package dev.thumbprint.recorded;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network of one of the four sweeps of arXiv:2104.10645, told by the model's name: one parameter
 * varies, all else stays.
 *
 * @param family which parameter varies
 * @param value its value
 * @param kernel height and width of the convolutions, 0 in the dense sweep
 */
record Sweep(Family family, int value, int kernel) {
  /** The sweeps, all on a NUCLEO-L496ZG. */
  enum Family {
    /** Four convolutions on 64x64, 1 to 16 filters. */
    SMALL_CONV("convsweep-01de"),
    /** Two convolutions on 32x32: 1 to F channels, F to 60; F 100 to 120. */
    CONV("convsweep-01dg"),
    /** Convolution and depthwise convolution on 24x24, 100 to 120 channels. */
    DEPTHWISE("dwsweep-01f"),
    /** Dense layers of 440 to 499 units between layers of 450. */
    DENSE("densesweep-01ec");

    private final String prefix;

    Family(String prefix) {
      this.prefix = prefix;
    }

    /** Prefix of the models' names. */
    String prefix() {
      return prefix;
    }
  }

  /** Outputs of every sweep network. */
  static final int CLASSES = 10;

  private static final Pattern MODEL =
      Pattern.compile("([a-z]+-\\d\\d[a-z]+)-[FCU](\\d{1,3})(?:-K(\\d))?-int8");

  /** The sweep that a model belongs to, if any. */
  static Optional<Sweep> of(String model) {
    Matcher matcher = MODEL.matcher(model);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int value = Integer.parseInt(matcher.group(2));
    int kernel = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
    for (Family family : Family.values()) {
      boolean complete = value > 0 && (kernel > 0) == (family != Family.DENSE);
      if (family.prefix.equals(matcher.group(1)) && complete) {
        return Optional.of(new Sweep(family, value, kernel));
      }
    }
    return Optional.empty();
  }

  /**
   * Whether an operator of the network changes with the value; the others are the same in the whole
   * sweep.
   */
  boolean varies(Work work) {
    return switch (work.op()) {
      case "CONV_2D", "DEPTHWISE_CONV_2D" -> true;
      case "RESHAPE" -> family == Family.SMALL_CONV || family == Family.DEPTHWISE;
      case "FULLY_CONNECTED" ->
          switch (family) {
            case SMALL_CONV, DEPTHWISE -> true;
            case CONV -> false;
            case DENSE -> work.output().known() && work.output().dim(-1) != CLASSES;
          };
      default -> false;
    };
  }
}
