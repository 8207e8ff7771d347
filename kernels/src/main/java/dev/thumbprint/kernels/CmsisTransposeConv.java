package dev.thumbprint.kernels;

/**
 * TRANSPOSE_CONV int8 as CMSIS-NN schedules it with strides above 2 or up to 16 channels: rows of
 * sums in a ring, put out as soon as no later input row can reach them. Where the padding is no
 * multiple of the stride this is too late or too early, and rows come out shifted.
 *
 * <p>Source: ARM-software/CMSIS-NN 4ab83cc3, arm_transpose_conv_s8.c and
 * arm_nn_transpose_conv_row_s8_s32.c; later revisions differ. One instance serves one thread.
 */
public final class CmsisTransposeConv {
  private final WindowGeometry window;
  private final int inputChannels;
  private final int outputs;
  private final int rowElements;
  private final int[] ring;
  private int written;

  /**
   * Reserves the ring.
   *
   * @param window slides over the output: its input extents are the output's, its output extents
   *     the input's
   */
  public CmsisTransposeConv(WindowGeometry window, int inputChannels) {
    this.window = window;
    this.inputChannels = inputChannels;
    this.outputs = window.inputChannels();
    int columns =
        (window.outputWidth() - 1) * window.strideWidth()
            + Math.max(window.filterWidth(), window.strideWidth());
    rowElements = columns * outputs;
    ring = new int[Math.max(window.filterHeight(), window.strideHeight()) * rowElements];
  }

  /**
   * Computes the output; what the library leaves out keeps its contents, what it would write behind
   * the output is left out.
   *
   * @param bias one per output channel, or null
   * @throws ArithmeticException if the library would read behind its scratch memory
   */
  public void run(
      byte[] input, int zeroPoint, byte[] filter, int[] bias, Requantization scale, byte[] output) {
    written = 0;
    for (int batch = 0; batch < window.batches(); batch++) {
      for (int row = 0; row < ring.length; row += rowElements) {
        clear(row, bias);
      }
      int at = 0;
      for (int y = 0; y < window.outputHeight(); y++) {
        int top = y * window.strideHeight();
        int skippedTop = Math.max(0, window.padTop() - top);
        int skippedBottom =
            Math.max(0, top + window.filterHeight() - (window.padTop() + window.inputHeight()) - 1);
        add(batch, y, at, skippedTop, skippedBottom, input, zeroPoint, filter);
        if (skippedTop == 0) {
          for (int i = 0; i < window.strideHeight(); i++) {
            write(at, scale, output);
            clear(at, bias);
            at = (at + rowElements) % ring.length;
          }
        }
      }
      int end = window.outputHeight() * window.strideHeight();
      for (int i = 0; i < window.filterHeight() - window.strideHeight(); i++) {
        boolean inside =
            end + i >= window.padTop() && end + i < window.padTop() + window.inputHeight();
        if (inside) {
          write(at, scale, output);
        }
        at = (at + rowElements) % ring.length;
      }
    }
  }

  private void add(
      int batch,
      int y,
      int at,
      int skippedTop,
      int skippedBottom,
      byte[] input,
      int zeroPoint,
      byte[] filter) {
    int taps = window.filterHeight() - skippedTop - skippedBottom;
    for (int x = 0; x < window.outputWidth(); x++) {
      int from = ((batch * window.outputHeight() + y) * window.outputWidth() + x) * inputChannels;
      for (int o = 0; o < outputs; o++) {
        for (int tap = 0; tap < taps; tap++) {
          int row = (at + tap * rowElements) % ring.length;
          for (int kx = 0; kx < window.filterWidth(); kx++) {
            int weight =
                ((o * window.filterHeight() + skippedTop + tap) * window.filterWidth() + kx)
                    * inputChannels;
            int sum = 0;
            for (int c = 0; c < inputChannels; c++) {
              sum += (input[from + c] - zeroPoint) * filter[weight + c];
            }
            ring[row + (x * window.strideWidth() + kx) * outputs + o] += sum;
          }
        }
      }
    }
  }

  private void write(int at, Requantization scale, byte[] output) {
    int from = at + window.padLeft() * outputs;
    int count = Math.min(window.inputWidth() * outputs, output.length - written);
    if (from + count > ring.length) {
      throw new ArithmeticException("CMSIS-NN would read behind its scratch memory");
    }
    for (int i = 0; i < count; i++) {
      output[written++] = (byte) scale.apply(ring[from + i], i % outputs);
    }
  }

  private void clear(int row, int[] bias) {
    for (int i = 0; i < rowElements; i++) {
      ring[row + i] = bias == null ? 0 : bias[i % outputs];
    }
  }
}
