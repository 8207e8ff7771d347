package dev.thumbprint.run;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.kernels.FixedPoint;
import dev.thumbprint.kernels.KernelTier;
import dev.thumbprint.kernels.Rounding;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Quantization;
import dev.thumbprint.model.Subgraph;
import dev.thumbprint.model.Tensor;
import java.util.List;

/** Everything about one operator that its preparer needs, with messages that say where. */
public final class Preparation {
  private final Graph graph;
  private final Subgraph subgraph;
  private final Node node;
  private final RunOptions options;
  private final Object[] constants;

  Preparation(Graph graph, Subgraph subgraph, Node node, RunOptions options, Object[] constants) {
    this.graph = graph;
    this.subgraph = subgraph;
    this.node = node;
    this.options = options;
    this.constants = constants;
  }

  /** The whole model, for operators that call subgraphs. */
  public Graph graph() {
    return graph;
  }

  /** The subgraph that the operator is in. */
  public Subgraph subgraph() {
    return subgraph;
  }

  /** The operator. */
  public Node node() {
    return node;
  }

  /** The operators of the same subgraph that run before this one. */
  public List<Node> earlier() {
    return subgraph.nodes().subList(0, node.index());
  }

  /** How the hot layers are computed. */
  public KernelTier tier() {
    return options.tier();
  }

  /** Whether the library whose bits are computed departs so from the reference kernels. */
  public boolean departs(Departure departure) {
    return options.dialect().has(departure);
  }

  /** Rounding of 32-bit accumulators. */
  public Rounding rounding() {
    return options.rounding();
  }

  /** Number of inputs, absent ones at the end not counted. */
  public int inputs() {
    return node.inputs().size();
  }

  /** Number of outputs. */
  public int outputs() {
    return node.outputs().size();
  }

  /** Whether input {@code position} is present. */
  public boolean has(int position) {
    return position < node.inputs().size() && node.inputs().get(position) >= 0;
  }

  /** The tensor at input {@code position}. */
  public Tensor input(int position) {
    if (!has(position)) {
      throw refuse("input " + position + " is absent", "a tensor");
    }
    return subgraph.tensor(node.inputs().get(position));
  }

  /** The tensor index at input {@code position}, or -1 where it is absent. */
  public int inputIndex(int position) {
    return has(position) ? node.inputs().get(position) : -1;
  }

  /** A tensor of this operator's subgraph. */
  public Tensor tensor(int index) {
    return subgraph.tensor(index);
  }

  /** The tensor at output {@code position}. */
  public Tensor output(int position) {
    return subgraph.tensor(node.outputs().get(position));
  }

  /** The tensor index at output {@code position}. */
  public int outputIndex(int position) {
    return node.outputs().get(position);
  }

  /** The dimensions of a tensor. */
  public static int[] dims(Tensor tensor) {
    return tensor.shape().toArray();
  }

  /** Number of elements of a tensor. */
  public static int elements(Tensor tensor) {
    return Math.toIntExact(tensor.shape().elements());
  }

  /** The options as the type that belongs to this operator. */
  public <T extends Options> T options(Class<T> type) {
    if (!type.isInstance(node.options())) {
      throw refuse("no options of its kind", type.getSimpleName() + " options");
    }
    return type.cast(node.options());
  }

  /** Elements of a constant 8-bit or INT4 input, or null where it is absent or not constant. */
  public byte[] constantBytes(int position) {
    return (byte[]) constant(position);
  }

  /** Elements of a constant 32-bit integer input, or null where it is absent or not constant. */
  public int[] constantInts(int position) {
    return constant(position) instanceof int[] values ? values : null;
  }

  /** Elements of a constant input, or null where it is absent or not constant. */
  public Object constant(int position) {
    return has(position) ? constants[node.inputs().get(position)] : null;
  }

  /**
   * Elements of a constant integer input of 32 or 64 bits.
   *
   * @param what name for messages, such as {@code axis}
   */
  public int[] requireInts(int position, String what) {
    Object values = constant(position);
    return switch (values) {
      case int[] ints -> ints;
      case long[] longs -> {
        int[] narrow = new int[longs.length];
        for (int i = 0; i < longs.length; i++) {
          narrow[i] = Math.toIntExact(longs[i]);
        }
        yield narrow;
      }
      case null -> throw refuse("a " + what + " that is not constant", "a constant " + what);
      default ->
          throw refuse(what + " of type " + input(position).type().label(), "int32 or int64");
    };
  }

  /** Scale of a tensor quantised as a whole. */
  public float scale(Tensor tensor) {
    return quantization(tensor).scales()[0];
  }

  /** Zero point of a tensor quantised as a whole, 0 where it is not quantised. */
  public int zeroPoint(Tensor tensor) {
    return tensor.quantization().map(quantization -> quantization.zeroPoints()[0]).orElse(0);
  }

  /** Scales of a tensor: one, or one per channel. */
  public float[] scales(Tensor tensor) {
    return quantization(tensor).scales();
  }

  private Quantization quantization(Tensor tensor) {
    return tensor
        .quantization()
        .orElseThrow(() -> refuse(describe(tensor) + " is not quantised", "scale and zero point"));
  }

  /** Least and greatest value of an output, from its type and a fused activation. */
  public record Range(int min, int max) {}

  /** The clamp of an integer output (source: kernel_util.cc of TensorFlow Lite). */
  public Range range(Activation activation, Tensor output) {
    int low = lowest(output.type());
    int high = highest(output.type());
    return switch (activation) {
      case RELU -> new Range(Math.max(low, quantized(0, output)), high);
      case RELU6 -> between(low, quantized(0, output), quantized(6, output), high);
      case RELU_N1_TO_1 -> between(low, quantized(-1, output), quantized(1, output), high);
      case NONE, TANH, SIGN_BIT -> new Range(low, high);
    };
  }

  private static Range between(int lowest, int min, int max, int highest) {
    int low = Math.max(lowest, min);
    int high = Math.min(highest, max);
    return new Range(low, high);
  }

  private int quantized(float value, Tensor output) {
    float steps = (float) FixedPoint.roundHalfAway(value / scale(output));
    require(
        steps >= Integer.MIN_VALUE && steps <= (float) Integer.MAX_VALUE,
        "output scale " + scale(output) + ", in which " + value + " is no 32-bit integer",
        "a greater one");
    double rounded = steps;
    return FixedPoint.saturate((long) rounded + zeroPoint(output));
  }

  /** Lower clamp of a single-precision output. */
  public static float floatMin(Activation activation) {
    return switch (activation) {
      case RELU, RELU6 -> 0;
      case RELU_N1_TO_1 -> -1;
      case NONE, TANH, SIGN_BIT -> -Float.MAX_VALUE;
    };
  }

  /** Upper clamp of a single-precision output. */
  public static float floatMax(Activation activation) {
    return switch (activation) {
      case RELU6 -> 6;
      case RELU_N1_TO_1 -> 1;
      case NONE, RELU, TANH, SIGN_BIT -> Float.MAX_VALUE;
    };
  }

  /** Least value of an integer type. */
  public static int lowest(DataType type) {
    return switch (type) {
      case INT8 -> Byte.MIN_VALUE;
      case INT16 -> Short.MIN_VALUE;
      case UINT8, UINT16 -> 0;
      default -> Integer.MIN_VALUE;
    };
  }

  /** Greatest value of an integer type. */
  public static int highest(DataType type) {
    return switch (type) {
      case INT8 -> Byte.MAX_VALUE;
      case UINT8 -> 255;
      case INT16 -> Short.MAX_VALUE;
      case UINT16 -> 65_535;
      default -> Integer.MAX_VALUE;
    };
  }

  /** Refuses unless a tensor has one of the types. */
  public DataType require(Tensor tensor, DataType... types) {
    for (DataType type : types) {
      if (tensor.type() == type) {
        return type;
      }
    }
    StringBuilder expected = new StringBuilder();
    for (DataType type : types) {
      expected.append(expected.isEmpty() ? "" : ", ").append(type.label());
    }
    throw refuse(describe(tensor) + " is " + tensor.type().label(), expected.toString());
  }

  /** Refuses unless the condition holds. */
  public void require(boolean condition, String found, String expected) {
    if (!condition) {
      throw refuse(found, expected);
    }
  }

  /** Refuses unless two tensors have equally many elements. */
  public void requireSameElements(Tensor a, Tensor b) {
    require(
        a.shape().elements() == b.shape().elements(),
        "%s [%s] and %s [%s]".formatted(describe(a), a.shape(), describe(b), b.shape()),
        "as many elements in both");
  }

  /** The refusal of this operator. */
  public InputException refuse(String found, String expected) {
    return InputException.of(graph.name(), place(), found, expected);
  }

  /** A defect found without knowing where, now with model and operator. */
  InputException locate(InputException defect) {
    return defect.within(place()).inFile(graph.name());
  }

  private String place() {
    return "operator " + node.index() + " (" + node.label() + ')';
  }

  /** The refusal of a combination of types that TensorFlow Lite Micro has no kernel for. */
  public InputException refuseTypes() {
    StringBuilder types = new StringBuilder();
    for (int i = 0; i < inputs(); i++) {
      types.append(i == 0 ? "" : " x ").append(has(i) ? input(i).type().label() : "none");
    }
    for (int i = 0; i < outputs(); i++) {
      types.append(i == 0 ? " -> " : ", ").append(output(i).type().label());
    }
    return refuse("types " + types, "types that TensorFlow Lite Micro supports for this operator");
  }

  private static String describe(Tensor tensor) {
    return "tensor "
        + tensor.index()
        + (tensor.name().isEmpty() ? "" : " \"" + tensor.name() + '"');
  }
}
