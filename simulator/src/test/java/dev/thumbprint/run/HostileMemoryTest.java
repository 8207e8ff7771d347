package dev.thumbprint.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.flatbuffers.FlatBufferBuilder;
import com.sun.management.ThreadMXBean;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.TfliteReader;
import dev.thumbprint.run.operators.OperatorTable;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.ModelT;
import org.tensorflow.lite.schema.SubGraphT;
import org.tensorflow.lite.schema.TensorT;

/**
 * Layers of every kind with one extent of one tensor made huge, 2^40 bytes claimed and more:
 * refused by operator or tensor before the memory is asked for, or held where it is little.
 */
final class HostileMemoryTest {
  private static final List<Integer> EXTENTS = List.of(65_521, 1 << 20, 1 << 30, Integer.MAX_VALUE);

  /** A layer of some megabytes may be held. */
  private static final long ALLOCATED_BYTES_MAX = 256L << 20;

  static List<Layers.Kind> kinds() {
    return Layers.all();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldRefuseOrHoldHugeExtents(Layers.Kind kind) {
    byte[] file = kind.maker().apply(new RandomTensors(new Random(1))).bytes();
    SubGraphT[] subgraphs = unpack(file).getSubgraphs();
    for (int subgraph = 0; subgraph < subgraphs.length; subgraph++) {
      TensorT[] tensors = subgraphs[subgraph].getTensors();
      for (int tensor = 0; tensor < tensors.length; tensor++) {
        for (int axis = 0; axis < tensors[tensor].getShape().length; axis++) {
          for (int extent : EXTENTS) {
            ModelT model = unpack(file);
            model.getSubgraphs()[subgraph].getTensors()[tensor].getShape()[axis] = extent;
            refusedOrHeld(
                pack(model), "tensor %d, axis %d, extent %d".formatted(tensor, axis, extent));
          }
        }
      }
    }
  }

  private static void refusedOrHeld(ByteBuffer file, String what) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      Graph graph = TfliteReader.read(file, "m", "m.tflite");
      OperatorTable.prepare(graph, RunOptions.defaults()).interpreter();
    } catch (InputException refusal) {
      assertThat(refusal.getMessage()).as(what).containsPattern("(tensor|operator) \\d");
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).as(what).isLessThan(ALLOCATED_BYTES_MAX);
  }

  private static ModelT unpack(byte[] file) {
    return Model.getRootAsModel(ByteBuffer.wrap(file)).unpack();
  }

  private static ByteBuffer pack(ModelT model) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    Model.finishModelBuffer(builder, Model.pack(builder, model));
    return ByteBuffer.wrap(builder.sizedByteArray());
  }
}
