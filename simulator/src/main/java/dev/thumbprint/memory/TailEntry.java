package dev.thumbprint.memory;

/**
 * One allocation in the tail of the arena, which lasts as long as the interpreter.
 *
 * @param category what the runtime's recording allocator would book it under
 * @param what role in words, with the operator or tensor that asked for it
 * @param requestedBytes size asked for
 * @param alignment alignment of its start
 * @param usedBytes size with the padding that alignment cost
 */
public record TailEntry(
    Category category, String what, long requestedBytes, int alignment, long usedBytes) {

  /** Bookkeeping categories; those up to {@link #OP_DATA} are the recording allocator's own. */
  public enum Category {
    EVAL_TENSORS("TfLiteEvalTensor data"),
    PERSISTENT_TENSORS("Persistent TfLiteTensor data"),
    QUANTIZATION("Persistent TfLiteTensor quantization data"),
    PERSISTENT_BUFFERS("Persistent buffer data"),
    VARIABLES("TfLiteTensor variable buffer data"),
    NODES("NodeAndRegistration struct"),
    OP_DATA("Operator runtime data"),
    ALLOCATORS("Allocators and planner"),
    BUILTIN_PARAMS("Builtin operator parameters"),
    SUBGRAPHS("Subgraph allocations"),
    SCRATCH_HANDLES("Scratch buffer handles");

    private final String label;

    Category(String label) {
      this.label = label;
    }

    /** Name for tables; the recording allocator's own where it has one. */
    public String label() {
      return label;
    }
  }
}
