package dev.thumbprint.memory;

/**
 * Bytes of the runtime's structures on 32-bit Arm (GCC, short enums, {@code
 * TF_LITE_STATIC_MEMORY}), and its fixed counts. Source: tensorflow/tflite-micro 90b983c2, sizes
 * printed by the compiler.
 */
final class StructSizes {
  /** Alignment of tensors, kernel buffers and the arena itself. */
  static final int ARENA_ALIGNMENT = 16;

  /** Natural alignment of the runtime's own structures. */
  static final int WORD = 4;

  static final int SINGLE_ARENA_ALLOCATOR = 36;
  static final int GREEDY_PLANNER = 44;
  static final int MICRO_ALLOCATOR = 36;
  static final int RECORDING_SINGLE_ARENA_ALLOCATOR = 52;
  static final int RECORDING_MICRO_ALLOCATOR = 124;
  static final int BUILTIN_DATA_ALLOCATOR = 8;
  static final int SUBGRAPH_ALLOCATIONS = 8;
  static final int EVAL_TENSOR = 12;
  static final int NODE_AND_REGISTRATION = 32;
  static final int TENSOR = 32;
  static final int AFFINE_QUANTIZATION = 12;
  static final int POINTER = 4;
  static final int SCRATCH_HANDLE = 4;
  static final int SCRATCH_REQUEST = 12;
  static final int ALLOCATION_INFO = 24;

  /** Working memory of the greedy planner for each buffer. */
  static final int PLANNER_PER_BUFFER = 40;

  static final int RESOURCE_VARIABLES = 12;
  static final int RESOURCE_VARIABLE = 20;

  /** Scratch buffers that one operator may ask for. */
  static final int SCRATCH_REQUESTS_PER_OPERATOR = 12;

  private StructSizes() {}

  /** Bytes of an array of {@code count} integers with its length in front. */
  static long intArray(long count) {
    return 4 + 4 * count;
  }

  /** The next multiple of {@code alignment} (a power of two) at or above {@code value}. */
  static long alignUp(long value, int alignment) {
    return (value + alignment - 1) & -alignment;
  }

  /** The multiple of {@code alignment} (a power of two) at or below {@code value}. */
  static long alignDown(long value, int alignment) {
    return value & -alignment;
  }
}
