package dev.thumbprint.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.ModelT;
import org.tensorflow.lite.schema.OperatorT;
import org.tensorflow.lite.schema.SubGraphT;
import org.tensorflow.lite.schema.TensorT;

/** Models that others trained, where the folder -Dthumbprint.models=DIR holds them. */
class SharedModelsTest {
  private static List<Path> models() throws IOException {
    String folder = System.getProperty("thumbprint.models", "");
    assumeTrue(!folder.isEmpty(), "needs -Dthumbprint.models=DIR with .tflite files");
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      return files.filter(file -> file.toString().endsWith(".tflite")).sorted().toList();
    }
  }

  @Test
  void shouldReadWhatTheSchemaAccessorsRead() throws IOException {
    for (Path file : models()) {
      Graph graph = TfliteReader.read(file);
      ModelT model = Model.getRootAsModel(ByteBuffer.wrap(Files.readAllBytes(file))).unpack();
      assertThat(graph.subgraphs()).as(file.toString()).hasSameSizeAs(model.getSubgraphs());
      for (int i = 0; i < graph.subgraphs().size(); i++) {
        compare(graph.subgraphs().get(i), model.getSubgraphs()[i], model);
      }
    }
  }

  private static void compare(Subgraph ours, SubGraphT theirs, ModelT model) {
    assertThat(ours.inputs()).isEqualTo(list(theirs.getInputs()));
    assertThat(ours.outputs()).isEqualTo(list(theirs.getOutputs()));
    for (int i = 0; i < theirs.getTensors().length; i++) {
      TensorT tensor = theirs.getTensors()[i];
      Tensor read = ours.tensor(i);
      assertThat(read.name()).isEqualTo(Objects.toString(tensor.getName(), ""));
      assertThat(read.shape().toArray()).isEqualTo(tensor.getShape());
      assertThat(read.variable()).isEqualTo(tensor.getIsVariable());
      byte[] data = bytes(model.getBuffers()[(int) tensor.getBuffer()].getData());
      assertThat(read.data().map(SharedModelsTest::bytes).orElse(new byte[0])).isEqualTo(data);
      float[] scales =
          tensor.getQuantization() == null ? null : tensor.getQuantization().getScale();
      assertThat(read.quantization().map(Quantization::scales).orElse(new float[0]))
          .isEqualTo(scales == null ? new float[0] : scales);
    }
    for (int i = 0; i < theirs.getOperators().length; i++) {
      OperatorT operator = theirs.getOperators()[i];
      assertThat(ours.nodes().get(i).inputs()).isEqualTo(list(operator.getInputs()));
      assertThat(ours.nodes().get(i).outputs()).isEqualTo(list(operator.getOutputs()));
      var code = model.getOperatorCodes()[(int) operator.getOpcodeIndex()];
      assertThat(ours.nodes().get(i).operator().builtinCode())
          .isEqualTo(Math.max(code.getDeprecatedBuiltinCode(), code.getBuiltinCode()));
    }
  }

  @Test
  void shouldWriteThemSoThatTheyReadTheSame() throws IOException {
    for (Path file : models()) {
      Graph graph = TfliteReader.read(file);
      ByteBuffer written = ByteBuffer.wrap(TfliteWriter.bytes(graph));
      Graph again = TfliteReader.read(written, graph.name(), "written");
      assertThat(Lowering.network(again).works()).isEqualTo(Lowering.network(graph).works());
      for (int i = 0; i < graph.main().nodes().size(); i++) {
        assertThat(again.main().nodes().get(i)).isEqualTo(graph.main().nodes().get(i));
      }
      for (Tensor tensor : graph.main().tensors()) {
        assertThat(again.main().tensor(tensor.index()).data()).isEqualTo(tensor.data());
      }
    }
  }

  private static List<Integer> list(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** The accessors hold unsigned bytes in integers. */
  private static byte[] bytes(int[] data) {
    byte[] bytes = new byte[data == null ? 0 : data.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) data[i];
    }
    return bytes;
  }

  private static byte[] bytes(ByteBuffer data) {
    byte[] bytes = new byte[data.remaining()];
    data.duplicate().get(bytes);
    return bytes;
  }
}
