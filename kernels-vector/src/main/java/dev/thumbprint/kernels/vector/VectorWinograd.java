package dev.thumbprint.kernels.vector;

import dev.thumbprint.kernels.ByteKernel;
import dev.thumbprint.kernels.ConvolutionSpec;
import dev.thumbprint.kernels.WindowGeometry;

/** CONV_2D with a 3x3 window and stride 1 by {@link Winograd} tiles of 2x2 outputs. */
final class VectorWinograd implements ByteKernel {
  /** Tiles from one transformation to the next: what lies between should stay in a near cache. */
  private static final int GROUP = 6 * Panels.PIXELS;

  /**
   * One more than that, lest the places of a tile lie a power of two apart and share a cache set.
   */
  private static final int ROOM = GROUP + 1;

  /** What all instances share. */
  static final class Prepared {
    private final WindowGeometry layer;
    private final WindowGeometry whole;
    private final int zeroPoint;
    private final WinogradWeights weights;
    private final VectorStage stage;

    /** For a layer that {@link WinogradWeights#suit}. */
    Prepared(ConvolutionSpec spec) {
      layer = spec.window();
      whole = wholeTiles(layer);
      zeroPoint = spec.inputZeroPoint();
      weights = new WinogradWeights(spec);
      stage = new VectorStage(spec.requantization(), spec.bias());
    }
  }

  /** The same window over outputs that fill whole tiles. */
  static WindowGeometry wholeTiles(WindowGeometry w) {
    return new WindowGeometry(
        w.batches(),
        w.inputHeight(),
        w.inputWidth(),
        w.inputChannels(),
        w.filterHeight(),
        w.filterWidth(),
        w.strideHeight(),
        w.strideWidth(),
        w.dilationHeight(),
        w.dilationWidth(),
        w.padTop(),
        w.padLeft(),
        Math.ceilDiv(w.outputHeight(), 2) * 2,
        Math.ceilDiv(w.outputWidth(), 2) * 2,
        w.outputChannels());
  }

  private final Prepared prepared;
  private final PaddedImage image;
  private final int inputs;
  private final int outputs;
  private final int columns;
  private final float[] transformed;
  private final int[] products;
  private final int[] sums;
  private final byte[] tail = new byte[Lanes.COUNT];

  VectorWinograd(Prepared prepared) {
    this.prepared = prepared;
    image = new PaddedImage(prepared.whole, prepared.zeroPoint, 1);
    inputs = prepared.layer.inputChannels();
    outputs = prepared.layer.outputChannels();
    columns = prepared.whole.outputWidth() / 2;
    transformed = new float[Winograd.PLACES * ROOM * inputs];
    products = new int[Winograd.PLACES * ROOM * outputs];
    sums = new int[4 * GROUP * outputs];
  }

  @Override
  public void run(byte[] input, byte[] output) {
    int tiles = prepared.whole.outputHeight() / 2 * columns;
    for (int batch = 0; batch < prepared.layer.batches(); batch++) {
      image.load(input, batch);
      for (int first = 0; first < tiles; first += GROUP) {
        int count = Math.min(GROUP, tiles - first);
        transformInputs(first, first + count);
        prepared.weights.products(transformed, count, ROOM, products);
        transformOutputs(count);
        store(batch, first, first + count, output);
      }
    }
  }

  private void transformInputs(int first, int last) {
    int step = ROOM * inputs;
    int row = image.rowStep();
    for (int tile = first; tile < last; tile = rowEnd(tile)) {
      int count = Math.min(last, rowEnd(tile)) - tile;
      int from = 2 * (tile / columns) * row + 2 * (tile % columns) * inputs;
      for (int c = 0; c < inputs; c += Lanes.COUNT) {
        int to = (c / Panels.STEP * ROOM + tile - first) * Panels.STEP + c % Panels.STEP;
        Winograd.input(image.values(), from + c, row, inputs, count, transformed, to, step);
      }
    }
  }

  private int rowEnd(int tile) {
    return (tile / columns + 1) * columns;
  }

  private void transformOutputs(int count) {
    int step = ROOM * outputs;
    int block = prepared.weights.block();
    for (int c = 0; c < outputs; c += Lanes.COUNT) {
      int from = c / block * ROOM * block + c % block;
      Winograd.output(products, from, step, block, count, sums, c, 2 * GROUP * outputs, outputs);
    }
  }

  /** Requantises the outputs of the tiles from {@code first} to {@code last}. */
  private void store(int batch, int first, int last, byte[] output) {
    for (int tile = first; tile < last; tile = rowEnd(tile)) {
      int x = 2 * (tile % columns);
      int end = 2 * Math.min(columns, tile % columns + last - tile);
      int count = Math.min(end, prepared.layer.outputWidth()) - x;
      for (int r = 0; r < 2; r++) {
        int y = tile / columns * 2 + r;
        if (y < prepared.layer.outputHeight()) {
          int from = (r * 2 * GROUP + 2 * (tile - first)) * outputs;
          int to = prepared.layer.output(batch, y, x);
          prepared.stage.rows(sums, from, outputs, count, output, to, tail);
        }
      }
    }
  }
}
