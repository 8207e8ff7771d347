package dev.thumbprint.model;

import dev.thumbprint.cost.work.Operator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.lite.schema.BuiltinOperator;

/**
 * Reads .tflite files. The file is memory-mapped; constants stay slices of the mapping. Everything
 * is checked before it is used: nothing of a damaged file reaches the rest of the program.
 */
public final class TfliteReader {
  private static final int HEADER_BYTES = 8;
  private static final int SUBGRAPHS_MAX = 256;
  private static final int TENSORS_MAX = 65_536;
  private static final int OPERATORS_MAX = 65_536;
  private static final int OPERATOR_CODES_MAX = 1024;
  private static final int METADATA_MAX = 256;
  private static final int BUFFERS_MAX = 131_072;
  private static final int OPERANDS_MAX = 1024;

  private final List<Optional<ByteBuffer>> buffers = new ArrayList<>();
  private final List<FlatTable> codes;
  private final FlatTable model;

  private TfliteReader(ByteBuffer bytes) {
    requireHeader(bytes);
    model = FlatTable.root(bytes, "");
    long version = model.uint32(Schema.Model.VERSION);
    if (version != Schema.VERSION) {
      throw model.damaged("schema version " + version, "version " + Schema.VERSION);
    }
    codes = model.tables(Schema.Model.OPERATOR_CODES, "operator code", OPERATOR_CODES_MAX);
    for (FlatTable buffer : model.tables(Schema.Model.BUFFERS, "buffer", BUFFERS_MAX)) {
      buffers.add(buffer(buffer));
    }
  }

  /**
   * Reads and validates a model.
   *
   * @param file a .tflite file
   * @throws InputException if the file is unreadable, damaged or holds something unsupported
   */
  public static Graph read(Path file) {
    String shown = file.toString();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (Files.isDirectory(file)) {
        throw InputException.of(shown, "", "a directory", "a .tflite file");
      }
      if (channel.size() > Integer.MAX_VALUE) {
        throw InputException.of(shown, "", channel.size() + " bytes", "at most 2 GiB");
      }
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      return read(bytes, baseName(file), shown);
    } catch (NoSuchFileException missing) {
      throw InputException.of(shown, "", "no such file", "").causedBy(missing);
    } catch (IOException unreadable) {
      throw InputException.of(shown, "", "unreadable: " + unreadable.getMessage(), "")
          .causedBy(unreadable);
    }
  }

  /**
   * Reads and validates a model held in memory.
   *
   * @param bytes the whole file, from position 0 to the capacity
   * @param name short name for reports
   * @param file what to call the file in messages
   * @throws InputException if it is damaged or holds something unsupported
   */
  public static Graph read(ByteBuffer bytes, String name, String file) {
    ByteBuffer whole = bytes.duplicate().clear().slice().order(ByteOrder.LITTLE_ENDIAN);
    try {
      Graph graph = new TfliteReader(whole).graph(name, sha256(whole), whole.capacity());
      GraphValidator.validate(graph);
      return graph;
    } catch (InputException defect) {
      throw defect.inFile(file);
    }
  }

  /** SHA-256 of a buffer in lower-case hex. */
  static String sha256(ByteBuffer bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes.duplicate());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }

  private static String baseName(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".tflite") ? name.substring(0, name.length() - 7) : name;
  }

  private static void requireHeader(ByteBuffer bytes) {
    if (bytes.capacity() < HEADER_BYTES) {
      throw InputException.of(
          "", "", "only " + bytes.capacity() + " bytes", "a .tflite file (FlatBuffer TFL3)");
    }
    byte[] identifier = new byte[Schema.IDENTIFIER.length()];
    bytes.get(4, identifier);
    String found = new String(identifier, StandardCharsets.ISO_8859_1);
    if (!found.equals(Schema.IDENTIFIER)) {
      throw InputException.of(
          "", "byte 4", "identifier \"" + found + '"', '"' + Schema.IDENTIFIER + '"');
    }
  }

  private static Optional<ByteBuffer> buffer(FlatTable table) {
    // Values above 1 place the contents behind the FlatBuffer, which TensorFlow Lite Micro lacks.
    if (table.int64(Schema.Buffer.OFFSET) > 1) {
      throw table.damaged("contents outside the FlatBuffer", "contents in the buffer table");
    }
    ByteBuffer data = table.vector(Schema.Buffer.DATA, 1, "data");
    return data == null || !data.hasRemaining() ? Optional.empty() : Optional.of(data);
  }

  private Graph graph(String name, String sha256, long fileBytes) {
    List<FlatTable> tables = model.tables(Schema.Model.SUBGRAPHS, "subgraph", SUBGRAPHS_MAX);
    if (tables.isEmpty()) {
      throw model.damaged("no subgraph", "at least one");
    }
    if (buffers.isEmpty()) {
      throw model.damaged("no buffers", "at least the empty one");
    }
    List<Subgraph> subgraphs = new ArrayList<>();
    for (FlatTable table : tables) {
      subgraphs.add(subgraph(table));
    }
    return new Graph(name, sha256, fileBytes, subgraphs, metadata());
  }

  private Map<String, ByteBuffer> metadata() {
    Map<String, ByteBuffer> metadata = new HashMap<>();
    for (FlatTable table : model.tables(Schema.Model.METADATA, "metadata", METADATA_MAX)) {
      long number = table.uint32(Schema.Metadata.BUFFER);
      if (number >= buffers.size()) {
        throw table.damaged("buffer " + number, "less than the " + buffers.size() + " buffers");
      }
      ByteBuffer bytes = buffers.get((int) number).orElse(ByteBuffer.allocate(0));
      metadata.put(table.string(Schema.Metadata.NAME, "name"), bytes);
    }
    return metadata;
  }

  private Subgraph subgraph(FlatTable table) {
    TensorReader reader = new TensorReader(buffers);
    List<Tensor> tensors = new ArrayList<>();
    for (FlatTable tensor : table.tables(Schema.SubGraph.TENSORS, "tensor", TENSORS_MAX)) {
      tensors.add(reader.read(tensor, tensors.size()));
    }
    List<Node> nodes = new ArrayList<>();
    for (FlatTable node : table.tables(Schema.SubGraph.OPERATORS, "operator", OPERATORS_MAX)) {
      nodes.add(node(node, nodes.size()));
    }
    return new Subgraph(
        table.string(Schema.SubGraph.NAME, "name"),
        tensors,
        nodes,
        table.int32s(Schema.SubGraph.INPUTS, "inputs", OPERANDS_MAX),
        table.int32s(Schema.SubGraph.OUTPUTS, "outputs", OPERANDS_MAX));
  }

  private Node node(FlatTable table, int index) {
    long codeIndex = table.uint32(Schema.OperatorTable.OPCODE_INDEX);
    if (codeIndex >= codes.size()) {
      throw table.damaged("operator code " + codeIndex, "less than the " + codes.size() + " codes");
    }
    FlatTable code = codes.get((int) codeIndex);
    Operator operator = operator(code, table);
    String customName =
        operator == Operator.CUSTOM
            ? code.string(Schema.OperatorCode.CUSTOM_CODE, "custom_code")
            : "";
    return new Node(
        index,
        operator,
        customName,
        table.int32s(Schema.OperatorTable.INPUTS, "inputs", OPERANDS_MAX),
        table.int32s(Schema.OperatorTable.OUTPUTS, "outputs", OPERANDS_MAX),
        table.int32s(Schema.OperatorTable.INTERMEDIATES, "intermediates", OPERANDS_MAX),
        options(operator, table));
  }

  private static Operator operator(FlatTable code, FlatTable node) {
    // Old files fill the 8-bit field only, new ones both: the larger counts (schema_utils.cc).
    int builtin =
        Math.max(
            code.int8(Schema.OperatorCode.DEPRECATED_BUILTIN_CODE, 0),
            code.int32(Schema.OperatorCode.BUILTIN_CODE, 0));
    return Operator.ofBuiltinCode(builtin)
        .orElseThrow(
            () ->
                node.damaged(
                    "operator " + builtinName(builtin),
                    "an operator that TensorFlow Lite Micro registers"));
  }

  private static String builtinName(int code) {
    return code >= 0 && code < BuiltinOperator.names.length
        ? BuiltinOperator.name(code)
        : "code " + code;
  }

  private static Options options(Operator operator, FlatTable table) {
    if (operator == Operator.CUSTOM) {
      if (table.has(Schema.OperatorTable.LARGE_CUSTOM_OPTIONS_OFFSET)) {
        throw table.damaged("custom options outside the FlatBuffer", "options in the operator");
      }
      ByteBuffer bytes = table.vector(Schema.OperatorTable.CUSTOM_OPTIONS, 1, "custom_options");
      return new Options.Custom(bytes == null ? ByteBuffer.allocate(0) : bytes);
    }
    int found = table.int8(Schema.OperatorTable.BUILTIN_OPTIONS_TYPE, 0);
    int expected = Schema.optionsCode(operator);
    FlatTable options = table.table(Schema.OperatorTable.BUILTIN_OPTIONS, operator + " options");
    if (found != 0 && expected != 0 && found != expected) {
      throw table.damaged(operator + " with options of type " + found, "type " + expected);
    }
    return OptionsReader.read(operator, options == null ? FlatTable.EMPTY : options);
  }
}
