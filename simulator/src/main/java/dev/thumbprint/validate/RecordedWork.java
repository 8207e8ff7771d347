package dev.thumbprint.validate;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;
import dev.thumbprint.recorded.RecordedNetwork;
import dev.thumbprint.recorded.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Turns what a recording says was executed into the layers that a cost model prices. */
final class RecordedWork {
  private RecordedWork() {}

  /**
   * The layer of a recording of one operator.
   *
   * @throws Refused where the row does not tell enough
   */
  static LayerWork layer(Recording recording) throws Refused {
    var work = recording.work();
    if (!work.input().known()) {
      throw new Refused("shapes not told");
    }
    refuseHuge(shape(work.input()));
    if (work.output().known()) {
      refuseHuge(shape(work.output()));
    }
    DataType type = type(recording.setting().type(), DataType.INT8);
    return layer(
        work.op(),
        shape(work.input()),
        work.filter(),
        work.output().known() ? shape(work.output()) : shape(work.input()),
        work.stride(),
        work.padding(),
        type);
  }

  /**
   * The layers of a network in order of execution. Where an operator does not tell its input, the
   * output of the one before is taken.
   *
   * @throws Refused where a layer cannot be told
   */
  static List<LayerWork> network(RecordedNetwork network) throws Refused {
    List<LayerWork> layers = new ArrayList<>();
    Shape last =
        network.inputs().isEmpty() ? Shape.SCALAR : shape(network.inputs().getFirst().shape());
    for (RecordedNetwork.Op op : network.ops()) {
      Shape input = op.input().known() ? shape(op.input()) : last;
      Shape output;
      if (op.output().known()) {
        output = shape(op.output());
      } else if (op.op().equals("FULLY_CONNECTED") && op.filter().rank() == 2) {
        output = Shape.of(1, op.filter().dim(0));
      } else if (op.op().equals("MEAN") && input.rank() == 4) {
        output = Shape.of(1, input.dim(3));
      } else {
        output = input;
      }
      if (op.op().equals("FULLY_CONNECTED") && !op.input().known() && op.filter().rank() == 2) {
        input = Shape.of(1, op.filter().dim(1));
      }
      DataType type = type(op.type(), DataType.INT8);
      LayerWork work = layer(op.op(), input, op.filter(), output, op.stride(), op.padding(), type);
      layers.add(work.operator() == Operator.SVDF ? withMemory(work, op) : work);
      last = output;
    }
    return layers;
  }

  /** The length of an SVDF's memory follows from its multiply-accumulates. */
  private static LayerWork withMemory(LayerWork work, RecordedNetwork.Op op) throws Refused {
    Shape features = work.filter();
    if (features.rank() != 2 || op.macs().isEmpty()) {
      throw new Refused("weights of SVDF not told");
    }
    long memory = (op.macs().getAsLong() - features.elements()) / features.dim(0);
    if (memory < 1 || memory > Integer.MAX_VALUE / features.dim(0)) {
      throw new Refused("multiply-accumulates of SVDF do not fit its weights");
    }
    LayerWork sized =
        new LayerWork(
            work.operator(),
            "",
            List.of(work.input(), Shape.of(features.dim(0), (int) memory)),
            features,
            work.output(),
            work.window(),
            work.inputType(),
            work.weightType(),
            work.outputType(),
            work.activation(),
            work.bias(),
            work.perChannel());
    boolean told = op.constantBytes().isPresent() && sized.inputType() == DataType.INT8;
    return told ? sized.withState(state(sized, op)) : sized;
  }

  /**
   * What the constants hold beside weights over features and a bias of 32 bits are those in time.
   */
  private static DataType state(LayerWork work, RecordedNetwork.Op op) {
    long time =
        op.constantBytes().getAsLong()
            - work.filter().elements()
            - (long) Integer.BYTES * work.filter().dim(0);
    return time >= Short.BYTES * work.inputs().get(1).elements() ? DataType.INT16 : DataType.INT8;
  }

  /**
   * The layers of a recording with those that its operator list leaves out. EdgeMark lists layers
   * that have weights or a window: a classifier of more than one output ends in SOFTMAX, a
   * convolution goes into a dense layer through RESHAPE, the networks for a sine end in LOGISTIC
   * (Black3rror/EdgeMark@3e7237d edgemark/models/datasets/sinus/data.py), and models with float
   * input and output ("q_full_int") have QUANTIZE and DEQUANTIZE around them.
   */
  static List<LayerWork> completed(Recording recording, List<LayerWork> layers) {
    if (!recording.work().network().startsWith("edgemark/")) {
      return layers;
    }
    List<LayerWork> all = new ArrayList<>();
    boolean floatEnds = recording.work().model().endsWith("q_full_int");
    Shape input = layers.getFirst().input();
    Shape output = layers.getLast().output();
    if (floatEnds) {
      all.add(plain(Operator.QUANTIZE, input, DataType.FLOAT32, DataType.INT8));
    }
    Shape last = input;
    for (LayerWork work : layers) {
      if (work.operator() == Operator.FULLY_CONNECTED && last.rank() == 4) {
        all.add(plain(Operator.RESHAPE, last, DataType.INT8, DataType.INT8));
      }
      all.add(work);
      last = work.output();
    }
    if (output.dim(-1) > 1) {
      all.add(plain(Operator.SOFTMAX, output, DataType.INT8, DataType.INT8));
    } else if (isSine(recording)) {
      all.add(plain(Operator.LOGISTIC, output, DataType.INT8, DataType.INT8));
    }
    if (floatEnds) {
      all.add(plain(Operator.DEQUANTIZE, output, DataType.INT8, DataType.FLOAT32));
    }
    return all;
  }

  /** The data set of a network is not in its name: target_models/.Main/.FC of EdgeMark has it. */
  private static boolean isSine(Recording recording) {
    return switch (recording.work().network()) {
      case "edgemark/FC_0", "edgemark/FC_1", "edgemark/FC_2" -> true;
      default -> false;
    };
  }

  private static LayerWork plain(Operator operator, Shape shape, DataType in, DataType out) {
    return new LayerWork(
        operator,
        "",
        List.of(shape),
        Shape.SCALAR,
        shape,
        Window.NONE,
        in,
        in,
        out,
        Activation.NONE,
        false,
        false);
  }

  private static LayerWork layer(
      String name,
      Shape input,
      dev.thumbprint.recorded.Shape filter,
      Shape output,
      dev.thumbprint.recorded.Shape stride,
      String padding,
      DataType type)
      throws Refused {
    Operator operator =
        operator(name).orElseThrow(() -> new Refused("operator " + name + " is not known"));
    DataType in = operator == Operator.QUANTIZE ? DataType.FLOAT32 : type;
    DataType out =
        switch (operator) {
          case QUANTIZE -> type;
          case DEQUANTIZE -> DataType.FLOAT32;
          default -> type;
        };
    Window window = window(operator, filter, stride, padding, input, output);
    Shape weights =
        switch (operator) {
          case CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED, TRANSPOSE_CONV, SVDF -> shape(filter);
          default -> Shape.SCALAR;
        };
    List<Shape> inputs =
        switch (operator) {
          case ADD, MUL, SUB, MAXIMUM, MINIMUM, SQUARED_DIFFERENCE -> List.of(input, output);
          default -> List.of(input);
        };
    boolean weighted = weights.rank() > 0;
    return new LayerWork(
        operator,
        operator == Operator.CUSTOM ? name : "",
        inputs,
        weights,
        output,
        window,
        in,
        weighted ? type : in,
        out,
        Activation.NONE,
        weighted,
        weighted && operator != Operator.FULLY_CONNECTED && type != DataType.FLOAT32);
  }

  private static Window window(
      Operator operator,
      dev.thumbprint.recorded.Shape filter,
      dev.thumbprint.recorded.Shape stride,
      String padding,
      Shape input,
      Shape output)
      throws Refused {
    int height;
    int width;
    switch (operator) {
      case CONV_2D, DEPTHWISE_CONV_2D, TRANSPOSE_CONV -> {
        if (filter.rank() != 4) {
          throw new Refused("filter shape not told");
        }
        height = filter.dim(1);
        width = filter.dim(2);
      }
      case AVERAGE_POOL_2D, MAX_POOL_2D -> {
        if (filter.rank() != 2) {
          throw new Refused("pooling window not told");
        }
        height = filter.dim(0);
        width = filter.dim(1);
      }
      default -> {
        return Window.NONE;
      }
    }
    int strideHeight = stride.rank() == 2 ? stride.dim(0) : 1;
    int strideWidth = stride.rank() == 2 ? stride.dim(1) : 1;
    Padding border =
        padding.isEmpty() ? guess(input, output, height, strideHeight) : Padding.valueOf(padding);
    return new Window(height, width, strideHeight, strideWidth, 1, 1, border);
  }

  /** The padding that gives the recorded output, SAME where both would. */
  private static Padding guess(Shape input, Shape output, int window, int stride) {
    boolean valid =
        input.rank() == 4
            && output.rank() == 4
            && Padding.SAME.outputExtent(input.dim(1), window, stride, 1) != output.dim(1);
    return valid ? Padding.VALID : Padding.SAME;
  }

  /** The runtime counts the elements of a tensor in 32 bits. */
  private static void refuseHuge(Shape shape) throws Refused {
    double elements = 1;
    for (int dim : shape.toArray()) {
      elements *= dim;
    }
    if (elements > Integer.MAX_VALUE) {
      throw new Refused("a tensor of more than 2147483647 elements");
    }
  }

  static Shape shape(dev.thumbprint.recorded.Shape shape) {
    return Shape.of(shape.toArray());
  }

  static DataType type(String label, DataType otherwise) throws Refused {
    if (label.isEmpty()) {
      return otherwise;
    }
    if (label.equals("hybrid")) {
      return DataType.FLOAT32;
    }
    for (DataType type : DataType.values()) {
      if (type.label().equals(label)) {
        return type;
      }
    }
    throw new Refused("data type " + label + " is not known");
  }

  private static Optional<Operator> operator(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    for (Operator operator : Operator.values()) {
      if (operator.name().equals(upper)) {
        return Optional.of(operator);
      }
    }
    // A list names operators it has no name for by their code; some of these TFLM does not
    // register.
    if (upper.matches("OP\\d{1,4}")) {
      return Operator.ofBuiltinCode(Integer.parseInt(upper.substring(2)))
          .or(() -> Optional.of(Operator.CUSTOM));
    }
    return Optional.empty();
  }
}
