package dev.thumbprint.oracle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithoutDefaultDelegates;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.TfLiteTensor;

/** TensorFlow Lite's own interpreter over one model, one thread. */
public final class OfficialInterpreter implements AutoCloseable {
  private final FlatBufferModel model;
  private final BuiltinOpResolverWithoutDefaultDelegates resolver;
  private final InterpreterBuilder builder;
  private final Interpreter interpreter;

  private OfficialInterpreter(Path file) {
    model = FlatBufferModel.BuildFromFile(file.toString());
    if (model == null || model.isNull()) {
      throw new IllegalStateException(file + " is no model to TensorFlow Lite");
    }
    resolver = new BuiltinOpResolverWithoutDefaultDelegates();
    builder = new InterpreterBuilder(model, resolver);
    interpreter = new Interpreter((org.bytedeco.javacpp.Pointer) null);
    require(builder.apply(interpreter, 1), "building the interpreter");
    require(interpreter.AllocateTensors(), "allocating tensors");
  }

  /** Whether the natives run on this machine. */
  public static boolean available() {
    try {
      Loader.load(org.bytedeco.tensorflowlite.global.tensorflowlite.class);
      return true;
    } catch (UnsatisfiedLinkError absent) {
      return false;
    }
  }

  /**
   * Loads a model and allocates its tensors.
   *
   * @throws IllegalStateException if TensorFlow Lite refuses it
   */
  public static OfficialInterpreter load(Path file) {
    return new OfficialInterpreter(file);
  }

  /** Sets the bytes of an input. */
  public void input(int index, byte[] bytes) {
    TfLiteTensor tensor = interpreter.input_tensor(index);
    if (tensor.bytes() != bytes.length) {
      throw new IllegalArgumentException(bytes.length + " bytes for " + tensor.bytes());
    }
    new BytePointer(tensor.data().data()).capacity(bytes.length).put(bytes);
  }

  /** Runs the model once. */
  public void invoke() {
    require(interpreter.Invoke(), "invoking");
  }

  /** The bytes of an output. */
  public byte[] output(int index) {
    return bytes(interpreter.output_tensor(index));
  }

  /** The dimensions of an output. */
  public int[] outputShape(int index) {
    return shape(interpreter.output_tensor(index));
  }

  /** The dimensions of a tensor by its index in the main subgraph. */
  public int[] tensorShape(int index) {
    return shape(interpreter.tensor(index));
  }

  private static int[] shape(TfLiteTensor tensor) {
    int[] dims = new int[tensor.dims().size()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = tensor.dims().data(i);
    }
    return dims;
  }

  private static byte[] bytes(TfLiteTensor tensor) {
    byte[] bytes = new byte[(int) tensor.bytes()];
    new BytePointer(tensor.data().data()).capacity(bytes.length).get(bytes);
    return bytes;
  }

  /** Little-endian floats of raw bytes. */
  public static float[] floats(byte[] bytes) {
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  private static void require(int status, String what) {
    if (status != 0) {
      throw new IllegalStateException("TensorFlow Lite fails at " + what + ": status " + status);
    }
  }

  @Override
  public void close() {
    Arrays.asList(interpreter, builder, resolver, model)
        .forEach(org.bytedeco.javacpp.Pointer::close);
  }
}
