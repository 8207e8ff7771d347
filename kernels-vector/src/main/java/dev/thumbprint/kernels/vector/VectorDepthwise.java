package dev.thumbprint.kernels.vector;

import static jdk.incubator.vector.VectorOperators.F2I;

import dev.thumbprint.kernels.ByteKernel;
import dev.thumbprint.kernels.ConvolutionSpec;
import dev.thumbprint.kernels.WindowGeometry;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** DEPTHWISE_CONV_2D, vectors of channels; the nine weights of a 3x3 window stay in registers. */
final class VectorDepthwise implements ByteKernel {
  /** Rows of sums between products and requantisation. */
  private static final int GROUP = 48;

  private static final int NINE = 9;

  /** What all instances share. */
  static final class Prepared {
    private final WindowGeometry window;
    private final int zeroPoint;
    private final int repeat;
    private final int step;
    private final int[] taps;
    private final int[] pixels;
    private final float[] weights;
    private final VectorStage stage;

    Prepared(ConvolutionSpec spec) {
      window = spec.window();
      zeroPoint = spec.inputZeroPoint();
      repeat = window.outputChannels() / window.inputChannels();
      PaddedImage image = new PaddedImage(window, zeroPoint, repeat);
      pixels = image.pixelOffsets();
      step = Lanes.padded(window.outputChannels());
      taps = new int[window.filterHeight() * window.filterWidth()];
      weights = new float[taps.length * step];
      for (int tap = 0; tap < taps.length; tap++) {
        taps[tap] =
            tap / window.filterWidth() * window.dilationHeight() * image.rowStep()
                + tap % window.filterWidth() * window.dilationWidth() * image.channels();
        for (int c = 0; c < window.outputChannels(); c++) {
          weights[tap * step + c] = spec.filter()[tap * window.outputChannels() + c];
        }
      }
      stage = new VectorStage(spec.requantization(), spec.bias());
    }
  }

  private final Prepared prepared;
  private final PaddedImage image;
  private final int[] sums;
  private final byte[] tail = new byte[Lanes.COUNT];

  VectorDepthwise(Prepared prepared) {
    this.prepared = prepared;
    this.image = new PaddedImage(prepared.window, prepared.zeroPoint, prepared.repeat);
    this.sums = new int[GROUP * prepared.step];
  }

  @Override
  public void run(byte[] input, byte[] output) {
    int count = prepared.pixels.length;
    int channels = prepared.window.outputChannels();
    for (int batch = 0; batch < prepared.window.batches(); batch++) {
      image.load(input, batch);
      for (int first = 0; first < count; first += GROUP) {
        int group = Math.min(GROUP, count - first);
        for (int c = 0; c < prepared.step; c += Lanes.COUNT) {
          if (prepared.taps.length == NINE) {
            nine(first, group, c);
          } else {
            any(first, group, c);
          }
        }
        int to = (batch * count + first) * channels;
        prepared.stage.rows(sums, 0, prepared.step, group, output, to, tail);
      }
    }
  }

  private void nine(int first, int group, int c) {
    float[] w = prepared.weights;
    int[] taps = prepared.taps;
    int step = prepared.step;
    FloatVector w0 = FloatVector.fromArray(Lanes.FLOATS, w, c);
    FloatVector w1 = FloatVector.fromArray(Lanes.FLOATS, w, step + c);
    FloatVector w2 = FloatVector.fromArray(Lanes.FLOATS, w, 2 * step + c);
    FloatVector w3 = FloatVector.fromArray(Lanes.FLOATS, w, 3 * step + c);
    FloatVector w4 = FloatVector.fromArray(Lanes.FLOATS, w, 4 * step + c);
    FloatVector w5 = FloatVector.fromArray(Lanes.FLOATS, w, 5 * step + c);
    FloatVector w6 = FloatVector.fromArray(Lanes.FLOATS, w, 6 * step + c);
    FloatVector w7 = FloatVector.fromArray(Lanes.FLOATS, w, 7 * step + c);
    FloatVector w8 = FloatVector.fromArray(Lanes.FLOATS, w, 8 * step + c);
    int t1 = taps[1];
    int t2 = taps[2];
    int t3 = taps[3];
    int t4 = taps[4];
    int t5 = taps[5];
    int t6 = taps[6];
    int t7 = taps[7];
    int t8 = taps[8];
    float[] in = image.values();
    int[] pixels = prepared.pixels;
    int[] to = sums;
    for (int pixel = 0; pixel < group; pixel++) {
      int at = pixels[first + pixel] + c;
      FloatVector a = FloatVector.fromArray(Lanes.FLOATS, in, at).mul(w0);
      FloatVector b = FloatVector.fromArray(Lanes.FLOATS, in, at + t1).mul(w1);
      FloatVector d = FloatVector.fromArray(Lanes.FLOATS, in, at + t2).mul(w2);
      a = FloatVector.fromArray(Lanes.FLOATS, in, at + t3).fma(w3, a);
      b = FloatVector.fromArray(Lanes.FLOATS, in, at + t4).fma(w4, b);
      d = FloatVector.fromArray(Lanes.FLOATS, in, at + t5).fma(w5, d);
      a = FloatVector.fromArray(Lanes.FLOATS, in, at + t6).fma(w6, a);
      b = FloatVector.fromArray(Lanes.FLOATS, in, at + t7).fma(w7, b);
      d = FloatVector.fromArray(Lanes.FLOATS, in, at + t8).fma(w8, d);
      IntVector sum = (IntVector) a.add(b).add(d).convertShape(F2I, Lanes.INTS, 0);
      sum.intoArray(to, pixel * step + c);
    }
  }

  private void any(int first, int group, int c) {
    float[] w = prepared.weights;
    int[] taps = prepared.taps;
    int step = prepared.step;
    float[] in = image.values();
    int[] pixels = prepared.pixels;
    int[] to = sums;
    for (int pixel = 0; pixel < group; pixel++) {
      int at = pixels[first + pixel] + c;
      FloatVector sum = FloatVector.zero(Lanes.FLOATS);
      for (int tap = 0; tap < taps.length; tap++) {
        sum =
            FloatVector.fromArray(Lanes.FLOATS, in, at + taps[tap])
                .fma(FloatVector.fromArray(Lanes.FLOATS, w, tap * step + c), sum);
      }
      ((IntVector) sum.convertShape(F2I, Lanes.INTS, 0)).intoArray(to, pixel * step + c);
    }
  }
}
