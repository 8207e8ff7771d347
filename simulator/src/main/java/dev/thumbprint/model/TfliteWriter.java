package dev.thumbprint.model;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.thumbprint.cost.work.Operator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes graphs as .tflite files that TensorFlow Lite and TensorFlow Lite Micro load. */
public final class TfliteWriter {
  /** Contents of tensors are aligned for vector loads, as TensorFlow Lite's own converter does. */
  private static final int DATA_ALIGNMENT = 16;

  private record Code(Operator operator, String customName) {}

  private final FlatBufferBuilder builder = new FlatBufferBuilder(1 << 16);
  private final List<Integer> buffers = new ArrayList<>();
  private final List<Code> codes = new ArrayList<>();

  private TfliteWriter() {}

  /**
   * The bytes of the file.
   *
   * @param graph any graph; its hash and size are not looked at
   */
  public static byte[] bytes(Graph graph) {
    return new TfliteWriter().model(graph);
  }

  /**
   * Writes the file, replacing an older one.
   *
   * @throws IOException if it cannot be written; it names the file
   */
  public static void write(Graph graph, Path file) throws IOException {
    WholeFile.write(bytes(graph), file);
  }

  private byte[] model(Graph graph) {
    buffers.add(buffer(Optional.empty()));
    int[] subgraphs = new int[graph.subgraphs().size()];
    for (int i = 0; i < subgraphs.length; i++) {
      subgraphs[i] = subgraph(graph.subgraphs().get(i));
    }
    int metadata = metadata(graph.metadata());
    int subgraphVector = builder.createVectorOfTables(subgraphs);
    int codeVector =
        builder.createVectorOfTables(codes.stream().mapToInt(this::operatorCode).toArray());
    int bufferVector =
        builder.createVectorOfTables(buffers.stream().mapToInt(Integer::intValue).toArray());
    int description = builder.createString(graph.name());
    builder.startTable(Schema.Model.FIELDS);
    builder.addInt(Schema.Model.VERSION, Schema.VERSION, 0);
    builder.addOffset(Schema.Model.OPERATOR_CODES, codeVector, 0);
    builder.addOffset(Schema.Model.SUBGRAPHS, subgraphVector, 0);
    builder.addOffset(Schema.Model.DESCRIPTION, description, 0);
    builder.addOffset(Schema.Model.BUFFERS, bufferVector, 0);
    builder.addOffset(Schema.Model.METADATA, metadata, 0);
    builder.finish(builder.endTable(), Schema.IDENTIFIER);
    return builder.sizedByteArray();
  }

  static int intVector(FlatBufferBuilder builder, List<Integer> values) {
    builder.startVector(Integer.BYTES, values.size(), Integer.BYTES);
    for (int i = values.size() - 1; i >= 0; i--) {
      builder.addInt(values.get(i));
    }
    return builder.endVector();
  }

  private int metadata(Map<String, ByteBuffer> metadata) {
    List<Integer> entries = new ArrayList<>();
    for (Map.Entry<String, ByteBuffer> entry : new TreeMap<>(metadata).entrySet()) {
      int number = addBuffer(Optional.of(entry.getValue()));
      int name = builder.createString(entry.getKey());
      builder.startTable(Schema.Metadata.FIELDS);
      builder.addOffset(Schema.Metadata.NAME, name, 0);
      builder.addInt(Schema.Metadata.BUFFER, number, 0);
      entries.add(builder.endTable());
    }
    return builder.createVectorOfTables(entries.stream().mapToInt(Integer::intValue).toArray());
  }

  private int operatorCode(Code code) {
    int builtin = code.operator().builtinCode();
    int customName = code.customName().isEmpty() ? 0 : builder.createString(code.customName());
    builder.startTable(Schema.OperatorCode.FIELDS);
    builder.addByte(
        Schema.OperatorCode.DEPRECATED_BUILTIN_CODE,
        (byte) Math.min(builtin, Schema.CODE_IN_WIDE_FIELD),
        0);
    builder.addOffset(Schema.OperatorCode.CUSTOM_CODE, customName, 0);
    builder.addInt(Schema.OperatorCode.VERSION, 1, 1);
    builder.addInt(Schema.OperatorCode.BUILTIN_CODE, builtin, 0);
    return builder.endTable();
  }

  private int addBuffer(Optional<ByteBuffer> data) {
    if (data.isEmpty()) {
      return 0;
    }
    return addOwnBuffer(data);
  }

  private int addOwnBuffer(Optional<ByteBuffer> data) {
    buffers.add(buffer(data));
    return buffers.size() - 1;
  }

  private int buffer(Optional<ByteBuffer> data) {
    int vector = data.map(this::byteVector).orElse(0);
    builder.startTable(Schema.Buffer.FIELDS);
    builder.addOffset(Schema.Buffer.DATA, vector, 0);
    return builder.endTable();
  }

  private int byteVector(ByteBuffer data) {
    ByteBuffer bytes = data.duplicate().rewind();
    builder.createUnintializedVector(1, bytes.remaining(), DATA_ALIGNMENT).put(bytes);
    return builder.endVector();
  }

  private int subgraph(Subgraph subgraph) {
    int[] tensors = subgraph.tensors().stream().mapToInt(this::tensor).toArray();
    int[] nodes = subgraph.nodes().stream().mapToInt(this::node).toArray();
    int tensorVector = builder.createVectorOfTables(tensors);
    int nodeVector = builder.createVectorOfTables(nodes);
    int inputs = intVector(builder, subgraph.inputs());
    int outputs = intVector(builder, subgraph.outputs());
    int name = builder.createString(subgraph.name());
    builder.startTable(Schema.SubGraph.FIELDS);
    builder.addOffset(Schema.SubGraph.TENSORS, tensorVector, 0);
    builder.addOffset(Schema.SubGraph.INPUTS, inputs, 0);
    builder.addOffset(Schema.SubGraph.OUTPUTS, outputs, 0);
    builder.addOffset(Schema.SubGraph.OPERATORS, nodeVector, 0);
    builder.addOffset(Schema.SubGraph.NAME, name, 0);
    return builder.endTable();
  }

  private int tensor(Tensor tensor) {
    boolean ranged = tensor.quantization().map(Quantization::ranged).orElse(false);
    // The converter that wrote ranges also gave each activation an empty buffer of its own.
    int number = ranged ? addOwnBuffer(tensor.data()) : addBuffer(tensor.data());
    int name = builder.createString(tensor.name());
    int shape = shapeVector(tensor);
    int quantization = tensor.quantization().map(q -> quantization(tensor, q)).orElse(0);
    builder.startTable(Schema.Tensor.FIELDS);
    builder.addOffset(Schema.Tensor.SHAPE, shape, 0);
    builder.addByte(Schema.Tensor.TYPE, (byte) Schema.typeCode(tensor.type()), 0);
    builder.addInt(Schema.Tensor.BUFFER, number, 0);
    builder.addOffset(Schema.Tensor.NAME, name, 0);
    builder.addOffset(Schema.Tensor.QUANTIZATION, quantization, 0);
    builder.addBoolean(Schema.Tensor.IS_VARIABLE, tensor.variable(), false);
    return builder.endTable();
  }

  private int shapeVector(Tensor tensor) {
    List<Integer> dims = new ArrayList<>();
    for (int dim : tensor.shape().toArray()) {
      dims.add(dim);
    }
    return intVector(builder, dims);
  }

  private int quantization(Tensor tensor, Quantization quantization) {
    boolean ranged = quantization.ranged();
    int min = ranged ? floatVector(TensorRange.least(tensor, quantization)) : 0;
    int max = ranged ? floatVector(TensorRange.greatest(tensor, quantization)) : 0;
    int scaleVector = floatVector(quantization.scales());
    int[] zeroPoints = quantization.zeroPoints();
    builder.startVector(Long.BYTES, zeroPoints.length, Long.BYTES);
    for (int i = zeroPoints.length - 1; i >= 0; i--) {
      builder.addLong(zeroPoints[i]);
    }
    int zeroPointVector = builder.endVector();
    builder.startTable(Schema.QuantizationParameters.FIELDS);
    builder.addOffset(Schema.QuantizationParameters.MIN, min, 0);
    builder.addOffset(Schema.QuantizationParameters.MAX, max, 0);
    builder.addOffset(Schema.QuantizationParameters.SCALE, scaleVector, 0);
    builder.addOffset(Schema.QuantizationParameters.ZERO_POINT, zeroPointVector, 0);
    builder.addInt(Schema.QuantizationParameters.QUANTIZED_DIMENSION, quantization.axis(), 0);
    return builder.endTable();
  }

  private int floatVector(float[] values) {
    builder.startVector(Float.BYTES, values.length, Float.BYTES);
    for (int i = values.length - 1; i >= 0; i--) {
      builder.addFloat(values[i]);
    }
    return builder.endVector();
  }

  private int node(Node node) {
    Code code = new Code(node.operator(), node.customName());
    if (!codes.contains(code)) {
      codes.add(code);
    }
    int optionsCode = Schema.optionsCode(node.operator());
    int options =
        optionsCode == 0 ? 0 : OptionsWriter.write(builder, node.operator(), node.options());
    int custom = node.options() instanceof Options.Custom c ? byteVector(c.bytes()) : 0;
    int inputs = intVector(builder, node.inputs());
    int outputs = intVector(builder, node.outputs());
    int intermediates =
        node.intermediates().isEmpty() ? 0 : intVector(builder, node.intermediates());
    builder.startTable(Schema.OperatorTable.FIELDS);
    builder.addInt(Schema.OperatorTable.OPCODE_INDEX, codes.indexOf(code), 0);
    builder.addOffset(Schema.OperatorTable.INPUTS, inputs, 0);
    builder.addOffset(Schema.OperatorTable.OUTPUTS, outputs, 0);
    builder.addByte(Schema.OperatorTable.BUILTIN_OPTIONS_TYPE, (byte) optionsCode, 0);
    builder.addOffset(Schema.OperatorTable.BUILTIN_OPTIONS, options, 0);
    builder.addOffset(Schema.OperatorTable.CUSTOM_OPTIONS, custom, 0);
    builder.addOffset(Schema.OperatorTable.INTERMEDIATES, intermediates, 0);
    return builder.endTable();
  }
}
