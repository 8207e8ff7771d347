package dev.thumbprint.cost.work;

import java.util.List;

/**
 * What one operator of a network asks for. Knows no weights, no file and no machine; a cost never
 * needs more than this.
 *
 * @param operator the operator
 * @param customName name of a {@link Operator#CUSTOM} operator, else empty
 * @param inputs shapes of the activation inputs, the main one first; at least one
 * @param filter shape of the constant weights (OHWI, depthwise 1xKHxKWxC, dense OxI), or {@link
 *     Shape#SCALAR} where there are none
 * @param output shape of the first output
 * @param window window of a convolution or pooling, else {@link Window#NONE}
 * @param inputType element type of the main input
 * @param weightType element type of the weights; the input type where there are none
 * @param outputType element type of the output
 * @param activation fused activation
 * @param bias whether a bias is added
 * @param perChannel whether the weights are quantised per channel
 * @param live which channels the weights use; all where nothing is known
 * @param stateType element type of what an SVDF or LSTM keeps from one inference to the next, and
 *     of the weights that an SVDF multiplies it with; the input's type elsewhere
 */
public record LayerWork(
    Operator operator,
    String customName,
    List<Shape> inputs,
    Shape filter,
    Shape output,
    Window window,
    DataType inputType,
    DataType weightType,
    DataType outputType,
    Activation activation,
    boolean bias,
    boolean perChannel,
    Live live,
    DataType stateType) {

  public LayerWork {
    inputs = List.copyOf(inputs);
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException(operator + " needs at least one input shape");
    }
  }

  /** Work whose channels are all taken for live and whose state has the usual type. */
  public LayerWork(
      Operator operator,
      String customName,
      List<Shape> inputs,
      Shape filter,
      Shape output,
      Window window,
      DataType inputType,
      DataType weightType,
      DataType outputType,
      Activation activation,
      boolean bias,
      boolean perChannel) {
    this(
        operator,
        customName,
        inputs,
        filter,
        output,
        window,
        inputType,
        weightType,
        outputType,
        activation,
        bias,
        perChannel,
        Live.ALL,
        usualState(operator, inputType));
  }

  /** What converters make of the state: 16 bits for inputs of 8. */
  private static DataType usualState(Operator operator, DataType inputType) {
    boolean keeps = operator == Operator.SVDF || operator == Operator.UNIDIRECTIONAL_SEQUENCE_LSTM;
    return keeps && inputType == DataType.INT8 ? DataType.INT16 : inputType;
  }

  /** This work with what is known of its channels. */
  public LayerWork with(Live channels) {
    return new LayerWork(
        operator,
        customName,
        inputs,
        filter,
        output,
        window,
        inputType,
        weightType,
        outputType,
        activation,
        bias,
        perChannel,
        channels,
        stateType);
  }

  /** This work with a state of another type than the usual. */
  public LayerWork withState(DataType type) {
    return new LayerWork(
        operator,
        customName,
        inputs,
        filter,
        output,
        window,
        inputType,
        weightType,
        outputType,
        activation,
        bias,
        perChannel,
        live,
        type);
  }

  /** Share of the multiply-accumulates that no constant channel takes part in. */
  public double liveShare() {
    return operator == Operator.DEPTHWISE_CONV_2D ? live.outputs() : live.inputs() * live.outputs();
  }

  /** Shape of the main input. */
  public Shape input() {
    return inputs.getFirst();
  }

  /** True multiply-accumulates of one inference of this layer; 0 for operators without any. */
  public long macs() {
    return switch (operator) {
      case CONV_2D, FULLY_CONNECTED ->
          filter.rank() == 0 ? 0 : output.elements() * (filter.elements() / filter.dim(0));
      case DEPTHWISE_CONV_2D -> output.elements() * window.height() * window.width();
      case TRANSPOSE_CONV ->
          filter.rank() == 0 ? 0 : input().elements() * (filter.elements() / filter.dim(-1));
      // Inputs: activations, then the weights in time; filter: the weights over features.
      case SVDF ->
          inputs.size() < 2 || filter.rank() == 0
              ? 0
              : input().dim(0) * (filter.elements() + inputs.get(1).elements());
      // Filter: one gate's weights over the input, units x inputs; four gates, input and state.
      case UNIDIRECTIONAL_SEQUENCE_LSTM ->
          filter.rank() != 2 || input().rank() != 3
              ? 0
              : 4L
                  * input().dim(0)
                  * input().dim(1)
                  * filter.dim(0)
                  * (filter.dim(0) + filter.dim(1));
      case BATCH_MATMUL -> output.elements() * input().dim(-1);
      default -> 0;
    };
  }

  /** Bytes of inputs and output. */
  public long tensorBytes() {
    long elements = inputs.stream().mapToLong(Shape::elements).sum();
    return inputType.bytes(elements) + outputType.bytes(output.elements());
  }

  /** Bytes of weights. */
  public long filterBytes() {
    return filter.rank() == 0 ? 0 : weightType.bytes(filter.elements());
  }

  /** Bytes of constant weights and bias that one inference reads. */
  public long constantBytes() {
    long biasBytes = bias && filter.rank() > 0 ? 4L * output.dim(-1) : 0;
    return filterBytes() + biasBytes;
  }
}
