package dev.thumbprint.recorded;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Operator lists of the sweep networks of arXiv:2104.10645. They follow from the model's name; a
 * test holds them against the recorded layers.
 */
final class SweepNetworks {
  /** Columns of a dense layer that CMSIS-NN of early 2020 can count: it passes them as 16 bits. */
  private static final int DENSE_INPUTS_MAX = 65_535;

  /** Filters of the second convolution of the sweep over 100 to 120 channels. */
  static final int SECOND_CONV_FILTERS = 60;

  /** Values that the dense sweep takes; their arrangement is not told and costs nothing. */
  private static final Shape DENSE_INPUT = Shape.of(1, 100);

  /** Units of the dense layers that do not vary. */
  private static final int DENSE_UNITS = 450;

  private static final String PREFIX = "heim/";

  private SweepNetworks() {}

  /**
   * The key of the network that a whole-network row measured, empty where it is no sweep, or where
   * its dense layer wraps: the recorded time is then not that of the operator list.
   */
  static Optional<String> key(String model, LibraryId library) {
    return Sweep.of(model)
        .filter(
            sweep ->
                !library.name().equals("cmsis-nn")
                    || features(sweep).elements() <= DENSE_INPUTS_MAX)
        .map(sweep -> PREFIX + model);
  }

  /** The network of a key that {@link #key} gives. */
  static Optional<RecordedNetwork> network(String key) {
    return key.startsWith(PREFIX)
        ? Sweep.of(key.substring(PREFIX.length())).map(sweep -> network(key, sweep))
        : Optional.empty();
  }

  /** The network's input. */
  static Shape image(Sweep sweep) {
    return switch (sweep.family()) {
      case SMALL_CONV -> Shape.of(1, 64, 64, 1);
      case CONV -> Shape.of(1, 32, 32, 1);
      case DEPTHWISE -> Shape.of(1, 24, 24, 1);
      case DENSE -> DENSE_INPUT;
    };
  }

  /** What RESHAPE flattens: the last feature map, in the dense sweep the input. */
  static Shape features(Sweep sweep) {
    return switch (sweep.family()) {
      case SMALL_CONV -> Shape.of(1, 64, 64, sweep.value());
      case CONV -> Shape.of(1, 32, 32, SECOND_CONV_FILTERS);
      case DEPTHWISE -> Shape.of(1, 24, 24, sweep.value());
      case DENSE -> DENSE_INPUT;
    };
  }

  private static RecordedNetwork network(String key, Sweep sweep) {
    Builder ops = new Builder(image(sweep));
    ops.plain("QUANTIZE", image(sweep));
    int value = sweep.value();
    switch (sweep.family()) {
      case SMALL_CONV -> {
        for (int i = 0; i < 4; i++) {
          ops.conv(value, sweep.kernel());
        }
      }
      case CONV -> {
        ops.conv(value, sweep.kernel());
        ops.conv(SECOND_CONV_FILTERS, sweep.kernel());
      }
      case DEPTHWISE -> {
        ops.conv(value, sweep.kernel());
        ops.depthwise(sweep.kernel());
      }
      case DENSE -> {}
    }
    ops.plain("RESHAPE", Shape.of(1, Math.toIntExact(features(sweep).elements())));
    if (sweep.family() == Sweep.Family.DENSE) {
      List.of(value, DENSE_UNITS, value, DENSE_UNITS).forEach(ops::dense);
    }
    ops.dense(Sweep.CLASSES);
    if (sweep.family() != Sweep.Family.DENSE) {
      ops.plain("SOFTMAX", Shape.of(1, Sweep.CLASSES));
    }
    ops.plain("DEQUANTIZE", Shape.of(1, Sweep.CLASSES));
    return new RecordedNetwork(
        key,
        "arXiv:2104.10645, sweep",
        List.of(new RecordedNetwork.Input(image(sweep), "float32")),
        OptionalLong.of(ops.macs),
        OptionalLong.empty(),
        ops.list);
  }

  /** Appends operators, each taking what the last one gave. */
  private static final class Builder {
    private final List<RecordedNetwork.Op> list = new ArrayList<>();
    private Shape last;
    private long macs;

    Builder(Shape input) {
      last = input;
    }

    void plain(String op, Shape output) {
      add(op, output, Shape.UNKNOWN, Shape.UNKNOWN, "", OptionalLong.empty());
    }

    void conv(int filters, int kernel) {
      Shape output = Shape.of(1, last.dim(1), last.dim(2), filters);
      Shape filter = Shape.of(filters, kernel, kernel, last.dim(3));
      long count = output.elements() * kernel * kernel * last.dim(3);
      add("CONV_2D", output, filter, Shape.of(1, 1), "SAME", OptionalLong.of(count));
    }

    void depthwise(int kernel) {
      Shape filter = Shape.of(1, kernel, kernel, last.dim(3));
      long count = last.elements() * kernel * kernel;
      add("DEPTHWISE_CONV_2D", last, filter, Shape.of(1, 1), "SAME", OptionalLong.of(count));
    }

    void dense(int units) {
      Shape filter = Shape.of(units, last.dim(1));
      OptionalLong count = OptionalLong.of((long) units * last.dim(1));
      add("FULLY_CONNECTED", Shape.of(1, units), filter, Shape.UNKNOWN, "", count);
    }

    private void add(
        String op, Shape output, Shape filter, Shape stride, String padding, OptionalLong count) {
      String type = op.equals("QUANTIZE") ? "float32" : "int8";
      list.add(
          new RecordedNetwork.Op(
              op, last, output, filter, stride, padding, type, count, OptionalLong.empty()));
      macs += count.orElse(0);
      last = output;
    }
  }
}
