package dev.thumbprint.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.ModelT;
import org.tensorflow.lite.schema.SparsityParametersT;

/** Well-formed files that no device could run are refused with operator, tensor and reason. */
class HostileModelTest {
  private static final Quantization SCALE = Quantization.of(0.5f, 0);
  private static final Options NONE = new Options.None();

  @TempDir Path folder;

  private static void assertRefused(GraphBuilder model, String... parts) {
    byte[] bytes = model.bytes();
    assertThatThrownBy(() -> TfliteReader.read(ByteBuffer.wrap(bytes), "m", "m.tflite"))
        .isInstanceOf(InputException.class)
        .message()
        .startsWith("m.tflite: ")
        .contains(parts);
  }

  private static GraphBuilder unary(Shape shape, Quantization in, Quantization out) {
    GraphBuilder model = new GraphBuilder("unary");
    int x = model.input("x", DataType.INT8, shape, in);
    int y = model.activation("y", DataType.INT8, shape, out);
    return model.add(Operator.RELU, NONE, List.of(x), List.of(y)).output(y);
  }

  private static GraphBuilder convolution(
      Options.Conv2d options, Quantization in, Quantization weights, Quantization out) {
    GraphBuilder model = new GraphBuilder("convolution");
    int x = model.input("x", DataType.INT8, Shape.of(1, 4, 4, 1), in);
    int w = model.constant("w", DataType.INT8, Shape.of(2, 1, 1, 1), weights, 1, 2);
    int y = model.activation("y", DataType.INT8, Shape.of(1, 4, 4, 2), out);
    return model.add(Operator.CONV_2D, options, List.of(x, w), List.of(y)).output(y);
  }

  private static Options.Conv2d step(int stride, int dilation) {
    return new Options.Conv2d(Padding.SAME, stride, stride, dilation, dilation, Activation.NONE);
  }

  @Test
  void shouldRefuseShapesThatOverflow() {
    Shape huge = Shape.of(65_536, 65_536, 65_536);
    assertRefused(unary(huge, SCALE, SCALE), "tensor 0", "65536", "at most");
  }

  @Test
  void shouldPriceNoModelWithoutOperators() {
    GraphBuilder model = new GraphBuilder("empty");
    model.output(model.input("x", DataType.INT8, Shape.of(1, 2), SCALE));
    Network network = Lowering.network(model.build());
    assertThatThrownBy(network::requireLayers)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no operators");
  }

  @Test
  void shouldRefuseMoreActivationsThanAnyDeviceHolds() {
    GraphBuilder model = new GraphBuilder("large");
    int x = model.input("x", DataType.INT8, Shape.of(1 << 28), SCALE);
    int y = model.activation("y", DataType.INT8, Shape.of(1 << 28), SCALE);
    int z = model.activation("z", DataType.INT8, Shape.of(1 << 28), SCALE);
    model.add(Operator.RELU, NONE, List.of(x), List.of(y));
    model.add(Operator.RELU, NONE, List.of(y), List.of(z)).output(z);
    assertRefused(model, "bytes of activations");
  }

  @Test
  void shouldRefuseScalesThatAreNone() {
    Shape shape = Shape.of(1, 2);
    for (float scale : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertRefused(unary(shape, Quantization.of(scale, 0), SCALE), "tensor 0 \"x\"", "scale");
    }
    assertRefused(unary(shape, Quantization.of(1, 128), SCALE), "zero point 128", "-128 to 127");
    assertRefused(unary(shape, null, SCALE), "operator 0 (RELU)", "has no scale");
  }

  @Test
  void shouldRefuseScalesThatDoNotMatchTheirAxis() {
    Quantization three = Quantization.perChannel(new float[] {1, 1, 1}, 0);
    assertRefused(convolution(step(1, 1), SCALE, three, SCALE), "\"w\"", "3 scales", "axis 0");
    Quantization axis = Quantization.perChannel(new float[] {1, 1}, 4);
    assertRefused(convolution(step(1, 1), SCALE, axis, SCALE), "quantised axis 4");
  }

  @Test
  void shouldRefuseMultipliersOutOfRange() {
    Quantization large = Quantization.of(1e20f, 0);
    Quantization small = Quantization.of(1e-20f, 0);
    assertRefused(convolution(step(1, 1), large, SCALE, small), "(CONV_2D)", "multiplier");
    assertRefused(
        convolution(step(1, 1), SCALE, Quantization.of(1, 5), SCALE), "zero point 5", "symmetric");
  }

  @Test
  void shouldRefuseAbsurdStridesAndDilations() {
    assertRefused(convolution(step(0, 1), SCALE, SCALE, SCALE), "(CONV_2D)", "stride 0");
    assertRefused(
        convolution(step(Integer.MAX_VALUE, 1), SCALE, SCALE, SCALE), "stride 2147483647");
    assertRefused(convolution(step(1, -3), SCALE, SCALE, SCALE), "dilation -3");
    assertRefused(convolution(step(2, 1), SCALE, SCALE, SCALE), "output [1x4x4x2]", "1x2x2x2");
  }

  @Test
  void shouldRefuseCycles() {
    GraphBuilder model = new GraphBuilder("cycle");
    int x = model.input("x", DataType.INT8, Shape.of(1, 2), SCALE);
    int y = model.activation("y", DataType.INT8, Shape.of(1, 2), SCALE);
    int z = model.activation("z", DataType.INT8, Shape.of(1, 2), SCALE);
    Options add = new Options.Elementwise(Activation.NONE);
    model.add(Operator.ADD, add, List.of(x, z), List.of(y));
    model.add(Operator.RELU, NONE, List.of(y), List.of(z)).output(z);
    assertRefused(model, "operator 0 (ADD)", "input 1", "tensor 2", "no cycles");
  }

  @Test
  void shouldRefuseTensorsThatAreWrittenTwice() {
    GraphBuilder model = new GraphBuilder("twice");
    int x = model.input("x", DataType.INT8, Shape.of(1, 2), SCALE);
    int y = model.activation("y", DataType.INT8, Shape.of(1, 2), SCALE);
    model.add(Operator.RELU, NONE, List.of(x), List.of(y));
    model.add(Operator.RELU, NONE, List.of(y), List.of(y)).output(y);
    assertRefused(model, "operator 1 (RELU)", "tensor 1", "before this operator writes it");
  }

  @Test
  void shouldRefuseSparseTensors() {
    ModelT model =
        Model.getRootAsModel(ByteBuffer.wrap(unary(Shape.of(4), SCALE, SCALE).bytes())).unpack();
    SparsityParametersT sparsity = new SparsityParametersT();
    sparsity.setTraversalOrder(new int[] {0});
    model.getSubgraphs()[0].getTensors()[0].setSparsity(sparsity);
    FlatBufferBuilder builder = new FlatBufferBuilder();
    Model.finishModelBuffer(builder, Model.pack(builder, model));
    assertThatThrownBy(() -> TfliteReader.read(ByteBuffer.wrap(builder.sizedByteArray()), "m", "m"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("tensor 0")
        .hasMessageContaining("sparse");
  }

  @Test
  void shouldRefuseMissingWeights() {
    GraphBuilder model = new GraphBuilder("missing");
    int x = model.input("x", DataType.INT8, Shape.of(1, 2), SCALE);
    int w = model.activation("w", DataType.INT8, Shape.of(3, 2), SCALE);
    int y = model.activation("y", DataType.INT8, Shape.of(1, 3), SCALE);
    Options dense = new Options.FullyConnected(Activation.NONE, false);
    model.add(Operator.FULLY_CONNECTED, dense, List.of(x, w), List.of(y)).output(y);
    assertRefused(model, "(FULLY_CONNECTED)", "input 1", "tensor 1", "no missing buffers");
  }

  @Test
  void shouldRefuseOperandsOutOfRangeAndWrongCounts() {
    GraphBuilder model = new GraphBuilder("range");
    model.input("x", DataType.INT8, Shape.of(1, 2), SCALE);
    int y = model.activation("y", DataType.INT8, Shape.of(1, 2), SCALE);
    model.add(Operator.RELU, NONE, List.of(99), List.of(y)).output(y);
    assertRefused(model, "operator 0 (RELU)", "tensor 99", "0 to 1");
    GraphBuilder two = new GraphBuilder("two");
    int x = two.input("x", DataType.INT8, Shape.of(1, 2), SCALE);
    y = two.activation("y", DataType.INT8, Shape.of(1, 2), SCALE);
    two.add(Operator.RELU, NONE, List.of(x, x), List.of(y)).output(y);
    assertRefused(two, "operator 0 (RELU)", "2 operands", "expected 1");
  }

  @Test
  void shouldRefuseUnknownCustomOperatorsByName() {
    GraphBuilder model = new GraphBuilder("custom");
    int x = model.input("x", DataType.INT8, Shape.of(1, 2), SCALE);
    int y = model.activation("y", DataType.INT8, Shape.of(1, 2), SCALE);
    Options options = new Options.Custom(ByteBuffer.allocate(0));
    model.add(Operator.CUSTOM, "MyOp\n", options, List.of(x), List.of(y), List.of()).output(y);
    assertRefused(model, "unknown custom operator \"MyOp?\"");
  }

  @Test
  void shouldRefuseEndlessCalls() {
    GraphBuilder model = new GraphBuilder("calls");
    int x = model.input("x", DataType.INT8, Shape.of(1, 2), SCALE);
    model.add(Operator.CALL_ONCE, new Options.CallOnce(1), List.of(), List.of()).output(x);
    model.subgraph("init");
    model.add(Operator.CALL_ONCE, new Options.CallOnce(0), List.of(), List.of());
    assertRefused(model, "subgraph 1", "(CALL_ONCE)", "no recursion");
    GraphBuilder missing = new GraphBuilder("missing");
    x = missing.input("x", DataType.INT8, Shape.of(1, 2), SCALE);
    missing.add(Operator.CALL_ONCE, new Options.CallOnce(7), List.of(), List.of()).output(x);
    assertRefused(missing, "(CALL_ONCE)", "subgraph 7", "0 to 0");
    GraphBuilder aside = new GraphBuilder("aside");
    x = aside.input("x", DataType.INT8, Shape.of(1, 2), SCALE);
    aside.output(x).subgraph("nobody calls this");
    aside.add(Operator.CALL_ONCE, new Options.CallOnce(-5), List.of(), List.of());
    assertRefused(aside, "subgraph 1", "(CALL_ONCE)", "subgraph -5", "0 to 1");
  }

  @Test
  void shouldRefuseFilesThatAreNoModels() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.tflite"));
    assertThatThrownBy(() -> TfliteReader.read(empty))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("empty.tflite")
        .hasMessageContaining("only 0 bytes");
    Path text = Files.writeString(folder.resolve("text.tflite"), "not a model at all");
    assertThatThrownBy(() -> TfliteReader.read(text))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("\"TFL3\"");
    assertThatThrownBy(() -> TfliteReader.read(folder.resolve("absent.tflite")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> TfliteReader.read(folder)).isInstanceOf(InputException.class);
  }
}
