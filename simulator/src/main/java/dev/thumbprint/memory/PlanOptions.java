package dev.thumbprint.memory;

import java.util.OptionalInt;

/**
 * How the runtime is set up.
 *
 * @param build kernels and compiler
 * @param resourceVariables slots given to {@code MicroResourceVariables::Create}; empty means as
 *     many as the model names, and none where it names none
 * @param recordingAllocator whether the recording allocator is used, whose objects are larger
 */
public record PlanOptions(
    RuntimeBuild build, OptionalInt resourceVariables, boolean recordingAllocator) {

  /** The plain interpreter. */
  public static PlanOptions of(RuntimeBuild build) {
    return new PlanOptions(build, OptionalInt.empty(), false);
  }
}
