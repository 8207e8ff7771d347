package dev.thumbprint.memory;

import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Offsets that a model prescribes in its metadata {@value #KEY}: little-endian integers, a version,
 * a subgraph, the number of tensors of all subgraphs, then one offset each, -1 for none. Source:
 * tensorflow/tflite-micro 90b983c2, docs/memory_management.md and micro_allocation_info.cc.
 */
final class OfflineOffsets {
  /** Name of the metadata entry. */
  static final String KEY = "OfflineMemoryAllocation";

  private static final int HEADER_INTS = 3;

  private final int[] offsets;

  private OfflineOffsets(int[] offsets) {
    this.offsets = offsets;
  }

  /**
   * The prescriptions of a model, none where it has no such metadata.
   *
   * @throws InputException if their number is not that of the tensors, as the runtime refuses too,
   *     or an offset is none
   */
  static OfflineOffsets of(Graph graph) {
    ByteBuffer buffer = graph.metadata().get(KEY);
    if (buffer == null) {
      return new OfflineOffsets(new int[0]);
    }
    ByteBuffer data = buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    long tensors = graph.subgraphs().stream().mapToLong(s -> s.tensors().size()).sum();
    int ints = data.remaining() / Integer.BYTES;
    int announced = ints < HEADER_INTS ? -1 : data.getInt(data.position() + 2 * Integer.BYTES);
    if (announced != tensors || ints < HEADER_INTS + tensors) {
      throw damaged(
          graph,
          ints < HEADER_INTS
              ? data.remaining() + " bytes"
              : "offsets of %d tensors in %d bytes".formatted(announced, data.remaining()),
          "offsets of %d tensors in %d bytes"
              .formatted(tensors, (HEADER_INTS + tensors) * Integer.BYTES));
    }
    int[] offsets = new int[(int) tensors];
    data.position(data.position() + HEADER_INTS * Integer.BYTES);
    data.asIntBuffer().get(offsets);
    for (int i = 0; i < offsets.length; i++) {
      if (offsets[i] < BufferRequest.ONLINE) {
        throw damaged(
            graph,
            "offset %d of tensor %d".formatted(offsets[i], i),
            "0 or more, or -1 to leave it to the runtime");
      }
    }
    return new OfflineOffsets(offsets);
  }

  private static InputException damaged(Graph graph, String found, String expected) {
    return InputException.of(graph.name(), "metadata " + KEY, found, expected)
        .withHint("remove the entry, or write it anew with analyze --apply");
  }

  /** The offset of a tensor by its index over all subgraphs, or {@link BufferRequest#ONLINE}. */
  long of(int tensor) {
    return tensor < offsets.length ? offsets[tensor] : BufferRequest.ONLINE;
  }
}
