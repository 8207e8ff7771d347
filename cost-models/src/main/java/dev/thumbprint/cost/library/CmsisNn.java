package dev.thumbprint.cost.library;

import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import java.util.Optional;

/**
 * TensorFlow Lite Micro with the kernels of CMSIS-NN: int8 (and int16 activations) where the
 * library has a kernel, the reference kernel of the same time otherwise.
 */
final class CmsisNn implements KernelLibrary {
  private final CmsisGeneration generation;
  private final TflmReference reference;

  CmsisNn(CmsisGeneration generation, TflmReference reference) {
    this.generation = generation;
    this.reference = reference;
  }

  @Override
  public LibraryId id() {
    return new LibraryId("cmsis-nn", generation.label());
  }

  @Override
  public String origin() {
    return generation.origin();
  }

  @Override
  public boolean coarse() {
    return false;
  }

  @Override
  public Decision decide(LayerWork work, SimdUnit build) {
    if (work.inputType() == DataType.INT16 && hasProducts(work)) {
      return MatrixProducts.decide(work, "", product(build == SimdUnit.MVE, build == SimdUnit.DSP));
    }
    if (work.inputType() != DataType.INT8 || work.weightType() != DataType.INT8) {
      return otherType(work, build).orElseGet(() -> reference.decide(work, build));
    }
    boolean dsp = build == SimdUnit.DSP;
    boolean vector = build == SimdUnit.MVE;
    return switch (work.operator()) {
      case CONV_2D ->
          vector ? CmsisVector.convolution(work) : CmsisConvolution.decide(work, generation, dsp);
      case DEPTHWISE_CONV_2D ->
          vector ? CmsisVector.depthwise(work) : CmsisDepthwise.decide(work, generation, dsp);
      case FULLY_CONNECTED ->
          vector ? CmsisVector.dense(work) : CmsisDense.decide(work, generation, dsp);
      case TRANSPOSE_CONV ->
          generation.atLeast(CmsisGeneration.G2024)
              ? TransposedConvolution.cmsis(work, generation, build)
              : reference.decide(work, build);
      case SVDF -> MatrixProducts.decide(work, "", product(vector, dsp));
      case UNIDIRECTIONAL_SEQUENCE_LSTM, BATCH_MATMUL ->
          hasProducts(work)
              ? MatrixProducts.decide(work, "", product(vector, dsp))
              : reference.decide(work, build);
      case AVERAGE_POOL_2D, MAX_POOL_2D -> CmsisPooling.decide(work, generation, dsp);
      case ADD, MUL ->
          Elementwise.sameShape(work)
              ? Elementwise.binary(
                  work,
                  work.operator() == Operator.ADD ? "elementwise_add_s8" : "elementwise_mul_s8")
              : reference.decide(work, build);
      case SOFTMAX ->
          generation.atLeast(CmsisGeneration.G2020_09)
              ? Elementwise.softmax(work, "softmax_s8", Term.SOFTMAX_ELEMENT)
              : reference.decide(work, build);
      case PAD ->
          generation.atLeast(CmsisGeneration.G2026)
              ? Runs.paddedRows(work)
              : reference.decide(work, build);
      default -> reference.decide(work, build);
    };
  }

  /** Kernels of 16-bit activations and of 4-bit weights; those with vectors are not counted. */
  private Optional<Decision> otherType(LayerWork work, SimdUnit build) {
    if (build == SimdUnit.MVE) {
      return Optional.empty();
    }
    boolean dsp = build == SimdUnit.DSP;
    if (work.inputType() == DataType.INT16 && generation.atLeast(CmsisGeneration.G2022)) {
      return CmsisInt16.decide(work, dsp);
    }
    boolean four = work.inputType() == DataType.INT8 && work.weightType() == DataType.INT4;
    return four && generation.atLeast(CmsisGeneration.G2024)
        ? CmsisInt4.decide(work, dsp)
        : Optional.empty();
  }

  /**
   * 8-bit arm_lstm_unidirectional since 2024 (ARM-software/CMSIS-NN 6.0), the 16-bit one and
   * arm_batch_matmul in 2026 (4ab83cc3).
   */
  private boolean hasProducts(LayerWork work) {
    return switch (work.operator()) {
      case UNIDIRECTIONAL_SEQUENCE_LSTM ->
          generation.atLeast(
              work.inputType() == DataType.INT8 ? CmsisGeneration.G2024 : CmsisGeneration.G2026);
      case BATCH_MATMUL -> generation.atLeast(CmsisGeneration.G2026);
      default -> false;
    };
  }

  private MatrixProducts.Product product(boolean vector, boolean dsp) {
    return vector
        ? CmsisVector::count
        : (trips, vectors, rows, length) ->
            CmsisDense.count(trips, vectors, rows, length, generation, dsp);
  }
}
