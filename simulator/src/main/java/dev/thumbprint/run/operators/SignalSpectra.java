package dev.thumbprint.run.operators;

import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT32;
import static dev.thumbprint.cost.work.DataType.UINT32;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.kernels.signal.AutoScale;
import dev.thumbprint.kernels.signal.Energy;
import dev.thumbprint.kernels.signal.FixedFourier;
import dev.thumbprint.kernels.signal.FloatFourier;
import dev.thumbprint.kernels.signal.Window;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;

/** The signal operators between samples and spectra. */
final class SignalSpectra {
  private static final int TRANSFORM_MAX = 1 << 20;

  /** Codes of tensor types (schema.fbs) that the option {@code T} may hold. */
  private static final int TYPE_FLOAT32 = 0;

  private static final int TYPE_INT32 = 2;
  private static final int TYPE_INT16 = 7;

  private SignalSpectra() {}

  /** Inputs: samples, one window. */
  static Prepared window(Preparation p) {
    int shift = CustomOptions.ofExactly(p, "shift").integer("shift", 0, 31);
    for (Tensor tensor : new Tensor[] {p.input(0), p.input(1), p.output(0)}) {
      p.require(tensor, INT16);
    }
    p.requireSameElements(p.input(0), p.output(0));
    int length = Preparation.elements(p.input(1));
    p.require(
        p.input(1).shape().rank() == 1 && length > 0 && p.input(0).shape().elements() % length == 0,
        "samples [%s], window [%s]".formatted(p.input(0).shape(), p.input(1).shape()),
        "whole windows");
    return frame -> {
      short[] input = frame.shorts(p.inputIndex(0));
      short[] weights = frame.shorts(p.inputIndex(1));
      short[] output = frame.shorts(p.outputIndex(0));
      return () -> Window.int16(input, weights, shift, output);
    };
  }

  /** Outputs: scaled samples, the shift. */
  static Prepared autoScale(Preparation p) {
    p.require(p.outputs() == 2, p.outputs() + " outputs", "2");
    p.require(p.input(0), INT16);
    p.require(p.output(0), INT16);
    p.require(p.output(1), INT32);
    requireVector(p, p.input(0));
    p.requireSameElements(p.input(0), p.output(0));
    p.require(p.output(1).shape().rank() == 0, "shift [" + p.output(1).shape() + "]", "a scalar");
    return frame -> {
      short[] input = frame.shorts(p.inputIndex(0));
      short[] output = frame.shorts(p.outputIndex(0));
      int[] shift = frame.ints(p.outputIndex(1));
      return () -> shift[0] = AutoScale.int16(input, output);
    };
  }

  /** Squared magnitudes of the bins from {@code start_index} to before {@code end_index}. */
  static Prepared energy(Preparation p) {
    CustomOptions options = CustomOptions.ofExactly(p, "end_index", "start_index");
    p.require(p.input(0), INT16);
    p.require(p.output(0), UINT32);
    requireVector(p, p.input(0));
    requireVector(p, p.output(0));
    int bins = Math.min(Preparation.elements(p.input(0)) / 2, Preparation.elements(p.output(0)));
    int end = options.integer("end_index", 0, bins);
    int start = options.integer("start_index", 0, bins);
    return frame -> {
      short[] input = frame.shorts(p.inputIndex(0));
      int[] output = frame.ints(p.outputIndex(0));
      return () -> Energy.int16(input, start, end, output);
    };
  }

  /** Rows of samples, padded with zeros to {@code fft_length}, to complex spectra. */
  static Prepared rfft(Preparation p) {
    int length = transform(p);
    int samples = SignalFrames.innermost(p, p.input(0));
    int elements = SignalFrames.innermost(p, p.output(0));
    int rows = Preparation.elements(p.input(0)) / samples;
    p.require(
        samples <= length
            && elements == length + 2
            && p.output(0).shape().elements() == (long) rows * elements,
        "input [%s], output [%s]".formatted(p.input(0).shape(), p.output(0).shape()),
        "rows of at most %d samples, rows of %d elements".formatted(length, length + 2));
    if (p.input(0).type() == FLOAT32) {
      new FloatFourier(length, false);
      return frame -> {
        FloatFourier fourier = new FloatFourier(length, false);
        float[] row = new float[length];
        float[] input = frame.floats(p.inputIndex(0));
        float[] output = frame.floats(p.outputIndex(0));
        return () -> {
          for (int r = 0; r < rows; r++) {
            System.arraycopy(input, r * samples, row, 0, samples);
            fourier.forward(row, output, r * elements);
          }
        };
      };
    }
    return integers(
        p,
        length,
        false,
        (fourier, input, output) -> {
          int[] row = new int[length];
          return () -> {
            for (int r = 0; r < rows; r++) {
              System.arraycopy(input, r * samples, row, 0, samples);
              fourier.forward(row, output, r * elements);
            }
          };
        });
  }

  /** Complex spectra to rows of {@code fft_length} samples. */
  static Prepared irfft(Preparation p) {
    int length = transform(p);
    int elements = SignalFrames.innermost(p, p.input(0));
    int samples = SignalFrames.innermost(p, p.output(0));
    int rows = Preparation.elements(p.input(0)) / elements;
    p.require(
        elements == length + 2
            && samples == length
            && p.output(0).shape().elements() == (long) rows * samples,
        "input [%s], output [%s]".formatted(p.input(0).shape(), p.output(0).shape()),
        "rows of %d elements, rows of %d samples".formatted(length + 2, length));
    if (p.input(0).type() == FLOAT32) {
      new FloatFourier(length, true);
      return frame -> {
        FloatFourier fourier = new FloatFourier(length, true);
        float[] input = frame.floats(p.inputIndex(0));
        float[] output = frame.floats(p.outputIndex(0));
        return () -> {
          for (int r = 0; r < rows; r++) {
            fourier.inverse(input, r * elements, output, r * samples);
          }
        };
      };
    }
    return integers(
        p,
        length,
        true,
        (fourier, input, output) ->
            () -> {
              for (int r = 0; r < rows; r++) {
                fourier.inverse(input, r * elements, output, r * samples);
              }
            });
  }

  /** Checks types and options; returns the length of the transform. */
  private static int transform(Preparation p) {
    CustomOptions options = CustomOptions.ofExactly(p, "T", "fft_length");
    p.require(p.input(0), INT16, INT32, FLOAT32);
    requireType(p, options);
    p.require(
        p.input(0).shape().rank() == p.output(0).shape().rank(),
        "input [%s], output [%s]".formatted(p.input(0).shape(), p.output(0).shape()),
        "equal ranks");
    return options.integer("fft_length", 4, TRANSFORM_MAX);
  }

  /** Input and output have the type that the options name. */
  static void requireType(Preparation p, CustomOptions options) {
    p.require(p.output(0), p.input(0).type());
    int expected =
        switch (p.input(0).type()) {
          case FLOAT32 -> TYPE_FLOAT32;
          case INT32 -> TYPE_INT32;
          default -> TYPE_INT16;
        };
    int found = options.integer("T");
    p.require(found == expected, "T " + found, expected + " for " + p.input(0).type().label());
  }

  private interface Transform {
    Runnable bind(FixedFourier fourier, int[] input, int[] output);
  }

  private static Prepared integers(
      Preparation p, int length, boolean inverse, Transform transform) {
    int bits = p.input(0).type() == DataType.INT16 ? Short.SIZE : Integer.SIZE;
    new FixedFourier(length, inverse, bits);
    return frame -> {
      FixedFourier fourier = new FixedFourier(length, inverse, bits);
      if (bits == Integer.SIZE) {
        int[] input = frame.ints(p.inputIndex(0));
        int[] output = frame.ints(p.outputIndex(0));
        return transform.bind(fourier, input, output)::run;
      }
      short[] input = frame.shorts(p.inputIndex(0));
      short[] output = frame.shorts(p.outputIndex(0));
      int[] wideInput = new int[input.length];
      int[] wideOutput = new int[output.length];
      Runnable run = transform.bind(fourier, wideInput, wideOutput);
      return () -> {
        for (int i = 0; i < input.length; i++) {
          wideInput[i] = input[i];
        }
        run.run();
        for (int i = 0; i < output.length; i++) {
          output[i] = (short) wideOutput[i];
        }
      };
    };
  }

  private static void requireVector(Preparation p, Tensor tensor) {
    p.require(tensor.shape().rank() == 1, "a tensor [" + tensor.shape() + "]", "one dimension");
  }
}
