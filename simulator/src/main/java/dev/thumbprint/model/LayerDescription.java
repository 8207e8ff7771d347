package dev.thumbprint.model;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A layer as a list or a recording tells it: some things may be left out, and what is told may
 * contradict itself. {@link #work} fills in what follows and refuses what does not fit.
 *
 * @param operator name of the operator, upper or lower case; an unknown one stays as custom
 * @param inputs shapes of the inputs, the main one first
 * @param filter weights (OHWI, 1xKHxKWxC, OxI) or pooling window (HxW); a scalar where not told
 * @param output shape of the output; a scalar where not told
 * @param strideHeight step of the window; 0 where not told
 * @param strideWidth step of the window; 0 where not told
 * @param dilationHeight distance of taps; 1 where there is none
 * @param dilationWidth distance of taps; 1 where there is none
 * @param padding empty where not told: then it follows from the shapes
 * @param inputType empty where not told: int8, or float32 for QUANTIZE
 * @param weightType empty where not told: as the input, int8 for 16-bit activations
 * @param outputType empty where not told: as the input, int8 for QUANTIZE, float32 for DEQUANTIZE
 * @param activation fused activation
 * @param bias empty where not told: convolutions and dense layers have one
 * @param perChannel empty where not told: integer convolutions have a scale per channel
 */
public record LayerDescription(
    String operator,
    List<Shape> inputs,
    Shape filter,
    Shape output,
    int strideHeight,
    int strideWidth,
    int dilationHeight,
    int dilationWidth,
    Optional<Padding> padding,
    Optional<DataType> inputType,
    Optional<DataType> weightType,
    Optional<DataType> outputType,
    Activation activation,
    Optional<Boolean> bias,
    Optional<Boolean> perChannel) {

  private static final long ELEMENTS_MAX = Integer.MAX_VALUE;
  private static final int STEP_MAX = 65_536;

  public LayerDescription {
    inputs = List.copyOf(inputs);
  }

  /** A layer of which only shapes, step, padding and input type are told, as recordings have it. */
  public static LayerDescription of(
      String operator,
      Shape input,
      Shape filter,
      Shape output,
      int strideHeight,
      int strideWidth,
      Optional<Padding> padding,
      Optional<DataType> inputType) {
    return new LayerDescription(
        operator,
        List.of(input),
        filter,
        output,
        strideHeight,
        strideWidth,
        1,
        1,
        padding,
        inputType,
        Optional.empty(),
        Optional.empty(),
        Activation.NONE,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * What the layer asks for.
   *
   * @throws InputException if something needed is missing or the shapes contradict each other
   */
  public LayerWork work() {
    if (inputs.isEmpty() || (inputs.getFirst().rank() == 0 && !shapeless())) {
      throw bad("no input shape", "the shape of the input");
    }
    inputs.forEach(shape -> requireSize(shape, "input"));
    requireSize(filter, "filter");
    requireSize(output, "output");
    Operator known = known();
    LayerWork work =
        switch (known) {
          case CONV_2D -> convolution();
          case DEPTHWISE_CONV_2D -> depthwise();
          case FULLY_CONNECTED -> dense();
          case AVERAGE_POOL_2D, MAX_POOL_2D, L2_POOL_2D -> pool(known);
          default -> other(known);
        };
    requireSize(work.output(), "output");
    try {
      if (work.macs() < 0) {
        throw bad("negative multiply-accumulates", "positive shapes");
      }
    } catch (ArithmeticException overflow) {
      throw bad("shapes beyond 64-bit arithmetic", "smaller shapes").causedBy(overflow);
    }
    return work;
  }

  /** Operators on shapes have scalars among their inputs. */
  private boolean shapeless() {
    Operator known = known();
    return known == Operator.PACK || known == Operator.VAR_HANDLE || known == Operator.CALL_ONCE;
  }

  private Operator known() {
    String name = operator.toUpperCase(Locale.ROOT);
    for (Operator candidate : Operator.values()) {
      if (candidate.name().equals(name)) {
        return candidate;
      }
    }
    return Operator.CUSTOM;
  }

  private LayerWork convolution() {
    requireRank(filter, 4, "filter [filters, height, width, channels]");
    requireRank(input(), 4, "input [batch, height, width, channels]");
    if (input().dim(3) % filter.dim(3) != 0
        || filter.dim(0) % (input().dim(3) / filter.dim(3)) != 0) {
      throw bad(
          "a filter over " + filter.dim(3) + " of " + input().dim(3) + " channels",
          "channels and filters that the groups divide");
    }
    return slide(Operator.CONV_2D, filter.dim(1), filter.dim(2), filter.dim(0), true);
  }

  private LayerWork depthwise() {
    requireRank(filter, 4, "filter [1, height, width, channels]");
    requireRank(input(), 4, "input [batch, height, width, channels]");
    if (filter.dim(0) != 1 || filter.dim(3) % input().dim(3) != 0) {
      throw bad(
          "a filter of shape " + filter,
          "1 x height x width x a multiple of " + input().dim(3) + " channels");
    }
    return slide(Operator.DEPTHWISE_CONV_2D, filter.dim(1), filter.dim(2), filter.dim(3), true);
  }

  private LayerWork pool(Operator known) {
    requireRank(input(), 4, "input [batch, height, width, channels]");
    if (filter.rank() != 2 && filter.rank() != 4) {
      throw bad("a window of shape [" + filter + ']', "[height, width]");
    }
    int height = filter.dim(filter.rank() == 2 ? 0 : 1);
    int width = filter.dim(filter.rank() == 2 ? 1 : 2);
    return slide(known, height, width, input().dim(3), false);
  }

  private LayerWork slide(Operator known, int height, int width, int channels, boolean weighted) {
    int stepHeight = step(strideHeight, weighted ? 1 : height);
    int stepWidth = step(strideWidth, weighted ? 1 : width);
    step(dilationHeight, 1);
    step(dilationWidth, 1);
    Window same = window(height, width, stepHeight, stepWidth, Padding.SAME);
    Window valid = window(height, width, stepHeight, stepWidth, Padding.VALID);
    Window window = padding.map(p -> p == Padding.SAME ? same : valid).orElse(valid);
    if (padding.isEmpty() && output.rank() != 0 && !output.equals(slide(valid, channels))) {
      window = same;
    }
    Shape expected = slide(window, channels);
    if (output.rank() != 0 && !output.equals(expected)) {
      throw bad("output " + output, expected + " from input, window, stride and padding");
    }
    if (expected.elements() == 0) {
      throw bad("an empty output " + expected, "a window no larger than the input");
    }
    return work(known, weighted ? filter : Shape.SCALAR, expected, window, weighted, weighted);
  }

  private Window window(int height, int width, int stepHeight, int stepWidth, Padding pad) {
    return new Window(height, width, stepHeight, stepWidth, dilationHeight, dilationWidth, pad);
  }

  private Shape slide(Window window, int channels) {
    return Shape.of(
        input().dim(0),
        window
            .padding()
            .outputExtent(
                input().dim(1), window.height(), window.strideHeight(), window.dilationHeight()),
        window
            .padding()
            .outputExtent(
                input().dim(2), window.width(), window.strideWidth(), window.dilationWidth()),
        channels);
  }

  private LayerWork dense() {
    requireRank(filter, 2, "filter [units, inputs]");
    if (input().elements() % filter.dim(1) != 0) {
      throw bad(
          "input " + input() + " into weights " + filter,
          "a multiple of " + filter.dim(1) + " values");
    }
    int batches = (int) (input().elements() / filter.dim(1));
    Shape expected = Shape.of(batches, filter.dim(0));
    if (output.rank() != 0 && output.elements() != expected.elements()) {
      throw bad("output " + output, expected.toString());
    }
    Shape shape = output.rank() == 0 ? expected : output;
    return work(Operator.FULLY_CONNECTED, filter, shape, Window.NONE, true, false);
  }

  private LayerWork other(Operator known) {
    Shape shape = output.rank() == 0 ? input() : output;
    boolean weighted = filter.rank() != 0;
    return work(known, filter, shape, Window.NONE, weighted, false);
  }

  private LayerWork work(
      Operator known,
      Shape weights,
      Shape shape,
      Window window,
      boolean weighted,
      boolean oftenPerChannel) {
    DataType real = known == Operator.QUANTIZE ? DataType.FLOAT32 : DataType.INT8;
    DataType in = inputType.orElse(real);
    DataType narrow = in == DataType.INT16 ? DataType.INT8 : in;
    DataType out =
        switch (known) {
          case QUANTIZE -> DataType.INT8;
          case DEQUANTIZE -> DataType.FLOAT32;
          default -> in;
        };
    boolean integers = in != DataType.FLOAT32;
    return new LayerWork(
        known,
        known == Operator.CUSTOM ? operator : "",
        inputs,
        weights,
        shape,
        window,
        in,
        weightType.orElse(weighted ? narrow : in),
        outputType.orElse(out),
        activation,
        bias.orElse(weighted),
        perChannel.orElse(oftenPerChannel && integers));
  }

  private Shape input() {
    return inputs.getFirst();
  }

  private int step(int told, int assumed) {
    int step = told == 0 ? assumed : told;
    if (step < 1 || step > STEP_MAX) {
      throw bad("stride or dilation " + step, "1 to " + STEP_MAX);
    }
    return step;
  }

  private void requireRank(Shape shape, int rank, String what) {
    if (shape.rank() != rank) {
      throw bad(
          shape.rank() == 0 ? "no " + what : "shape " + shape + " as " + what,
          rank + " dimensions");
    }
  }

  private void requireSize(Shape shape, String what) {
    double elements = 1;
    for (int dim : shape.toArray()) {
      elements *= dim;
      if (dim < 1) {
        throw bad(what + " of shape " + shape, "dimensions of at least 1");
      }
    }
    if (elements > ELEMENTS_MAX) {
      throw bad(what + " of shape " + shape, "at most " + ELEMENTS_MAX + " elements");
    }
  }

  private static InputException bad(String found, String expected) {
    return InputException.of("", "", found, expected);
  }
}
