package dev.thumbprint.oracle;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithXNNPACK;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithoutDefaultDelegates;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.InterpreterOptions;
import org.bytedeco.tensorflowlite.OpResolver;
import org.bytedeco.tensorflowlite.TfLiteTensor;

/** The official TensorFlow Lite interpreter: the oracle of the kernels, and what they race. */
public final class NativeTflite implements AutoCloseable {
  /** Which kernels it runs. */
  public enum Kernels {
    /** The reference kernels: exact, slow. */
    REFERENCE,
    /** The optimised kernels that are built in. */
    BUILTIN,
    /** XNNPACK where it supports the operator. */
    XNNPACK
  }

  /** Exported by the shared library although the binding does not list it. */
  private static final String REFERENCE_CONSTRUCTOR =
      "_ZN6tflite3ops7builtin20BuiltinRefOpResolverC1Ev";

  /** Far more than the class needs (three hash maps and a vtable). */
  private static final long RESOLVER_BYTES = 4096;

  /** Bytes of cpuinfo_isa that are looked at; one for each extension. */
  private static final int ISA_BYTES = 85;

  /**
   * Where a processor with AVX-512 is told: avx, avxvnni, fma3, fma4, xop, f16c, avx2, avx512f, pf,
   * er, cd, dq, bw, vl.
   */
  private static final String AVX_TO_AVX512VL = "1?100111001111";

  private static final int AVX_VNNI = 1;
  private static final int AVX512F = 7;

  /** The extensions of AVX-512 and AMX, one after another. */
  private static final int AVX512_AND_AMX = 24;

  private final BytePointer model;
  private final OpResolver resolver;
  private final InterpreterOptions options;
  private final InterpreterBuilder builder;
  private final Interpreter interpreter;

  /**
   * Loads a model.
   *
   * @param file the contents of a .tflite file
   * @param keep whether intermediate tensors keep their contents until they can be read
   */
  @SuppressWarnings("this-escape")
  public NativeTflite(byte[] file, Kernels kernels, boolean keep) {
    model = new BytePointer(file.length);
    model.put(file, 0, file.length);
    int root = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
    resolver = resolver(kernels);
    options = new InterpreterOptions();
    options.SetPreserveAllTensors(keep);
    builder = new InterpreterBuilder(model.getPointer(root), resolver, null, options, null);
    interpreter = new Interpreter((Pointer) null);
    requireOk(builder.apply(interpreter), "building the interpreter");
    requireOk(interpreter.SetNumThreads(1), "setting one thread");
    requireOk(interpreter.AllocateTensors(), "allocating tensors");
  }

  private static OpResolver resolver(Kernels kernels) {
    return switch (kernels) {
      case BUILTIN -> new BuiltinOpResolverWithoutDefaultDelegates();
      case XNNPACK -> new BuiltinOpResolverWithXNNPACK();
      case REFERENCE -> Reference.SHARED;
    };
  }

  /** One for all interpreters, which only read it: nothing frees the tables that it fills. */
  private static final class Reference extends OpResolver {
    private static final Reference SHARED = new Reference();

    private Reference() {
      super((Pointer) null);
      MemorySegment memory = Arena.global().allocate(RESOLVER_BYTES, 16);
      try {
        String library = Loader.load(org.bytedeco.tensorflowlite.global.tensorflowlite.class);
        SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
        Linker.nativeLinker()
            .downcallHandle(
                symbols.find(REFERENCE_CONSTRUCTOR).orElseThrow(),
                FunctionDescriptor.ofVoid(ValueLayout.ADDRESS))
            .invokeExact(memory);
      } catch (Throwable failure) {
        throw new AssertionError("no reference kernels in the TensorFlow Lite library", failure);
      }
      address = memory.address();
    }
  }

  /**
   * Takes all later kernels from those for AVX2: forgets in the library's description of the
   * processor (cpuinfo_x86_isa of pytorch/cpuinfo) every extension from AVX-512F on, and AVX-VNNI.
   * For benchmarks of a virtual machine that is held to AVX2 itself; must precede the first
   * interpreter. Does nothing where the processor has no AVX-512.
   */
  public static void holdToAvx2() {
    try {
      String library = Loader.load(org.bytedeco.tensorflowlite.global.tensorflowlite.class);
      SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
      boolean _ =
          (boolean)
              Linker.nativeLinker()
                  .downcallHandle(
                      symbols.find("cpuinfo_initialize").orElseThrow(),
                      FunctionDescriptor.of(ValueLayout.JAVA_BOOLEAN))
                  .invokeExact();
      MemorySegment flags = symbols.find("cpuinfo_isa").orElseThrow().reinterpret(ISA_BYTES);
      for (long i = 0; i + AVX_TO_AVX512VL.length() <= ISA_BYTES; i++) {
        if (matches(flags, i)) {
          flags.set(ValueLayout.JAVA_BYTE, i + AVX_VNNI, (byte) 0);
          long from = i + AVX512F;
          flags.asSlice(from, Math.min(AVX512_AND_AMX, ISA_BYTES - from)).fill((byte) 0);
        }
      }
    } catch (Throwable failure) {
      throw new AssertionError("no description of the processor in the library", failure);
    }
  }

  private static boolean matches(MemorySegment flags, long from) {
    for (int i = 0; i < AVX_TO_AVX512VL.length(); i++) {
      char wanted = AVX_TO_AVX512VL.charAt(i);
      if (wanted != '?' && flags.get(ValueLayout.JAVA_BYTE, from + i) != wanted - '0') {
        return false;
      }
    }
    return true;
  }

  /** Whether the library exists for this machine. */
  public static boolean available() {
    try {
      return !Loader.load(org.bytedeco.tensorflowlite.global.tensorflowlite.class).isEmpty();
    } catch (UnsatisfiedLinkError absent) {
      return false;
    }
  }

  /** Sets model input {@code index} from little-endian elements. */
  public void setInput(int index, byte[] elements) {
    put(interpreter.input_tensor(index), elements);
  }

  /** Runs one inference. */
  public void invoke() {
    requireOk(interpreter.Invoke(), "invoking");
  }

  /** Puts variable tensors back to their first value. */
  public void reset() {
    requireOk(interpreter.ResetVariableTensors(), "resetting variables");
  }

  /** Elements of model output {@code index}. */
  public byte[] output(int index) {
    return get(interpreter.output_tensor(index));
  }

  /** Elements of any tensor of the main subgraph. */
  public byte[] tensor(int index) {
    return get(interpreter.tensor(index));
  }

  /** The dimensions of any tensor of the main subgraph. */
  public int[] shape(int index) {
    TfLiteTensor tensor = interpreter.tensor(index);
    int[] dims = new int[tensor.dims().size()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = tensor.dims().data(i);
    }
    return dims;
  }

  private static void put(TfLiteTensor tensor, byte[] elements) {
    if (tensor.bytes() != elements.length) {
      throw new AssertionError(tensor.bytes() + " bytes expected, not " + elements.length);
    }
    tensor.data().raw().put(elements, 0, elements.length);
  }

  private static byte[] get(TfLiteTensor tensor) {
    byte[] elements = new byte[Math.toIntExact(tensor.bytes())];
    tensor.data().raw().get(elements, 0, elements.length);
    return elements;
  }

  private static void requireOk(int status, String what) {
    if (status != 0) {
      throw new AssertionError("TensorFlow Lite: " + what + " returned status " + status);
    }
  }

  @Override
  public void close() {
    interpreter.close();
    builder.close();
    options.close();
    if (!(resolver instanceof Reference)) {
      resolver.close();
    }
    model.close();
  }
}
