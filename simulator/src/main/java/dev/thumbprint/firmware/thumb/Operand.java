package dev.thumbprint.firmware.thumb;

/** How one operand of a table row fills a record. */
@FunctionalInterface
interface Operand {
  /** Takes fields from the builder's encoding and notes what they mean. */
  void apply(InstructionBuilder builder);
}
