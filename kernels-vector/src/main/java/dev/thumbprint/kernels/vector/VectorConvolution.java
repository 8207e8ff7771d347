package dev.thumbprint.kernels.vector;

import dev.thumbprint.kernels.ByteKernel;
import dev.thumbprint.kernels.ConvolutionSpec;
import dev.thumbprint.kernels.WindowGeometry;

/** CONV_2D in register tiles over a padded single-precision copy of the input. */
final class VectorConvolution implements ByteKernel {
  /** Rows of sums between products and requantisation: a multiple of every tile's pixels. */
  private static final int GROUP = Tiles.group();

  /** Weights of one block of output channels. */
  private record Block(int vectors, int firstChannel, int from) {}

  /** What all instances share. */
  static final class Prepared {
    private final WindowGeometry window;
    private final int zeroPoint;
    private final int run;
    private final int[] segments;
    private final int[] pixels;
    private final Block[] blocks;
    private final float[] weights;
    private final VectorStage stage;

    Prepared(ConvolutionSpec spec) {
      window = spec.window();
      zeroPoint = spec.inputZeroPoint();
      PaddedImage image = new PaddedImage(window, zeroPoint, 1);
      pixels = image.pixelOffsets();
      boolean contiguous = window.dilationWidth() == 1 || window.filterWidth() == 1;
      int columns = contiguous ? 1 : window.filterWidth();
      run = window.inputChannels() * (contiguous ? window.filterWidth() : 1);
      segments = new int[window.filterHeight() * columns];
      for (int i = 0; i < segments.length; i++) {
        segments[i] =
            i / columns * window.dilationHeight() * image.rowStep()
                + i % columns * window.dilationWidth() * image.channels();
      }
      int taps = segments.length * run;
      int vectors = Lanes.padded(window.outputChannels()) / Lanes.COUNT;
      blocks = new Block[blockCount(vectors)];
      weights = new float[vectors * Lanes.COUNT * taps];
      int vector = 0;
      for (int i = 0; i < blocks.length; i++) {
        int size = blockSize(vectors - vector);
        blocks[i] = new Block(size, vector * Lanes.COUNT, vector * Lanes.COUNT * taps);
        layOut(spec.filter(), taps, blocks[i]);
        vector += size;
      }
      stage = new VectorStage(spec.requantization(), spec.bias());
    }

    /** Vectors of the next block where {@code left} vectors are left. */
    private static int blockSize(int left) {
      return Math.min(Tiles.vectorsMax(), Integer.highestOneBit(left));
    }

    private static int blockCount(int vectors) {
      int count = 0;
      for (int left = vectors; left > 0; left -= blockSize(left)) {
        count++;
      }
      return count;
    }

    private void layOut(byte[] filter, int taps, Block block) {
      int width = block.vectors * Lanes.COUNT;
      for (int tap = 0; tap < taps; tap++) {
        for (int lane = 0; lane < width; lane++) {
          int channel = block.firstChannel + lane;
          weights[block.from + tap * width + lane] =
              channel < window.outputChannels() ? filter[channel * taps + tap] : 0;
        }
      }
    }
  }

  private final Prepared prepared;
  private final PaddedImage image;
  private final int step;
  private final int[] sums;
  private final byte[] tail = new byte[Lanes.COUNT];

  VectorConvolution(Prepared prepared) {
    this.prepared = prepared;
    this.image = new PaddedImage(prepared.window, prepared.zeroPoint, 1);
    this.step = Lanes.padded(prepared.window.outputChannels());
    this.sums = new int[GROUP * step];
  }

  @Override
  public void run(byte[] input, byte[] output) {
    int count = prepared.pixels.length;
    int channels = prepared.window.outputChannels();
    for (int batch = 0; batch < prepared.window.batches(); batch++) {
      image.load(input, batch);
      for (int first = 0; first < count; first += GROUP) {
        int group = Math.min(GROUP, count - first);
        for (Block block : prepared.blocks) {
          products(block, first, group);
        }
        int to = (batch * count + first) * channels;
        prepared.stage.rows(sums, 0, step, group, output, to, tail);
      }
    }
  }

  private void products(Block block, int first, int group) {
    int last = prepared.pixels.length - 1;
    int pixels = Tiles.pixels(block.vectors);
    for (int pixel = 0; pixel < group; pixel += pixels) {
      Tiles.tile(
          block.vectors,
          image.values(),
          prepared.pixels,
          first + pixel,
          last,
          prepared.segments,
          prepared.run,
          prepared.weights,
          block.from,
          sums,
          pixel * step + block.firstChannel,
          step);
    }
  }
}
