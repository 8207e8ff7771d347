package dev.thumbprint.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.Conv2DOptionsT;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.ModelT;
import org.tensorflow.lite.schema.TensorT;

/** What is written is what is read, and what the accessors made from the schema itself read. */
class GraphBuilderTest {
  private static GraphBuilder convolution() {
    GraphBuilder model = new GraphBuilder("conv");
    int x = model.input("x", DataType.INT8, Shape.of(1, 5, 5, 1), Quantization.of(0.5f, -7));
    int w =
        model.constant(
            "w",
            DataType.INT8,
            Shape.of(2, 2, 1, 1),
            Quantization.perChannel(new float[] {0.25f, 0.125f}, 0),
            -128,
            127,
            3,
            0);
    int bias = model.constant("b", DataType.INT32, Shape.of(2), null, -70_000, 1);
    int y = model.activation("y", DataType.INT8, Shape.of(1, 2, 5, 2), Quantization.of(2f, 11));
    Options options = new Options.Conv2d(Padding.VALID, 3, 1, 1, 1, Activation.RELU6);
    model.add(Operator.CONV_2D, options, List.of(x, w, bias), List.of(y)).output(y);
    return model.metadata("OfflineMemoryAllocation", new byte[] {1, 0, 0, 0});
  }

  @Test
  void shouldReadBackWhatItWrote() {
    Graph graph = convolution().build();
    Subgraph main = graph.main();
    assertThat(main.nodes()).hasSize(1);
    assertThat(main.nodes().getFirst().options())
        .isEqualTo(new Options.Conv2d(Padding.VALID, 3, 1, 1, 1, Activation.RELU6));
    assertThat(main.inputs()).containsExactly(0);
    assertThat(main.outputs()).containsExactly(3);
    ByteBuffer bias = main.tensor(2).data().orElseThrow();
    assertThat(bias.getInt(0)).isEqualTo(-70_000);
    assertThat(bias.isReadOnly()).isTrue();
    assertThat(main.tensor(1).quantization().orElseThrow().scales()).containsExactly(0.25f, 0.125f);
    assertThat(graph.metadata().get("OfflineMemoryAllocation").get(0)).isEqualTo((byte) 1);
    assertThat(graph.sha256()).hasSize(64);
  }

  /** Tensors with ranges have a buffer of their own, and real ranges beside their scales. */
  @Test
  void shouldWriteBuffersAndRangesAsTheConverterDoes() {
    GraphBuilder model = new GraphBuilder("ranges");
    Quantization weights = Quantization.perChannel(new float[] {0.5f, 0.25f}, 0).withRange();
    int x = model.input("x", DataType.INT8, Shape.of(1, 2), Quantization.of(0.5f, -7).withRange());
    int w = model.constant("w", DataType.INT8, Shape.of(2, 1), weights, -127, 127);
    int y = model.activation("y", DataType.INT8, Shape.of(1, 2), Quantization.of(0.5f, -7));
    model.add(Operator.RESHAPE, new Options.Reshape(List.of(1, 2)), List.of(x), List.of(y));
    Graph read = model.output(y).build();
    ModelT file = Model.getRootAsModel(ByteBuffer.wrap(TfliteWriter.bytes(read))).unpack();
    TensorT[] tensors = file.getSubgraphs()[0].getTensors();
    assertThat(tensors[x].getQuantization().getMin()).containsExactly(-60.5f);
    assertThat(tensors[x].getQuantization().getMax()).containsExactly(67f);
    assertThat(tensors[w].getQuantization().getMin()).containsExactly(-63.5f, -31.75f);
    assertThat(tensors[w].getQuantization().getMax()).containsExactly(63.5f, 31.75f);
    assertThat(tensors[y].getQuantization().getMin()).isNullOrEmpty();
    assertThat(Arrays.stream(tensors).map(TensorT::getBuffer)).doesNotHaveDuplicates();
    assertThat(tensors[y].getBuffer()).isZero();
  }

  @Test
  void shouldWriteWhatTheSchemaAccessorsRead() {
    ModelT model = Model.getRootAsModel(ByteBuffer.wrap(convolution().bytes())).unpack();
    assertThat(model.getVersion()).isEqualTo(3);
    TensorT input = model.getSubgraphs()[0].getTensors()[0];
    assertThat(input.getShape()).containsExactly(1, 5, 5, 1);
    assertThat(input.getQuantization().getZeroPoint()).containsExactly(-7L);
    var operator = model.getSubgraphs()[0].getOperators()[0];
    assertThat(operator.getBuiltinOptions().getType()).isEqualTo(BuiltinOptions.Conv2DOptions);
    Conv2DOptionsT options = operator.getBuiltinOptions().asConv2DOptions();
    assertThat(options.getStrideH()).isEqualTo(3);
    assertThat(options.getStrideW()).isEqualTo(1);
    assertThat(options.getFusedActivationFunction()).isEqualTo((byte) 3);
  }

  @Test
  void shouldPackFourBitValuesLowHalfFirst() {
    assertThat(GraphBuilder.packed(DataType.INT4, 1, -1, -8)).containsExactly(0xF1, 0x08);
  }
}
