package dev.thumbprint.run.operators;

import static dev.thumbprint.cost.work.DataType.FLOAT32;

import dev.thumbprint.kernels.FloatLstm;
import dev.thumbprint.kernels.FloatSvdf;
import dev.thumbprint.kernels.Lstm;
import dev.thumbprint.model.Options;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;

/** SVDF and UNIDIRECTIONAL_SEQUENCE_LSTM in single precision. */
final class FloatRecurrent {
  private FloatRecurrent() {}

  static Prepared svdf(Preparation p, int rank) {
    for (int i = 0; i < 5; i++) {
      if (p.has(i)) {
        p.require(p.input(i), FLOAT32);
      }
    }
    p.require(p.output(0), FLOAT32);
    Options.Svdf options = p.options(Options.Svdf.class);
    FloatSvdf svdf =
        new FloatSvdf(
            p.input(0).shape().dim(0),
            p.input(0).shape().dim(1),
            p.input(1).shape().dim(0),
            p.input(2).shape().dim(1),
            rank,
            Preparation.floatMin(options.activation()),
            Preparation.floatMax(options.activation()));
    return frame -> {
      float[] input = frame.floats(p.inputIndex(0));
      float[] feature = frame.floats(p.inputIndex(1));
      float[] time = frame.floats(p.inputIndex(2));
      float[] bias = frame.floats(p.inputIndex(3));
      float[] state = frame.floats(p.inputIndex(4));
      float[] output = frame.floats(p.outputIndex(0));
      return () -> svdf.run(input, feature, time, bias, state, output);
    };
  }

  static Prepared lstm(Preparation p, Options.Lstm options, Lstm.Extents extents) {
    for (int i = 0; i < 20; i++) {
      if (p.has(i)) {
        p.require(p.input(i), FLOAT32);
      }
    }
    p.require(p.output(0), FLOAT32);
    Recurrent.requireCellActivation(p, options.activation());
    return frame -> {
      FloatLstm.Gate[] gates = new FloatLstm.Gate[4];
      for (int gate = 0; gate < gates.length; gate++) {
        gates[gate] =
            new FloatLstm.Gate(
                frame.floats(p.inputIndex(1 + gate)),
                frame.floats(p.inputIndex(5 + gate)),
                frame.floats(p.inputIndex(12 + gate)));
      }
      FloatLstm lstm =
          new FloatLstm(extents, gates[1], gates[0], gates[2], gates[3], options.cellClip());
      float[] sequence = frame.floats(p.inputIndex(0));
      float[] hidden = frame.floats(p.inputIndex(18));
      float[] cell = frame.floats(p.inputIndex(19));
      float[] output = frame.floats(p.outputIndex(0));
      return () -> lstm.run(sequence, hidden, cell, output);
    };
  }
}
