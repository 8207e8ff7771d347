package dev.thumbprint.train;

/** In which numbers a model computes. */
public enum NumberForm {
  /** Float32 throughout. */
  FLOAT32("float32"),
  /** int8 weights, float activations: smaller, but no kernel of the runtime computes it. */
  MIXED("mixed"),
  /** int8 throughout, float input and output: QUANTIZE first, DEQUANTIZE last. */
  INT8("int8");

  private final String label;

  NumberForm(String label) {
    this.label = label;
  }

  /** Name in files and on the command line. */
  public String label() {
    return label;
  }

  @Override
  public String toString() {
    return label;
  }
}
