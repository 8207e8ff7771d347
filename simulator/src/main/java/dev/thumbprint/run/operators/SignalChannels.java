package dev.thumbprint.run.operators;

import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT32;
import static dev.thumbprint.cost.work.DataType.UINT32;
import static dev.thumbprint.cost.work.DataType.UINT64;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.kernels.signal.FilterBank;
import dev.thumbprint.kernels.signal.GainControl;
import dev.thumbprint.kernels.signal.Logarithm;
import dev.thumbprint.kernels.signal.SpectralSubtraction;
import dev.thumbprint.kernels.signal.SquareRoot;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;
import java.util.Arrays;

/** The signal operators on the channels of a filter bank. */
final class SignalChannels {
  private static final int CHANNELS_MAX = 1 << 15;

  private SignalChannels() {}

  /** Inputs: energies, weights, unweights, first bins, first weights, widths. */
  static Prepared filterBank(Preparation p) {
    int channels =
        CustomOptions.ofExactly(p, "num_channels").integer("num_channels", 1, CHANNELS_MAX);
    requireVector(p, p.input(0), UINT32, -1);
    requireVector(p, p.output(0), UINT64, channels);
    p.require(p.inputs() == 6, p.inputs() + " inputs", "6");
    short[][] tables = new short[6][];
    for (int i = 1; i < 6; i++) {
      requireVector(p, p.input(i), INT16, -1);
      p.require(
          p.constant(i) instanceof short[], "input " + i + " that is not constant", "a constant");
      tables[i] = (short[]) p.constant(i);
    }
    for (int c = 0; c <= channels; c++) {
      boolean fits = tables[3].length > c && tables[4].length > c && tables[5].length > c;
      p.require(fits, "tables of fewer than " + (channels + 1) + " channels", "one more than out");
      int width = Math.max(0, tables[5][c]);
      p.require(
          width == 0
              || (tables[3][c] >= 0
                  && tables[3][c] + width <= p.input(0).shape().elements()
                  && tables[4][c] >= 0
                  && tables[4][c] + width <= Math.min(tables[1].length, tables[2].length)),
          "channel %d of %d bins from bin %d, weight %d"
              .formatted(c, width, tables[3][c], tables[4][c]),
          "bins and weights that exist");
    }
    return frame -> {
      int[] input = frame.ints(p.inputIndex(0));
      long[] output = frame.longs(p.outputIndex(0));
      return () ->
          FilterBank.int16(input, tables[1], tables[2], tables[3], tables[4], tables[5], output);
    };
  }

  static Prepared logarithm(Preparation p) {
    CustomOptions options = CustomOptions.ofExactly(p, "input_correction_bits", "output_scale");
    int correction = options.integer("input_correction_bits", 0, 31);
    int scale = options.integer("output_scale");
    requireVector(p, p.input(0), UINT32, -1);
    requireVector(p, p.output(0), INT16, Preparation.elements(p.input(0)));
    return frame -> {
      int[] input = frame.ints(p.inputIndex(0));
      short[] output = frame.shorts(p.outputIndex(0));
      return () -> Logarithm.uint32(input, scale, correction, output);
    };
  }

  /** Inputs: sums, right shift of the roots. */
  static Prepared squareRoot(Preparation p) {
    requireVector(p, p.input(0), UINT64, -1);
    p.require(p.input(1), INT32);
    p.require(p.input(1).shape().rank() == 0, "shift [" + p.input(1).shape() + "]", "a scalar");
    requireVector(p, p.output(0), UINT32, Preparation.elements(p.input(0)));
    return frame -> {
      long[] input = frame.longs(p.inputIndex(0));
      int[] shift = frame.ints(p.inputIndex(1));
      int[] output = frame.ints(p.outputIndex(0));
      return () -> {
        if (shift[0] < 0 || shift[0] > 31) {
          throw p.refuse("a shift of " + shift[0], "0 to 31");
        }
        SquareRoot.uint64(input, shift[0], output);
      };
    };
  }

  /** Outputs: what is left, the noise estimate. */
  static Prepared spectralSubtraction(Preparation p) {
    CustomOptions options =
        CustomOptions.ofExactly(
            p,
            "alternate_one_minus_smoothing",
            "alternate_smoothing",
            "clamping",
            "min_signal_remaining",
            "num_channels",
            "one_minus_smoothing",
            "smoothing",
            "smoothing_bits",
            "spectral_subtraction_bits");
    int channels = options.integer("num_channels", 1, CHANNELS_MAX);
    p.require(p.outputs() == 2, p.outputs() + " outputs", "2");
    for (Tensor tensor : new Tensor[] {p.input(0), p.output(0), p.output(1)}) {
      requireVector(p, tensor, UINT32, channels);
    }
    SpectralSubtraction kernel =
        new SpectralSubtraction(
            options.integer("smoothing"),
            options.integer("one_minus_smoothing"),
            options.integer("alternate_smoothing"),
            options.integer("alternate_one_minus_smoothing"),
            options.integer("smoothing_bits", 0, 31),
            options.integer("min_signal_remaining"),
            options.flag("clamping"),
            options.integer("spectral_subtraction_bits", 0, 31));
    return frame -> {
      int[] estimate = new int[channels];
      frame.execution().onReset(() -> Arrays.fill(estimate, 0));
      int[] input = frame.ints(p.inputIndex(0));
      int[] output = frame.ints(p.outputIndex(0));
      int[] noise = frame.ints(p.outputIndex(1));
      return () -> {
        kernel.apply(input, output, estimate);
        System.arraycopy(estimate, 0, noise, 0, channels);
      };
    };
  }

  /** Inputs: channels, noise estimates, table of gains. */
  static Prepared gainControl(Preparation p) {
    int shift = CustomOptions.ofExactly(p, "snr_shift").integer("snr_shift", 0, 63);
    p.require(p.inputs() == 3, p.inputs() + " inputs", "3");
    requireVector(p, p.input(0), UINT32, -1);
    requireVector(p, p.input(1), UINT32, Preparation.elements(p.input(0)));
    requireVector(p, p.input(2), INT16, -1);
    requireVector(p, p.output(0), UINT32, Preparation.elements(p.input(0)));
    return frame -> {
      int[] input = frame.ints(p.inputIndex(0));
      int[] noise = frame.ints(p.inputIndex(1));
      short[] table = frame.shorts(p.inputIndex(2));
      int[] output = frame.ints(p.outputIndex(0));
      return () -> {
        for (int estimate : noise) {
          if (GainControl.lastEntry(estimate) >= table.length) {
            throw p.refuse(
                "a table of %d gains for a noise of %s"
                    .formatted(table.length, Integer.toUnsignedString(estimate)),
                "up to " + GainControl.TABLE_ENTRIES + " gains");
          }
        }
        GainControl.uint32(input, noise, table, shift, output);
      };
    };
  }

  /** A vector of a type with {@code elements} elements, any number where that is negative. */
  private static void requireVector(Preparation p, Tensor tensor, DataType type, int elements) {
    p.require(tensor, type);
    p.require(
        tensor.shape().rank() == 1 && (elements < 0 || tensor.shape().elements() == elements),
        "a tensor [" + tensor.shape() + "]",
        elements < 0 ? "one dimension" : elements + " elements");
  }
}
