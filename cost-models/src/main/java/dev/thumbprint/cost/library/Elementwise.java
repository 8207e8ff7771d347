package dev.thumbprint.cost.library;

import static dev.thumbprint.cost.library.Term.*;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Shape;
import java.util.Locale;

/** Operators without a window: element-wise arithmetic, softmax, reductions and data movement. */
final class Elementwise {
  private Elementwise() {}

  /** Whether all inputs have the shape of the output, so that no broadcast is needed. */
  static boolean sameShape(LayerWork work) {
    for (Shape input : work.inputs()) {
      if (input.elements() != work.output().elements()) {
        return false;
      }
    }
    return true;
  }

  static Decision binary(LayerWork work, String path) {
    long elements = work.output().elements();
    boolean same = sameShape(work);
    TripCounter trips =
        new TripCounter(path, same ? "inputs of the same shape" : "inputs of different shapes");
    if (work.inputType() == DataType.FLOAT32) {
      trips.add(FLOAT_ELEMENT, elements);
    } else {
      trips.add(work.operator() == Operator.MUL ? MUL_ELEMENT : ADD_ELEMENT, elements);
    }
    return trips.add(BROADCAST_ELEMENT, same ? 0 : elements).done();
  }

  static Decision softmax(LayerWork work, String path, Term term) {
    long elements = work.input().elements();
    TripCounter trips = new TripCounter(path, "three passes over each row");
    if (work.inputType() == DataType.FLOAT32) {
      return trips.add(FLOAT_EXP_ELEMENT, elements).done();
    }
    return trips.add(term, Math.round(elements * work.live().outputs())).done();
  }

  /** The operators that every library runs with the reference kernel. */
  static Decision plain(LayerWork work) {
    String name = work.operator().name().toLowerCase(Locale.ROOT);
    TripCounter trips = new TripCounter("reference/" + name, "no kernel of its own");
    boolean real = work.inputType() == DataType.FLOAT32;
    long in = work.input().elements();
    long out = work.output().elements();
    long bytes = work.outputType().bytes(work.output().elements());
    return switch (work.operator()) {
      case CONCATENATION -> Runs.concatenation(work);
      case PAD, PADV2 -> Runs.padding(work, "reference/" + name);
      case RESHAPE, SQUEEZE, EXPAND_DIMS, PACK, UNPACK, SPLIT, SPLIT_V ->
          trips.add(MOVE_BYTE, bytesOf(work)).done();
      case MIRROR_PAD,
          FILL,
          ZEROS_LIKE,
          GATHER,
          SLICE,
          STRIDED_SLICE,
          SPACE_TO_DEPTH,
          DEPTH_TO_SPACE,
          SPACE_TO_BATCH_ND,
          BATCH_TO_SPACE_ND,
          TRANSPOSE,
          BROADCAST_TO,
          RESIZE_NEAREST_NEIGHBOR,
          GATHER_ND,
          DYNAMIC_UPDATE_SLICE,
          REVERSE_V2 ->
          trips.add(MOVE_ELEMENT, bytes / Math.max(1, work.outputType().bits() / 8)).done();
      case SHAPE, CALL_ONCE, VAR_HANDLE, BROADCAST_ARGS -> trips.done();
      case READ_VARIABLE, ASSIGN_VARIABLE, EMBEDDING_LOOKUP ->
          trips.add(MOVE_BYTE, bytesOf(work)).done();
      case QUANTIZE -> {
        long zeros = real ? Math.round(in * work.live().zeros()) : 0;
        yield trips
            .add(QUANTIZE_CALL, 1)
            .add(real ? QUANTIZE_ELEMENT : REQUANTIZE_ELEMENT, in - zeros)
            .add(QUANTIZE_ZERO, zeros)
            .done();
      }
      case DEQUANTIZE -> {
        long zeros = Math.round(in * (1 - work.live().outputs()));
        yield trips
            .add(DEQUANTIZE_CALL, 1)
            .add(DEQUANTIZE_ELEMENT, in - zeros)
            .add(DEQUANTIZE_ZERO, zeros)
            .done();
      }
      case LOG_SOFTMAX -> softmax(work, "reference/log_softmax", REF_SOFTMAX_ELEMENT);
      case LOGISTIC, TANH, EXP, ELU, SIN, COS, LOG, SQRT, RSQRT ->
          trips.add(real ? FLOAT_EXP_ELEMENT : LOGISTIC_ELEMENT, in).done();
      case RELU,
          RELU6,
          LEAKY_RELU,
          PRELU,
          HARD_SWISH,
          MAXIMUM,
          MINIMUM,
          ABS,
          NEG,
          CAST,
          LESS,
          GREATER,
          GREATER_EQUAL,
          LESS_EQUAL,
          EQUAL,
          NOT_EQUAL,
          LOGICAL_OR,
          LOGICAL_AND,
          LOGICAL_NOT,
          FLOOR,
          CEIL,
          ROUND,
          SQUARE,
          SELECT_V2 ->
          trips.add(real ? FLOAT_ELEMENT : CLAMP_ELEMENT, out).done();
      case DIV, FLOOR_DIV, FLOOR_MOD ->
          trips.add(real ? FLOAT_ELEMENT : DIVISION_ELEMENT, out).done();
      case RESIZE_BILINEAR -> trips.add(real ? FLOAT_ELEMENT : BILINEAR_ELEMENT, out).done();
      case L2_POOL_2D ->
          trips.add(FLOAT_POOL_TAP, out * windowOf(work)).add(FLOAT_POOL_OUTPUT, out).done();
      case CUMSUM, REDUCE_ALL -> trips.add(MEAN_ELEMENT, in).done();
      case L2_NORMALIZATION ->
          real
              ? trips.add(FLOAT_ELEMENT, 2 * in).done()
              : trips.add(MEAN_ELEMENT, in).add(MEAN_OUTPUT, in).done();
      case IF, WHILE ->
          new NotCovered(
              work.operator() + " runs other subgraphs, how often is not known before it runs");
      case MEAN, SUM, REDUCE_MAX, REDUCE_MIN -> Reductions.decide(work, real);
      case SUB, SQUARED_DIFFERENCE, ADD_N -> binary(work, "reference/" + name);
      case ARG_MAX, ARG_MIN -> trips.add(MEAN_ELEMENT, in).done();
      default ->
          new NotCovered(
              work.operator() == Operator.CUSTOM
                  ? "custom operator " + work.customName() + " has no cost model"
                  : work.operator() + " has no cost model yet");
    };
  }

  private static long windowOf(LayerWork work) {
    return (long) work.window().height() * work.window().width();
  }

  private static long bytesOf(LayerWork work) {
    return work.outputType().bytes(Math.max(work.output().elements(), work.input().elements()));
  }
}
