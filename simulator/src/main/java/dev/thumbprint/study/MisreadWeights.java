package dev.thumbprint.study;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.GraphBuilder;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Subgraph;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.model.TfliteWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A mixed model as a runtime computes it that does not look at the type of the weights: the bytes
 * of the file from the weights on, four at a time, as floats. Behind the file stands zero.
 */
final class MisreadWeights {
  private MisreadWeights() {}

  /**
   * The model that is computed.
   *
   * @param mixed the model with int8 weights
   * @param real its float32 form, tensor by tensor in the same order of operators
   */
  static Graph of(Graph mixed, Graph real) {
    byte[] file = TfliteWriter.bytes(mixed);
    Subgraph source = real.main();
    GraphBuilder model = new GraphBuilder(real.name() + "-misread");
    Map<Integer, Integer> tensors = new HashMap<>();
    Tensor input = source.tensor(source.inputs().getFirst());
    tensors.put(input.index(), model.input(input.name(), input.type(), input.shape(), null));
    for (Node node : source.nodes()) {
      Node other = mixed.main().nodes().get(node.index());
      for (int i = 0; i < node.inputs().size(); i++) {
        Tensor tensor = source.tensor(node.inputs().get(i));
        Tensor twin = mixed.main().tensor(other.inputs().get(i));
        boolean misread = tensor.type() == DataType.FLOAT32 && twin.type() == DataType.INT8;
        tensors.computeIfAbsent(
            tensor.index(),
            index ->
                misread
                    ? model.constant(tensor.name(), tensor.shape(), misread(file, twin))
                    : model.constant(
                        tensor.name(), tensor.type(), tensor.shape(), null, bytes(tensor)));
      }
      Tensor output = source.tensor(node.outputs().getFirst());
      int made = model.activation(output.name(), output.type(), output.shape(), null);
      tensors.put(output.index(), made);
      List<Integer> inputs = node.inputs().stream().map(tensors::get).toList();
      model.add(node.operator(), node.options(), inputs, List.of(made));
    }
    return model.output(tensors.get(source.outputs().getFirst())).build();
  }

  private static byte[] bytes(Tensor tensor) {
    byte[] bytes = new byte[Math.toIntExact(tensor.bytes())];
    tensor.data().orElseThrow().duplicate().get(bytes);
    return bytes;
  }

  private static float[] misread(byte[] file, Tensor weights) {
    byte[] own = bytes(weights);
    int at = find(file, own);
    float[] values = new float[own.length];
    ByteBuffer behind =
        ByteBuffer.allocate(4 * own.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(file, at, Math.min(4 * own.length, file.length - at));
    behind.rewind().asFloatBuffer().get(values);
    return values;
  }

  private static int find(byte[] file, byte[] part) {
    for (int at = 0; at + part.length <= file.length; at++) {
      if (java.util.Arrays.equals(file, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    throw new IllegalStateException("weights that are not in their own file");
  }
}
