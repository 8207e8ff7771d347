package dev.thumbprint.run;

import java.util.Locale;

/**
 * Where a generation of CMSIS-NN, with the code of TensorFlow Lite Micro that calls it, computes
 * other bits than the reference kernels, built for cores with the DSP extension or none. Read from
 * the sources of both; those of 2022, 2024 and 2026 are checked against builds of both
 * (RuntimeLayersTest), those of 2020-03 against a build of the library (Cmsis2020Test). Types that
 * the runtime of a generation refuses get the bits of the reference kernels. Builds with Helium
 * (MVE) are not offered; docs/bits.md says where they depart further.
 */
public enum Departure {
  /** AVERAGE_POOL_2D int8: first along the rows, cut off, then along the columns, rounded. */
  AVERAGE_POOL_IN_TWO_PASSES("2020-03", "2020-03", "arm_avgpool_s8.c with ARM_MATH_DSP"),
  /** MAX_POOL_2D int8: first along the rows, in place, then along the columns. */
  MAX_POOL_IN_TWO_PASSES("2020-03", "2020-03", "arm_max_pool_s8_opt.c with ARM_MATH_DSP"),
  /**
   * AVERAGE_POOL_2D and MAX_POOL_2D, int8 and int16: only the first image of a batch is computed.
   */
  POOL_FIRST_IMAGE_ONLY("2020-03", "2024", "arm_avgpool_s8.c, arm_max_pool_s8.c and their s16"),
  /** SOFTMAX int8: differences to the greatest element wrap in 8 bits. */
  SOFTMAX_8_BIT_DIFFERENCES("2020-03", "2020-03", "arm_softmax_s8.c"),
  /** FULLY_CONNECTED int8: every row of a batch is written over the first. */
  DENSE_ROWS_OVERWRITTEN("2020-03", "2020-03", "arm_fully_connected_s8.c"),
  /** FULLY_CONNECTED int8: the number of inputs wraps in 16 bits. */
  DENSE_16_BIT_COLUMNS("2020-03", "2020-03", "arm_fully_connected_s8.c"),
  /** FULLY_CONNECTED with a scale per output: the first is taken for all. */
  DENSE_FIRST_SCALE("2020-03", "2024", "kernels/fully_connected_common.cc"),
  /** CONV_2D int8: images behind the second of a batch are read from behind the input. */
  CONVOLUTION_BATCHES_SKIPPED("2020-03", "2020-03", "arm_convolve_s8.c"),
  /** CONV_2D int8: dilation moves the padding, the taps lie side by side. */
  CONVOLUTION_WITHOUT_DILATION("2020-03", "2020-09", "arm_convolve_s8.c"),
  /** CONV_2D int8 in groups is taken for a dense one. */
  CONVOLUTION_WITHOUT_GROUPS("2020-03", "2020-09", "arm_convolve_s8.c"),
  /** CONV_2D, integers, in groups: the input is taken to have the filter's channels only. */
  GROUPS_TAKEN_FOR_ALL_CHANNELS("2022", "2024", "kernels/cmsis_nn/conv.cc"),
  /** CONV_2D int16 in groups is taken for a dense one. */
  CONVOLUTION_INT16_WITHOUT_GROUPS("2026", "2026", "arm_convolve_s16.c"),
  /** CONV_2D with 4-bit weights in groups is taken for a dense one. */
  CONVOLUTION_INT4_WITHOUT_GROUPS("2026", "2026", "arm_convolve_s4.c"),
  /** CONV_2D int8 without bias: one is read from address 0, or from where the word there points. */
  CONVOLUTION_WITHOUT_BIAS_MISREAD(
      "2020-03", "2020-09", "arm_convolve_s8.c, kernels/cmsis-nn/conv.cc"),
  /** CONV_2D int8 in groups without bias: from the second group on one is read from low memory. */
  GROUPS_WITHOUT_BIAS_MISREAD("2026", "2026", "arm_convolve_s8.c"),
  /** DEPTHWISE_CONV_2D int8: the fused activation is not applied. */
  DEPTHWISE_WITHOUT_ACTIVATION("2020-03", "2020-09", "kernels/cmsis-nn/depthwise_conv.cc"),
  /** DEPTHWISE_CONV_2D int8: padding as without dilation. */
  DEPTHWISE_PADDING_WITHOUT_DILATION("2020-03", "2020-09", "kernels/cmsis-nn/depthwise_conv.cc"),
  /** DEPTHWISE_CONV_2D int8: computed as without dilation. */
  DEPTHWISE_WITHOUT_DILATION("2020-03", "2020-03", "arm_depthwise_conv_s8.c and _opt"),
  /** DEPTHWISE_CONV_2D int8 without dilation: only the first image of a batch is computed. */
  DEPTHWISE_FIRST_IMAGE_ONLY("2020-03", "2020-09", "arm_depthwise_conv_s8.c, _opt and 3x3"),
  /** DEPTHWISE_CONV_2D int8 without bias: one is read likewise. */
  DEPTHWISE_WITHOUT_BIAS_MISREAD("2020-03", "2020-09", "arm_depthwise_conv_s8.c, _opt and 3x3"),
  /** FULLY_CONNECTED int8 without bias: one is read from address 0. */
  DENSE_WITHOUT_BIAS_MISREAD("2020-03", "2020-03", "arm_fully_connected_s8.c"),
  /** FULLY_CONNECTED int8: the second dimension of the output is taken for its last. */
  DENSE_OUTPUT_MISREAD("2020-03", "2020-09", "kernels/cmsis-nn/fully_connected.cc"),
  /** SVDF with 8-bit state: new features wrap instead of saturating, its zero point is ignored. */
  SVDF_INT8_STATE_WRAPS("2022", "2026", "arm_svdf_s8.c"),
  /** FULLY_CONNECTED int16: a 32-bit bias is read as 64-bit numbers. */
  DENSE_INT16_BIAS_MISREAD("2022", "2026", "kernels/cmsis_nn/fully_connected.cc"),
  /** SOFTMAX int16: a result of 1 wraps to -1. */
  SOFTMAX_INT16_WRAPS("2022", "2026", "arm_softmax_s16.c"),
  /**
   * UNIDIRECTIONAL_SEQUENCE_LSTM int8: cell products are rounded once, the cell state is not
   * clipped and loses low bits, the output has the scale of an intermediate tensor.
   */
  LSTM_INT8_EARLY("2024", "2024", "arm_nn_lstm_step_s8_s16.c"),
  /** UNIDIRECTIONAL_SEQUENCE_LSTM int8: every inference starts from zero states. */
  LSTM_INT8_RESTARTS("2026", "2026", "kernels/cmsis_nn/unidirectional_sequence_lstm.cc"),
  /** UNIDIRECTIONAL_SEQUENCE_LSTM int16: every inference starts from zero states. */
  LSTM_INT16_RESTARTS("2026", "2026", "kernels/cmsis_nn/unidirectional_sequence_lstm.cc"),
  /** TRANSPOSE_CONV int8 and int16: the fused activation is not applied. */
  TRANSPOSE_CONV_WITHOUT_ACTIVATION("2024", "2026", "kernels/cmsis_nn/transpose_conv.cc"),
  /** TRANSPOSE_CONV int8: rows are put out late where the padding is no multiple of the stride. */
  TRANSPOSE_CONV_LATE_ROWS("2026", "2026", "arm_transpose_conv_s8.c"),
  /** CONV_2D int16: a 32-bit bias is read as 64-bit numbers. */
  CONVOLUTION_INT16_BIAS_MISREAD("2022", "2022", "kernels/cmsis_nn/conv.cc"),
  /** CONV_2D int16 without bias, dilation and 512 columns: accumulated and scaled in 32 bits. */
  CONVOLUTION_INT16_FAST_NARROW("2024", "2024", "arm_convolve_fast_s16.c with ARM_MATH_DSP"),
  /** CONV_2D int16 without bias: accumulated in 32 bits, scaled with 31-bit multipliers. */
  CONVOLUTION_INT16_NARROW_WITHOUT_BIAS("2026", "2026", "kernels/cmsis_nn/conv.cc"),
  /** DEPTHWISE_CONV_2D with 4-bit weights and an odd number of channels: halves of bytes mix up. */
  DEPTHWISE_INT4_ODD_CHANNELS("2024", "2026", "arm_depthwise_conv_s4.c"),
  /** TRANSPOSE int8: a matrix is transposed whatever the permutation says. */
  TRANSPOSE_MATRIX_ALWAYS("2026", "2026", "arm_transpose_s8.c"),
  /** TRANSPOSE int8 of five dimensions fails, unnoticed, and leaves its output as it was. */
  TRANSPOSE_FIVE_DIMENSIONS_LEFT_OUT("2026", "2026", "kernels/cmsis_nn/transpose.cc");

  private final String first;
  private final String last;
  private final String source;

  Departure(String first, String last, String source) {
    this.first = first;
    this.last = last;
    this.source = source;
  }

  /** First generation that departs so. */
  public String first() {
    return first;
  }

  /** Last generation that departs so. */
  public String last() {
    return last;
  }

  /** The file that does it. */
  public String source() {
    return source;
  }

  /** The name used in reports. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
