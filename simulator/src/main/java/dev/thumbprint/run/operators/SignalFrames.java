package dev.thumbprint.run.operators;

import static dev.thumbprint.cost.work.DataType.BOOL;
import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;

import dev.thumbprint.kernels.signal.OverlapAdd;
import dev.thumbprint.kernels.signal.SampleQueue;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;
import java.util.Arrays;

/** The signal operators that remember samples: delays, frames, stacks and overlaps. */
final class SignalFrames {
  private static final int SAMPLES_MAX = 1 << 24;

  private SignalFrames() {}

  /** Puts out every row of samples {@code delay_length} samples late, at first zeros. */
  static Prepared delay(Preparation p) {
    int delay = CustomOptions.ofExactly(p, "delay_length").integer("delay_length", 0, SAMPLES_MAX);
    p.require(p.input(0), INT16);
    p.require(p.output(0), INT16);
    int frame = innermost(p, p.input(0));
    p.requireSameElements(p.input(0), p.output(0));
    int rows = Preparation.elements(p.input(0)) / frame;
    p.require((long) rows * (frame + delay) <= SAMPLES_MAX, "delay_length " + delay, "less");
    return bound -> {
      SampleQueue[] queues = queues(rows, frame + delay);
      Runnable reset =
          () -> {
            for (SampleQueue queue : queues) {
              queue.clear();
              queue.writeZeros(delay);
            }
          };
      bound.execution().onReset(reset);
      short[] input = bound.shorts(p.inputIndex(0));
      short[] output = bound.shorts(p.outputIndex(0));
      return () -> {
        for (int row = 0; row < rows; row++) {
          queues[row].write(input, row * frame, frame);
          queues[row].peek(output, row * frame, frame);
          queues[row].discard(frame);
        }
      };
    };
  }

  /** Cuts every row into overlapping frames; output 1 tells whether all were full. */
  static Prepared framer(Preparation p) {
    CustomOptions options = CustomOptions.ofExactly(p, "frame_size", "frame_step", "prefill");
    int size = options.integer("frame_size", 1, SAMPLES_MAX);
    int step = options.integer("frame_step", 1, SAMPLES_MAX);
    boolean prefill = options.flag("prefill");
    p.require(
        !prefill || size >= step,
        "frame_size " + size + " with frame_step " + step + " and prefill",
        "a step no longer than the frame");
    p.require(p.input(0), INT16);
    p.require(p.output(0), INT16);
    requireValid(p);
    int row = innermost(p, p.input(0));
    p.require(row % step == 0, row + " samples in a row", "a multiple of frame_step " + step);
    int rows = Preparation.elements(p.input(0)) / row;
    int frames = row / step;
    p.require(
        p.output(0).shape().rank() == p.input(0).shape().rank() + 1
            && p.output(0).shape().elements() == (long) rows * frames * size,
        "output [" + p.output(0).shape() + "]",
        "rows x %d frames x %d samples".formatted(frames, size));
    int capacity = Math.ceilDiv(size, step) * step;
    p.require((long) rows * capacity <= SAMPLES_MAX, "frame_size " + size, "less");
    return bound -> {
      SampleQueue[] queues = queues(rows, capacity);
      bound
          .execution()
          .onReset(
              () -> {
                for (SampleQueue queue : queues) {
                  queue.clear();
                  queue.writeZeros(prefill ? size - step : 0);
                }
              });
      short[] input = bound.shorts(p.inputIndex(0));
      short[] output = bound.shorts(p.outputIndex(0));
      byte[] valid = bound.bytes(p.outputIndex(1));
      return () -> {
        valid[0] = 1;
        for (int i = 0; i < rows * frames; i++) {
          SampleQueue queue = queues[i / frames];
          queue.write(input, i * step, step);
          if (queue.available() >= size) {
            queue.peek(output, i * size, size);
            queue.discard(step);
          } else {
            valid[0] = 0;
          }
        }
      };
    };
  }

  /** Joins neighbouring frames in time; the first is repeated as its own past. */
  static Prepared stacker(Preparation p) {
    CustomOptions options =
        CustomOptions.ofExactly(
            p, "num_channels", "stacker_left_context", "stacker_right_context", "stacker_step");
    int channels = options.integer("num_channels", 1, 1 << 16);
    int left = options.integer("stacker_left_context", 0, 1 << 16);
    int right = options.integer("stacker_right_context", 0, 1 << 16);
    int step = options.integer("stacker_step", 1, left + right + 1);
    p.require(p.input(0), INT16);
    p.require(p.output(0), INT16);
    requireValid(p);
    long stacked = (long) channels * (left + right + 1);
    p.require(
        p.input(0).shape().elements() == channels && p.output(0).shape().elements() == stacked,
        "input [%s], output [%s]".formatted(p.input(0).shape(), p.output(0).shape()),
        channels + " channels and " + stacked + " stacked ones");
    int capacity = Math.toIntExact(stacked);
    return bound -> {
      SampleQueue queue = new SampleQueue(capacity);
      boolean[] started = new boolean[1];
      bound
          .execution()
          .onReset(
              () -> {
                queue.clear();
                started[0] = false;
              });
      short[] input = bound.shorts(p.inputIndex(0));
      short[] output = bound.shorts(p.outputIndex(0));
      byte[] valid = bound.bytes(p.outputIndex(1));
      return () -> {
        queue.write(input, 0, channels);
        if (!started[0]) {
          queue.repeatLast(channels, left);
          started[0] = true;
        }
        boolean full = queue.available() >= capacity;
        if (full) {
          queue.peek(output, 0, capacity);
          queue.discard(channels * step);
        }
        valid[0] = (byte) (full ? 1 : 0);
      };
    };
  }

  /** Adds frames that overlap; the reverse of the framer. */
  static Prepared overlapAdd(Preparation p) {
    CustomOptions options = CustomOptions.ofExactly(p, "T", "frame_step");
    p.require(p.input(0), INT16, FLOAT32);
    SignalSpectra.requireType(p, options);
    int rank = p.input(0).shape().rank();
    p.require(rank >= 2, "input [" + p.input(0).shape() + "]", "frames of samples");
    int size = innermost(p, p.input(0));
    int frames = p.input(0).shape().dim(rank - 2);
    int step = options.integer("frame_step", 1, size);
    int rows = Preparation.elements(p.input(0)) / Math.max(1, size * frames);
    p.require(
        p.output(0).shape().rank() == rank - 1
            && p.output(0).shape().elements() == (long) rows * frames * step,
        "output [" + p.output(0).shape() + "]",
        "rows of %d x %d samples".formatted(frames, step));
    if (p.input(0).type() == FLOAT32) {
      return bound -> {
        float[][] states = new float[rows][size];
        bound.execution().onReset(() -> Arrays.stream(states).forEach(s -> Arrays.fill(s, 0)));
        float[] input = bound.floats(p.inputIndex(0));
        float[] output = bound.floats(p.outputIndex(0));
        return () -> {
          for (int i = 0; i < rows * frames; i++) {
            OverlapAdd.float32(input, i * size, states[i / frames], output, i * step, step);
          }
        };
      };
    }
    return bound -> {
      short[][] states = new short[rows][size];
      bound
          .execution()
          .onReset(() -> Arrays.stream(states).forEach(s -> Arrays.fill(s, (short) 0)));
      short[] input = bound.shorts(p.inputIndex(0));
      short[] output = bound.shorts(p.outputIndex(0));
      return () -> {
        for (int i = 0; i < rows * frames; i++) {
          OverlapAdd.int16(input, i * size, states[i / frames], output, i * step, step);
        }
      };
    };
  }

  static int innermost(Preparation p, Tensor tensor) {
    p.require(
        tensor.shape().rank() >= 1 && tensor.shape().elements() > 0,
        "a tensor [" + tensor.shape() + "]",
        "samples");
    return tensor.shape().dim(-1);
  }

  private static void requireValid(Preparation p) {
    p.require(p.outputs() == 2, p.outputs() + " outputs", "2");
    p.require(p.output(1), BOOL);
    p.require(
        p.output(1).shape().rank() == 0, "validity [" + p.output(1).shape() + "]", "a scalar");
  }

  private static SampleQueue[] queues(int rows, int capacity) {
    SampleQueue[] queues = new SampleQueue[rows];
    Arrays.setAll(queues, _ -> new SampleQueue(capacity));
    return queues;
  }
}
