package dev.thumbprint.explore.space;

import dev.thumbprint.cost.work.Operator;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Layers that a template can have, with the numbers and words that each takes. */
enum LayerKind {
  CONV("conv", Operator.CONV_2D, "filters", "kernel", "stride", "padding", "activation"),
  DEPTHWISE("depthwise", Operator.DEPTHWISE_CONV_2D, "kernel", "stride", "padding", "activation"),
  DENSE("dense", Operator.FULLY_CONNECTED, "units", "activation"),
  AVERAGE_POOL("average-pool", Operator.AVERAGE_POOL_2D, "size", "stride", "padding"),
  MAX_POOL("max-pool", Operator.MAX_POOL_2D, "size", "stride", "padding"),
  GLOBAL_AVERAGE_POOL("global-average-pool", Operator.AVERAGE_POOL_2D),
  FLATTEN("flatten", Operator.RESHAPE),
  SOFTMAX("softmax", Operator.SOFTMAX),
  ADD("add", Operator.ADD, "with", "activation"),
  MUL("mul", Operator.MUL, "with", "activation"),
  CONCAT("concat", Operator.CONCATENATION, "with"),
  RELU("relu", Operator.RELU),
  RELU6("relu6", Operator.RELU6),
  LOGISTIC("logistic", Operator.LOGISTIC),
  TANH("tanh", Operator.TANH),
  HARD_SWISH("hard-swish", Operator.HARD_SWISH),
  QUANTIZE("quantize", Operator.QUANTIZE),
  DEQUANTIZE("dequantize", Operator.DEQUANTIZE);

  private final String label;
  private final Operator operator;

  /** Joined by blanks: an enum holds nothing that could change. */
  private final String keys;

  LayerKind(String label, Operator operator, String... keys) {
    this.label = label;
    this.operator = operator;
    this.keys = String.join(" ", keys);
  }

  static Optional<LayerKind> of(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(LayerKind::label).toList();
  }

  String label() {
    return label;
  }

  Operator operator() {
    return operator;
  }

  /** The keys it takes. */
  List<String> keys() {
    return keys.isEmpty() ? List.of() : List.of(keys.split(" "));
  }

  /** The number that it cannot do without, or empty. */
  Optional<String> required() {
    return keys().stream()
        .filter(key -> List.of("filters", "units", "with").contains(key))
        .findFirst();
  }
}
