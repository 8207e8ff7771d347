package dev.thumbprint.run;

import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Subgraph;
import dev.thumbprint.model.Tensor;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * One execution of a {@link Program}: set inputs, invoke, read outputs. Variable tensors keep their
 * values from one inference to the next until {@link #reset}. One thread at a time.
 */
public final class Interpreter {
  private final Subgraph main;
  private final Execution execution;
  private final Frame frame;

  Interpreter(Graph graph, Execution execution) {
    this.main = graph.main();
    this.execution = execution;
    this.frame = execution.frame(0);
  }

  /** Number of model inputs. */
  public int inputs() {
    return main.inputs().size();
  }

  /** Number of model outputs. */
  public int outputs() {
    return main.outputs().size();
  }

  /** The tensor of model input {@code index}. */
  public Tensor input(int index) {
    return main.tensor(main.inputs().get(index));
  }

  /** The tensor of model output {@code index}. */
  public Tensor output(int index) {
    return main.tensor(main.outputs().get(index));
  }

  /**
   * Sets model input {@code index} from little-endian elements.
   *
   * @throws InputException if the size is not the tensor's
   */
  public void setInput(int index, ByteBuffer elements) {
    Object array = frame.array(input(index).index());
    if (elements.remaining() != TensorArrays.byteSize(array)) {
      throw InputException.of(
          "",
          "input " + index,
          elements.remaining() + " bytes",
          "%d bytes for %s [%s]"
              .formatted(
                  TensorArrays.byteSize(array), input(index).type().label(), input(index).shape()));
    }
    TensorArrays.read(elements.duplicate(), array);
  }

  /** Sets model input {@code index} from little-endian elements. */
  public void setInput(int index, byte[] elements) {
    setInput(index, ByteBuffer.wrap(elements));
  }

  /** Bytes of model input {@code index}. */
  public int inputBytes(int index) {
    return TensorArrays.byteSize(frame.array(input(index).index()));
  }

  /** Elements of model output {@code index} as little-endian bytes. */
  public byte[] outputBytes(int index) {
    return tensorBytes(output(index).index());
  }

  /** Elements of any tensor of the main subgraph as little-endian bytes. */
  public byte[] tensorBytes(int tensor) {
    return TensorArrays.bytes(frame.array(tensor));
  }

  /** Elements of any tensor of the main subgraph; the array itself, not a copy. */
  public Object tensor(int tensor) {
    return frame.array(tensor);
  }

  /** The first elements of model output {@code index}, for a person to read. */
  public String preview(int index) {
    return TensorArrays.preview(frame.array(output(index).index()));
  }

  /** Runs one inference. */
  public void invoke() {
    execution.begin();
    frame.run();
  }

  /**
   * Whether the last inference ran to its end. A streaming operator ends it early until enough
   * input has come; the outputs then keep their values.
   */
  public boolean completed() {
    return !execution.stopped();
  }

  /** Runs one inference; {@code after} sees every operator of the main subgraph once it has run. */
  public void invoke(Consumer<Node> after) {
    execution.begin();
    for (Node node : main.nodes()) {
      frame.run(node.index());
      after.accept(node);
      if (execution.stopped()) {
        return;
      }
    }
  }

  /** Puts all variable tensors back to their first value. */
  public void reset() {
    execution.reset();
  }
}
