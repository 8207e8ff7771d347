package dev.thumbprint.cost.library;

import java.util.Locale;
import java.util.Optional;

/**
 * The physical terms that a layer's time is made of: one kind of loop trip each. A kernel library
 * counts them ({@link Trips}); what one trip costs is a coefficient of the library's build.
 *
 * <p>The same term may stand for slightly different code in two generations of a library; it always
 * stands for the same loop level.
 */
public enum Term {
  OPERATOR(Kind.CALL, "operator", "dispatch of one operator by the interpreter"),
  WEIGHT_MISS(Kind.WEIGHTS, "word", "words of weights that come from their memory, not a cache"),
  TENSOR_LINE(
      Kind.TENSORS, "line", "lines of input and output that come from a RAM behind a data cache"),

  CONV_CALL(Kind.CALL, "layer", "set-up of a convolution, its buffers and parameters"),
  DENSE_CALL(Kind.CALL, "layer", "set-up of a fully connected layer"),

  // Convolution by im2col: two output pixels and two output channels at a time.
  CONV_PIXEL(Kind.CALL, "output pixel", "loop over output pixels of the generic convolution"),
  CONV_TAP(Kind.COPY, "tap", "one call that copies the channels of one filter tap to the column"),
  CONV_COPY4(Kind.COPY, "4 elements", "copy loop of im2col, four channels at a time"),
  CONV_COPY1(Kind.COPY, "element", "left-over channels of an im2col copy"),
  CONV_PAD(Kind.COPY, "tap", "one call that fills a tap outside the image"),
  CONV_PAD_BYTE(Kind.COPY, "byte", "zero fill of taps outside the image"),
  CONV_MAC16(Kind.MAC, "16 MAC", "inner loop, 4 filter elements x 2 channels x 2 pixels"),
  CONV_MAC4(Kind.MAC, "4 MAC", "left-over filter elements of a 2 x 2 block"),
  CONV_QUAD(Kind.REQUANTIZE, "4 outputs", "set-up and requantisation of a 2 x 2 block"),
  UNALIGNED(Kind.MAC, "half bus cycle", "word loads that do not start on a word"),
  CONV_ODD_FETCH(
      Kind.FETCH, "2 pixels", "code of the odd last channel, which a small cache cannot keep"),
  CONV_TAIL_FETCH(
      Kind.FETCH, "2 pixels", "code of left-over channels, which a small cache cannot keep"),
  BLOCK_FETCH(
      Kind.FETCH, "4 outputs", "code of a block, which a small cache cannot keep beside its loops"),
  CONV_SINGLE_MAC4(Kind.MAC, "4 MAC", "inner loop of a last odd pixel or odd channel"),
  CONV_SINGLE_MAC1(Kind.MAC, "MAC", "left-over filter elements of a last odd pixel or channel"),
  CONV_SINGLE(Kind.REQUANTIZE, "output", "outputs of a last odd pixel or odd channel"),

  // Matrix product without im2col: 1x1 convolution.
  GEMM_PAIR(Kind.CALL, "2 channels", "set-up of a pair of output channels"),
  GEMM_SUM(Kind.MAC, "element of 2 rows", "sum over two weight rows"),
  GEMM_MAC64(Kind.MAC, "64 MAC", "unrolled loop, 16 elements x 2 channels x 2 rows"),
  GEMM_MAC16(Kind.MAC, "16 MAC", "loop over 4 elements x 2 channels x 2 rows"),
  GEMM_MAC4(Kind.MAC, "4 MAC", "left-over elements x 2 channels x 2 rows"),
  GEMM_QUAD(Kind.REQUANTIZE, "4 outputs", "set-up and requantisation of a 2 x 2 block"),
  GEMM_SINGLE_MAC(Kind.MAC, "2 MAC", "elements of a last odd row, two channels"),
  GEMM_SINGLE(Kind.REQUANTIZE, "output", "outputs of a last odd row or channel"),
  GEMM_CHANNEL_MAC(Kind.MAC, "MAC", "elements of a last odd channel, scalar"),

  // Depthwise convolution through a column buffer, four channels at a time.
  DW_PIXEL(Kind.CALL, "output pixel", "loop over output pixels"),
  DW_TAP(Kind.COPY, "tap", "one call that copies the channels of one tap to the column"),
  DW_COPY4(Kind.COPY, "4 elements", "copy loop of a tap, four channels at a time"),
  DW_COPY1(Kind.COPY, "element", "left-over channels of a tap copy"),
  DW_PAD(Kind.COPY, "tap", "one call that fills taps outside the image"),
  DW_PAD_BYTE(Kind.COPY, "byte", "zero fill of taps outside the image"),
  DW_MAC8(Kind.MAC, "8 MAC", "two taps x four channels"),
  DW_MAC4(Kind.MAC, "4 MAC", "last odd tap x four channels"),
  DW_QUAD(Kind.REQUANTIZE, "4 outputs", "set-up and requantisation of four channels"),
  DW_SINGLE_MAC(Kind.MAC, "MAC", "taps of a left-over channel"),
  DW_SINGLE(Kind.REQUANTIZE, "output", "outputs of left-over channels"),
  DW_FETCH(
      Kind.FETCH,
      "output pixel",
      "code of copies and blocks of four channels, which a small cache cannot keep together"),
  DW_ODD_FETCH(Kind.FETCH, "output pixel", "code of a last odd tap beside them"),
  DW_TAIL_FETCH(Kind.FETCH, "output pixel", "code of left-over channels beside them"),
  // 3x3 depthwise without a column buffer.
  DW3_PIXEL(Kind.CALL, "output pixel", "loop over output pixels"),
  DW3_ROW(Kind.CALL, "row of 4 channels", "filter rows inside the image x four channels"),
  DW3_TAP(Kind.MAC, "4 MAC", "taps inside the image x four channels"),
  DW3_QUAD(Kind.REQUANTIZE, "4 outputs", "set-up and requantisation of four channels"),
  DW3_FETCH(
      Kind.FETCH,
      "4 outputs",
      "code of nine taps inside the image, which a small cache cannot keep"),
  DW3_TAIL_FETCH(Kind.FETCH, "output pixel", "code of left-over channels beside them"),
  DW3_SINGLE_MAC(Kind.MAC, "MAC", "taps of a left-over channel"),
  DW3_SINGLE(Kind.REQUANTIZE, "output", "outputs of left-over channels"),
  // Scalar depthwise paths.
  DW_SCALAR_MAC(Kind.MAC, "MAC", "taps of the scalar depthwise path"),
  DW_MULT4(Kind.MAC, "4 MAC", "taps of a depthwise layer with four outputs per input"),
  DW_SCALAR_ROW(Kind.CALL, "filter row", "filter rows of the scalar depthwise path"),
  DW_SCALAR(Kind.REQUANTIZE, "output", "outputs of the scalar depthwise path"),

  // Fully connected: two (DSP), three (C) or four (MVE) rows at a time.
  DENSE_MAC32(Kind.MAC, "32 MAC", "unrolled loop, 16 elements x 2 rows"),
  DENSE_MAC8(Kind.MAC, "8 MAC", "loop over 4 elements x 2 rows"),
  DENSE_TAIL(Kind.MAC, "element of a row block", "left-over elements of a block of rows"),
  DENSE_TAIL_FETCH(
      Kind.FETCH, "2 outputs", "code that a long tail pushes out of a small instruction cache"),
  DENSE_BLOCK(Kind.REQUANTIZE, "block of rows", "set-up and requantisation of a block of rows"),
  DENSE_SINGLE_MAC(Kind.MAC, "MAC", "elements of a left-over row"),

  // Activations of 16 bits: sums of 32 bits, scaled with 64.
  CONV16_MAC16(Kind.MAC, "16 MAC", "inner loop, 4 filter elements x 2 channels x 2 pixels"),
  CONV16_MAC4(Kind.MAC, "4 MAC", "left-over filter elements of a 2 x 2 block"),
  CONV16_QUAD(Kind.REQUANTIZE, "4 outputs", "set-up and scaling of a 2 x 2 block"),
  CONV16_SINGLE(Kind.REQUANTIZE, "output", "outputs of a last odd pixel or odd channel"),
  DW16_MAC8(Kind.MAC, "8 MAC", "two taps x four channels"),
  DW16_MAC4(Kind.MAC, "4 MAC", "last odd tap x four channels"),
  DW16_QUAD(Kind.REQUANTIZE, "4 outputs", "set-up and scaling of four channels"),
  DW16_SINGLE(Kind.REQUANTIZE, "output", "outputs of left-over channels or of the scalar path"),
  DW16_SCALAR_MAC(Kind.MAC, "MAC", "taps of the scalar path, sums of 64 bits"),
  DENSE16_MAC8(Kind.MAC, "8 MAC", "loop over 4 elements x 2 rows"),
  DENSE16_TAIL(Kind.MAC, "element of 2 rows", "left-over elements, sums of 64 bits"),
  DENSE16_BLOCK(Kind.REQUANTIZE, "block of rows", "set-up and scaling of a block of rows"),
  POOL16_TAP(Kind.ELEMENT, "element", "input elements under the window"),
  MAXPOOL16_TAP(Kind.ELEMENT, "element", "input elements under the window of a maximum pooling"),
  ADD16_ELEMENT(Kind.ELEMENT, "element", "addition with three requantisations"),
  MUL16_ELEMENT(Kind.ELEMENT, "element", "multiplication with one requantisation"),

  // Weights of 4 bits, which are spread before they are multiplied.
  CONV4_MAC16(Kind.MAC, "16 MAC", "inner loop, 4 filter elements x 2 channels x 2 pixels"),
  CONV4_MAC8(Kind.MAC, "8 MAC", "left-over pair of filter elements of a 2 x 2 block"),
  CONV4_SINGLE_MAC4(Kind.MAC, "4 MAC", "inner loop of a last odd pixel or odd channel"),
  CONV4_SINGLE_MAC2(Kind.MAC, "2 MAC", "left-over pair of a last odd pixel or channel"),
  GEMM4_MAC16(Kind.MAC, "16 MAC", "4 elements x 2 channels x 2 rows"),
  GEMM4_MAC8(Kind.MAC, "8 MAC", "left-over pair of elements x 2 channels x 2 rows"),
  DW4_MAC8(Kind.MAC, "8 MAC", "two taps x four channels"),
  DW4_MAC4(Kind.MAC, "4 MAC", "last odd tap x four channels"),
  DW4_SINGLE_MAC(Kind.MAC, "MAC", "taps of a left-over channel"),
  DW4_SCALAR_MAC(Kind.MAC, "MAC", "taps of the scalar path, one half of a byte at a time"),
  DW4_SCALAR_MAC2(Kind.MAC, "2 MAC", "taps of the scalar path, both halves of a byte"),
  DW4_SCALAR(Kind.REQUANTIZE, "output", "outputs of the scalar path"),
  DENSE4_MAC8(Kind.MAC, "8 MAC", "loop over 4 elements x 2 rows"),
  DENSE4_TAIL(Kind.MAC, "pair of 2 rows", "left-over pair of elements of two rows"),
  DENSE4_SINGLE_MAC(Kind.MAC, "MAC", "elements of a left-over row"),

  // Transposed convolution onto rows of 32-bit sums.
  TRANSPOSE_BIAS(
      Kind.COPY, "pixel of sums", "one call that sets the channels of a sum to the bias"),
  TRANSPOSE_TAP4(Kind.MAC, "tap of a channel x 4", "loop over taps, four pixels, sums updated"),
  TRANSPOSE_MAC16(Kind.MAC, "16 MAC", "4 input channels x 4 pixels"),
  TRANSPOSE_MAC4(Kind.MAC, "4 MAC", "left-over input channel x 4 pixels"),
  TRANSPOSE_TAP(Kind.MAC, "tap of a channel", "the same loop for a left-over pixel"),
  TRANSPOSE_OUTPUT(Kind.REQUANTIZE, "output", "scaling of a sum"),

  // Vector extension (MVE).
  MVE_COPY(Kind.COPY, "16 bytes", "predicated copy loop"),
  MVE_TAP(Kind.COPY, "tap", "set-up of one tap copy"),
  MVE_GEMM64(Kind.MAC, "64 MAC", "16 elements x 4 rows"),
  MVE_GEMM_QUAD(Kind.REQUANTIZE, "4 outputs", "one channel x 4 rows"),
  MVE_GEMM16(Kind.MAC, "16 MAC", "16 elements of a left-over row"),
  MVE_GEMM_SINGLE(Kind.REQUANTIZE, "output", "one channel of a left-over row"),
  MVE_DW_TAP(Kind.MAC, "16 MAC", "one tap x 4 channels x 4 pixels"),
  MVE_DW_QUAD(Kind.REQUANTIZE, "16 outputs", "4 channels x 4 pixels"),
  MVE_DW_LEFT_TAP(Kind.MAC, "4 MAC", "one tap x 4 channels of a left-over pixel"),
  MVE_DW_LEFT(Kind.REQUANTIZE, "4 outputs", "4 channels of a left-over pixel"),
  MVE_DENSE64(Kind.MAC, "64 MAC", "16 elements x 4 rows"),
  MVE_DENSE_BLOCK(Kind.REQUANTIZE, "4 outputs", "four rows"),
  MVE_DENSE_SINGLE(Kind.REQUANTIZE, "output", "left-over rows"),

  // Recurrent operators, beside their products.
  REF_SEQUENCE_MAC(
      Kind.LOOP, "MAC", "product over the features of an SVDF in the reference kernel"),
  SEQUENCE_TIME_MAC(Kind.MAC, "MAC", "product over the memory of an SVDF filter"),
  REF_MATMUL_MAC(
      Kind.LOOP,
      "MAC",
      "product of a matrix and a vector in the reference kernels of BATCH_MATMUL and LSTM"),
  REF_WIDE_MAC(Kind.LOOP, "MAC", "the same of 16 bits, summed in 64"),
  FLOAT_MATMUL_MAC(Kind.FLOAT, "MAC", "the same in floating point"),
  REF_MATMUL_OUTPUT(Kind.REQUANTIZE, "output", "outputs of such a product"),
  SVDF_OUTPUT(Kind.REQUANTIZE, "output", "sum over the rank of an SVDF, scaling"),
  LSTM_STEP(Kind.CALL, "gate of a time step", "calls and set-up of one gate"),
  LSTM_CELL(Kind.ELEMENT, "cell of a time step", "activations and products of the four gates"),
  FLOAT_LSTM_CELL(Kind.FLOAT, "cell of a time step", "the same in floating point"),

  // Pooling, element-wise and data movement.
  POOL_PIXEL(Kind.CALL, "output pixel", "loop over output pixels of a pooling"),
  POOL_WINDOW(Kind.LOOP, "position", "loop over the channels of one position of a window"),
  POOL_TAP(Kind.ELEMENT, "element", "input elements under the window"),
  POOL_TAP4(Kind.ELEMENT, "4 elements", "input elements that are summed four at a time"),
  POOL_OUTPUT(Kind.ELEMENT, "output", "division or clamping of an output"),
  MAXPOOL_TAP(Kind.ELEMENT, "element", "input elements under the window of a maximum pooling"),
  MAXPOOL_TAP4(Kind.ELEMENT, "4 elements", "input elements that are compared four at a time"),
  MAXPOOL_OUTPUT(Kind.ELEMENT, "output", "clamping of a maximum pooling"),
  ADD_ELEMENT(Kind.ELEMENT, "element", "addition with three requantisations"),
  MUL_ELEMENT(Kind.ELEMENT, "element", "multiplication with one requantisation"),
  DIVISION_ELEMENT(Kind.ELEMENT, "element", "fixed-point division of an element"),
  BILINEAR_ELEMENT(Kind.ELEMENT, "element", "interpolation between four neighbours"),
  BROADCAST_ELEMENT(Kind.ELEMENT, "element", "index arithmetic of a broadcast"),
  SOFTMAX_ELEMENT(Kind.ELEMENT, "element", "two exponentials and one scaling"),
  REF_SOFTMAX_ELEMENT(Kind.ELEMENT, "element", "the same in the reference kernel"),
  LOGISTIC_ELEMENT(Kind.ELEMENT, "element", "logistic or hyperbolic tangent of an element"),
  CLAMP_ELEMENT(Kind.ELEMENT, "element", "clamping, comparison or requantisation of an element"),
  QUANTIZE_CALL(Kind.CALL, "layer", "set-up of a conversion to int8, its shapes and parameters"),
  DEQUANTIZE_CALL(Kind.CALL, "layer", "set-up of a conversion to float"),
  QUANTIZE_ELEMENT(Kind.FLOAT, "element", "float to int8"),
  QUANTIZE_ZERO(Kind.FLOAT, "element", "the same of a zero, which rounding leaves early"),
  QUANTIZE_DOUBLE(Kind.ELEMENT, "element", "rounding of a float as a double, built for Arduino"),
  DEQUANTIZE_ELEMENT(Kind.ELEMENT, "element", "int8 to float by way of a double"),
  DEQUANTIZE_ZERO(Kind.ELEMENT, "element", "the same of a zero, which libgcc leaves early"),
  REQUANTIZE_ELEMENT(Kind.ELEMENT, "element", "int8 to int8 with another scale"),
  MEAN_ELEMENT(Kind.ELEMENT, "element", "sum over an axis"),
  MEAN_OUTPUT(Kind.ELEMENT, "output", "scaling of a mean"),
  SHAPE_CALL(Kind.CALL, "layer", "set-up of an operator that works out its shapes at every call"),
  MOVE_BYTE(Kind.COPY, "byte", "bytes copied by memcpy"),
  MOVE_RUN(Kind.COPY, "run", "contiguous runs copied by memcpy"),
  MOVE_ELEMENT(Kind.COPY, "element", "elements copied one by one with index arithmetic"),
  SHIFT_BYTE(Kind.COPY, "byte", "bytes of an SVDF's memory moved on by memmove, one by one"),

  // Reference kernels.
  REF_CONV_MAC(Kind.LOOP, "MAC", "reference convolution, taps inside the image"),
  REF_CONV_SKIP(Kind.LOOP, "MAC", "reference convolution, taps outside the image"),
  REF_CONV_TAP(Kind.LOOP, "tap of a channel", "reference convolution, loop over taps"),
  REF_CONV_OUTPUT(Kind.REQUANTIZE, "output", "reference convolution, requantisation"),
  REF_DW_MAC(Kind.LOOP, "MAC", "reference depthwise, taps inside the image"),
  REF_DW_SKIP(Kind.LOOP, "tap", "reference depthwise, taps outside the image"),
  REF_DW_ROW(Kind.LOOP, "filter row", "reference depthwise, filter rows"),
  REF_DW_OUTPUT(Kind.REQUANTIZE, "output", "reference depthwise, requantisation"),
  REF_DENSE_MAC(Kind.LOOP, "MAC", "reference fully connected"),
  REF_DENSE_OUTPUT(Kind.REQUANTIZE, "output", "reference fully connected, requantisation"),

  // Float kernels, on the floating-point unit or in software.
  FLOAT_CONV_MAC(Kind.FLOAT, "MAC", "float convolution, taps inside the image"),
  FLOAT_CONV_ZERO(Kind.FLOAT, "MAC", "the same of a zero, in software"),
  FLOAT_CONV_SKIP(Kind.FLOAT, "MAC", "float convolution, taps outside the image"),
  FLOAT_CONV_TAP(Kind.FLOAT, "tap of a channel", "float convolution, loop over taps"),
  FLOAT_CONV_OUTPUT(Kind.FLOAT, "output", "float convolution, bias and activation"),
  FLOAT_DW_MAC(Kind.FLOAT, "MAC", "float depthwise"),
  FLOAT_DW_ZERO(Kind.FLOAT, "MAC", "the same of a zero, in software"),
  FLOAT_DW_OUTPUT(Kind.FLOAT, "output", "float depthwise, bias and activation"),
  FLOAT_DENSE_MAC(Kind.FLOAT, "MAC", "float fully connected"),
  FLOAT_DENSE_ZERO(Kind.FLOAT, "MAC", "the same of a zero, in software"),
  FLOAT_DENSE_OUTPUT(Kind.FLOAT, "output", "float fully connected, bias and activation"),
  FLOAT_POOL_TAP(Kind.FLOAT, "element", "float pooling, elements under the window"),
  FLOAT_MAXPOOL_TAP(Kind.FLOAT, "element", "float maximum pooling, elements under the window"),
  FLOAT_POOL_OUTPUT(Kind.FLOAT, "output", "float pooling, division and clamping"),
  FLOAT_ELEMENT(Kind.FLOAT, "element", "float addition, multiplication or clamping"),
  FLOAT_EXP_ELEMENT(Kind.FLOAT, "element", "float exponential, two of each in a softmax"),

  // Other runtimes, known by their totals only.
  COARSE_CONV_MAC(Kind.MAC, "MAC", "convolution of a closed runtime"),
  COARSE_POINTWISE_MAC(Kind.MAC, "MAC", "1x1 convolution of a closed runtime"),
  COARSE_DW_MAC(Kind.MAC, "MAC", "depthwise convolution of a closed runtime"),
  COARSE_DENSE_MAC(Kind.MAC, "MAC", "fully connected layer of a closed runtime"),
  COARSE_OUTPUT(Kind.REQUANTIZE, "output", "outputs of a layer with weights"),
  COARSE_ELEMENT(Kind.ELEMENT, "element", "elements of a layer without weights");

  /** What the processor mostly does in a trip; flags, cores and memories act on kinds. */
  public enum Kind {
    /** Multiply-accumulate loops. */
    MAC,
    /** Plain nested loops of reference kernels, which the compiler's flags change most. */
    LOOP,
    /** Set-up and requantisation of outputs. */
    REQUANTIZE,
    /** Copies and fills. */
    COPY,
    /** Element-wise arithmetic. */
    ELEMENT,
    /** Calls, dispatch and loop control. */
    CALL,
    /** Waiting for weights. */
    WEIGHTS,
    /** Waiting for inputs and outputs in the arena. */
    TENSORS,
    /** Floating point. */
    FLOAT,
    /** Instruction fetch from flash and nothing else. */
    FETCH;

    /** Whether it is waiting for data, which no flag, core or library changes. */
    public boolean waitsForData() {
      return this == WEIGHTS || this == TENSORS;
    }
  }

  private static final Term[] ALL = values();

  private final Kind kind;
  private final String unit;
  private final String meaning;
  private final String kernel;

  Term(Kind kind, String unit, String meaning) {
    this.kind = kind;
    this.unit = unit;
    this.meaning = meaning;
    this.kernel = kernelOf(label());
  }

  /** Number of terms; ordinals are below it. */
  public static int count() {
    return ALL.length;
  }

  /** What the processor mostly does in a trip. */
  public Kind kind() {
    return kind;
  }

  /**
   * The kind of work whose error it shares: what a conversion takes depends on its values and on
   * the program around it, as DEQUANTIZE does, and tells nothing of float kernels.
   */
  public Kind errorKind() {
    return switch (this) {
      case QUANTIZE_ELEMENT, QUANTIZE_ZERO -> Kind.ELEMENT;
      default -> kind;
    };
  }

  /**
   * Whether recordings of layers are not asked for it: what is counted on emulated caches and
   * documented of a board says more than they can tell apart.
   */
  public boolean counted() {
    return switch (this) {
      case DW_FETCH, DW_ODD_FETCH, DW_TAIL_FETCH, DW3_FETCH, DW3_TAIL_FETCH -> true;
      default -> false;
    };
  }

  /** Multiplications to 64 bits in one trip of a build without DSP instructions. */
  public int longMultiplies() {
    return switch (this) {
      case CONV_QUAD, GEMM_QUAD, DW_QUAD, DW3_QUAD -> 4;
      case DENSE_BLOCK, ADD_ELEMENT -> 3;
      case CONV_SINGLE,
          GEMM_SINGLE,
          DW_SINGLE,
          DW3_SINGLE,
          DW_SCALAR,
          MUL_ELEMENT,
          REQUANTIZE_ELEMENT,
          REF_CONV_OUTPUT,
          REF_DW_OUTPUT,
          REF_DENSE_OUTPUT ->
          1;
      default -> 0;
    };
  }

  /** What one trip is, such as {@code 16 MAC}. */
  public String unit() {
    return unit;
  }

  /** What the trip does, in words. */
  public String meaning() {
    return meaning;
  }

  /**
   * The kernel whose loops it belongs to, such as {@code ref_conv}: what one compiler makes of one
   * function.
   */
  public String kernel() {
    return kernel;
  }

  private static String kernelOf(String label) {
    boolean prefixed =
        label.startsWith("ref_") || label.startsWith("float_") || label.startsWith("mve_");
    int end = label.indexOf('_', prefixed ? label.indexOf('_') + 1 : 0);
    return end < 0 ? label : label.substring(0, end);
  }

  /** Whether it stands for a whole layer of a runtime of which only totals are known. */
  public boolean coarse() {
    return switch (this) {
      case COARSE_CONV_MAC,
          COARSE_POINTWISE_MAC,
          COARSE_DW_MAC,
          COARSE_DENSE_MAC,
          COARSE_OUTPUT,
          COARSE_ELEMENT ->
          true;
      default -> false;
    };
  }

  /** Whether every library leaves this to the reference kernels. */
  public boolean reference() {
    return switch (this) {
      case MOVE_BYTE,
          MOVE_RUN,
          MOVE_ELEMENT,
          SHIFT_BYTE,
          MEAN_ELEMENT,
          MEAN_OUTPUT,
          LOGISTIC_ELEMENT,
          CLAMP_ELEMENT,
          QUANTIZE_CALL,
          DEQUANTIZE_CALL,
          QUANTIZE_DOUBLE,
          DEQUANTIZE_ELEMENT,
          DEQUANTIZE_ZERO,
          REF_SOFTMAX_ELEMENT,
          REQUANTIZE_ELEMENT,
          DIVISION_ELEMENT,
          BILINEAR_ELEMENT,
          SEQUENCE_TIME_MAC,
          BROADCAST_ELEMENT ->
          true;
      default -> kind == Kind.FLOAT;
    };
  }

  /**
   * Whether the work is nearly all done by the compiler's runtime library: code that is the same in
   * every build for a core, so that what was executed holds.
   */
  public boolean ofCompilerLibrary() {
    return switch (this) {
      case DEQUANTIZE_ELEMENT, DEQUANTIZE_ZERO -> true;
      default -> false;
    };
  }

  /** The name in files and reports, such as {@code conv_mac16}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The term of a label, or empty. */
  public static Optional<Term> ofLabel(String label) {
    for (Term term : ALL) {
      if (term.label().equals(label)) {
        return Optional.of(term);
      }
    }
    return Optional.empty();
  }
}
