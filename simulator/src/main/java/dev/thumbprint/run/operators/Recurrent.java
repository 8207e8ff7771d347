package dev.thumbprint.run.operators;

import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT32;
import static dev.thumbprint.cost.work.DataType.INT64;
import static dev.thumbprint.cost.work.DataType.INT8;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.kernels.Lstm;
import dev.thumbprint.kernels.QuantizedMultiplier;
import dev.thumbprint.kernels.Svdf;
import dev.thumbprint.kernels.TableSigmoid;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.run.Departure;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;

/** SVDF and UNIDIRECTIONAL_SEQUENCE_LSTM. */
final class Recurrent {
  private static final double SVDF_BIAS_SCALE_TOLERANCE = 1e-5;
  private static final double GATE_INPUT_SCALE = 1.0 / (1 << 12);
  private static final float GATE_OUTPUT_SCALE = 1f / (1 << 15);

  private Recurrent() {}

  /** Inputs: activations, feature weights, time weights, bias (optional), state (variable). */
  static Prepared svdf(Preparation p) {
    Options.Svdf options = p.options(Options.Svdf.class);
    Shape input = p.input(0).shape();
    Shape feature = p.input(1).shape();
    Shape time = p.input(2).shape();
    p.require(
        input.rank() == 2 && feature.rank() == 2 && time.rank() == 2,
        "input [%s], feature weights [%s], time weights [%s]".formatted(input, feature, time),
        "two dimensions each");
    int filters = feature.dim(0);
    int memory = time.dim(1);
    p.require(
        options.rank() >= 1 && filters >= 1 && filters % options.rank() == 0,
        filters + " filters of rank " + options.rank(),
        "filters a multiple of the rank");
    p.require(
        feature.dim(1) == input.dim(1) && time.dim(0) == filters && memory >= 1,
        "feature weights [%s], time weights [%s]".formatted(feature, time),
        "filters x inputs and filters x memory");
    int units = filters / options.rank();
    Tensor state = p.input(4);
    p.require(
        state.variable() && state.shape().elements() == (long) input.dim(0) * filters * memory,
        "state [" + state.shape() + "]",
        "a variable tensor of batches x filters x memory");
    p.require(
        p.output(0).shape().elements() == (long) input.dim(0) * units
            && (!p.has(3) || p.input(3).shape().elements() == units),
        "output [" + p.output(0).shape() + "]",
        units + " units and as many biases");
    if (p.input(0).type() != INT8) {
      return FloatRecurrent.svdf(p, options.rank());
    }
    p.require(p.input(1), INT8);
    p.require(p.output(0), INT8);
    DataType stateType = p.require(state, INT16, INT8);
    p.require(p.input(2), stateType);
    p.require(p.has(3), "no bias", "a bias (TensorFlow Lite Micro reads its scale)");
    p.require(p.input(3), INT32);
    float timeProduct = p.scale(state) * p.scale(p.input(2));
    p.require(
        Math.abs((double) p.scale(p.input(3)) - timeProduct) < SVDF_BIAS_SCALE_TOLERANCE,
        "bias scale " + p.scale(p.input(3)),
        "state scale x time scale = " + timeProduct);
    double featureRatio = p.scale(p.input(0)) * p.scale(p.input(1)) / p.scale(state);
    double outputRatio = timeProduct / p.scale(p.output(0));
    Svdf svdf =
        new Svdf(
            input.dim(0),
            input.dim(1),
            filters,
            memory,
            options.rank(),
            p.zeroPoint(p.input(0)),
            p.zeroPoint(state),
            p.zeroPoint(p.output(0)),
            QuantizedMultiplier.of(featureRatio, p.rounding()),
            QuantizedMultiplier.of(outputRatio, p.rounding()),
            p.rounding());
    return frame -> {
      byte[] in = frame.bytes(p.inputIndex(0));
      byte[] weights = frame.bytes(p.inputIndex(1));
      int[] bias = frame.ints(p.inputIndex(3));
      byte[] out = frame.bytes(p.outputIndex(0));
      if (stateType == INT16) {
        short[] times = frame.shorts(p.inputIndex(2));
        short[] states = frame.shorts(p.inputIndex(4));
        return () -> svdf.int16(in, weights, times, bias, states, out);
      }
      byte[] times = frame.bytes(p.inputIndex(2));
      byte[] states = frame.bytes(p.inputIndex(4));
      return p.departs(Departure.SVDF_INT8_STATE_WRAPS)
          ? () -> svdf.int8Wrapping(in, weights, times, bias, states, out)
          : () -> svdf.int8(in, weights, times, bias, states, out);
    };
  }

  /**
   * Inputs: 0 sequence; 1 to 4 input weights and 5 to 8 recurrent weights of the input, forget,
   * cell and output gate; 12 to 15 their biases; 18 hidden state; 19 cell state.
   */
  static Prepared lstm(Preparation p) {
    Options.Lstm options = p.options(Options.Lstm.class);
    for (int i = 0; i < 24; i++) {
      boolean variant = (i >= 9 && i <= 11) || i == 16 || i == 17 || i >= 20;
      p.require(
          p.has(i) != variant,
          variant ? "input " + i + " is present" : "input " + i + " is absent",
          "an LSTM with four gates, without peephole, projection or layer normalisation");
    }
    Tensor hidden = p.input(18);
    Tensor cell = p.input(19);
    Lstm.Extents extents = extents(p, options, hidden, cell);
    if (p.input(0).type() != INT8 && p.input(0).type() != INT16) {
      return FloatRecurrent.lstm(p, options, extents);
    }
    p.require(cell, INT16);
    p.require(hidden, p.input(0).type());
    p.require(p.output(0), p.input(0).type());
    boolean tanh = requireCellActivation(p, options.activation());
    double clip = options.cellClip() / (double) p.scale(cell);
    boolean wide = p.input(0).type() == INT16;
    Lstm.Gates gates =
        new Lstm.Gates(
            gate(p, 2, false, wide),
            gate(p, 1, false, wide),
            gate(p, 3, tanh, wide),
            gate(p, 4, false, wide));
    if (!wide && p.departs(Departure.LSTM_INT8_EARLY)) {
      return EarlyLstm.prepare(p, extents, gates);
    }
    Lstm.States states =
        new Lstm.States(
            product(p, GATE_OUTPUT_SCALE, p.scale(cell), p.scale(cell)),
            product(p, GATE_OUTPUT_SCALE, GATE_OUTPUT_SCALE, p.scale(cell)),
            product(p, GATE_OUTPUT_SCALE, GATE_OUTPUT_SCALE, p.scale(hidden)),
            TableSigmoid.log2(p.scale(cell)),
            options.cellClip() > 0 ? (int) Math.clamp(clip, -32768.0, 32767.0) : 0,
            p.departs(wide ? Departure.LSTM_INT16_RESTARTS : Departure.LSTM_INT8_RESTARTS));
    return frame -> {
      Lstm lstm =
          new Lstm(
              extents,
              gates,
              states,
              p.zeroPoint(p.input(0)),
              p.zeroPoint(hidden),
              wide,
              p.rounding());
      short[] cells = frame.shorts(cell.index());
      if (wide) {
        short[] sequence = frame.shorts(p.inputIndex(0));
        short[] hiddens = frame.shorts(hidden.index());
        short[] result = frame.shorts(p.outputIndex(0));
        return () -> lstm.int16(sequence, hiddens, cells, result);
      }
      byte[] sequence = frame.bytes(p.inputIndex(0));
      byte[] hiddens = frame.bytes(hidden.index());
      byte[] result = frame.bytes(p.outputIndex(0));
      return () -> lstm.int8(sequence, hiddens, cells, result);
    };
  }

  private static Lstm.Extents extents(
      Preparation p, Options.Lstm options, Tensor hidden, Tensor cell) {
    Shape input = p.input(0).shape();
    p.require(
        input.rank() == 3 && hidden.shape().rank() == 2,
        "input [%s], hidden state [%s]".formatted(input, hidden.shape()),
        "three and two dimensions");
    int batches = input.dim(options.timeMajor() ? 1 : 0);
    int steps = input.dim(options.timeMajor() ? 0 : 1);
    int units = hidden.shape().dim(1);
    p.require(
        hidden.variable()
            && cell.variable()
            && hidden.shape().elements() == (long) batches * units
            && cell.shape().elements() == (long) batches * units
            && p.output(0).shape().elements() == (long) batches * steps * units,
        "hidden state [%s], cell state [%s], output [%s]"
            .formatted(hidden.shape(), cell.shape(), p.output(0).shape()),
        "variables of batches x units, and units innermost in the output");
    for (int gate = 1; gate <= 4; gate++) {
      p.require(
          p.input(gate).shape().elements() == (long) units * input.dim(2)
              && p.input(gate + 4).shape().elements() == (long) units * units
              && p.input(gate + 11).shape().elements() == units,
          "weights [%s] and [%s], bias [%s]"
              .formatted(
                  p.input(gate).shape(), p.input(gate + 4).shape(), p.input(gate + 11).shape()),
          "units x inputs, units x units, units");
    }
    return new Lstm.Extents(batches, steps, input.dim(2), units, options.timeMajor());
  }

  static boolean requireCellActivation(Preparation p, Activation activation) {
    p.require(
        activation == Activation.TANH, "cell activation " + activation, Activation.TANH.name());
    return true;
  }

  /** The multiplier of a product of two activations, formed in double precision. */
  private static QuantizedMultiplier product(Preparation p, float a, float b, float output) {
    return QuantizedMultiplier.of((double) a * b / output, p.rounding());
  }

  private static Lstm.Gate gate(Preparation p, int position, boolean tanh, boolean wide) {
    Tensor weights = p.input(position);
    Tensor recurrent = p.input(position + 4);
    p.require(weights, INT8);
    p.require(recurrent, INT8);
    float inputProduct = p.scale(p.input(0)) * p.scale(weights);
    float recurrentProduct = p.scale(p.input(18)) * p.scale(recurrent);
    byte[] inputWeights = p.constantBytes(position);
    byte[] recurrentWeights = p.constantBytes(position + 4);
    p.require(
        inputWeights != null && recurrentWeights != null,
        "weights that are not constant",
        "constant weights");
    return new Lstm.Gate(
        inputWeights,
        Biases.longs(p, position + 11, wide ? INT64 : INT32),
        recurrentWeights,
        QuantizedMultiplier.of(inputProduct / GATE_INPUT_SCALE, p.rounding()),
        QuantizedMultiplier.of(recurrentProduct / GATE_INPUT_SCALE, p.rounding()),
        tanh);
  }
}
