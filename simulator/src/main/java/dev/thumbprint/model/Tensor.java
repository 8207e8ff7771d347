package dev.thumbprint.model;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Shape;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One tensor of a subgraph.
 *
 * @param index position in its subgraph
 * @param name name in the file, may be empty
 * @param type element type
 * @param shape static shape
 * @param quantization quantisation, or empty for real values and plain integers
 * @param data constant contents (little-endian, read-only, position 0), or empty for an activation
 * @param variable whether the tensor keeps its value from one inference to the next
 */
public record Tensor(
    int index,
    String name,
    DataType type,
    Shape shape,
    Optional<Quantization> quantization,
    Optional<ByteBuffer> data,
    boolean variable) {

  /** Whether the contents are part of the model. */
  public boolean constant() {
    return data.isPresent();
  }

  /** Bytes that the tensor occupies. */
  public long bytes() {
    return type.bytes(shape.elements());
  }
}
