package dev.thumbprint.model;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import java.util.EnumSet;
import java.util.Set;

/**
 * Checks one operator: options within reason, quantisation where the arithmetic needs it, scales
 * that give multipliers within range. Shapes are the matter of {@link ShapeRules}. What depends on
 * a kernel (which types it takes) is refused where the kernel is prepared.
 */
final class OperatorValidator {
  /** Steps and windows beyond this are misprints or attacks; no input is that large. */
  static final int STEP_MAX = 32_768;

  /** QuantizeMultiplier: a left shift above 30 leaves no bit of a 32-bit accumulator. */
  private static final double MULTIPLIER_MAX = 0x1p30;

  /** fully_connected_common.cc: the bias may differ from input x weight scale by this share. */
  private static final double BIAS_SCALE_TOLERANCE = 0.02;

  private static final Set<Operator> ARITHMETIC =
      EnumSet.of(
          Operator.CONV_2D,
          Operator.DEPTHWISE_CONV_2D,
          Operator.TRANSPOSE_CONV,
          Operator.FULLY_CONNECTED,
          Operator.BATCH_MATMUL,
          Operator.SVDF,
          Operator.UNIDIRECTIONAL_SEQUENCE_LSTM,
          Operator.ADD,
          Operator.SUB,
          Operator.MUL,
          Operator.DIV,
          Operator.SQUARED_DIFFERENCE,
          Operator.AVERAGE_POOL_2D,
          Operator.MAX_POOL_2D,
          Operator.MEAN,
          Operator.SUM,
          Operator.SOFTMAX,
          Operator.LOG_SOFTMAX,
          Operator.LOGISTIC,
          Operator.TANH,
          Operator.RELU,
          Operator.RELU6,
          Operator.LEAKY_RELU,
          Operator.PRELU,
          Operator.ELU,
          Operator.HARD_SWISH,
          Operator.L2_NORMALIZATION,
          Operator.RSQRT,
          Operator.QUANTIZE,
          Operator.DEQUANTIZE);

  private final Subgraph subgraph;
  private final Node node;

  private OperatorValidator(Subgraph subgraph, Node node) {
    this.subgraph = subgraph;
    this.node = node;
  }

  static void validate(Subgraph subgraph, Node node) {
    OperatorValidator validator = new OperatorValidator(subgraph, node);
    validator.validateOptions();
    new ShapeRules(subgraph, node).validate();
    if (ARITHMETIC.contains(node.operator())) {
      validator.validateQuantized();
    }
    validator.validateScales();
  }

  private void validateOptions() {
    switch (node.options()) {
      case Options.Conv2d o -> {
        requireSteps("stride", o.strideHeight(), o.strideWidth());
        requireSteps("dilation", o.dilationHeight(), o.dilationWidth());
      }
      case Options.DepthwiseConv2d o -> {
        requireSteps("stride", o.strideHeight(), o.strideWidth());
        requireSteps("dilation", o.dilationHeight(), o.dilationWidth());
      }
      case Options.TransposeConv o -> requireSteps("stride", o.strideHeight(), o.strideWidth());
      case Options.Pool2d o -> {
        requireSteps("stride", o.strideHeight(), o.strideWidth());
        requireSteps("window", o.filterHeight(), o.filterWidth());
      }
      case Options.BlockSize o -> requireSteps("block size", o.blockSize());
      case Options.Softmax o -> requireFinite("beta", o.beta());
      case Options.LeakyRelu o -> requireFinite("alpha", o.alpha());
      case Options.Lstm o -> requireFinite("clip", o.cellClip() + o.projectionClip());
      case Options.Split o -> requireCount(o.outputs(), node.outputs().size(), "outputs");
      case Options.Pack o -> {
        boolean packs = node.operator() == Operator.PACK;
        requireCount(
            o.count(), packs ? node.inputs().size() : node.outputs().size(), "packed tensors");
      }
      default -> {}
    }
  }

  private void validateQuantized() {
    for (int input : node.inputs()) {
      if (input >= 0) {
        requireQuantized(subgraph.tensor(input));
      }
    }
    for (int output : node.outputs()) {
      requireQuantized(subgraph.tensor(output));
    }
  }

  private static void requireQuantized(Tensor tensor) {
    boolean narrow =
        switch (tensor.type()) {
          case INT4, INT8, UINT8, INT16 -> true;
          default -> false;
        };
    if (narrow && tensor.quantization().isEmpty()) {
      throw bad(
          "tensor %d of type %s has no scale".formatted(tensor.index(), tensor.type().label()),
          "quantisation parameters");
    }
  }

  private void validateScales() {
    switch (node.operator()) {
      case CONV_2D, DEPTHWISE_CONV_2D -> validateProducts(0, 1, 2);
      case TRANSPOSE_CONV -> validateProducts(2, 1, 3);
      case FULLY_CONNECTED -> {
        validateProducts(0, 1, 2);
        validateBiasScale();
      }
      case ADD, SUB -> validateSum();
      case MUL -> validateProducts(0, 1, -1);
      case EQUAL, NOT_EQUAL, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL -> {
        validateCompared(input(0));
        validateCompared(input(1));
      }
      default -> {}
    }
  }

  /** Scale of the left operand x each scale of the right one / scale of the output. */
  private void validateProducts(int left, int right, int bias) {
    Tensor weights = input(right);
    Tensor output = subgraph.tensor(node.outputs().getFirst());
    if (!integer(input(left)) || !integer(output) || weights.quantization().isEmpty()) {
      return;
    }
    double ratio = scale(input(left)) / scale(output);
    for (float scale : weights.quantization().get().scales()) {
      if (!(ratio * scale < MULTIPLIER_MAX)) {
        throw bad("multiplier " + ratio * scale, "less than 2^30 (scales of inputs and output)");
      }
    }
    if (bias >= 0) {
      for (int zeroPoint : weights.quantization().get().zeroPoints()) {
        if (zeroPoint != 0) {
          throw bad("weights with zero point " + zeroPoint, "0: weights are symmetric");
        }
      }
    }
  }

  private void validateBiasScale() {
    Tensor bias = node.inputs().size() > 2 && node.inputs().get(2) >= 0 ? input(2) : null;
    Tensor output = subgraph.tensor(node.outputs().getFirst());
    Tensor weights = input(1);
    boolean perTensor = weights.quantization().map(q -> !q.perChannel()).orElse(false);
    if (bias == null || bias.quantization().isEmpty() || !integer(input(0)) || !perTensor) {
      return;
    }
    double product = (double) scale(input(0)) * scale(weights);
    if (!(Math.abs(product - scale(bias)) / scale(output) <= BIAS_SCALE_TOLERANCE)) {
      throw bad("bias scale " + scale(bias), product + " (input scale x weight scale)");
    }
  }

  private void validateSum() {
    Tensor output = subgraph.tensor(node.outputs().getFirst());
    if (!integer(input(0)) || !integer(input(1)) || !integer(output)) {
      return;
    }
    int shift = output.type() == DataType.INT16 ? 15 : 20;
    double twice = 2 * Math.max((double) scale(input(0)), scale(input(1)));
    double ratio = twice / (Math.scalb(1.0, shift) * scale(output));
    if (!(ratio < 1)) {
      throw bad(
          "output multiplier " + ratio, "less than 1 (an output scale that the sum can fill)");
    }
  }

  private static void validateCompared(Tensor tensor) {
    if (tensor.type() == DataType.INT8 && tensor.quantization().isPresent()) {
      float scale = tensor.quantization().get().scale();
      if (!(scale < 1)) {
        throw bad("compared scale " + scale, "less than 1");
      }
    }
  }

  private static boolean integer(Tensor tensor) {
    boolean narrow = tensor.type() == DataType.INT8 || tensor.type() == DataType.INT16;
    return narrow && tensor.quantization().isPresent();
  }

  private static float scale(Tensor tensor) {
    return tensor.quantization().orElseThrow().scale();
  }

  private Tensor input(int position) {
    return subgraph.tensor(node.inputs().get(position));
  }

  private static void requireSteps(String what, int... steps) {
    for (int step : steps) {
      if (step < 1 || step > STEP_MAX) {
        throw bad(what + ' ' + step, "1 to " + STEP_MAX);
      }
    }
  }

  private static void requireFinite(String what, float value) {
    if (!Float.isFinite(value)) {
      throw bad(what + ' ' + value, "a finite number");
    }
  }

  private static void requireCount(int told, int present, String what) {
    if (told != present) {
      throw bad(told + " in the options, " + present + ' ' + what, "as many of both");
    }
  }

  static InputException bad(String found, String expected) {
    return InputException.of("", "", found, expected);
  }
}
